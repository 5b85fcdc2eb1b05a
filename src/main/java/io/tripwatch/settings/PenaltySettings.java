package io.tripwatch.settings;

import java.time.Duration;
import java.util.List;

  static final Setting SETTLE_AFTER =
      Setting.duration("settleAfter", Duration.ofHours(24), Duration.ZERO, Duration.ofDays(30));
  static final Setting WINDOW =
      Setting.duration(
          "window", Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(400));

  static final List<Setting> ALL = List.of(SETTLE_AFTER, WINDOW);

  static PenaltySettings of(Values values) {
    return new PenaltySettings(values.ms(SETTLE_AFTER), values.ms(WINDOW));
  }
}
