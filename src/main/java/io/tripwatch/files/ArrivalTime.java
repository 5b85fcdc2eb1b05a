package io.tripwatch.files;

import java.nio.charset.StandardCharsets;

/**
 * Reads from a line only when the platform got it: the top-level {@code receivedAt}, where absent
 * {@code eventTime}.
 *
 * <p>This orders lines, it does not judge them: of JSON it knows just strings and nesting. What a
 * decoder would refuse may give any time, or none.
 */
final class ArrivalTime {
  /** No time was found. */
  static final long NONE = Long.MIN_VALUE;

  private static final byte[] RECEIVED_AT = ascii("receivedAt");
  private static final byte[] EVENT_TIME = ascii("eventTime");

  // A long holds any number of 18 digits; the contract's instants have 13.
  private static final int MAX_DIGITS = 18;

  private ArrivalTime() {}

  /** Milliseconds since 1970, or {@link #NONE}, of the line in {@code [from, to)}. */
  static long of(byte[] line, int from, int to) {
    long eventTime = NONE;
    int depth = 0;
    for (int at = from; at < to; at++) {
      switch (line[at]) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          int start = at + 1;
          at = endOfString(line, start, to);
          if (depth != 1) {
            break;
          }
          if (equal(line, start, at, RECEIVED_AT)) {
            long receivedAt = number(line, at + 1, to);
            if (receivedAt != NONE) {
              return receivedAt;
            }
          } else if (equal(line, start, at, EVENT_TIME)) {
            eventTime = number(line, at + 1, to);
          }
        }
        default -> {}
      }
    }
    return eventTime;
  }

  /** Where the string's closing quote is, or {@code to}. */
  private static int endOfString(byte[] line, int start, int to) {
    int at = start;
    while (at < to && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to);
  }

  private static boolean equal(byte[] line, int from, int to, byte[] name) {
    if (to - from != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (line[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** The integer behind a colon, or {@link #NONE} where there is anything else. */
  private static long number(byte[] line, int from, int to) {
    int at = skipBlanks(line, from, to);
    if (at >= to || line[at] != ':') {
      return NONE;
    }
    at = skipBlanks(line, at + 1, to);
    boolean negative = at < to && line[at] == '-';
    int firstDigit = negative ? at + 1 : at;
    long value = 0;
    for (at = firstDigit; at < to && line[at] >= '0' && line[at] <= '9'; at++) {
      if (at - firstDigit == MAX_DIGITS) {
        return NONE;
      }
      value = value * 10 + (line[at] - '0');
    }
    boolean whole = at > firstDigit && (at == to || ",} \t\r".indexOf(line[at]) >= 0);
    if (!whole) {
      return NONE;
    }
    return negative ? -value : value;
  }

  private static int skipBlanks(byte[] line, int from, int to) {
    int at = from;
    while (at < to && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
      at++;
    }
    return at;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
