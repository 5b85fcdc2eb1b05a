package io.tripwatch.naive;

import io.tripwatch.naive.NaiveInput.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The pickup time P of an order, as it stands at each time, and the deadlines counted from it. */
final class NaivePickupTime {
  private final NaiveFacts facts;
  private final boolean pickup;
  private final List<Event> events;
  private final List<Long> turns;

  /**
   * @param events the order's events that say the whole order, in order, at least one
   * @param pickup whether a flight or train moves P
   */
  NaivePickupTime(NaiveFacts facts, List<Event> events, boolean pickup) {
    this.facts = facts;
    this.events = events;
    this.pickup = pickup;
    TreeSet<Long> times = new TreeSet<>();
    for (Event event : events) {
      times.add(event.time());
      statuses(event).forEach(s -> times.add(s.time()));
    }
    turns = new ArrayList<>(times);
  }

  private List<Event> statuses(Event event) {
    String flight = NaiveFacts.flight(event);
    return flight == null ? List.of() : facts.flights.getOrDefault(flight, List.of());
  }

  /** P as it stands at the time; before the order's first event, as that says it. */
  long at(long time) {
    Event held = events.get(0);
    for (Event event : events) {
      if (event.time() <= time) {
        held = event;
      }
    }
    long delay = 0;
    if (pickup) {
      for (Event status : statuses(held)) {
        if (status.time() <= time) {
          delay = delay(status);
        }
      }
    }
    return held.number("pickupAt") + Math.max(0, delay);
  }

  /** D of a status, in milliseconds. */
  static long delay(Event status) {
    String arrival =
        status.has("actualArrival")
            ? "actualArrival"
            : status.has("estimatedArrival") ? "estimatedArrival" : "scheduledArrival";
    return status.number(arrival) - status.number("scheduledArrival");
  }

  /** The first instant t with t ≥ Pt + offset. */
  long deadline(long offset) {
    long from = Long.MIN_VALUE;
    for (long turn : turns) {
      long instant = Math.max(from, at(turn - 1) + offset);
      if (instant < turn) {
        return instant;
      }
      from = turn;
    }
    return Math.max(from, at(from) + offset);
  }
}
