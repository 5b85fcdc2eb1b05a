package io.tripwatch.trip;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.TripRules;
import io.tripwatch.trip.Driver.Learned;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is known of one order, as one of its drivers is concerned. */
public final class OrderLog {
  private final String orderId;
  private final EventLog<OrderEvent> events =
      EventLog.byTimeThen(Comparator.comparing(OrderEvent::type));
  private final EventLog<Press> presses = EventLog.byTime();
  private final EventLog<Call> calls = EventLog.byTime();
  private PickupTime pickupTime;
  private List<Turn> turns;
  private Set<FlightKey> flights;

  /** Null while it is not known what its trips wait for: then any fix may matter. */
  private List<Watch> watches;

  /** When the driver pressed S, by trip, as it was noted last; null before. */
  private Map<String, Driver.Start> starts;

  /** In which of the driver's lists it is. */
  private boolean isSoon;

  private boolean isRiding;

  private long wake = PickupTime.NEVER;

  /** When what follows from what was seen of its trips may change, though that does not. */
  private long concludeAt = PickupTime.NEVER;

  /** One for each turn that was judged. */
  private final List<Forecast> forecasts = new ArrayList<>(1);

  /** So many turns, the first ones, cannot change any more: what was seen of them is on file. */
  private int settledTurns;

  /** When the forecasts go on if no fix comes before. */
  private long forecastWake = PickupTime.NEVER;

  /**
   * One driver's service of the order: from when he gets it until another does or it is cancelled.
   */
  static final class Turn {
    private final int number;
    private final List<OrderEvent> own;
    private final long next;
    private Settings settings;
    private TripRules rules;

    private Turn(int number, List<OrderEvent> own, long next) {
      this.number = number;
      this.own = own;
      this.next = next;
    }

    /** 1 for his first turn at the order. */
    int number() {
      return number;
    }

    /**
     * The order events of the turn, the opening first; of CANCELLED there is at most one, the last.
     */
    List<OrderEvent> own() {
      return own;
    }

    /** When somebody next got the order: another driver, or after CANCELLED anyone; else NEVER. */
    long next() {
      return next;
    }

    OrderEvent opening() {
      return own.get(0);
    }

    /** The time zone of a city, null where none is known; asked when the rules have been. */
    ZoneId zone(String city) {
      return settings.zone(city);
    }

    /** The settings that hold for the scenario and city it was opened with. */
    TripRules rules(RuleBook book) {
      Settings inForce = book.at(opening().time());
      if (settings != inForce) {
        Booking booking = opening().booking();
        settings = inForce;
        rules = inForce.forTrips(booking.scenario(), booking.city());
      }
      return rules;
    }
  }

  OrderLog(String orderId) {
    this.orderId = orderId;
  }

  /** When the last order event known happened; long ago if none is. */
  long lastTime() {
    return events.isEmpty() ? Long.MIN_VALUE / 2 : events.get(events.size() - 1).time();
  }

  /** The order. */
  public String orderId() {
    return orderId;
  }

  boolean isSoon() {
    return isSoon;
  }

  void isSoon(boolean value) {
    isSoon = value;
  }

  boolean isRiding() {
    return isRiding;
  }

  void isRiding(boolean value) {
    isRiding = value;
  }

  /** When its trips are to be judged next. */
  long wake() {
    return wake;
  }

  /** When something is to be done about it next. */
  long nextWake() {
    return Math.min(Math.min(wake, forecastWake), concludeAt);
  }

  /** When what follows from what was seen of its trips is to be found anew. */
  long concludeAt() {
    return concludeAt;
  }

  void concludeAt(long time) {
    concludeAt = time;
  }

  /** When its forecasts go on if no fix comes before. */
  long forecastWake() {
    return forecastWake;
  }

  /** Finds anew when its forecasts go on. */
  void findForecastWake() {
    forecastWake = PickupTime.NEVER;
    for (Forecast forecast : forecasts) {
      forecastWake = Math.min(forecastWake, forecast.wake());
    }
  }

  /** How many turns, the first ones, cannot change any more. */
  public int settledTurns() {
    return settledTurns;
  }

  /** So many turns, the first ones, cannot change any more. */
  void settledTurns(int many) {
    settledTurns = many;
  }

  /** The forecast of the trip that a watch is for; null while there is none. */
  Forecast forecastOf(int watchIndex) {
    int index = settledTurns + watchIndex;
    return index < forecasts.size() ? forecasts.get(index) : null;
  }

  /** The forecasts of its trips, one for each turn that was judged. */
  List<Forecast> forecasts() {
    return forecasts;
  }

  /** The forecast of a turn. */
  Forecast forecast(int turnNumber) {
    while (forecasts.size() < turnNumber) {
      forecasts.add(new Forecast());
    }
    return forecasts.get(turnNumber - 1);
  }

  /** Has its trips judged at a time, if not before. */
  void wakeBy(long time) {
    wake = Math.min(wake, time);
  }

  /** Whether it is known which fixes its trips wait for. */
  boolean isWatched() {
    return watches != null;
  }

  /** What its trips wait for, as they were judged last; one for each turn that may change. */
  List<Watch> watches() {
    return watches == null ? List.of() : watches;
  }

  void judged(List<Watch> renewed, long wakeNext, long concludeNext) {
    watches = renewed;
    wake = wakeNext;
    concludeAt = concludeNext;
    findForecastWake();
  }

  /**
   * Notes when the driver pressed S, by trip.
   *
   * @return whether that is new
   */
  boolean started(Map<String, Driver.Start> found) {
    boolean isNew = !found.equals(starts);
    starts = found;
    return isNew;
  }

  /** Whether a trip of it was started for a passenger, or may have been: it was not judged yet. */
  boolean wasStartedFor(Set<String> passengers) {
    return starts == null
        || starts.values().stream().anyMatch(start -> passengers.contains(start.passengerId()));
  }

  /** Whether the driver set out with the passenger, as it was judged last. */
  boolean isRidden() {
    return starts != null && !starts.isEmpty();
  }

  /** Lets go of the tracks of trips over before a time: they are read again when asked for. */
  void forgetTracks(long before) {
    boolean isAnyOver = false;
    for (Watch watch : watches()) {
      isAnyOver |= watch.hasTrackOver(before);
    }
    if (isAnyOver) {
      watches =
          watches.stream()
              .map(watch -> watch.hasTrackOver(before) ? watch.withoutTrack() : watch)
              .toList();
    }
  }

  /** What was derived from the fixes in order no longer holds. */
  void forgetWatches() {
    watches = null;
    // They go on when it is judged.
    forecastWake = PickupTime.NEVER;
  }

  Learned learn(OrderEvent event) {
    forgetDerived();
    turns = null;
    flights = null;
    return events.learn(event) ? Learned.BEARS : Learned.REPEATED;
  }

  Learned learn(Press press) {
    return presses.learn(press) ? Learned.BEARS : Learned.REPEATED;
  }

  /** Of a trip's calls, most change no answer that was given. */
  Learned learn(Call call) {
    int known = calls.size();
    if (!calls.learn(call)) {
      return Learned.REPEATED;
    }
    // One that comes instead of another may have been the one that counted.
    boolean bears = !isWatched() || calls.size() == known;
    for (Watch watch : watches()) {
      bears |= watch.mayBeChangedBy(call);
    }
    return bears ? Learned.BEARS : Learned.NOTED;
  }

  /** A status of one of its flights was learned. */
  void forgetDerived() {
    pickupTime = null;
  }

  EventLog<OrderEvent> events() {
    return events;
  }

  EventLog<Press> presses() {
    return presses;
  }

  EventLog<Call> calls() {
    return calls;
  }

  PickupTime pickupTime(Map<FlightKey, EventLog<FlightStatus>> flights) {
    if (pickupTime == null) {
      pickupTime = PickupTime.of(events, flights);
    }
    return pickupTime;
  }

  /** The statuses of a flight or train, in order; none for none. */
  List<FlightStatus> statusesOf(
      FlightKey flight, Map<FlightKey, EventLog<FlightStatus>> flightsKnown) {
    EventLog<FlightStatus> statuses = flightsKnown.get(flight);
    return statuses == null ? List.of() : statuses;
  }

  /** The flights and trains the order ever named. */
  Set<FlightKey> flights() {
    if (flights == null) {
      flights = flightsOf(events);
    }
    return flights;
  }

  /** The flights and trains that order events name. */
  public static Set<FlightKey> flightsOf(List<OrderEvent> orderEvents) {
    Set<FlightKey> flights = new LinkedHashSet<>();
    for (OrderEvent event : orderEvents) {
      if (event.booking() != null && event.booking().flight() != null) {
        flights.add(event.booking().flight());
      }
    }
    return flights;
  }

  /** From when on no order event that may still arrive makes or moves a turn. */
  long turnsSettledAt() {
    if (!events.isEmpty()) {
      return events.get(events.size() - 1).time() + Horizons.LATE_ORDER_MS;
    }
    long last = Long.MIN_VALUE / 2;
    for (List<? extends Event> log : List.of(presses, calls)) {
      last = log.isEmpty() ? last : Math.max(last, log.get(log.size() - 1).time());
    }
    return last + Horizons.LATE_EVIDENCE_MS;
  }

  /** The ids of the trips of turns that are settled. */
  List<String> settledTripIds(String driverId) {
    List<String> ids = new ArrayList<>(settledTurns);
    for (int number = 1; number <= settledTurns; number++) {
      ids.add(tripId(driverId, number));
    }
    return ids;
  }

  /** {@code <orderId>/<driverId>}, for a second turn at the order with {@code ~2} behind. */
  String tripId(String driverId, int number) {
    String id = orderId + "/" + driverId;
    return number == 1 ? id : id + "~" + number;
  }

  /** The trips of turns that are settled, as the turns known now have them. */
  public List<TripSummary> placed(List<TripSummary> settled, String driverId) {
    List<Turn> all = turnsOf(driverId);
    List<TripSummary> placed = new ArrayList<>(settled.size());
    for (int i = 0; i < settled.size(); i++) {
      boolean isOrdersLast = i < all.size() && all.get(i).next() == PickupTime.NEVER;
      placed.add(settled.get(i).placed(i + 1 == all.size(), isOrdersLast));
    }
    for (OrderEvent event : events) {
      if (event.type().assigns()) {
        placed.replaceAll(trip -> trip.assigned(event.driverId()));
      }
    }
    return placed;
  }

  /** A driver's turns at the order, in order. */
  List<Turn> turnsOf(String driverId) {
    if (turns == null) {
      turns = findTurns(driverId);
    }
    return turns;
  }

  /** After CANCELLED nobody has the order until it is assigned again. */
  private List<Turn> findTurns(String driverId) {
    List<Turn> found = new ArrayList<>(1);
    List<OrderEvent> own = null;
    String holder = null;
    for (OrderEvent event : events) {
      if (event.type().assigns() && !event.driverId().equals(holder)) {
        if (own != null) {
          found.add(new Turn(found.size() + 1, own, event.time()));
        }
        holder = event.driverId();
        own = holder.equals(driverId) ? new ArrayList<>(2) : null;
      }
      if (driverId.equals(holder)) {
        own.add(event);
      }
      if (event.type() == OrderEvent.Type.CANCELLED) {
        holder = null;
      }
    }
    if (own != null) {
      found.add(new Turn(found.size() + 1, own, PickupTime.NEVER));
    }
    return found;
  }
}
