package io.tripwatch.bench.pieces;

import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.Shape;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.trip.FeedbackLog;
import java.util.ArrayList;
import java.util.List;

/** What one driver of a dense fleet does, trip after trip. */
final class OneDriver {
  static final String ID = "d-0000000";

  /** How far the watermark is behind, as in the job. */
  static final long BEHIND_MS = 5_000;

  private static final Fleet.Plan PLAN = new Fleet.Plan(Shape.DENSE, 1, 1);

  private OneDriver() {}

  /** His first events, in order of event time. */
  static List<Event> events(int count) {
    Fleet fleet = new Fleet(PLAN);
    EventDecoder decoder = new EventDecoder();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fleet.advance();
      events.add(decoder.decode(fleet.topic(), fleet.value()).event());
    }
    return events;
  }

  /** Of his first events those that tell of the service itself, not what people said of it. */
  static List<Event> eventsOfService(int count) {
    return events(count).stream().filter(event -> !FeedbackLog.takes(event)).toList();
  }
}
