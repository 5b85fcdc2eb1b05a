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
  static final Setting SETTLE_AFTER =
      Setting.duration("settleAfter", Duration.ofHours(24), Duration.ZERO, Duration.ofDays(30));
  static final Setting WINDOW =
      Setting.duration("window", Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(400));

  static final List<Setting> ALL = List.of(SETTLE_AFTER, WINDOW);

  static PenaltySettings of(Values values) {
    return new PenaltySettings(values.ms(SETTLE_AFTER), values.ms(WINDOW));
  }
}
