package io.tripwatch.verdict;

import io.tripwatch.settings.RuleBook;
import java.util.List;
import java.util.Map;

/** What the trips of one file contribute to their orders and days. */
final class Claims {
  private Claims() {}

  /** The claims, by trip. */
  static Map<String, TripClaim> of(
      OrderFile file, List<Holding> holds, List<Statement> penalties, RuleBook rules, long now) {
    return Map.of();
  }
}
