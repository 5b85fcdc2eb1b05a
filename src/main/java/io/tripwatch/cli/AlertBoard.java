package io.tripwatch.cli;

import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Status;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps count of alerts as their revisions come in. Safe between threads. */
final class AlertBoard {
  private static final int STATUSES = Status.values().length;

  private final Map<String, long[]> revisionsByRule = new TreeMap<>();
  private final Map<String, Set<String>> standingByRule = new TreeMap<>();

  synchronized void note(Alert alert) {
    revisionsByRule
        .computeIfAbsent(alert.ruleId(), rule -> new long[STATUSES])[alert.status().ordinal()]++;
    Set<String> standing = standingByRule.computeIfAbsent(alert.ruleId(), rule -> new HashSet<>());
    if (alert.status() == Status.RETRACTED) {
      standing.remove(alert.alertId());
    } else {
      standing.add(alert.alertId());
    }
  }

  /** How many alerts are not retracted. */
  synchronized long standing() {
    return standingByRule.values().stream().mapToLong(Set::size).sum();
  }

  /** How many revisions of this status came in. */
  synchronized long revisions(Status status) {
    return revisionsByRule.values().stream().mapToLong(counts -> counts[status.ordinal()]).sum();
  }

  /** A table: per rule and in all, how many were raised, updated and retracted, and stand. */
  synchronized String table() {
    StringBuilder table = new StringBuilder();
    row(table, "rule", "raised", "updated", "retracted", "standing");
    long[] sums = new long[STATUSES];
    revisionsByRule.forEach(
        (rule, counts) -> {
          row(table, rule, counts, standingByRule.get(rule).size());
          Arrays.setAll(sums, status -> sums[status] + counts[status]);
        });
    row(table, "all", sums, standing());
    return table.toString();
  }

  private static void row(StringBuilder table, String rule, long[] counts, long standing) {
    row(
        table,
        rule,
        counts[Status.RAISED.ordinal()],
        counts[Status.UPDATED.ordinal()],
        counts[Status.RETRACTED.ordinal()],
        standing);
  }

  private static void row(StringBuilder table, Object... cells) {
    table.append(String.format("%-28s %8s %8s %10s %9s%n", cells));
  }
}
