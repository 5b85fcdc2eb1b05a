package io.tripwatch.event;

/**
 * A new version of the rule settings.
 *
 * @param effectiveFrom milliseconds since 1970, not before eventTime
 * @param settingsJson the settings as canonical JSON: the same tree as {@code rules.yaml}
 */
public record RulesRecord(Stamp stamp, String version, long effectiveFrom, String settingsJson)
    implements Event {

  @Override
  public Topic topic() {
    return Topic.RULES;
  }
}
