package io.tripwatch.verdict;

import io.tripwatch.trip.TripSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The published summary of an ended trip. */
final class TripRecord {
  private TripRecord() {}

  static Statement of(TripSummary trip, List<Holding> holds, int epoch) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("orderId", trip.orderId());
    return Statement.of(OutputTopic.TRIPS, trip.tripId(), epoch, null, fields);
  }
}
