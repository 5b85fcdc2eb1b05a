package io.tripwatch.settings;

import io.tripwatch.event.Scenario;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@code trip.*}, as they apply to one trip.
 *
 * @param repeatMs a press this long or less after a counted one of its button is not counted
 * @param pickupRadiusM radius of the pickup circle
 * @param dropoffRadiusM radius of the drop-off circle
 * @param maxAccuracyM fixes less accurate are not usable
 * @param pressWindowMs a fix this near in time to a press tells where it was pressed
 * @param stayMs how long a run inside the pickup circle must last to be a stay
 * @param noticeMs what moves the pickup later than this before the pickup time is short notice
 */
public record TripSettings(
    long repeatMs,
    double pickupRadiusM,
    double dropoffRadiusM,
    double maxAccuracyM,
    long pressWindowMs,
    long stayMs,
    long noticeMs) {

  static final Setting REPEAT =
      Setting.duration("repeat", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(5));
  static final Setting PICKUP_RADIUS =
      Setting.number("pickupRadiusM", 500, 1, 20_000).in(Scenario.AIRPORT_PICKUP, 1000.0);
  static final Setting DROPOFF_RADIUS = Setting.number("dropoffRadiusM", 1000, 1, 20_000);
  static final Setting MAX_ACCURACY = Setting.number("maxAccuracyM", 100, 0, 10_000);

  /** Evidence ends a minute after the trip: a wider window would never be filled. */
  static final Setting PRESS_WINDOW =
      Setting.duration(
          "pressWindow", Duration.ofSeconds(60), Duration.ZERO, Duration.ofMinutes(10));

  static final Setting STAY =
      Setting.duration("stay", Duration.ofSeconds(60), Duration.ZERO, Duration.ofMinutes(30));

  static final Setting NOTICE =
      Setting.duration("notice", Duration.ofMinutes(60), Duration.ZERO, Duration.ofHours(24));

  static final List<Setting> ALL =
      List.of(REPEAT, PICKUP_RADIUS, DROPOFF_RADIUS, MAX_ACCURACY, PRESS_WINDOW, STAY, NOTICE);

  static TripSettings of(Values values) {
    return new TripSettings(
        values.ms(REPEAT),
        values.number(PICKUP_RADIUS),
        values.number(DROPOFF_RADIUS),
        values.number(MAX_ACCURACY),
        values.ms(PRESS_WINDOW),
        values.ms(STAY),
        values.ms(NOTICE));
  }
}
