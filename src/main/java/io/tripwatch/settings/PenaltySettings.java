package io.tripwatch.settings;

import java.time.Duration;
import java.util.List;

/**
 * The settings of {@code penalties.*}, as they apply to one trip or driver.
 *
 * @param settleAfterMs a pending penalty is final so long after its alert's moment
 * @param windowMs a final penalty counts against its driver for so long after that moment
 */
public record PenaltySettings(long settleAfterMs, long windowMs) {
  /** No version of the rules has a longer window. */
  public static final long LONGEST_WINDOW_MS = Duration.ofDays(400).toMillis();

  static final Setting SETTLE_AFTER =
      Setting.duration("settleAfter", Duration.ofHours(24), Duration.ZERO, Duration.ofDays(30));
  static final Setting WINDOW =
      Setting.duration(
          "window", Duration.ofDays(90), Duration.ofDays(1), Duration.ofMillis(LONGEST_WINDOW_MS));

  static final List<Setting> ALL = List.of(SETTLE_AFTER, WINDOW);

  static PenaltySettings of(Values values) {
    return new PenaltySettings(values.ms(SETTLE_AFTER), values.ms(WINDOW));
  }
}
