package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.TripRules;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is known of one driver: his fixes, his registration, his orders with all that bears on them.
 * Events may come in any order; what is known is the same in the end.
 */
public final class Driver {
  /** How often, in event time, someone looks what can be let go of. */
  private static final long HOUSEKEEPING_MS = 60 * 60_000L;

  /** A fix less accurate says little of how fast he goes. */
  private static final double PACE_ACCURACY_M = 100;

  /** So many fixes, or a quarter of those there are, come before the oldest are let go of again. */
  private static final int TRIM_STEP = 128;

  /** Its events with their records, what was said of it, what it waits for, and its track. */
  private static final long ORDER_BYTES = 10_000;

  /** Most of what is said after a trip is said by then: until then its track is at hand. */
  private static final long TRACK_KEPT_MS = 5 * 60_000L;

  private final String driverId;
  private final Speeds speeds;
  private final FixStore store;
  private final Pace pace = new Pace();
  private final FixLog fixes = new FixLog();
  private final Registration registration = new Registration();

  // Maps are made when something is put in: of most drivers nothing is, and they are many.
  private Map<String, OrderLog> orders = Collections.emptyMap();
  private Map<FlightKey, EventLog<FlightStatus>> flights = Collections.emptyMap();
  private Map<FlightKey, Long> flightsKeptUntil = Collections.emptyMap();
  private final Logins logins = new Logins(registration);

  /** Registrations of other drivers with devices that bear on this one's trips, and until when. */
  private Map<String, Registration> others = Collections.emptyMap();

  private Map<String, Long> othersKeptUntil = Collections.emptyMap();

  /** The fixes of vehicles during his rides, by the plate as plates are compared. */
  private Map<String, FixLog> vehicles = Collections.emptyMap();

  /** When he pressed S, by trip. */
  private NavigableMap<String, Start> starts = Collections.emptyNavigableMap();

  private long housekeepingAt = NEVER;

  /** The orders that wake before the next housekeeping: most of a day's are accepted long ahead. */
  private final List<OrderLog> soon = new ArrayList<>();

  /** The orders that a vehicle's fix may bear on: ridden, or not judged since they changed. */
  private final List<OrderLog> riding = new ArrayList<>();

  /** The earliest of what the orders and the housekeeping wait for. */
  private long wake = NEVER;

  /** The orders a fix of the present may bear on, and when the next one joins them. */
  private final List<OrderLog> watching = new ArrayList<>();

  private long nextWatchFrom = Long.MIN_VALUE;

  /** Most fixes need no more than this. */
  private final Quiet quiet = new Quiet();

  private int trimAtSize = TRIM_STEP;

  /** Fixes from then on are held in memory, and from when on they are known in all. */
  private long heldFrom = Long.MIN_VALUE;

  private long storedFrom = Long.MIN_VALUE;

  /** S of a trip. */
  record Start(String passengerId, long at) {}

  /** What learning an event did. */
  public enum Learned {
    /** It was known. */
    REPEATED,
    /** It is beyond a {@link Bound}: nothing was learned. */
    TOO_MANY,
    /** It changes what is known, but no verdict that is not going to be judged anyway. */
    NOTED,
    /** A verdict may change. */
    BEARS
  }

  /** A driver of whom nothing is known, where no speeds are. */
  public Driver(String driverId) {
    this(driverId, Speeds.NONE, FixStore.NONE);
  }

  /**
   * A driver of whom nothing is known.
   *
   * @param speeds how fast one gets on; learned from him, too
   * @param store keeps the fixes that are not held in memory
   */
  public Driver(String driverId, Speeds speeds, FixStore store) {
    this.driverId = driverId;
    this.speeds = speeds;
    this.store = store;
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
    noteWake(order);
  }

  private void noteWake(OrderLog order) {
    long next = order.nextWake();
    wake = Math.min(wake, next);
    if (next < housekeepingAt && !order.isSoon()) {
      order.isSoon(true);
      soon.add(order);
    }
  }

  /**
   * Takes in an event; {@link #wake} tells when it is to be judged.
   *
   * @param now the event time up to which everything is known
   */
  public Learned learn(Event event, long now) {
    long at = Math.max(event.time(), now);
    if (housekeepingAt > at + HOUSEKEEPING_MS) {
      keepHouseNextAt(at + HOUSEKEEPING_MS);
    }
    if (event instanceof Fix fix) {
      return fix.vehicle() ? learnVehicle(fix, now) : learnFix(fix, now);
    }
    quiet.end();
    if (event instanceof OrderEvent order) {
      return learnOf(order.orderId(), at, log -> log.learn(order));
    } else if (event instanceof Press press) {
      return learnOf(press.orderId(), at, log -> log.learn(press));
    } else if (event instanceof Call call) {
      return learnOf(call.orderId(), at, log -> log.learn(call));
    } else if (event instanceof FlightStatus status) {
      return learnStatus(status, at);
    } else if (event instanceof FleetRecord fleet) {
      return fleet.driverId().equals(driverId) ? learnFleet(fleet, at) : learnOther(fleet, at);
    } else if (event instanceof Login login) {
      if (logins.isOneTooMany(login, driverId)) {
        return Learned.TOO_MANY;
      }
      if (!logins.learn(login, driverId)) {
        return Learned.REPEATED;
      }
      if (login.driverId().equals(driverId)) {
        wakeNotOverBy(login.time(), at);
      }
      return Learned.BEARS;
    }
    throw new IllegalArgumentException(
        "a driver learns nothing from " + event.topic().topicName() + "; route it elsewhere");
  }

  private void wakeAll(long at) {
    for (OrderLog order : orders.values()) {
      wakeFor(order, at);
    }
  }

  /** No rule about a trip asks for a login after its end, nor for one of another driver. */
  private void wakeNotOverBy(long time, long at) {
    for (OrderLog order : orders.values()) {
      boolean isOver = order.isWatched();
      for (Watch watch : order.watches()) {
        isOver &= watch.end() < time;
      }
      if (!isOver) {
        wakeFor(order, at);
      }
    }
  }

  /** Whether an order is known and not settled. */
  public boolean hasOpen(String orderId) {
    return orders.containsKey(orderId);
  }

  /** Whether of his orders as many are not settled and changed around a time as are taken in. */
  public boolean hasTooManyOrdersAround(long time) {
    int most = Bound.OPEN_ORDERS_OF_A_DRIVER.most();
    return orders.size() >= most
        && orders.values().stream()
                .filter(order -> Math.abs(order.lastTime() - time) <= Bound.WITHIN_MS)
                .count()
            >= most;
  }

  /** Opens an order again of which some turns, the first ones, are settled. */
  public void reopen(String orderId, int settledTurns) {
    ordersToFill().computeIfAbsent(orderId, OrderLog::new).settledTurns(settledTurns);
  }

  /** Has it found out at a time, if not before, what follows from the trips of an open order. */
  public void concludeOrder(String orderId, long time) {
    OrderLog order = orders.get(orderId);
    if (order.isWatched()) {
      order.concludeAt(Math.min(order.concludeAt(), time));
      noteWake(order);
    } else {
      // What was seen of them is not known.
      wakeFor(order, time);
    }
  }

  /** Has the trips opened at a time or later judged at another. */
  public void wakeOpenedFrom(long time, long at) {
    for (OrderLog order : orders.values()) {
      for (OrderLog.Turn turn : order.turnsOf(driverId)) {
        if (turn.opening().time() >= time) {
          wakeFor(order, at);
        }
      }
    }
  }

  private Learned learnOther(FleetRecord fleet, long at) {
    othersKeptUntilToFill().merge(fleet.driverId(), at + Horizons.LATE_EVIDENCE_MS, Math::max);
    if (!othersToFill().computeIfAbsent(fleet.driverId(), any -> new Registration()).learn(fleet)) {
      return Learned.NOTED;
    }
    wakeAll(at);
    return Learned.BEARS;
  }

  private Learned learnVehicle(Fix fix, long now) {
    FixLog log = vehicles.get(fix.owner());
    if (log == null) {
      log = new FixLog();
      vehiclesToFill().put(fix.owner(), log);
      quiet.end();
    }
    FixLog.Place place = log.learn(fix);
    if (place == FixLog.Place.REPEATED) {
      return Learned.REPEATED;
    }
    Learned learned = Learned.NOTED;
    VehicleTrack vehicle = new VehicleTrack(log);
    for (OrderLog order : riding) {
      boolean bears = !order.isWatched() || place == FixLog.Place.INSTEAD;
      for (Watch watch : order.watches()) {
        bears |=
            watch.isRiddenAround(fix.time())
                && watch.plate().equals(fix.owner())
                && mayBeChangedByVehicle(watch, fix.time(), vehicle);
      }
      if (bears) {
        wakeFor(order, Math.max(fix.time(), now));
        learned = Learned.BEARS;
      }
    }
    return learned;
  }

  /** The phone's fixes that were quiet while the vehicle was not seen are on no track yet. */
  private boolean mayBeChangedByVehicle(Watch watch, long time, VehicleTrack vehicle) {
    watch.track().readOn(fixes, registration, watch.until());
    return watch.mayBeChangedByVehicle(time, vehicle);
  }

  void findRiding(OrderLog order) {
    boolean rides = !order.isWatched() || order.isRidden();
    if (rides != order.isRiding()) {
      order.isRiding(rides);
      if (rides) {
        riding.add(order);
      } else {
        riding.remove(order);
      }
    }
  }

  private Learned learnOf(String orderId, long at, Function<OrderLog, Learned> learn) {
    OrderLog order = ordersToFill().computeIfAbsent(orderId, OrderLog::new);
    findRiding(order);
    Learned learned = learn.apply(order);
    if (learned == Learned.BEARS) {
      wakeFor(order, at);
    }
    return learned;
  }

  private Learned learnStatus(FlightStatus status, long at) {
    // It may come before the order that awaits it; event time does not pass that order by.
    flightsKeptUntilToFill().merge(status.flight(), at + Horizons.UNAWAITED_STATUS_MS, Math::max);
    if (!flightsToFill().computeIfAbsent(status.flight(), any -> statusLog()).learn(status)) {
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
    if (fix.time() < heldFrom) {
      holdFixesFrom(fix.time());
    }
    return switch (fixes.learn(fix)) {
      case REPEATED -> Learned.REPEATED;
      case LAST -> {
        learnPace(fix.time());
        yield lastFixBears(fix.time(), now);
      }
      case BETWEEN -> {
        quiet.end();
        yield fixBetweenBears(fix.time(), now);
      }
      case INSTEAD -> {
        quiet.end();
        yield fixInsteadBears(fix.time(), now);
      }
    };
  }

  private void learnPace(long time) {
    int last = fixes.size() - 1;
    if (speeds.learns() && pace.wants(time) && showsPace(last)) {
      pace.learn(fixes, last, speeds);
    }
  }

  /** Usable, by the contract's default of the one setting there is. */
  private boolean showsPace(int i) {
    return !fixes.mock(i)
        && fixes.isUsable(i, PACE_ACCURACY_M)
        && Registration.isPhoneOf(registration.at(fixes.time(i)), fixes.deviceId(i));
  }

  /** Has a forecast go on to a time; when it said another thing on the way, or NEVER. */
  long goOn(Forecast forecast, TripTrack track, long to) {
    return forecast.goOn(track, to, speeds, pace);
  }

  private Learned lastFixBears(long time, long now) {
    if (quiet.tells(fixes)) {
      return Learned.NOTED;
    }
    Learned learned = lookedAtBears(time, now);
    boundQuiet(time);
    return learned;
  }

  /** The last fix does not bear on anything: finds out how long that will go on. */
  private void boundQuiet(long time) {
    int last = fixes.size() - 1;
    boolean counts =
        (last == 0 || fixes.time(last - 1) < time)
            && fixes.deviceCount() == 1
            && Registration.isPhoneOf(registration.at(time), fixes.deviceId(last));
    if (!counts) {
      quiet.end();
      return;
    }
    quiet.begin(fixes);
    quiet.until(nextWatchFrom);
    for (OrderLog order : watching) {
      if (order.wake() <= time) {
        continue;
      }
      for (Watch watch : order.watches()) {
        watch.bound(quiet, fixes, vehicle(watch.plate()));
      }
      for (Forecast forecast : order.forecasts()) {
        quiet.until(forecast.wantsFrom());
      }
    }
    quiet.endUnlessWithin(fixes);
  }

  private Learned lookedAtBears(long time, long now) {
    Learned learned = Learned.NOTED;
    if (time >= nextWatchFrom) {
      learned = findWatching(time, now);
    }
    boolean elsewhere = fixes.deviceCount() > 1 && fixes.lastIsElsewhere();
    for (OrderLog order : watching) {
      if (order.wake() <= time) {
        // It is going to be judged anyway.
        continue;
      }
      for (Watch watch : order.watches()) {
        if ((elsewhere && watch.mayBeChangedAt(time)) || lastFixBearsOn(watch, time)) {
          wakeFor(order, Math.max(time, now));
          learned = Learned.BEARS;
        }
      }
      long changed = lastFixChangesForecast(order, time);
      if (changed != NEVER) {
        wakeFor(order, Math.max(changed, now));
        learned = Learned.BEARS;
      }
    }
    return learned;
  }

  private long lastFixChangesForecast(OrderLog order, long time) {
    long changed = NEVER;
    boolean wentOn = false;
    for (int i = 0; i < order.watches().size(); i++) {
      Forecast forecast = order.forecastOf(i);
      if (forecast != null && forecast.wants(time)) {
        Watch watch = order.watches().get(i);
        watch.track().readOn(fixes, registration, watch.until());
        changed = Math.min(changed, goOn(forecast, watch.track(), time));
        wentOn = true;
      }
    }
    if (wentOn) {
      order.findForecastWake();
      noteWake(order);
    }
    return changed;
  }

  /** Time passes, and he is silent. */
  private void goOnWithForecasts(OrderLog order, long now) {
    for (int i = 0; i < order.watches().size(); i++) {
      Forecast forecast = order.forecastOf(i);
      Watch watch = order.watches().get(i);
      while (forecast != null && forecast.wake() <= now) {
        watch.track().readOn(fixes, registration, watch.until());
        if (goOn(forecast, watch.track(), forecast.wake()) != NEVER) {
          order.wakeBy(now);
        }
      }
    }
    order.findForecastWake();
  }

  private boolean lastFixBearsOn(Watch watch, long time) {
    if (!watch.mayBeChangedAt(time)) {
      return false;
    }
    boolean usable = watch.track().readOn(fixes, registration, watch.until());
    return watch.lastLooksMocked()
        || (usable && (watch.mayBeChangedByLast() || watch.lastIsApart(vehicle(watch.plate()))));
  }

  /** The fixes of a vehicle, as far as he drove it. */
  VehicleTrack vehicle(String plate) {
    FixLog log = vehicles.get(plate);
    return log == null ? VehicleTrack.NONE : new VehicleTrack(log);
  }

  /** The drivers, in order of their ids, whose records at a time name a device. */
  List<String> holdersOf(String deviceId, long time) {
    boolean isHis = holds(registration, deviceId, time);
    if (others.isEmpty()) {
      return isHis ? List.of(driverId) : List.of();
    }
    TreeSet<String> holders = new TreeSet<>();
    if (isHis) {
      holders.add(driverId);
    }
    others.forEach(
        (other, records) -> {
          if (holds(records, deviceId, time)) {
            holders.add(other);
          }
        });
    return List.copyOf(holders);
  }

  private static boolean holds(Registration records, String deviceId, long time) {
    FleetRecord held = records.at(time);
    return held != null && held.phones().contains(deviceId);
  }

  /** When he pressed S for other trips of a passenger, in order of time. */
  List<Long> startsWith(String passengerId, String exceptTripId) {
    List<Long> found = new ArrayList<>();
    starts.forEach(
        (tripId, start) -> {
          if (start.passengerId().equals(passengerId) && !tripId.equals(exceptTripId)) {
            found.add(start.at());
          }
        });
    Collections.sort(found);
    return found;
  }

  /** The fixes in a span of time that are usable but for {@code mock}, or for their device. */
  FixChoice choose(long from, long to, double maxAccuracyM, boolean ofAnyDevice) {
    int first = fixes.firstFrom(from);
    int[] chosen = new int[Math.max(0, fixes.size() - first)];
    int many = 0;
    for (int i = first; i < fixes.size() && fixes.time(i) <= to; i++) {
      boolean counts = fixes.isUsable(i, maxAccuracyM);
      if (ofAnyDevice) {
        counts &= !fixes.mock(i);
      } else {
        boolean taken = many > 0 && fixes.time(chosen[many - 1]) == fixes.time(i);
        counts &= !taken;
        counts =
            counts && Registration.isPhoneOf(registration.at(fixes.time(i)), fixes.deviceId(i));
      }
      if (counts) {
        chosen[many++] = i;
      }
    }
    return new FixChoice(fixes, chosen, many);
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
        findRiding(order);
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
      findRiding(order);
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
  public void visit(RuleBook rules, long now, Court court) {
    do {
      visitOnce(rules, now, court);
      // What was learned of one trip may bear on another: once more.
    } while (wake <= now);
  }

  private void visitOnce(RuleBook rules, long now, Court court) {
    quiet.end();
    long lastFix = fixes.size() == 0 ? Long.MIN_VALUE : fixes.time(fixes.size() - 1);
    boolean keepsHouse = housekeepingAt <= now;
    if (keepsHouse) {
      keepHouseNextAt(now + HOUSEKEEPING_MS);
    }
    // The last judgement of one order must know the starts of all others: all are noted first.
    Map<OrderLog, List<Trip>> due = new LinkedHashMap<>();
    for (OrderLog order : List.copyOf(soon)) {
      if (order.forecastWake() <= now) {
        goOnWithForecasts(order, now);
      }
      if (order.wake() <= now) {
        List<Trip> trips = trips(order, rules, now);
        noteStarts(order, trips, now);
        due.put(order, trips);
      }
    }
    due.forEach(
        (order, trips) -> {
          watching.remove(order);
          if (judge(order, trips, now, court)) {
            orders.remove(order.orderId());
            soon.remove(order);
            riding.remove(order);
          } else {
            watchIfDue(order, lastFix);
          }
        });
    for (OrderLog order : List.copyOf(soon)) {
      if (order.concludeAt() <= now && order.wake() > now) {
        order.concludeAt(court.conclude(order.orderId()));
      }
    }
    long next = NEVER;
    for (OrderLog order : soon) {
      next = Math.min(next, order.nextWake());
    }
    wake = Math.min(next, housekeepingAt);
    if (keepsHouse) {
      keepHouse(now);
    }
  }

  /** Who judges. */
  public interface Court {
    /**
     * Judges the trips this driver has or had of an order that may still change.
     *
     * @param trips those of all turns but the first {@link OrderLog#settledTurns}
     * @param settling so many of them, the first ones, cannot change any more after this
     * @param last whether nothing that may still arrive can change what was seen of them
     * @return when to ask again although nothing was learned, or NEVER
     */
    long judge(OrderLog order, List<Trip> trips, int settling, boolean last);

    /**
     * Finds anew what follows from what was seen of the trips of an order when they were judged;
     * nothing, where a court only looks.
     *
     * @return when to ask again although nothing was learned, or NEVER
     */
    default long conclude(String orderId) {
      return NEVER;
    }
  }

  private List<Trip> trips(OrderLog order, RuleBook rules, long now) {
    List<OrderLog.Turn> turns = order.turnsOf(driverId);
    List<Trip> trips = new ArrayList<>(turns.size());
    for (int i = order.settledTurns(); i < turns.size(); i++) {
      Watch known =
          trips.size() < order.watches().size() ? order.watches().get(trips.size()) : null;
      trips.add(trip(order, turns.get(i), known, rules, now));
    }
    return trips;
  }

  /** Whether nothing can change the verdicts on the order any more. */
  private boolean judge(OrderLog order, List<Trip> trips, long now, Court court) {
    // Who is to be waited for, and where, is said anew.
    order.forecasts().forEach(forecast -> forecast.await(null));
    long settledAt = order.turnsSettledAt();
    for (Trip trip : trips) {
      settledAt = Math.max(settledAt, trip.settledAt());
    }
    int settled = 0;
    while (settled < trips.size() && trips.get(settled).settledAt() <= now) {
      settled++;
    }
    long asked = court.judge(order, trips, settled, settledAt <= now);
    if (settledAt <= now) {
      return true;
    }
    List<Trip> left = trips.subList(settled, trips.size());
    long wake = settledAt;
    for (Trip trip : left) {
      wake = Math.min(wake, trip.wake());
      wake = trip.settledAt() > now ? Math.min(wake, trip.settledAt()) : wake;
    }
    order.settledTurns(order.settledTurns() + settled);
    order.judged(left.stream().map(Trip::watch).toList(), wake, asked);
    findRiding(order);
    return false;
  }

  /** Trips of one passenger are compared with each other. */
  private void noteStarts(OrderLog order, List<Trip> trips, long now) {
    Map<String, Start> found = Map.of();
    for (Trip trip : trips) {
      if (trip.start() != NEVER) {
        found = found.isEmpty() ? new TreeMap<>() : found;
        found.put(trip.tripId(), new Start(trip.booking().passengerId(), trip.start()));
      }
    }
    if (!order.started(found)) {
      return;
    }
    // Trip ids begin with the order's id and a slash; '0' follows the slash.
    Map<String, Start> before =
        new TreeMap<>(starts.subMap(order.orderId() + "/", order.orderId() + "0"));
    before.keySet().removeAll(order.settledTripIds(driverId));
    if (found.equals(before)) {
      return;
    }
    Set<String> passengers = new TreeSet<>();
    before.values().forEach(start -> passengers.add(start.passengerId()));
    found.values().forEach(start -> passengers.add(start.passengerId()));
    if (!before.isEmpty()) {
      starts.keySet().removeAll(before.keySet());
    }
    startsToFill().putAll(found);
    for (OrderLog other : orders.values()) {
      if (other != order && other.wasStartedFor(passengers)) {
        wakeFor(other, now);
      }
    }
  }

  private Trip trip(OrderLog order, OrderLog.Turn turn, Watch known, RuleBook book, long now) {
    TripRules rules = turn.rules(book);
    Trip trip = new Trip(this, order, turn, rules, order.pickupTime(flights), now);
    TripTrack.Basis basis =
        new TripTrack.Basis(
            trip.booking().pickup(),
            trip.booking().dropoff(),
            rules.trip().pickupRadiusM(),
            rules.trip().dropoffRadiusM(),
            rules.trip().maxAccuracyM(),
            trip.sightFrom(),
            registration.revision());
    if (basis.from() < heldFrom) {
      holdFixesFrom(basis.from());
    }
    TripTrack track =
        known != null && known.track().basis().equals(basis) ? known.track() : new TripTrack(basis);
    track.readOn(fixes, registration, trip.sightUntil());
    trip.see(track, order.statusesOf(trip.booking().flight(), flights));
    return trip;
  }

  /** Reads back the fixes from a time on that are in the store, and not in memory. */
  private void holdFixesFrom(long time) {
    long first = DriverWire.pieceOf(Math.max(time, storedFrom));
    List<byte[]> pieces = new ArrayList<>();
    for (long piece = first; piece < DriverWire.pieceOf(heldFrom); piece++) {
      byte[] stored = store.get(piece);
      if (stored != null) {
        pieces.add(stored);
      }
    }
    heldFrom = Math.min(heldFrom, first * DriverWire.PIECE_MS);
    if (pieces.isEmpty()) {
      return;
    }
    try {
      fixes.readBack(pieces);
    } catch (IOException e) {
      throw new UncheckedIOException("stored fixes of " + driverId + " cannot be read", e);
    }
  }

  private void keepHouse(long now) {
    flightsKeptUntil.values().removeIf(until -> until <= now);
    flights.keySet().removeIf(flight -> !isAwaited(flight));
    long start = earliestStart(now);
    logins.forgetBefore(
        start - Horizons.LOGINS_BEFORE_START_MS,
        now - Horizons.FOREIGN_LOGINS_MS,
        now - Horizons.OTHERS_LOGINS_MS);
    if (!starts.isEmpty()) {
      starts.values().removeIf(one -> one.at() < start - Horizons.STARTS_BEFORE_START_MS);
    }
    forgetOthers(now);
    trim(now);
    boolean idle = fixes.size() == 0 && flights.isEmpty() && orders.isEmpty();
    boolean resting = vehicles.isEmpty() && starts.isEmpty();
    long next = idle && resting ? NEVER : now + HOUSEKEEPING_MS;
    if (next == NEVER) {
      next = logins.nextExpiry();
      for (long until : othersKeptUntil.values()) {
        next = until > now ? Math.min(next, until) : next;
      }
      next = Math.max(now + 1, next);
    }
    keepHouseNextAt(next);
  }

  /** Whose else a device was is asked of presses for open orders, and of logins still known. */
  private void forgetOthers(long now) {
    if (others.isEmpty() || !orders.isEmpty()) {
      return;
    }
    Set<String> devices = logins.devices();
    others
        .entrySet()
        .removeIf(
            one -> othersKeptUntil.get(one.getKey()) <= now && !one.getValue().namesAny(devices));
    othersKeptUntil.keySet().retainAll(others.keySet());
  }

  /** The earliest S of a trip that may still change, or that a START still to come may have. */
  private long earliestStart(long now) {
    long earliest = now - Horizons.LATE_EVIDENCE_MS;
    for (OrderLog order : orders.values()) {
      if (!order.isWatched()) {
        // Not judged since it changed: anything may be asked.
        return Long.MIN_VALUE / 2;
      }
      for (Watch watch : order.watches()) {
        earliest = Math.min(earliest, watch.start());
      }
    }
    return earliest;
  }

  void keepHouseNextAt(long next) {
    housekeepingAt = next;
    wake = next;
    soon.forEach(order -> order.isSoon(false));
    soon.clear();
    for (OrderLog order : orders.values()) {
      if (order.nextWake() < next) {
        order.isSoon(true);
        soon.add(order);
        wake = Math.min(wake, order.nextWake());
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

  /**
   * Drops the fixes that no event that may still arrive can need, and puts those away that only a
   * pickup time moved into the past would.
   *
   * @param now the event time up to which everything is known
   */
  public void trim(long now) {
    long from = now - Horizons.idleMs(fixes);
    long openedFrom = from;
    for (OrderLog order : orders.values()) {
      if (!order.isWatched()) {
        // Learned of, but not judged yet: what it needs is not known.
        return;
      }
      for (Watch watch : order.watches()) {
        long late = Math.max(watch.openedFrom(), now - Horizons.HELD_FIXES_MS);
        from = Math.min(from, Math.min(watch.from(), late));
        openedFrom = Math.min(openedFrom, watch.openedFrom());
      }
      order.forgetTracks(now - TRACK_KEPT_MS);
    }
    putAway(from, openedFrom);
    if (fixes.size() == 0) {
      pace.forgetWhereItBegan();
    }
    long ridesFrom = Math.min(from, now - Horizons.VEHICLE_FIXES_MS);
    vehicles.values().forEach(log -> log.forgetBefore(ridesFrom));
    vehicles.values().removeIf(log -> log.size() == 0);
    // Whose a device was is asked of presses and logins, of fixes whose phone it is.
    registration.forgetBefore(
        Math.min(Math.min(openedFrom, logins.firstTime()), now - Horizons.LATE_EVIDENCE_MS));
    if (orders.isEmpty()) {
      fixes.forgetConverted();
    }
    trimAtSize = fixes.size() + Math.max(TRIM_STEP, fixes.size() >> 2);
  }

  /** Whole pieces leave the memory, so that none is ever written in part. */
  private void putAway(long from, long openedFrom) {
    long firstHeld = DriverWire.pieceOf(from);
    storedFrom = Math.max(storedFrom, DriverWire.pieceOf(openedFrom) * DriverWire.PIECE_MS);
    for (long piece : fixes.takeChangedPiecesBefore(firstHeld)) {
      if (piece * DriverWire.PIECE_MS >= storedFrom) {
        store.put(piece, encoded(piece));
      }
    }
    fixes.forgetBefore(firstHeld * DriverWire.PIECE_MS);
    heldFrom = Math.max(storedFrom, firstHeld * DriverWire.PIECE_MS);
  }

  private byte[] encoded(long piece) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      fixes.writePiece(piece, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("fixes of " + driverId + " cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /** Fixes from then on are held in memory, milliseconds since 1970. */
  public long heldFrom() {
    return heldFrom;
  }

  /** Fixes from then on are held in memory or in the store, milliseconds since 1970. */
  public long storedFrom() {
    return storedFrom;
  }

  void known(long heldSince, long storedSince) {
    heldFrom = heldSince;
    storedFrom = storedSince;
  }

  /** About how many bytes of the heap what is known takes: more than little, rather too many. */
  public long heapBytes() {
    long bytes = fixes.heapBytes() + orders.size() * ORDER_BYTES;
    for (FixLog vehicle : vehicles.values()) {
      bytes += vehicle.heapBytes();
    }
    return bytes;
  }

  /** Number of fixes known of his phones. */
  public int fixCount() {
    return fixes.size();
  }

  /**
   * Reads what nearly every fix needs, so that it comes near from wherever in memory it is.
   *
   * @return a number that says nothing
   */
  public long bringNear() {
    return wake + quiet.bringNear() + fixes.bringNear() + (pace.wants(wake) ? 1 : 0);
  }

  /** Whether nothing is known any more that anyone could ask for. */
  public boolean isForgotten() {
    return orders.isEmpty()
        && fixes.size() == 0
        && flights.isEmpty()
        && vehicles.isEmpty()
        && others.isEmpty()
        && starts.isEmpty()
        && logins.isEmpty()
        && registration.records().isEmpty();
  }

  FixLog fixes() {
    return fixes;
  }

  Pace pace() {
    return pace;
  }

  Registration registration() {
    return registration;
  }

  Map<String, OrderLog> orders() {
    return orders;
  }

  Map<String, OrderLog> ordersToFill() {
    orders = orders.isEmpty() ? new LinkedHashMap<>() : orders;
    return orders;
  }

  Map<FlightKey, EventLog<FlightStatus>> flights() {
    return flights;
  }

  Map<FlightKey, EventLog<FlightStatus>> flightsToFill() {
    flights = flights.isEmpty() ? new HashMap<>() : flights;
    return flights;
  }

  Map<FlightKey, Long> flightsKeptUntil() {
    return flightsKeptUntil;
  }

  Map<FlightKey, Long> flightsKeptUntilToFill() {
    flightsKeptUntil = flightsKeptUntil.isEmpty() ? new HashMap<>() : flightsKeptUntil;
    return flightsKeptUntil;
  }

  /** The driver's logins, and those of others on his devices. */
  public Logins logins() {
    return logins;
  }

  Map<String, Registration> others() {
    return others;
  }

  Map<String, Registration> othersToFill() {
    others = others.isEmpty() ? new TreeMap<>() : others;
    return others;
  }

  Map<String, Long> othersKeptUntil() {
    return othersKeptUntil;
  }

  Map<String, Long> othersKeptUntilToFill() {
    othersKeptUntil = othersKeptUntil.isEmpty() ? new TreeMap<>() : othersKeptUntil;
    return othersKeptUntil;
  }

  Map<String, FixLog> vehicles() {
    return vehicles;
  }

  Map<String, FixLog> vehiclesToFill() {
    vehicles = vehicles.isEmpty() ? new TreeMap<>() : vehicles;
    return vehicles;
  }

  Map<String, Start> starts() {
    return starts;
  }

  Map<String, Start> startsToFill() {
    starts = starts.isEmpty() ? new TreeMap<>() : starts;
    return starts;
  }

  long housekeepingAt() {
    return housekeepingAt;
  }
}
