package io.tripwatch.rule;

import java.time.Instant;

/** How figures are said in a message. */
public final class Saying {
  private Saying() {}

  /** A span of time: {@code 12 min 30 s}; seconds are rounded down, days are not used. */
  public static String span(long ms) {
    long seconds = Math.abs(ms) / 1000;
    long hours = seconds / 3600;
    long minutes = seconds % 3600 / 60;
    long rest = seconds % 60;
    StringBuilder text = new StringBuilder();
    if (hours > 0) {
      text.append(hours).append(" h ");
    }
    if (minutes > 0) {
      text.append(minutes).append(" min ");
    }
    if (rest > 0 || text.length() == 0) {
      text.append(rest).append(" s ");
    }
    return text.substring(0, text.length() - 1);
  }

  /** An instant to the second, in UTC: {@code 2026-11-22T08:00:00Z}. */
  public static String instant(long ms) {
    return Instant.ofEpochSecond(Math.floorDiv(ms, 1000)).toString();
  }
}
