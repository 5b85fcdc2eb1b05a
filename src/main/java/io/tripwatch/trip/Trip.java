package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.geo.Circle;
import io.tripwatch.geo.GreatCircle;
import io.tripwatch.geo.Plane;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.TripRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One driver's service of one order, as it is known up to a time: what the rules are asked about.
 * Instants are milliseconds since 1970; what has not happened is {@link PickupTime#NEVER}, so that
 * "not by T" reads {@code > T}.
 */
public final class Trip {
  /** Evidence counts until this long after the end. */
  public static final long EVIDENCE_AFTER_END_MS = 60_000;

  /** A trip nobody ends is over this long after P. */
  public static final long LONGEST_AFTER_PICKUP_MS = 24 * 3_600_000L;

  /** Stays count from this long before the agreed pickup time. */
  static final long STAY_BEFORE_PICKUP_MS = 90 * 60_000L;

  /** A driver without a usable fix in this long before a moment was out of sight. */
  public static final long SIGHT_MS = 10 * 60_000L;

  /** Two fixes of a stay are at most this far apart in time. */
  static final long STAY_GAP_MS = 5 * 60_000L;

  /** A stay's last fix is at most this long before {@link #DUE_BEFORE_PICKUP_MS}. */
  private static final long STAY_LEFT_MS = 5 * 60_000L;

  /** The driver is promised this long before P; an END after that ends even an unstarted trip. */
  public static final long DUE_BEFORE_PICKUP_MS = 10 * 60_000L;

  /** No rule has a deadline longer before P. */
  public static final long EARLIEST_DEADLINE_MS = 60 * 60_000L;

  /** Beyond the estimate twice over, a cancelled ride driven all the same ends within this of K. */
  private static final long RIDE_AFTER_CANCELLATION_MS = 75 * 60_000L;

  /** A longer estimate is taken for this: no transfer takes a month. */
  private static final double LONGEST_ESTIMATE_MS = 30 * 24 * 3_600_000.0;

  /** The rules about the whole trip look at it from so long before the agreed pickup time. */
  private static final long WATCHED_BEFORE_PICKUP_MS = 60 * 60_000L;

  /** Faster than any car between two fixes: a jump, no way driven. */
  public static final double FASTEST_KMH = 250;

  /** Metres a millisecond are so many kilometres an hour. */
  public static final double MS_AND_M_PER_KMH = 3_600;

  /** Where a driver was at a time, seen from a place. */
  public enum Nearness {
    NEAR,
    AWAY,
    UNKNOWN
  }

  /** The two places of a trip. */
  public enum Spot {
    PICKUP,
    DROPOFF
  }

  private final Driver driver;
  private final OrderLog order;
  private final OrderLog.Turn turn;
  private final TripRules rules;
  private final PickupTime pickupTime;
  private final long now;
  private final OrderEvent cancelled;
  private final long cancelledAt;
  private final long handedOn;
  private final long longest;
  private final List<Press> counted = new ArrayList<>(4);
  private long start = NEVER;
  private long endPress = NEVER;
  private final List<OrderEvent> bookings;
  private final Booking booking;
  private List<FlightStatus> statuses;
  private List<FlightStatus> journeyChanges;
  private TripTrack track;
  private VehicleTrack vehicle;
  private long firstStay = NEVER;
  private long presence = NEVER;
  private Circle leaving;
  private double apartM;
  private long apartUntil = Long.MIN_VALUE;
  private boolean mocked;
  private long callsFrom = Long.MAX_VALUE;
  private long callsUntil = Long.MIN_VALUE;
  private double watchedKmh = Double.POSITIVE_INFINITY;
  private DelayWatch delays = DelayWatch.NONE;
  private long wake = NEVER;

  Trip(
      Driver driver,
      OrderLog order,
      OrderLog.Turn turn,
      TripRules rules,
      PickupTime pickupTime,
      long now) {
    this.driver = driver;
    this.order = order;
    this.turn = turn;
    this.rules = rules;
    this.pickupTime = pickupTime;
    this.now = now;
    this.cancelled = cancelled();
    this.cancelledAt = cancelled == null ? NEVER : cancelled.time();
    this.handedOn = Math.min(cancelledAt, turn.next());
    this.longest = pickupTime.deadline(LONGEST_AFTER_PICKUP_MS);
    countPresses();
    findStartAndEnd();
    this.bookings = findBookings();
    this.booking = bookings.get(bookings.size() - 1).booking();
  }

  /**
   * From when the driver's fixes can bear on the trip: from the first stay that would count, from
   * the first deadline, from the first press, from the cancellation, whichever is earliest, and
   * from as long before as a rule looks back.
   */
  long sightFrom() {
    long earliest =
        Math.min(booking.pickupAt() - STAY_BEFORE_PICKUP_MS, deadline(-EARLIEST_DEADLINE_MS));
    for (Press press : counted) {
      earliest = Math.min(earliest, press.time());
    }
    if (cancellation() != null) {
      earliest = Math.min(earliest, cancelledAt);
    }
    return Math.max(openedAt(), earliest) - Horizons.LOOK_BACK_MS;
  }

  /** Until when the driver's fixes can bear on the trip. */
  long sightUntil() {
    return cancelledAt == NEVER
        ? evidenceEnd()
        : Math.max(evidenceEnd(), rideAfterCancellationEnd());
  }

  /** From when on nothing that may still arrive can bear on the trip. */
  long settledAt() {
    // Whoever accepts a day after the pickup time has a trip that was over before it began.
    long last = Math.max(evidenceEnd(), openedAt());
    OrderEvent cancellation = cancellation();
    if (cancellation != null) {
      last = Math.max(last, rideAfterCancellationEnd());
      long pickupThen = pickupTime.at(cancelledAt);
      // Otherwise it is paid back because it is early, and there is no taxi, called off or not.
      if (pickupThen - cancelledAt < EARLIEST_DEADLINE_MS || cancelledAt > deadline(0)) {
        last = Math.max(last, pickupThen);
      }
    }
    return last + Horizons.LATE_EVIDENCE_MS;
  }

  /** Until when a cancelled ride may be driven all the same. */
  public long rideAfterCancellationEnd() {
    return cancelledAt + 2 * estimatedMs() + RIDE_AFTER_CANCELLATION_MS;
  }

  /** How long the route was estimated to take, milliseconds. */
  public long estimatedMs() {
    return (long) Math.min(booking.estimatedSeconds() * 1000, LONGEST_ESTIMATE_MS);
  }

  /** Tells which fixes to come may change a verdict; asked when the rules have been. */
  Watch watch() {
    long[] unsettled = new long[counted.size()];
    int many = 0;
    for (Press press : counted) {
      Spot spot = press.button() == Button.END ? Spot.DROPOFF : Spot.PICKUP;
      if (nearness(press, spot) != Nearness.NEAR) {
        unsettled[many++] = press.time();
      }
    }
    return new Watch(
        track,
        now,
        openedAt() - Horizons.LOOK_BACK_MS,
        sightFrom(),
        sightUntil(),
        Arrays.copyOf(unsettled, many),
        rules.trip().pressWindowMs(),
        firstStay == NEVER ? deadline(-DUE_BEFORE_PICKUP_MS) - STAY_LEFT_MS : NEVER,
        rules.trip().stayMs(),
        leaving,
        cancelledAt != NEVER,
        Math.min(watchedFrom(), start),
        end(),
        start,
        watchedKmh,
        Plates.key(opening().plate()),
        apartM,
        apartUntil,
        mocked,
        delays,
        callsFrom,
        callsUntil);
  }

  /** Asks to be judged again when a call reaches the other side in a span of time. */
  private void watchForCalls(long from, long until) {
    callsFrom = Math.min(callsFrom, from);
    callsUntil = Math.max(callsUntil, until);
  }

  /** Asks to be judged again when a fix outside a circle comes in. */
  public void watchForLeaving(Circle around) {
    leaving = around;
  }

  /** What was seen of the driver and his flight; presence follows from it. */
  void see(TripTrack seen, List<FlightStatus> flightStatuses) {
    track = seen;
    statuses = new ArrayList<>(flightStatuses.size());
    for (FlightStatus status : flightStatuses) {
      if (status.time() <= evidenceEnd()) {
        statuses.add(status);
      }
    }
    journeyChanges = journeyChanges(statuses, NEVER);
    firstStay = findFirstStay();
    presence = findPresence();
  }

  /** K, or what frees the order after the end: one at the moment of REASSIGNED away is neither. */
  private OrderEvent cancelled() {
    OrderEvent last = turn.own().get(turn.own().size() - 1);
    return last.type() == OrderEvent.Type.CANCELLED ? last : null;
  }

  private void countPresses() {
    long[] last = new long[Button.values().length];
    Arrays.fill(last, Long.MIN_VALUE / 2);
    for (Press press : order.presses()) {
      long time = press.time();
      int button = press.button().ordinal();
      if (press.driverId().equals(driverId())
          && time >= openedAt()
          && time <= handedOn
          && time <= longest + EVIDENCE_AFTER_END_MS
          && time - last[button] > rules.trip().repeatMs()) {
        counted.add(press);
        last[button] = time;
      }
    }
  }

  /** At one time START goes before END: an END at S ends the trip. */
  private void findStartAndEnd() {
    long due = pickupTime.deadline(-DUE_BEFORE_PICKUP_MS);
    for (Press press : counted) {
      if (press.button() == Button.START) {
        start = press.time();
        break;
      }
    }
    for (Press press : counted) {
      long time = press.time();
      if (press.button() == Button.END && (start <= time || time >= due)) {
        endPress = time;
        break;
      }
    }
    // After E no START is of the trip.
    start = start > endPress ? NEVER : start;
    counted.removeIf(press -> press.button() == Button.START && press.time() > endPress);
  }

  /** The order events of the trip: its opening, and what changed the order by Tend + 60 s. */
  private List<OrderEvent> findBookings() {
    List<OrderEvent> found = new ArrayList<>(2);
    found.add(opening());
    for (OrderEvent event : turn.own()) {
      if (event != opening()
          && event.booking() != null
          && event.type() != OrderEvent.Type.PLACED
          && event.time() <= evidenceEnd()) {
        found.add(event);
      }
    }
    return found;
  }

  private long findFirstStay() {
    long lastFrom = stayLastsUntil();
    int i = track.firstFrom(staysAfter() + 1);
    while (i < track.size() && track.time(i) < end()) {
      if (!track.inPickup(i)) {
        i++;
        continue;
      }
      int last = i;
      while (continuesStay(last)) {
        last++;
      }
      if (track.time(last) - track.time(i) >= rules.trip().stayMs()
          && track.time(last) >= lastFrom) {
        return track.time(i);
      }
      i = last + 1;
    }
    return NEVER;
  }

  /** Fixes later than this may make a stay: 90 min before the agreed pickup time, or Tacc. */
  public long staysAfter() {
    return Math.max(openedAt(), booking.pickupAt() - STAY_BEFORE_PICKUP_MS);
  }

  /** A stay's last fix is not earlier than this. */
  public long stayLastsUntil() {
    return deadline(-DUE_BEFORE_PICKUP_MS) - STAY_LEFT_MS;
  }

  /** When the first stay was long enough, and lasted until late enough, to be one. */
  public long stayShownAt() {
    long shown = Math.max(firstStay + rules.trip().stayMs(), stayLastsUntil());
    return track.time(track.firstFrom(shown));
  }

  private boolean continuesStay(int last) {
    int next = last + 1;
    return next < track.size()
        && track.inPickup(next)
        && track.time(next) < end()
        && track.time(next) - track.time(last) <= STAY_GAP_MS;
  }

  private long findPresence() {
    long earliest = firstStay;
    for (Press press : counted) {
      if (tellsOfPresence(press)
          && press.time() < earliest
          && nearness(press, Spot.PICKUP) != Nearness.AWAY) {
        earliest = press.time();
      }
    }
    return earliest;
  }

  private boolean tellsOfPresence(Press press) {
    return press.button() == Button.ON_SITE
        ? press.time() <= end()
        : press.button() == Button.START && press.time() == start;
  }

  /** {@code <orderId>/<driverId>}, for a second turn at the order with {@code ~2} behind. */
  public String tripId() {
    return order.tripId(driverId(), turn.number());
  }

  /** The order. */
  public String orderId() {
    return order.orderId();
  }

  /** The driver. */
  public String driverId() {
    return driver.driverId();
  }

  /** The settings this trip is judged by. */
  public TripRules rules() {
    return rules;
  }

  /** The event time up to which everything is known. */
  public long now() {
    return now;
  }

  /** Tacc. */
  public long openedAt() {
    return turn.opening().time();
  }

  /** The event that gave the driver the order. */
  public OrderEvent opening() {
    return turn.opening();
  }

  /** The order as the last order event of the trip has it. */
  public Booking booking() {
    return booking;
  }

  /** A place of the trip as it stood at a time: by its last order event at or before that time. */
  public Place placeAt(long time, Spot spot) {
    Booking stood = booking;
    for (int i = bookings.size() - 1; i > 0 && bookings.get(i).time() > time; i--) {
      stood = bookings.get(i - 1).booking();
    }
    return spot == Spot.PICKUP ? stood.pickup() : stood.dropoff();
  }

  /**
   * Whether an order event of the trip, later than a time and by Tend, moved the pickup point by
   * more than its radius.
   */
  public boolean movedPickupAfter(long time) {
    for (int i = 1; i < bookings.size() && bookings.get(i).time() <= end(); i++) {
      if (bookings.get(i).time() > time && movesPickup(i)) {
        return true;
      }
    }
    return false;
  }

  /** By more than its radius, from the order event before. */
  private boolean movesPickup(int i) {
    Place before = bookings.get(i - 1).booking().pickup();
    Place after = bookings.get(i).booking().pickup();
    double metres = GreatCircle.metres(before.lat(), before.lon(), after.lat(), after.lon());
    return metres > rules.trip().pickupRadiusM();
  }

  /** K if the trip ended by it, else null. */
  public OrderEvent cancellation() {
    return cancelledAt == end() ? cancelled : null;
  }

  /** Tend. */
  public long end() {
    return Math.min(Math.min(handedOn, longest), endPress);
  }

  /** Until when evidence counts. */
  public long evidenceEnd() {
    return end() >= NEVER - EVIDENCE_AFTER_END_MS ? NEVER : end() + EVIDENCE_AFTER_END_MS;
  }

  /** S. */
  public long start() {
    return start;
  }

  /** E. */
  public long endPress() {
    return endPress;
  }

  /** The counted presses, in order. */
  public List<Press> presses() {
    return counted;
  }

  /** The counted press of a button at a time. */
  public Press press(Button button, long time) {
    for (Press press : counted) {
      if (press.button() == button && press.time() == time) {
        return press;
      }
    }
    throw new IllegalStateException("no " + button + " at " + time + " in " + tripId());
  }

  /** The pickup time as it stood at each moment. */
  public PickupTime pickupTime() {
    return pickupTime;
  }

  /** The deadline {@code afterMs} after P, before it where negative. */
  public long deadline(long afterMs) {
    return pickupTime.deadline(afterMs);
  }

  /** R. */
  public long presence() {
    return presence;
  }

  /** The beginning of the first stay. */
  public long firstStay() {
    return firstStay;
  }

  /** Makes it last: afterwards it can be asked though its driver is judged again and forgets. */
  public void keepFixes() {
    track = track.kept();
  }

  /** What was seen from one time to another of how near the pickup point the driver came. */
  public PickupSighting pickupSighting(long from, long to) {
    return track.pickupSighting(from, to);
  }

  /** The usable fixes. */
  public TripTrack track() {
    return track;
  }

  /** The statuses of the trip's flight that count, in order; none without a flight. */
  public List<FlightStatus> statuses() {
    return statuses;
  }

  /** Whether the pickup time moves with a flight or train. */
  public boolean isPickupWithFlight() {
    return booking.scenario().isPickup() && booking.flight() != null;
  }

  /** Koff. */
  public long calledOffAt() {
    FlightStatus status = callingOff();
    return status == null ? NEVER : status.time();
  }

  /** How the journey is called off; null where it is not. */
  public Status calledOffStatus() {
    FlightStatus status = callingOff();
    return status == null ? null : status.status();
  }

  private FlightStatus callingOff() {
    return isCalledOff(journeyChanges) ? journeyChanges.get(journeyChanges.size() - 1) : null;
  }

  /** Whether the statuses up to a time call the journey off, whatever later ones say. */
  public boolean isCalledOffBy(long time) {
    return isCalledOff(journeyChanges(statuses, time));
  }

  /**
   * Of the statuses that count those that change whether the journey is called off: the first one
   * calls it off, the second one reinstates it, and so on.
   */
  public List<FlightStatus> journeyChanges() {
    return journeyChanges;
  }

  private static boolean isCalledOff(List<FlightStatus> changes) {
    return changes.size() % 2 == 1;
  }

  private List<FlightStatus> journeyChanges(List<FlightStatus> known, long until) {
    List<FlightStatus> changes = List.of();
    for (FlightStatus status : known) {
      boolean isChange = isCalledOff(changes) ? reinstates(status) : callsOff(status);
      if (isChange && status.time() <= until) {
        changes = changes.isEmpty() ? new ArrayList<>(2) : changes;
        changes.add(status);
      }
    }
    return changes;
  }

  /** One that ARRIVED after all arrived somewhere else. */
  private static boolean reinstates(FlightStatus status) {
    return switch (status.status()) {
      case SCHEDULED, DELAYED, DEPARTED -> true;
      case ARRIVED, CANCELLED, DIVERTED, RETURNED -> false;
    };
  }

  private boolean callsOff(FlightStatus status) {
    return status.status() == Status.CANCELLED
        || (booking.scenario().isPickup()
            && (status.status() == Status.DIVERTED || status.status() == Status.RETURNED));
  }

  /** Whether driver and passenger were in touch in a span of time, both ends included. */
  public boolean contactIn(long from, long to) {
    for (Call call : order.calls()) {
      if (isOwn(call) && call.isContact() && isWithin(call.time(), from, to)) {
        return true;
      }
    }
    watchForCalls(from, to);
    return false;
  }

  /** The last CONNECTED call by the driver in a span of time, both ends included; NEVER if none. */
  public long lastDriverCallIn(long from, long to) {
    watchForCalls(from, to);
    long last = NEVER;
    for (Call call : order.calls()) {
      if (isOwn(call)
          && call.caller() == Call.Caller.DRIVER
          && call.channel() == Call.Channel.CALL
          && call.isContact()
          && isWithin(call.time(), from, to)) {
        last = call.time();
      }
    }
    return last;
  }

  /** The last contact in a span of time, both ends included; NEVER if none. */
  public long lastContactIn(long from, long to) {
    watchForCalls(from, to);
    long last = NEVER;
    for (Call call : order.calls()) {
      if (isOwn(call) && call.isContact() && isWithin(call.time(), from, to)) {
        last = call.time();
      }
    }
    return last;
  }

  /** How many calls and texts by the driver in a span of time did not reach the passenger. */
  public long attemptsIn(long from, long to) {
    watchForCalls(from, to);
    long many = 0;
    for (Call call : order.calls()) {
      boolean isVain = call.caller() == Call.Caller.DRIVER && !call.isContact();
      many += isVain && isOwn(call) && isWithin(call.time(), from, to) ? 1 : 0;
    }
    return many;
  }

  private boolean isOwn(Call call) {
    return call.driverId().equals(driverId())
        && call.time() >= openedAt()
        && call.time() <= evidenceEnd();
  }

  private static boolean isWithin(long time, long from, long to) {
    return time >= from && time <= to;
  }

  /** How many calls and texts reached the other side. */
  private int contacts() {
    watchForCalls(openedAt(), evidenceEnd());
    int many = 0;
    for (Call call : order.calls()) {
      many += isOwn(call) && call.isContact() ? 1 : 0;
    }
    return many;
  }

  /**
   * Since when the driver's presence is seen and not merely claimed: the earliest of a near press
   * that tells of it and the first stay; NEVER if it is not.
   */
  public long seenAt() {
    long seen = firstStay;
    for (Press press : counted) {
      if (tellsOfPresence(press)
          && press.time() < seen
          && nearness(press, Spot.PICKUP) == Nearness.NEAR) {
        seen = press.time();
      }
    }
    return seen;
  }

  private long firstOnSite() {
    for (Press press : counted) {
      if (press.button() == Button.ON_SITE && press.time() <= end()) {
        return press.time();
      }
    }
    return NEVER;
  }

  private TripSummary.Ending ending() {
    if (endPress == end()) {
      return TripSummary.Ending.ENDED;
    } else if (cancelledAt == end()) {
      return TripSummary.Ending.CANCELLED;
    }
    return turn.next() == end() ? TripSummary.Ending.REASSIGNED : TripSummary.Ending.EXPIRED;
  }

  /**
   * Whether the statuses up to K, or those up to the later of K and P as it stood then, call the
   * journey off. They count here though the trip is over.
   */
  private boolean calledOffByPickup(long cancelledOn, long pickupThen) {
    List<FlightStatus> known = order.statusesOf(booking.flight(), driver.flights());
    return isCalledOff(journeyChanges(known, cancelledOn))
        || isCalledOff(journeyChanges(known, Math.max(cancelledOn, pickupThen)));
  }

  /** The sum of the ways between neighbours from one time to another, in order of time. */
  public double metresDriven(long from, long to, double fastestKmh) {
    return track.metresDriven(from, to, fastestKmh);
  }

  /**
   * What stays of the trip when its evidence is settled.
   *
   * @param freeWaitMs how long the passenger may let the driver wait
   */
  public TripSummary summary(long freeWaitMs) {
    // Nobody asks before the end: a summary that changes with each call would be worked on in vain.
    boolean isOver = hasCome(end());
    OrderEvent cancellation = cancellation();
    long cancelledOn = cancellation == null ? NEVER : cancellation.time();
    long pickupThen = cancellation == null ? NEVER : pickupTime.at(cancelledOn);
    // Of a trip that was over before P, P is what it was then: no later status bears on it.
    long pickup = deadline(0) <= end() ? deadline(0) : pickupTime.at(end());
    return new TripSummary(
        tripId(),
        orderId(),
        driverId(),
        booking.passengerId(),
        opening().booking().scenario(),
        opening().booking().city(),
        booking.city(),
        opening().plate(),
        openedAt(),
        firstOnSite(),
        start,
        endPress,
        end(),
        ending(),
        presence,
        seenAt(),
        booking.pickupAt(),
        pickup,
        pickupTime.delayAt(Math.min(deadline(0), end())),
        cancelledOn,
        cancellation == null ? null : cancellation.cancelledBy(),
        pickupThen,
        cancellation != null && calledOffByPickup(cancelledOn, pickupThen),
        cancellation != null && waitedOut(cancelledOn, freeWaitMs),
        booking.fixedPriceCents(),
        booking.couponCents(),
        isOver && start != NEVER && endPress != NEVER
            ? metresDriven(start, endPress, FASTEST_KMH)
            : 0,
        isOver ? contacts() : 0,
        order.turnsOf(driverId()).size() == turn.number(),
        turn.next() == NEVER,
        foreignPresses());
  }

  /** Whether the driver had been there, and waited the free wait out, by a time. */
  public boolean waitedOut(long time, long freeWaitMs) {
    return presence <= time && time >= Math.max(presence, pickupTime.at(time)) + freeWaitMs;
  }

  /**
   * Whether the order was CHANGED after a time, and not later than evidence counts; never after
   * {@link PickupTime#NEVER}.
   */
  public boolean changedAfter(long time) {
    for (OrderEvent event : order.events()) {
      if (event.type() == OrderEvent.Type.CHANGED
          && event.time() > time
          && event.time() <= evidenceEnd()) {
        return true;
      }
    }
    return false;
  }

  /** Where the driver was when he pressed. */
  public Nearness nearness(Press press, Spot spot) {
    return nearness(press.time(), spot);
  }

  /** Where the driver was at a time, seen from a place as it stood then. */
  public Nearness nearness(long time, Spot spot) {
    long window = rules.trip().pressWindowMs();
    long to = Math.min(time + window, evidenceEnd());
    Circle moved = circleIfMoved(time, spot);
    Nearness nearness = Nearness.UNKNOWN;
    for (int i = track.firstFrom(time - window); i < track.size() && track.time(i) <= to; i++) {
      boolean inside = spot == Spot.PICKUP ? track.inPickup(i) : track.inDropoff(i);
      if (moved == null ? inside : track.isIn(i, moved)) {
        return Nearness.NEAR;
      }
      nearness = Nearness.AWAY;
    }
    return nearness;
  }

  /** The circle of a place as it stood at a time; null where it is that of the track. */
  private Circle circleIfMoved(long time, Spot spot) {
    Place place = placeAt(time, spot);
    boolean isPickup = spot == Spot.PICKUP;
    if (place.equals(isPickup ? booking.pickup() : booking.dropoff())) {
      return null;
    }
    double radiusM = isPickup ? rules.trip().pickupRadiusM() : rules.trip().dropoffRadiusM();
    return new Circle(place.lat(), place.lon(), radiusM);
  }

  /**
   * What was known when it was predicted that the driver will be late; null where it is not. Kept
   * up from now on, at his fixes and as time passes.
   *
   * @param toleranceMs so much after P he may come
   */
  public Forecast.Raising latenessPredicted(long toleranceMs) {
    long until = Math.min(Math.min(deadline(0), presence), Math.min(end(), calledOffAt()));
    Forecast forecast = order.forecast(turn.number());
    forecast.await(
        now >= until
            ? null
            : new Approach(
                booking.pickup().lat(),
                booking.pickup().lon(),
                rules.trip().pickupRadiusM(),
                new Plane(booking.pickup().lat()),
                pickupTime,
                openedAt(),
                until,
                toleranceMs));
    driver.goOn(forecast, track, now);
    wake = Math.min(wake, forecast.nextChange(now));
    return forecast.raisingAt(now);
  }

  // What else is known of the driver.

  /** Repeated presses tell who made them, too. */
  private List<ForeignPress> foreignPresses() {
    List<ForeignPress> found = List.of();
    for (Press press : order.presses()) {
      if (press.time() < openedAt() || press.time() > end()) {
        continue;
      }
      ForeignPress one =
          new ForeignPress(
              press.time(),
              press.button(),
              press.driverId(),
              press.deviceId(),
              !everAssigned(press.driverId()),
              holdersOf(press.deviceId(), press.time()));
      if (one.isForeign()) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(one);
      }
    }
    return found;
  }

  /** All presses that carry the order, whoever made them, repeated ones too, in order. */
  public List<Press> pressesOfOrder() {
    return order.presses();
  }

  private boolean everAssigned(String anyDriverId) {
    for (OrderEvent event : order.events()) {
      if (event.type().assigns() && event.driverId().equals(anyDriverId)) {
        return true;
      }
    }
    return false;
  }

  /** The registry's record of the driver at a time; null where it does not know him yet. */
  public FleetRecord registeredAt(long time) {
    return driver.registration().at(time);
  }

  /** The local day of an instant in the driver's city, as the registry has him then. */
  public LocalDate localDayAt(long instant) {
    FleetRecord held = registeredAt(instant);
    ZoneId zone = turn.zone(held == null ? null : held.city());
    return LocalDate.ofInstant(Instant.ofEpochMilli(instant), zone);
  }

  /** The drivers among whose registered phones a device is at a time, in order of their ids. */
  public List<String> holdersOf(String deviceId, long time) {
    return driver.holdersOf(deviceId, time);
  }

  /** The driver's LOGINs in a span of time, both ends included, in order. */
  public List<Login> loginsIn(long from, long to) {
    List<Login> found = new ArrayList<>();
    for (Login login : driver.logins().own()) {
      if (login.action() == Login.Action.LOGIN && isWithin(login.time(), from, to)) {
        found.add(login);
      }
    }
    return found;
  }

  /** When the driver pressed S for other trips of the same passenger, in order of time. */
  public List<Long> otherStartsWithPassenger() {
    return driver.startsWith(booking.passengerId(), tripId());
  }

  /** The fixes of the vehicle of the trip's plate. */
  public VehicleTrack vehicle() {
    if (vehicle == null) {
      vehicle = driver.vehicle(Plates.key(opening().plate()));
    }
    return vehicle;
  }

  /** From when on fixes count for the rules about the whole trip: an hour before its pickup. */
  public long watchedFrom() {
    return Math.max(openedAt(), booking.pickupAt() - WATCHED_BEFORE_PICKUP_MS);
  }

  /**
   * The fixes in a span of time, both ends included, that are usable or would be but for {@code
   * mock}; one for each time.
   */
  public FixChoice fixesEvenMock(long from, long to) {
    return driver.choose(from, to, rules.trip().maxAccuracyM(), false);
  }

  /** The fixes in a span of time, both ends included, that are usable but for their device. */
  public FixChoice fixesOfAnyDevice(long from, long to) {
    return driver.choose(from, to, rules.trip().maxAccuracyM(), true);
  }

  /** Whether more than one phone reported lately: otherwise no two can disagree. */
  public boolean hasSeveralPhones() {
    return driver.fixes().deviceCount() > 1;
  }

  /**
   * Whether anything was seen on the track that a mocked position would show: a mock fix, a jump, a
   * moving car in one place.
   */
  public boolean looksSpoofed() {
    return track.looksSpoofed();
  }

  /** Asks to be judged again when a fix reports more than a speed. */
  public void watchForSpeedAbove(double kmh) {
    watchedKmh = kmh;
  }

  /** Asks to be judged again when a fix received late may change what is found of such fixes. */
  public void watchForDelays(DelayWatch watch) {
    delays = watch;
  }

  /** Asks to be judged again when a fix shows what a mocked position would. */
  public void watchForMocking() {
    mocked = true;
  }

  /**
   * Asks to be judged again when a fix of the phone or the vehicle changes whether the two are
   * apart.
   *
   * @param metres how far from each other, besides what a car may go between the two fixes
   * @param until what the phone reports later does not matter
   */
  public void watchForVehicle(double metres, long until) {
    apartM = metres;
    apartUntil = until;
  }

  /**
   * Why an alert of a rule cannot be confirmed, for its message; null where it can: the driver was
   * out of sight, or a change came at short notice.
   *
   * @param moment of the alert
   */
  public String unverifiedBecause(RuleSpec rule, long moment) {
    if (rule.needsSight() && !inSightAt(moment)) {
      return "no usable fix in the 10 min before";
    }
    return rule.family().needsNotice() && isShortNotice(moment)
        ? "the pickup changed at short notice"
        : null;
  }

  /**
   * Whether, at a moment of the trip or before, the pickup moved to an earlier time or another
   * place, or the journey was reinstated, less than the setting {@code notice} before the pickup
   * time or after it.
   */
  private boolean isShortNotice(long moment) {
    long until = Math.min(moment, end());
    for (int i = 1; i < bookings.size() && bookings.get(i).time() <= until; i++) {
      Booking before = bookings.get(i - 1).booking();
      Booking after = bookings.get(i).booking();
      boolean isShort = after.pickupAt() - bookings.get(i).time() < rules.trip().noticeMs();
      if (isShort && (after.pickupAt() < before.pickupAt() || movesPickup(i))) {
        return true;
      }
    }
    for (int i = 1; i < journeyChanges.size(); i += 2) {
      long reinstatedAt = journeyChanges.get(i).time();
      if (reinstatedAt >= openedAt()
          && reinstatedAt <= until
          && pickupTime.at(reinstatedAt) - reinstatedAt < rules.trip().noticeMs()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a usable fix lies in the ten minutes up to a moment. */
  private boolean inSightAt(long moment) {
    int i = track.firstFrom(moment - SIGHT_MS);
    return i < track.size() && track.time(i) <= Math.min(moment, evidenceEnd());
  }

  /**
   * Whether a deadline of the trip has come: it is not later than the trip's end or the journey's
   * being called off, not earlier than acceptance, and event time has reached it.
   */
  public boolean comes(long deadline) {
    return deadline >= openedAt()
        && deadline <= end()
        && deadline <= calledOffAt()
        && hasCome(deadline);
  }

  /** Whether event time has reached an instant. If not, the trip is to be judged again then. */
  public boolean hasCome(long instant) {
    if (instant <= now) {
      return true;
    }
    wake = Math.min(wake, instant);
    return false;
  }

  /** The next instant at which the verdicts may change without anything being learned. */
  public long wake() {
    return wake;
  }
}
