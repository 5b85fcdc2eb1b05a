package io.tripwatch.trip;

import io.tripwatch.event.Booking;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The pickup time of an order as it stood at each moment: {@code pickupAt + max(0, D)}. It changes
 * only when the order changes or a status of its flight comes in.
 */
public final class PickupTime {
  /** Stands for what never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  private final long[] from;
  private final long[] pickup;
  private final long[] delay;

  private PickupTime(long[] from, long[] pickup, long[] delay) {
    this.from = from;
    this.pickup = pickup;
    this.delay = delay;
  }

  /**
   * The pickup time of an order.
   *
   * @param orderEvents all events of the order, in order
   * @param flights the statuses of each flight the order ever named, in order
   */
  static PickupTime of(
      List<OrderEvent> orderEvents, Map<FlightKey, EventLog<FlightStatus>> flights) {
    TreeSet<Long> moments = new TreeSet<>();
    long first = NEVER;
    for (OrderEvent event : orderEvents) {
      if (event.booking() != null) {
        first = Math.min(first, event.time());
        moments.add(event.time());
        statuses(event.booking(), flights).forEach(status -> moments.add(status.time()));
      }
    }
    // A status known before the order bears on it from the order's first event on.
    long[] from = moments.tailSet(first, true).stream().mapToLong(Long::longValue).toArray();
    long[] pickup = new long[from.length];
    long[] delay = new long[from.length];
    for (int i = 0; i < from.length; i++) {
      Booking booking = bookingAt(orderEvents, from[i]);
      delay[i] = Math.max(0, delayAt(booking, flights, from[i]));
      pickup[i] = booking.pickupAt() + delay[i];
    }
    return new PickupTime(from, pickup, delay);
  }

  private static List<FlightStatus> statuses(
      Booking booking, Map<FlightKey, EventLog<FlightStatus>> flights) {
    EventLog<FlightStatus> statuses = flights.get(booking.flight());
    return statuses == null ? List.of() : statuses;
  }

  private static Booking bookingAt(List<OrderEvent> orderEvents, long time) {
    Booking booking = null;
    for (OrderEvent event : orderEvents) {
      if (event.booking() != null && event.time() <= time) {
        booking = event.booking();
      }
    }
    return booking;
  }

  private static long delayAt(
      Booking booking, Map<FlightKey, EventLog<FlightStatus>> flights, long time) {
    if (!booking.scenario().isPickup() || booking.flight() == null) {
      return 0;
    }
    EventLog<FlightStatus> statuses = flights.get(booking.flight());
    FlightStatus status = statuses == null ? null : statuses.inForceAt(time);
    return status == null ? 0 : status.delayMs();
  }

  /** P as it stands at a time, milliseconds since 1970; NEVER before the order's first event. */
  public long at(long time) {
    int i = index(time);
    return i < 0 ? NEVER : pickup[i];
  }

  /** Since when P stands as it does at a time, not before the order's first event. */
  public long since(long time) {
    int i = index(time);
    while (i > 0 && pickup[i - 1] == pickup[i]) {
      i--;
    }
    return i < 0 ? NEVER : from[i];
  }

  /** When P next is another than at a time, as far as is known; NEVER if it stays. */
  public long nextChange(long time) {
    long now = at(time);
    for (int i = index(time) + 1; i < from.length; i++) {
      if (pickup[i] != now) {
        return from[i];
      }
    }
    return NEVER;
  }

  /** How much of P at a time is the flight's delay, milliseconds. */
  public long delayAt(long time) {
    int i = index(time);
    return i < 0 ? 0 : delay[i];
  }

  /**
   * The deadline {@code afterMs} after P (before it, where negative): the first t ≥ Pt + afterMs.
   */
  public long deadline(long afterMs) {
    for (int i = 0; i < from.length; i++) {
      // An order first heard of after its pickup time was due before that: nobody is late by it.
      long reached = i == 0 ? pickup[0] + afterMs : Math.max(from[i], pickup[i] + afterMs);
      if (i == from.length - 1 || reached < from[i + 1]) {
        return reached;
      }
    }
    return NEVER;
  }

  private int index(long time) {
    int i = from.length - 1;
    while (i >= 0 && from[i] > time) {
      i--;
    }
    return i;
  }
}
