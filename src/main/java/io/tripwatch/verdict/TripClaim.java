package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.trip.TripSummary;
import java.util.Map;

/**
 * What one trip contributes to what is owed to its passenger and to the figures of its day. The
 * last one from a trip counts.
 *
 * @param trip null where the trip is no more: what it claimed is taken back
 * @param noShowAt moment of {@code no-show} if it holds, else NEVER
 * @param overchargedAt moment of {@code charged-above-fixed-price} if it holds, else NEVER
 * @param overchargeCents by how much
 * @param upheldAt moment of the first {@code complaint-upheld} that holds, else NEVER
 * @param localDate of the pickup, in its city, e.g. {@code 2026-11-22}
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
    String localDate,
    Map<String, Long> figures) {

  /** Takes back what a trip claimed. */
  static TripClaim none(String orderId, String tripId) {
    return new TripClaim(orderId, tripId, null, NEVER, NEVER, 0, NEVER, null, Map.of());
  }
}
