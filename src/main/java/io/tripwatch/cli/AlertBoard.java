package io.tripwatch.cli;

import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Confidence;
import io.tripwatch.verdict.Alert.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keeps count of alerts as their revisions come in. Safe between threads. */
final class AlertBoard {
  private static final int STATUSES = Status.values().length;

  private final Map<String, long[]> revisionsByRule = new TreeMap<>();
  private final Map<String, Map<String, Confidence>> standingByRule = new TreeMap<>();

  synchronized void note(Alert alert) {
    revisionsByRule
        .computeIfAbsent(alert.ruleId(), rule -> new long[STATUSES])[alert.status().ordinal()]++;
    Map<String, Confidence> standing =
        standingByRule.computeIfAbsent(alert.ruleId(), rule -> new HashMap<>());
    if (alert.status() == Status.RETRACTED) {
      standing.remove(alert.alertId());
    } else {
      standing.put(alert.alertId(), alert.confidence());
    }
  }

  /** How many alerts are not retracted. */
  synchronized long standing() {
    return standingByRule.values().stream().mapToLong(Map::size).sum();
  }

  /** How many revisions of this status came in. */
  synchronized long revisions(Status status) {
    return revisionsByRule.values().stream().mapToLong(counts -> counts[status.ordinal()]).sum();
  }

  /**
   * A table: per rule and in all, how many were raised, updated and retracted, how many stand, and
   * how many of those are unverified.
   */
  synchronized String table() {
    StringBuilder table = new StringBuilder();
    row(table, "rule", "raised", "updated", "retracted", "standing", "unverified");
    long[] sums = new long[STATUSES];
    revisionsByRule.forEach(
        (rule, counts) -> {
          row(table, rule, counts, standingByRule.get(rule).size(), unverified(rule));
          Arrays.setAll(sums, status -> sums[status] + counts[status]);
        });
    long unverified = standingByRule.keySet().stream().mapToLong(this::unverified).sum();
    row(table, "all", sums, standing(), unverified);
    return table.toString();
  }

  private long unverified(String rule) {
    return standingByRule.get(rule).values().stream()
        .filter(confidence -> confidence == Confidence.UNVERIFIED)
        .count();
  }

  private static void row(
      StringBuilder table, String rule, long[] counts, long standing, long unverified) {
    row(
        table,
        rule,
        counts[Status.RAISED.ordinal()],
        counts[Status.UPDATED.ordinal()],
        counts[Status.RETRACTED.ordinal()],
        standing,
        unverified);
  }

  private static void row(StringBuilder table, Object... cells) {
    table.append(String.format("%-26s %7s %8s %10s %9s %11s%n", cells));
  }
}
