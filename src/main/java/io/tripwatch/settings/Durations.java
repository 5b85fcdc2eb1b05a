package io.tripwatch.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10 min}, {@code 60s}, {@code 24 h}, {@code PT10M}. */
final class Durations {
  private static final Pattern PLAIN = Pattern.compile("(\\d{1,11})\\s*([a-z]+)");
  private static final Map<String, Long> UNIT_MS =
      Map.of(
          "ms", 1L, "s", 1_000L, "min", 60_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Durations() {}

  static Optional<Long> parseMs(String text) {
    Matcher plain = PLAIN.matcher(text.strip());
    if (plain.matches()) {
      return Optional.ofNullable(UNIT_MS.get(plain.group(2)))
          .map(unit -> unit * Long.parseLong(plain.group(1)));
    }
    try {
      return Optional.of(Duration.parse(text.strip()).toMillis());
    } catch (DateTimeParseException | ArithmeticException notIso) {
      return Optional.empty();
    }
  }

  /** The shortest exact way to write it. */
  static String write(long ms) {
    for (String unit : new String[] {"d", "h", "min", "s"}) {
      long unitMs = UNIT_MS.get(unit);
      // 90 min reads better than 1.5 h, and 24 h better than 1 d where the standard says so.
      if (ms != 0 && ms % unitMs == 0 && (!unit.equals("d") || ms >= 2 * unitMs)) {
        return ms / unitMs + " " + unit;
      }
    }
    return ms == 0 ? "0 s" : ms + " ms";
  }
}
