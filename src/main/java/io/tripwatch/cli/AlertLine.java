package io.tripwatch.cli;

import io.tripwatch.verdict.Alert;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.Help.Ansi;

/** One revision of an alert as one line for people. */
final class AlertLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private AlertLine() {}

  /** The time in UTC, as alerts bear it. */
  static String time(long atMs) {
    return TIME.format(Instant.ofEpochMilli(atMs));
  }

  /**
   * The line, without its end.
   *
   * @param ansi whether to colour the status
   */
  static String of(Alert alert, Ansi ansi) {
    String status =
        ansi.string(String.format("@|%s %-9s|@", colour(alert.status()), alert.status().name()));
    String subject = alert.orderId() == null ? "" : " " + alert.orderId();
    return String.format(
        "%s  %s  %-25s  %s%s  %s",
        time(alert.occurredAt()),
        status,
        alert.ruleId(),
        alert.driverId(),
        subject,
        onOneLine(alert.message()));
  }

  private static String colour(Alert.Status status) {
    return switch (status) {
      case RAISED -> "bold,red";
      case UPDATED -> "yellow";
      case RETRACTED -> "green";
    };
  }

  /** Messages carry ids and plates that others wrote: no control character reaches a terminal. */
  private static String onOneLine(String message) {
    return message.replaceAll("\\p{Cntrl}", "?");
  }
}
