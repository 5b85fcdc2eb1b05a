package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.trip.TripSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The published summary of an ended trip. */
final class TripRecord {
  private TripRecord() {}

  /**
   * The summary of a trip.
   *
   * @param holds all that holds of the trips of its file
   */
  static Statement of(TripSummary trip, List<Holding> holds, int epoch) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("orderId", trip.orderId());
    fields.put("driverId", trip.driverId());
    fields.put("passengerId", trip.passengerId());
    fields.put("plate", trip.plate());
    fields.put("city", trip.city());
    putInstant(fields, "acceptedAt", trip.openedAt());
    putInstant(fields, "pickupAt", trip.pickupAt());
    putInstant(fields, "pickupTime", trip.pickupTime());
    fields.put("delaySeconds", trip.delayMs() / 1000);
    putInstant(fields, "presentAt", trip.presence());
    putInstant(fields, "onSiteAt", trip.firstOnSite());
    putInstant(fields, "startAt", trip.start());
    putInstant(fields, "endAt", trip.endPress());
    putInstant(fields, "endedAt", trip.end());
    fields.put("ending", trip.ending().name());
    if (trip.cancelledBy() != null) {
      fields.put("cancelledBy", trip.cancelledBy().name());
    }
    if (trip.start() != NEVER && trip.endPress() != NEVER) {
      fields.put("metersDriven", Math.round(trip.metres()));
      fields.put("secondsDriven", (trip.endPress() - trip.start()) / 1000);
    }
    fields.put("contacts", (long) trip.contacts());
    fields.put("alerts", alerts(trip, holds, false));
    List<String> onTrial = alerts(trip, holds, true);
    if (!onTrial.isEmpty()) {
      fields.put("shadowAlerts", onTrial);
    }
    return Statement.of(OutputTopic.TRIPS, trip.tripId(), epoch, null, fields);
  }

  private static void putInstant(Map<String, Object> fields, String name, long instant) {
    if (instant != NEVER) {
      fields.put(name, Instant.ofEpochMilli(instant));
    }
  }

  /** The ids of those that stand. */
  private static List<String> alerts(TripSummary trip, List<Holding> holds, boolean shadow) {
    List<String> ids = new ArrayList<>();
    for (Holding holding : holds) {
      if (trip.tripId().equals(holding.tripId())
          && holding.alert().shadow() == shadow
          && !holding.isRejected()) {
        ids.add(holding.alert().alertId());
      }
    }
    ids.sort(null);
    return ids;
  }
}
