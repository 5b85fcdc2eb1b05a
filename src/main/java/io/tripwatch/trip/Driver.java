package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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

  /**
   * A status and the order that awaits it come by different ways. Both were received by when event
   * time reaches either of them: they are apart by no more than a record may be late, and a bit.
   */
  private static final long STATUS_BEFORE_ORDER_MS = 3 * 3_600_000L;

  /** How often, in event time, someone looks what can be let go of. */
  private static final long HOUSEKEEPING_MS = 60 * 60_000L;

  private static final int TRIM_FROM_SIZE = 256;

  private final String driverId;
  private final FixLog fixes = new FixLog();
  private final Registration registration = new Registration();
  private final Map<String, OrderLog> orders = new LinkedHashMap<>();
  private final Map<FlightKey, EventLog<FlightStatus>> flights = new HashMap<>();
  private final Map<FlightKey, Long> flightsKeptUntil = new HashMap<>();
  private final Map<String, Long> closedUntil = new HashMap<>();
  private long housekeepingAt = NEVER;

  /** The orders that wake before the next housekeeping: most of a day's are accepted long ahead. */
  private final List<OrderLog> soon = new ArrayList<>();

  /** The earliest of what the orders and the housekeeping wait for. */
  private long wake = NEVER;

  /** The orders a fix of the present may bear on, and when the next one joins them. */
  private final List<OrderLog> watching = new ArrayList<>();

  private long nextWatchFrom = Long.MIN_VALUE;

  private int trimAtSize = TRIM_FROM_SIZE;

  /** What learning an event did. */
  public enum Learned {
    /** It was known. */
    REPEATED,
    /** It changes what is known, but no verdict by itself. */
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

  /** When to judge next, milliseconds since 1970 of event time; NEVER if nothing is awaited. */
  public long wake() {
    return wake;
  }

  void wakeFor(OrderLog order, long time) {
    order.wakeBy(time);
    wake = Math.min(wake, time);
    if (time < housekeepingAt && !soon.contains(order)) {
      soon.add(order);
    }
  }

  /**
   * Takes in an event; {@link #wake} tells when it is to be judged.
   *
   * @param now the event time up to which everything is known
   */
  public Learned learn(Event event, long now) {
    if (isNotAskedForYet(event)) {
      return Learned.NOTED;
    }
    long at = Math.max(event.time(), now);
    if (housekeepingAt > at + HOUSEKEEPING_MS) {
      keepHouseNextAt(at + HOUSEKEEPING_MS);
    }
    if (event instanceof Fix fix) {
      return learnFix(fix, now);
    } else if (event instanceof OrderEvent order) {
      return learnOf(order.orderId(), at, log -> log.learn(order));
    } else if (event instanceof Press press) {
      return learnOf(press.orderId(), at, log -> log.learn(press));
    } else if (event instanceof Call call) {
      return learnOf(call.orderId(), at, log -> log.learn(call));
    } else if (event instanceof FlightStatus status) {
      return learnStatus(status, at);
    } else if (event instanceof FleetRecord fleet) {
      return learnFleet(fleet, at);
    }
    return Learned.NOTED;
  }

  private boolean isNotAskedForYet(Event event) {
    return event instanceof Fix fix && fix.vehicle()
        || event instanceof FleetRecord fleet && !fleet.driverId().equals(driverId);
  }

  private Learned learnOf(String orderId, long at, Function<OrderLog, Boolean> learn) {
    if (closedUntil.containsKey(orderId)) {
      return Learned.NOTED;
    }
    OrderLog order = orders.computeIfAbsent(orderId, OrderLog::new);
    if (!learn.apply(order)) {
      return Learned.REPEATED;
    }
    wakeFor(order, at);
    return Learned.BEARS;
  }

  private Learned learnStatus(FlightStatus status, long at) {
    // It may come before the order that awaits it; event time does not pass that order by.
    flightsKeptUntil.merge(status.flight(), at + STATUS_BEFORE_ORDER_MS, Math::max);
    if (!flights.computeIfAbsent(status.flight(), any -> statusLog()).learn(status)) {
      return Learned.NOTED;
    }
    for (OrderLog order : orders.values()) {
      if (order.flights().contains(status.flight())) {
        order.forgetDerived();
        wakeFor(order, at);
      }
    }
    return Learned.BEARS;
  }

  /** A log in which of two statuses at one time the graver one comes later. */
  public static EventLog<FlightStatus> statusLog() {
    return EventLog.byTimeThen((a, b) -> a.status().compareTo(b.status()));
  }

  private Learned learnFleet(FleetRecord fleet, long at) {
    if (!registration.learn(fleet)) {
      return Learned.REPEATED;
    }
    orders.values().forEach(order -> wakeFor(order, at));
    return Learned.BEARS;
  }

  private Learned learnFix(Fix fix, long now) {
    if (fixes.size() >= trimAtSize) {
      trim(now);
    }
    return switch (fixes.learn(fix)) {
      case REPEATED -> Learned.REPEATED;
      case LAST -> lastFixBears(fix.time(), now);
      case BETWEEN -> fixBetweenBears(fix.time(), now);
      case INSTEAD -> fixInsteadBears(fix.time(), now);
    };
  }

  private Learned lastFixBears(long time, long now) {
    Learned learned = Learned.NOTED;
    if (time >= nextWatchFrom) {
      learned = findWatching(time, now);
    }
    for (OrderLog order : watching) {
      for (Watch watch : order.watches()) {
        if (watch.mayBeChangedAt(time)
            && watch.track().readOn(fixes, registration, watch.until())
            && watch.mayBeChangedByLast()) {
          wakeFor(order, Math.max(time, now));
          learned = Learned.BEARS;
        }
      }
    }
    return learned;
  }

  private Learned findWatching(long time, long now) {
    Learned learned = Learned.NOTED;
    watching.clear();
    nextWatchFrom = NEVER;
    for (OrderLog order : orders.values()) {
      watchIfDue(order, time);
      if (!order.isWatched()) {
        wakeFor(order, Math.max(time, now));
        learned = Learned.BEARS;
      }
    }
    return learned;
  }

  private void watchIfDue(OrderLog order, long time) {
    boolean watches = false;
    for (Watch watch : order.watches()) {
      if (watch.from() > time) {
        nextWatchFrom = Math.min(nextWatchFrom, watch.from());
      } else {
        watches |= time <= watch.until();
      }
    }
    if (watches) {
      watching.add(order);
    }
  }

  /** Tracks are read in order: the long way, those that reach so far back again. */
  private Learned fixBetweenBears(long time, long now) {
    Learned learned = Learned.NOTED;
    for (OrderLog order : orders.values()) {
      boolean reaches = !order.isWatched();
      for (Watch watch : order.watches()) {
        reaches |= time >= watch.from();
      }
      if (reaches) {
        order.forgetWatches();
        wakeFor(order, Math.max(time, now));
        learned = Learned.BEARS;
      } else {
        order.watches().forEach(watch -> watch.passOver(time));
      }
    }
    return learned;
  }

  /** The fix it replaces was anywhere: all orders are judged afresh. */
  private Learned fixInsteadBears(long time, long now) {
    for (OrderLog order : orders.values()) {
      order.forgetWatches();
      wakeFor(order, Math.max(time, now));
    }
    return orders.isEmpty() ? Learned.NOTED : Learned.BEARS;
  }

  /**
   * Asks about the orders of which a verdict may have changed, and lets go of what no event that
   * may still arrive can need.
   *
   * @param now the event time up to which everything is known
   * @param court judges the trips of one order
   */
  public void visit(Settings settings, long now, Court court) {
    long lastFix = fixes.size() == 0 ? Long.MIN_VALUE : fixes.time(fixes.size() - 1);
    boolean keepsHouse = housekeepingAt <= now;
    if (keepsHouse) {
      keepHouseNextAt(now + HOUSEKEEPING_MS);
    }
    long next = NEVER;
    Iterator<OrderLog> each = soon.iterator();
    while (each.hasNext()) {
      OrderLog order = each.next();
      if (order.wake() <= now) {
        watching.remove(order);
        if (visit(order, settings, now, court)) {
          orders.remove(order.orderId());
          each.remove();
          continue;
        }
        watchIfDue(order, lastFix);
      }
      next = Math.min(next, order.wake());
    }
    wake = Math.min(next, housekeepingAt);
    if (keepsHouse) {
      keepHouse(now);
    }
  }

  /** Who judges. */
  public interface Court {
    /**
     * Judges all trips this driver has or had of an order.
     *
     * @param last whether nothing that may still arrive can change the verdicts
     */
    void judge(String orderId, List<Trip> trips, boolean last);
  }

  /** Whether nothing can change the verdicts on the order any more. */
  private boolean visit(OrderLog order, Settings settings, long now, Court court) {
    List<OrderLog.Turn> turns = order.turnsOf(driverId);
    List<Trip> trips = new ArrayList<>(turns.size());
    for (int i = 0; i < turns.size(); i++) {
      Watch known = i < order.watches().size() ? order.watches().get(i) : null;
      trips.add(trip(order, turns.get(i), known, settings, now));
    }
    long settledAt = settledAt(order, trips);
    court.judge(order.orderId(), trips, settledAt <= now);
    if (settledAt <= now) {
      long until = settledAt + CLOSED_MEMORY_MS;
      closedUntil.put(order.orderId(), until);
      return true;
    }
    long wake = settledAt;
    for (Trip trip : trips) {
      wake = Math.min(wake, trip.wake());
    }
    order.judged(trips.stream().map(Trip::watch).toList(), wake);
    return false;
  }

  private Trip trip(OrderLog order, OrderLog.Turn turn, Watch known, Settings settings, long now) {
    TripRules rules = turn.rules(settings);
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
    TripTrack track =
        known != null && known.track().basis().equals(basis) ? known.track() : new TripTrack(basis);
    track.readOn(fixes, registration, trip.sightUntil());
    EventLog<FlightStatus> statuses = flights.get(trip.booking().flight());
    trip.see(track, statuses == null ? List.of() : statuses);
    return trip;
  }

  /** While another driver has the order it may come back, and its whole history would be needed. */
  private long settledAt(OrderLog order, List<Trip> trips) {
    List<OrderLog.Turn> turns = order.turnsOf(driverId);
    if (!turns.isEmpty() && turns.get(turns.size() - 1).next() == NEVER) {
      return trips.stream().mapToLong(Trip::settledAt).max().orElseThrow();
    }
    long overAt = order.pickupTime(flights).deadline(Trip.LONGEST_AFTER_PICKUP_MS);
    // Without any order event the order has no pickup time: a press for nobody's order.
    long from = overAt == NEVER ? order.firstEvidence() : overAt;
    return from + Trip.EVIDENCE_AFTER_END_MS + TRIP_SIGHT_MS + Trip.ARRIVAL_SLACK_MS;
  }

  private void keepHouse(long now) {
    flightsKeptUntil.values().removeIf(until -> until <= now);
    flights.keySet().removeIf(flight -> !isAwaited(flight));
    closedUntil.values().removeIf(until -> until <= now);
    trim(now);
    boolean idle = fixes.size() == 0 && flights.isEmpty() && orders.isEmpty();
    long next = idle ? NEVER : now + HOUSEKEEPING_MS;
    for (long until : closedUntil.values()) {
      next = Math.min(next, until);
    }
    keepHouseNextAt(next);
  }

  void keepHouseNextAt(long next) {
    housekeepingAt = next;
    wake = next;
    soon.clear();
    for (OrderLog order : orders.values()) {
      if (order.wake() < next) {
        soon.add(order);
        wake = Math.min(wake, order.wake());
      }
    }
  }

  private boolean isAwaited(FlightKey flight) {
    boolean awaited = flightsKeptUntil.containsKey(flight);
    for (OrderLog order : orders.values()) {
      awaited |= order.flights().contains(flight);
    }
    return awaited;
  }

  private void trim(long now) {
    long from = now - IDLE_SIGHT_MS;
    for (OrderLog order : orders.values()) {
      if (!order.isWatched()) {
        // Learned of, but not judged yet: what it needs is not known.
        return;
      }
      for (Watch watch : order.watches()) {
        long late = Math.max(watch.openedFrom(), now - TRIP_SIGHT_MS - Trip.LOOK_BACK_MS);
        from = Math.min(from, Math.min(watch.from(), late));
      }
    }
    fixes.forgetBefore(from);
    registration.forgetBefore(from - Trip.LONGEST_AFTER_PICKUP_MS);
    trimAtSize = Math.max(TRIM_FROM_SIZE, 2 * fixes.size());
  }

  /** Whether nothing is known any more that anyone could ask for. */
  public boolean isForgotten() {
    return orders.isEmpty()
        && fixes.size() == 0
        && flights.isEmpty()
        && closedUntil.isEmpty()
        && registration.records().isEmpty();
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

  Map<FlightKey, Long> flightsKeptUntil() {
    return flightsKeptUntil;
  }

  Map<String, Long> closedUntil() {
    return closedUntil;
  }

  long housekeepingAt() {
    return housekeepingAt;
  }
}
