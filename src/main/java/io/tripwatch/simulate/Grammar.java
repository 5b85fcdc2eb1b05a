package io.tripwatch.simulate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of specs on the command line: {@code name=value,name=value}, each name once. */
public final class Grammar {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private Grammar() {}

  /** The values by name, in their order. */
  static Map<String, String> parse(String what, String spec) {
    Map<String, String> values = new LinkedHashMap<>();
    if (spec.isBlank()) {
      return values;
    }
    for (String part : spec.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            what + ": '" + part.trim() + "' is not NAME=VALUE; write e.g. late=0.02,shuffle=5s");
      }
      String name = part.substring(0, equals).trim();
      if (values.put(name, part.substring(equals + 1).trim()) != null) {
        throw new IllegalArgumentException(what + ": " + name + " is given twice; give it once");
      }
    }
    return values;
  }

  /** A share from 0 to 1. */
  static double share(String what, String name, String value) {
    try {
      double share = Double.parseDouble(value);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of bounds.
    }
    throw new IllegalArgumentException(
        what + ": " + name + " is " + value + "; give a share from 0 to 1, e.g. " + name + "=0.02");
  }

  /**
   * A duration such as {@code 500ms}, {@code 60s}, {@code 5m} or {@code 2h}.
   *
   * @param what what it is for; told when the value is refused
   */
  public static Duration duration(String what, String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          what + " is " + value + "; give a number and ms, s, m or h, e.g. 60s or 5m");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
