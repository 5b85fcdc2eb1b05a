package io.tripwatch.naive;

import io.tripwatch.naive.NaiveInput.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One order's story: its trips in order. */
final class NaiveOrder {
  final String id;
  final List<NaiveTrip> trips = new ArrayList<>();
  private final List<Event> events;

  NaiveOrder(NaiveFacts facts, String id, List<Event> events) {
    this.id = id;
    this.events = events;
    List<Event> whole = events.stream().filter(e -> e.has("pickupAt") && !isEnding(e)).toList();
    for (NaiveTrip.Turn turn : turns()) {
      trips.add(new NaiveTrip(facts, whole, turn));
    }
  }

  private static boolean isEnding(Event event) {
    return event.text("type").equals("CANCELLED") || event.text("type").equals("SETTLED");
  }

  private static boolean assigns(Event event) {
    return event.text("type").equals("ACCEPTED") || event.text("type").equals("REASSIGNED");
  }

  private List<NaiveTrip.Turn> turns() {
    List<NaiveTrip.Turn> turns = new ArrayList<>();
    Map<String, Integer> count = new HashMap<>();
    List<Event> held = null;
    for (Event event : events) {
      if (assigns(event)) {
        String driver = event.text("driverId");
        if (held != null && held.get(0).text("driverId").equals(driver)) {
          held.add(event);
        } else {
          if (held != null) {
            turns.add(turn(held, count, null, event.time()));
          }
          held = new ArrayList<>(List.of(event));
        }
      } else if (event.text("type").equals("CHANGED") && held != null) {
        held.add(event);
      } else if (event.text("type").equals("CANCELLED") && held != null) {
        turns.add(turn(held, count, event, NaiveTrip.NEVER));
        held = null;
      }
    }
    if (held != null) {
      turns.add(turn(held, count, null, NaiveTrip.NEVER));
    }
    return turns;
  }

  private NaiveTrip.Turn turn(
      List<Event> held, Map<String, Integer> count, Event cancelled, long awayAt) {
    String driver = held.get(0).text("driverId");
    int number = count.merge(driver, 1, Integer::sum);
    String tripId = id + "/" + driver + (number == 1 ? "" : "~" + number);
    return new NaiveTrip.Turn(tripId, held, cancelled, awayAt);
  }

  NaiveTrip lastTrip() {
    return trips.isEmpty() ? null : trips.get(trips.size() - 1);
  }

  NaiveTrip lastTurnOf(String driverId) {
    NaiveTrip last = null;
    for (NaiveTrip trip : trips) {
      if (trip.driverId.equals(driverId)) {
        last = trip;
      }
    }
    return last;
  }

  boolean everAssigned(String driverId) {
    return events.stream().anyMatch(e -> assigns(e) && e.text("driverId").equals(driverId));
  }

  /** The last SETTLED, if the trip is the order's last. */
  Event settled(NaiveTrip trip) {
    Event last = null;
    for (Event event : events) {
      if (event.text("type").equals("SETTLED") && NaiveFacts.bears(event, trip.end)) {
        last = event;
      }
    }
    return trip == lastTrip() ? last : null;
  }
}
