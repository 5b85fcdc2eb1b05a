package io.tripwatch.settings;

import java.time.ZoneId;
import java.util.Map;

/**
 * All settings as they apply to the trips of one scenario in one city.
 *
 * @param version of the settings, as alerts name it
 * @param zone the city's time zone: local days are counted in it
 * @param trip the settings of {@code trip.*}
 * @param penalties the settings of {@code penalties.*}
 * @param byRule the settings of each rule, by its id
 */
public record TripRules(
    String version,
    ZoneId zone,
    TripSettings trip,
    PenaltySettings penalties,
    Map<String, Values> byRule) {
  /** The settings of one rule. */
  public Values of(RuleSpec rule) {
    return byRule.get(rule.id());
  }
}
