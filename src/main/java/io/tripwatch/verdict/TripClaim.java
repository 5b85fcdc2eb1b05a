package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.trip.TripSummary;
import java.util.Map;

/**
 * What one trip contributes to what is owed to its passenger and to the figures of its day, or what
 * an alert about a driver and no trip adds to them. The last one of a tripId counts.
 *
 * @param orderId the alertId where there is no trip
 * @param tripId the same
 * @param trip null where there is none (any more)
 * @param noShowAt moment of {@code no-show} if it holds, else NEVER
 * @param overchargedAt moment of {@code charged-above-fixed-price} if it holds, else NEVER
 * @param overchargeCents by how much
 * @param upheldAt moment of the first {@code complaint-upheld} that holds, else NEVER
 * @param city null where it is not known
 * @param localDate of the pickup, in its city, e.g. {@code 2026-11-22}; of the alert where there is
 *     no trip; null where it is taken back
 * @param figures what it adds to the figures of the day, by name
 */
public record TripClaim(
    String orderId,
    String tripId,
    TripSummary trip,
    long noShowAt,
    long overchargedAt,
    long overchargeCents,
    long upheldAt,
    String city,
    String localDate,
    Map<String, Long> figures) {

  /** Takes back what was claimed. */
  public static TripClaim none(String orderId, String tripId) {
    return new TripClaim(orderId, tripId, null, NEVER, NEVER, 0, NEVER, null, null, Map.of());
  }

  /** What an alert about no trip adds. */
  public static TripClaim ofDay(
      String alertId, String city, String localDate, Map<String, Long> figures) {
    return new TripClaim(alertId, alertId, null, NEVER, NEVER, 0, NEVER, city, localDate, figures);
  }

  /** Whether it takes back what was claimed. */
  public boolean isNone() {
    return localDate == null;
  }
}
