package io.tripwatch.cli;

import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/** One revision of an alert for people: what it is on one line, what it says on the next ones. */
final class AlertLine {
  private static final int WIDTH = 80;

  /** What it says stands under its status. */
  private static final String INDENT = " ".repeat(16);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final Pattern INSTANT =
      Pattern.compile("( the pickup time)? (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)");

  private static final int DATE_LENGTH = "MM-dd ".length();

  private AlertLine() {}

  /** The time in UTC, as alerts bear it. */
  static String time(long atMs) {
    return TIME.format(Instant.ofEpochMilli(atMs));
  }

  /**
   * The lines, without the last one's end.
   *
   * @param ansi whether to colour status and severity
   */
  static String of(Alert alert, Ansi ansi) {
    String what =
        ansi.string(
            String.format("@|%s %-9s  %-8s|@", style(alert), alert.status(), alert.severity()));
    String subject = alert.orderId() == null ? "" : " " + alert.orderId();
    StringBuilder lines =
        new StringBuilder(
            String.format(
                "%s  %s  %-10s  %s",
                time(alert.occurredAt()), what, alert.confidence(), alert.ruleId()));
    wrap(alert.driverId() + subject + ": " + message(alert), lines);
    return lines.toString();
  }

  private static String style(Alert alert) {
    if (alert.status() == Alert.Status.RETRACTED) {
      return "green";
    }
    return style(alert.severity());
  }

  private static String style(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "bold,red";
      case MAJOR -> "red";
      case WARNING -> "yellow";
      case INFO -> "cyan";
    };
  }

  /**
   * The message, its instants without the date where that is the line's, and without the time where
   * the line begins with it. Messages carry ids and plates that others wrote: no control character
   * reaches a terminal.
   */
  private static String message(Alert alert) {
    String own = time(alert.occurredAt());
    Matcher instants = INSTANT.matcher(alert.message().replaceAll("\\p{Cntrl}", "?"));
    return instants.replaceAll(
        found -> {
          String before = found.group(1) == null ? "" : found.group(1);
          String time = time(Instant.parse(found.group(2)).toEpochMilli());
          if (time.equals(own) && !before.isEmpty()) {
            return before;
          }
          boolean sameDay = time.regionMatches(0, own, 0, DATE_LENGTH);
          return before + " " + (sameDay ? time.substring(DATE_LENGTH) : time);
        });
  }

  /** Appends a text on lines of its own, broken between words, and within those that are longer. */
  private static void wrap(String text, StringBuilder lines) {
    int room = WIDTH - INDENT.length();
    String rest = text;
    while (rest.length() > room) {
      int end = rest.lastIndexOf(' ', room);
      boolean isWord = end <= 0;
      lines.append(System.lineSeparator()).append(INDENT);
      lines.append(rest, 0, isWord ? room : end);
      rest = rest.substring(isWord ? room : end + 1);
    }
    lines.append(System.lineSeparator()).append(INDENT).append(rest);
  }
}
