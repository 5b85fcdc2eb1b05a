package io.tripwatch.verdict;

import io.tripwatch.settings.RuleBook;
import io.tripwatch.trip.Pairs;
import java.util.List;

/** The published record of a driver, and his blacklist. */
final class DriverRecords {
  private DriverRecords() {}

  static List<Statement> of(
      String driverId, Account account, Pairs pairs, RuleBook rules, int epoch, Awaited awaited) {
    return List.of();
  }
}
