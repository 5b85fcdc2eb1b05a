package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.TripRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of one driver: his fixes, his registration, his orders with all that bears on them.
 * Events may come in any order; what is known is the same in the end.
 */
public final class Driver {
  /**
   * Fixes of a driver without a trip: an acceptance may come ten minutes late, sight goes back ten.
   */
  static final long IDLE_SIGHT_MS = 26 * 60_000L;

  /** A press may come two hours late, and ask where he was then. */
  static final long TRIP_SIGHT_MS = 2 * 3_600_000L;

  /** How long an order that is over is remembered, so that a straggler does not open it again. */
  static final long CLOSED_MEMORY_MS = 30 * 24 * 3_600_000L;

  /** A status and the order that awaits it come by different ways. */
  private static final long STATUS_BEFORE_ORDER_MS = 3_600_000L;

  private static final int TRIM_FROM_SIZE = 64;

  private final String driverId;
  private final FixLog fixes = new FixLog();
  private final Registration registration = new Registration();
  private final Map<String, OrderLog> orders = new TreeMap<>();
  private final Map<FlightKey, EventLog<FlightStatus>> flights = new HashMap<>();
  private final Map<FlightKey, Long> flightsKeptUntil = new HashMap<>();
  private final Map<String, Long> closedUntil = new TreeMap<>();
  private final Map<String, Watch> watches = new HashMap<>();
  private int trimAtSize = TRIM_FROM_SIZE;

  /** What learning an event did. */
  public enum Learned {
    /** It was known. */
    REPEATED,
    /** It was new, but changes no verdict by itself. */
    NOTED,
    /** A verdict may change. */
    BEARS
  }

  /** A driver of whom nothing is known. */
  public Driver(String driverId) {
    this.driverId = driverId;
  }

  /** The driver's id. */
  public String driverId() {
    return driverId;
  }

  /**
   * Takes in an event.
   *
   * @param now the event time up to which everything is known
   */
  public Learned learn(Event event, long now) {
    if (event instanceof Fix fix) {
      return learnFix(fix, now);
    } else if (event instanceof OrderEvent order) {
      return closedUntil.containsKey(order.orderId())
          ? Learned.NOTED
          : bears(orderLog(order.orderId()).learn(order));
    } else if (event instanceof Press press) {
      return closedUntil.containsKey(press.orderId())
          ? Learned.NOTED
          : bears(orderLog(press.orderId()).learn(press));
    } else if (event instanceof Call call) {
      return closedUntil.containsKey(call.orderId())
          ? Learned.NOTED
          : bears(orderLog(call.orderId()).learn(call));
    } else if (event instanceof FlightStatus status) {
      return learnStatus(status, now);
    } else if (event instanceof FleetRecord fleet) {
      return bears(registration.learn(fleet));
    }
    throw new IllegalArgumentException(
        "a driver learns nothing from " + event.topic().topicName() + "; route it elsewhere");
  }

  private static Learned bears(boolean isNew) {
    return isNew ? Learned.BEARS : Learned.REPEATED;
  }

  private OrderLog orderLog(String orderId) {
    return orders.computeIfAbsent(orderId, OrderLog::new);
  }

  private Learned learnStatus(FlightStatus status, long now) {
    // It may come before the order that awaits it; event time does not pass that order by.
    flightsKeptUntil.put(status.flight(), now + STATUS_BEFORE_ORDER_MS);
    EventLog<FlightStatus> statuses = flights.computeIfAbsent(status.flight(), any -> statusLog());
    if (!statuses.learn(status)) {
      return Learned.REPEATED;
    }
    orders.values().forEach(OrderLog::forgetDerived);
    return Learned.BEARS;
  }

  /** A log in which of two statuses at one time the graver one comes later. */
  public static EventLog<FlightStatus> statusLog() {
    return EventLog.byTimeThen((a, b) -> a.status().compareTo(b.status()));
  }

  private Learned learnFix(Fix fix, long now) {
    if (fixes.size() >= trimAtSize) {
      trim(now);
    }
    switch (fixes.learn(fix)) {
      case REPEATED:
        return Learned.REPEATED;
      case LAST:
        return lastFixBears() ? Learned.BEARS : Learned.NOTED;
      default:
        // Tracks are read in order: the long way, all of them again when next asked.
        watches.clear();
        return orders.isEmpty() ? Learned.NOTED : Learned.BEARS;
    }
  }

  private boolean lastFixBears() {
    if (orders.isEmpty()) {
      return false;
    }
    // A trip that was not judged since something was learned has no watch.
    boolean bears = watches.isEmpty();
    for (Watch watch : watches.values()) {
      bears |=
          watch.track().add(fixes, fixes.size() - 1, registration) && watch.mayBeChangedByLast();
    }
    return bears;
  }

  /** His trips that are not settled, as known up to a time, in order of order and turn. */
  public List<Trip> trips(Settings settings, long now) {
    List<Trip> trips = new ArrayList<>(orders.size());
    Map<String, Watch> renewed = new HashMap<>();
    for (OrderLog order : orders.values()) {
      for (OrderLog.Turn turn : order.turnsOf(driverId)) {
        Trip trip = trip(order, turn, settings, now);
        renewed.put(trip.tripId(), trip.watch());
        trips.add(trip);
      }
    }
    watches.clear();
    watches.putAll(renewed);
    return trips;
  }

  private Trip trip(OrderLog order, OrderLog.Turn turn, Settings settings, long now) {
    Booking opening = turn.opening().booking();
    TripRules rules = settings.forTrips(opening.scenario(), opening.city());
    Trip trip = new Trip(driverId, order, turn, rules, order.pickupTime(flights), now);
    TripTrack.Basis basis =
        new TripTrack.Basis(
            trip.booking().pickup(),
            trip.booking().dropoff(),
            rules.trip().pickupRadiusM(),
            rules.trip().dropoffRadiusM(),
            rules.trip().maxAccuracyM(),
            trip.sightFrom(),
            registration.revision());
    Watch known = watches.get(trip.tripId());
    TripTrack track =
        known != null && known.track().basis().equals(basis)
            ? known.track()
            : TripTrack.of(basis, fixes, registration);
    EventLog<FlightStatus> statuses = flights.get(trip.booking().flight());
    trip.see(track, statuses == null ? List.of() : statuses);
    return trip;
  }

  /**
   * Lets go of what no event that may still arrive can need.
   *
   * @param trips all his trips as known up to now
   * @return the next time at which something can be let go, or NEVER
   */
  public long settle(List<Trip> trips, long now) {
    long next = NEVER;
    Iterator<OrderLog> each = orders.values().iterator();
    while (each.hasNext()) {
      OrderLog order = each.next();
      long at = settledAt(order, trips);
      if (at > now) {
        next = Math.min(next, at);
      } else {
        each.remove();
        closedUntil.put(order.orderId(), at + CLOSED_MEMORY_MS);
        watches.keySet().removeIf(tripId -> tripId.startsWith(order.orderId() + "/"));
      }
    }
    flightsKeptUntil.values().removeIf(until -> until <= now);
    flights.keySet().removeIf(flight -> !isAwaited(flight));
    closedUntil.values().removeIf(until -> until <= now);
    for (long until : closedUntil.values()) {
      next = Math.min(next, until);
    }
    trim(now);
    return fixes.size() == 0 ? next : Math.min(next, now + IDLE_SIGHT_MS);
  }

  private boolean isAwaited(FlightKey flight) {
    return flightsKeptUntil.containsKey(flight)
        || orders.values().stream().anyMatch(order -> order.flights().contains(flight));
  }

  /** While another driver has the order it may come back, and its whole history would be needed. */
  private long settledAt(OrderLog order, List<Trip> trips) {
    long overAt = order.pickupTime(flights).deadline(Trip.LONGEST_AFTER_PICKUP_MS);
    List<OrderLog.Turn> turns = order.turnsOf(driverId);
    boolean his = !turns.isEmpty() && turns.get(turns.size() - 1).next() == NEVER;
    if (!his) {
      // Without any order event the order never had a pickup time: a press nobody knows.
      long from = overAt == NEVER ? firstEvidence(order) : overAt;
      return from + Trip.EVIDENCE_AFTER_END_MS + TRIP_SIGHT_MS + Trip.ARRIVAL_SLACK_MS;
    }
    long at = Long.MIN_VALUE;
    for (Trip trip : trips) {
      at = trip.orderId().equals(order.orderId()) ? Math.max(at, trip.settledAt()) : at;
    }
    return at;
  }

  private static long firstEvidence(OrderLog order) {
    long first = NEVER / 2;
    for (Event event : order.presses()) {
      first = Math.min(first, event.time());
    }
    for (Event event : order.calls()) {
      first = Math.min(first, event.time());
    }
    for (Event event : order.events()) {
      first = Math.min(first, event.time());
    }
    return first;
  }

  private void trim(long now) {
    long from = now - IDLE_SIGHT_MS;
    for (OrderLog order : orders.values()) {
      for (OrderLog.Turn turn : order.turnsOf(driverId)) {
        from = Math.min(from, sightFrom(order, turn, now));
      }
    }
    fixes.forgetBefore(from);
    registration.forgetBefore(from - Trip.LONGEST_AFTER_PICKUP_MS);
    trimAtSize = Math.max(TRIM_FROM_SIZE, fixes.size() + (fixes.size() >> 2));
  }

  private long sightFrom(OrderLog order, OrderLog.Turn turn, long now) {
    long opened = turn.opening().time();
    PickupTime pickupTime = order.pickupTime(flights);
    long earliest = Math.min(now - TRIP_SIGHT_MS, pickupTime.deadline(-Trip.EARLIEST_DEADLINE_MS));
    for (OrderEvent event : turn.own()) {
      if (event.booking() != null) {
        earliest = Math.min(earliest, event.booking().pickupAt() - Trip.STAY_BEFORE_PICKUP_MS);
      }
    }
    for (Press press : order.presses()) {
      earliest = Math.min(earliest, press.time());
    }
    return Math.max(opened, earliest) - Trip.LOOK_BACK_MS;
  }

  Map<FlightKey, Long> flightsKeptUntil() {
    return flightsKeptUntil;
  }

  /** The orders of which anything may still change. */
  public Set<String> openOrders() {
    return orders.keySet();
  }

  FixLog fixes() {
    return fixes;
  }

  Registration registration() {
    return registration;
  }

  Map<String, OrderLog> orders() {
    return orders;
  }

  Map<FlightKey, EventLog<FlightStatus>> flights() {
    return flights;
  }

  Map<String, Long> closedUntil() {
    return closedUntil;
  }
}
