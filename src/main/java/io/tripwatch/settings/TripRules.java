package io.tripwatch.settings;

import java.util.Map;

/**
 * All settings as they apply to the trips of one scenario in one city.
 *
 * @param trip the settings of {@code trip.*}
 * @param byRule the settings of each rule, by its id
 */
public record TripRules(TripSettings trip, Map<String, Values> byRule) {
  /** The settings of one rule. */
  public Values of(RuleSpec rule) {
    return byRule.get(rule.id());
  }
}
