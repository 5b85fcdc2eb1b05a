package io.tripwatch.simulate;

import static io.tripwatch.simulate.Report.Teller.OUTSIDE;
import static io.tripwatch.simulate.Report.Teller.PHONE;
import static io.tripwatch.simulate.Report.Teller.PLATFORM;

import io.tripwatch.event.Call.Caller;
import io.tripwatch.event.Call.Channel;
import io.tripwatch.event.Call.Outcome;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Topic;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.simulate.Tracker.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes one journey: draws the order, lets its behaviour decide what happens, and tells it. */
final class Script {
  /** Stands for a time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  static final long SECOND_MS = 1_000;
  static final long MINUTE_MS = 60 * SECOND_MS;

  /** Pickups are not sooner than this after the order: time to accept, give on, drive there. */
  static final long SHORTEST_LEAD_MS = 32 * MINUTE_MS;

  static final long LONGEST_LEAD_MS = 160 * MINUTE_MS;

  private static final int PASSENGERS = 20_000;
  private static final long TERMINAL_EVERY_MS = 30 * SECOND_MS;

  /** What the script is written for. */
  record Cast(
      Driver driver,
      Driver other,
      long number,
      long pickupAtMs,
      long openingMs,
      Behaviour behaviour) {}

  private final Cast cast;
  private final Driver driver;
  private final Behaviour behaviour;
  private final Random random;
  private final List<Report> reports = new ArrayList<>();

  private final String orderId;
  private final String passengerId;
  private final Scenario scenario;
  private final Flight flight;
  private final Spot pickup;
  private final Spot dropoff;
  private final Spot standby;
  private final VehicleClass orderedClass;
  private final long rideMs;
  private final long estimatedMeters;
  private final long estimatedSeconds;
  private final long fixedPriceCents;
  private final long couponCents;

  private final long placedMs;
  private final long acceptedMs;

  /** When this driver got the order: by accepting it, or by being given it. */
  private final long assignedMs;

  /** When the passenger really is to be picked up: the agreed time, moved by the flight. */
  private final long dueMs;

  private long leaveMs;
  private long arriveMs;
  private long onSiteMs;
  private long startMs;
  private long departMs;
  private long dropMs;
  private long endMs;
  private long cancelMs = NEVER;
  private CancelledBy cancelledBy;
  private String cancelReason;

  Script(Cast cast, Random random) {
    this.cast = cast;
    this.driver = cast.driver();
    this.behaviour = cast.behaviour();
    this.random = random;
    orderId = String.format("o-%06d", cast.number());
    passengerId = String.format("p-%05d", random.nextInt(PASSENGERS));
    scenario = scenario();
    flight = Flight.draw(cast, scenario, random);
    Spot hub = hub(scenario);
    Spot address = Town.address(random, hub);
    pickup = scenario.isPickup() ? hub : address;
    dropoff = scenario.isPickup() ? address : hub;
    standby = Town.around(random, pickup, metres(3_000, 4_500));
    orderedClass = orderedClass();
    double straightM = pickup.metresTo(dropoff);
    rideMs = shortestRide(travelMs(1.06 * straightM));
    estimatedMeters = Math.round(1.2 * straightM);
    estimatedSeconds = Math.round(rideMs / 1_000.0 * (0.9 + 0.2 * random.nextDouble()));
    fixedPriceCents = 1_200 + 100 * Math.round(estimatedMeters * 0.0024);
    couponCents = chance(0.2) ? 100 * (1 + random.nextInt(10)) : 0;
    long lead =
        SHORTEST_LEAD_MS + (long) (random.nextDouble() * (LONGEST_LEAD_MS - SHORTEST_LEAD_MS));
    placedMs = Math.max(cast.openingMs() + seconds(0, 60), cast.pickupAtMs() - lead);
    acceptedMs = placedMs + seconds(5, 60);
    assignedMs = behaviour == Behaviour.REASSIGNED ? acceptedMs + minutes(2, 5) : acceptedMs;
    dueMs = cast.pickupAtMs() + Math.max(0, flight.delayMs());
  }

  private Scenario scenario() {
    Scenario drawn = Scenario.values()[random.nextInt(Scenario.values().length)];
    if (!behaviour.needsFlight() || drawn.isPickup()) {
      return drawn;
    }
    return drawn == Scenario.AIRPORT_DROPOFF ? Scenario.AIRPORT_PICKUP : Scenario.STATION_PICKUP;
  }

  private static Spot hub(Scenario scenario) {
    boolean airport = scenario == Scenario.AIRPORT_PICKUP || scenario == Scenario.AIRPORT_DROPOFF;
    return airport ? Town.AIRPORT : Town.STATION;
  }

  private VehicleClass orderedClass() {
    int rank = driver.vehicleClass().ordinal();
    if (behaviour == Behaviour.CLASS_BELOW_ORDER) {
      return VehicleClass.values()[rank + 1];
    }
    return VehicleClass.values()[chance(0.8) ? rank : random.nextInt(rank + 1)];
  }

  /** Silences are only seen in rides that are longer than they. */
  private long shortestRide(long rideMs) {
    return switch (behaviour) {
      case TRACK_SILENT -> Math.max(rideMs, 11 * MINUTE_MS);
      case VEHICLE_SILENT -> Math.max(rideMs, 14 * MINUTE_MS);
      default -> rideMs;
    };
  }

  /** The whole journey. */
  Journey write(Dice dice, Faults faults, long fixEveryMs) {
    drawService();
    drawBreach();
    drawCancellation();
    leaveNothingAfterTheCancellation();
    tellOrder();
    tellContacts();
    tellPresses();
    tellLogins();
    flight.tell(cast.openingMs(), placedMs, reports);
    new Aftermath(cast, orderId, passengerId, endedMs(), random).tell(startMs != NEVER, reports);
    List<Tracker> trackers = trackers(dice.random(Dice.Purpose.TRACK, cast.number()), fixEveryMs);
    Span outage = outage(dice.random(Dice.Purpose.OUTAGE, cast.number()), faults);
    return new Journey(driver, reports, trackers, outage);
  }

  // What happens.

  private void drawService() {
    long travelMs = travelMs(standby.metresTo(pickup));
    arriveMs =
        dueMs
            + switch (behaviour) {
              case MARGIN_MISSED -> -minutes(3, 8);
              case LATE_AT_PICKUP -> chance(0.3) ? minutes(32, 42) : minutes(4, 22);
              case ON_SITE_PRESSED_ELSEWHERE -> -minutes(0, 4);
              default -> -minutes(12, 18);
            };
    arriveMs = Math.max(arriveMs, assignedMs + travelMs + 30 * SECOND_MS);
    leaveMs = arriveMs - travelMs;
    onSiteMs = arriveMs + seconds(10, 40);
    departMs = Math.max(dueMs + minutes(0, 6), onSiteMs + seconds(60, 240));
    startMs = departMs - seconds(2, 8);
    dropMs = departMs + rideMs;
    endMs = dropMs + seconds(5, 30);
  }

  private void drawBreach() {
    switch (behaviour) {
      case NO_SHOW -> {
        leaveMs = NEVER;
        arriveMs = NEVER;
        giveNoRide();
        onSiteMs = NEVER;
      }
      case NO_CONTACT_ON_ARRIVAL -> {
        // No one is called before the window ends, and START does not excuse it.
        departMs = Math.max(departMs, Math.max(arriveMs, dueMs) + minutes(2, 5));
        startMs = departMs - 5 * SECOND_MS;
        dropMs = departMs + rideMs;
        endMs = dropMs + seconds(5, 30);
      }
      case ON_SITE_NOT_PRESSED -> onSiteMs = chance(0.5) ? NEVER : startMs - seconds(5, 20);
      case ON_SITE_PRESSED_ELSEWHERE -> onSiteMs = leaveMs - seconds(70, 120);
      case BUTTON_OUT_OF_ORDER -> onSiteMs = startMs + seconds(10, 40);
      case STARTED_ELSEWHERE -> startMs = departMs + rideMs * 6 / 10;
      case ENDED_ELSEWHERE -> endMs = departMs + rideMs / 2;
      case END_NOT_PRESSED -> endMs = NEVER;
      case PICKUP_ABANDONED,
          WAITS_IN_VAIN,
          CANCELLATION_INDUCED,
          FLIGHT_CALLED_OFF,
          DRIVER_CANCELLED ->
          giveNoRide();
      default -> {
        // The service was as promised, or its breach shows elsewhere.
      }
    }
  }

  private void giveNoRide() {
    startMs = NEVER;
    endMs = NEVER;
    if (behaviour != Behaviour.CANCELLATION_INDUCED) {
      departMs = NEVER;
      dropMs = NEVER;
    }
  }

  private void drawCancellation() {
    switch (behaviour) {
      case PASSENGER_CANCELS ->
          cancel(CancelledBy.PASSENGER, between(assignedMs + MINUTE_MS, dueMs - MINUTE_MS));
      case PLATFORM_CANCELS ->
          cancel(CancelledBy.PLATFORM, between(assignedMs + MINUTE_MS, dueMs - 20 * MINUTE_MS));
      case NO_SHOW -> cancel(CancelledBy.PASSENGER, dueMs + minutes(32, 50));
      case PICKUP_ABANDONED -> cancel(CancelledBy.PASSENGER, abandonMs() + minutes(18, 25));
      case WAITS_IN_VAIN -> {
        long freeWait = (scenario == Scenario.AIRPORT_PICKUP ? 60 : 30) * MINUTE_MS;
        cancel(CancelledBy.DRIVER, Math.max(arriveMs, dueMs) + freeWait + minutes(1, 3));
      }
      case DRIVER_CANCELLED -> {
        boolean overCapacity = chance(0.2);
        cancelReason = overCapacity ? OrderEvent.OVER_CAPACITY : null;
        cancel(
            CancelledBy.DRIVER,
            overCapacity
                ? Math.max(onSiteMs, dueMs) + minutes(1, 4)
                : between(assignedMs + MINUTE_MS, dueMs - 2 * MINUTE_MS));
      }
      case CANCELLATION_INDUCED -> cancel(CancelledBy.PASSENGER, departMs - seconds(40, 100));
      case FLIGHT_CALLED_OFF ->
          cancel(CancelledBy.PASSENGER, Math.max(assignedMs, flight.calledOffMs()) + minutes(2, 9));
      default -> {
        // Carried out.
      }
    }
  }

  private void cancel(CancelledBy by, long atMs) {
    cancelledBy = by;
    cancelMs = atMs;
  }

  private void leaveNothingAfterTheCancellation() {
    if (cancelMs == NEVER) {
      return;
    }
    onSiteMs = onSiteMs < cancelMs ? onSiteMs : NEVER;
    startMs = startMs < cancelMs ? startMs : NEVER;
    endMs = NEVER;
  }

  /** When he who abandons the pickup has waited enough. */
  private long abandonMs() {
    return Math.max(onSiteMs, dueMs) + 4 * MINUTE_MS;
  }

  private boolean rides() {
    return cancelMs == NEVER || behaviour == Behaviour.CANCELLATION_INDUCED;
  }

  /** When there is nothing more to drive for. */
  private long endedMs() {
    if (rides()) {
      return endMs == NEVER ? dropMs : Math.max(endMs, dropMs);
    }
    return cancelMs;
  }

  // What is told of it.

  private void tellOrder() {
    boolean changed = behaviour == Behaviour.CHANGED;
    long bookedMs = changed ? cast.pickupAtMs() - 10 * MINUTE_MS : cast.pickupAtMs();
    order(OrderEvent.Type.PLACED, placedMs, bookedMs, null);
    order(
        OrderEvent.Type.ACCEPTED,
        acceptedMs,
        bookedMs,
        behaviour == Behaviour.REASSIGNED ? cast.other() : driver);
    if (behaviour == Behaviour.REASSIGNED) {
      order(OrderEvent.Type.REASSIGNED, assignedMs, bookedMs, driver);
    }
    if (changed) {
      order(OrderEvent.Type.CHANGED, acceptedMs + minutes(1, 4), cast.pickupAtMs(), null);
    }
    if (cancelMs != NEVER) {
      Line line = life(OrderEvent.Type.CANCELLED).word("cancelledBy", cancelledBy);
      tell(Topic.ORDERS, cancelMs, PLATFORM, line.text("reason", cancelReason));
    } else {
      boolean above = behaviour == Behaviour.CHARGED_ABOVE_FIXED_PRICE;
      long charged = fixedPriceCents + (above ? 500 + 100 * random.nextInt(30) : 0);
      Line line = life(OrderEvent.Type.SETTLED).number("chargedCents", charged);
      tell(Topic.ORDERS, endedMs() + minutes(1, 3), PLATFORM, line);
    }
  }

  private Line life(OrderEvent.Type type) {
    return new Line().word("type", type).text("orderId", orderId);
  }

  private void order(OrderEvent.Type type, long atMs, long pickupAtMs, Driver assigned) {
    boolean fake = behaviour == Behaviour.FAKE_ORDER;
    Line line =
        life(type)
            .word("scenario", scenario)
            .text("city", Town.NAME)
            .text("passengerId", passengerId)
            .text("passengerDeviceId", fake ? driver.phone() : "pd-" + passengerId)
            .number("pickupAt", pickupAtMs)
            .place("pickup", Town.place(pickup))
            .place("dropoff", Town.place(dropoff))
            .number("estimatedMeters", estimatedMeters)
            .number("estimatedSeconds", estimatedSeconds)
            .word("orderedClass", orderedClass)
            .number("fixedPriceCents", fixedPriceCents);
    if (couponCents > 0) {
      line.number("couponCents", couponCents);
    }
    flight.name(line);
    if (assigned != null) {
      line.text("driverId", assigned.driverId())
          .text("plate", assigned.plate())
          .word("vehicleClass", assigned.vehicleClass());
    }
    tell(Topic.ORDERS, atMs, PLATFORM, line);
  }

  private void tellContacts() {
    if (behaviour == Behaviour.NO_CONTACT_AFTER_ACCEPT) {
      return;
    }
    long afterAcceptMs = assignedMs + seconds(20, 180);
    if (chance(0.1)) {
      call(afterAcceptMs - 15 * SECOND_MS, Channel.CALL, Caller.DRIVER, Outcome.NO_ANSWER);
    }
    contact(afterAcceptMs);
    if (behaviour == Behaviour.CANCELLATION_INDUCED) {
      call(cancelMs - seconds(60, 240), Channel.CALL, Caller.DRIVER, Outcome.CONNECTED);
    }
    if (behaviour != Behaviour.NO_CONTACT_ON_ARRIVAL) {
      contact(onArrivalMs());
    }
  }

  /** When a good driver gets in touch again: when the flight is down, else when he is there. */
  private long onArrivalMs() {
    if (scenario.isPickup() && flight.arrivedMs() != NEVER) {
      return flight.arrivedMs() + minutes(1, 8);
    }
    return arriveMs == NEVER ? NEVER : arriveMs + seconds(5, 90);
  }

  private void contact(long atMs) {
    double kind = random.nextDouble();
    if (kind < 0.6) {
      call(atMs, Channel.SMS, Caller.DRIVER, Outcome.SENT);
    } else {
      call(atMs, Channel.CALL, kind < 0.9 ? Caller.DRIVER : Caller.PASSENGER, Outcome.CONNECTED);
    }
  }

  private void call(long atMs, Channel channel, Caller caller, Outcome outcome) {
    if (atMs >= cancelMs) {
      return;
    }
    Line line =
        new Line()
            .text("eventId", eventId("k"))
            .text("orderId", orderId)
            .text("driverId", driver.driverId())
            .text("passengerId", passengerId)
            .word("channel", channel)
            .word("caller", caller)
            .word("outcome", outcome);
    if (outcome == Outcome.CONNECTED) {
      line.number("durationS", 10 + random.nextInt(120));
    }
    tell(Topic.CALLS, atMs, OUTSIDE, line);
  }

  private void tellPresses() {
    String deviceId =
        behaviour == Behaviour.UNREGISTERED_DEVICE
            ? String.format("px-%06d", cast.number())
            : driver.phone();
    press(driver, deviceId, Button.ON_SITE, onSiteMs);
    press(driver, deviceId, Button.START, startMs);
    press(driver, deviceId, Button.END, endMs);
    if (behaviour == Behaviour.REASSIGNED_PRIVATELY) {
      press(cast.other(), cast.other().phone(), Button.ON_SITE, onSiteMs + seconds(20, 50));
    }
  }

  private void press(Driver presser, String deviceId, Button button, long atMs) {
    if (atMs == NEVER) {
      return;
    }
    Line line =
        new Line()
            .text("eventId", eventId("b"))
            .text("orderId", orderId)
            .text("driverId", presser.driverId())
            .text("deviceId", deviceId)
            .word("button", button);
    reports.add(
        new Report(Topic.BUTTONS, orderId, atMs, PHONE, presser.clockAheadMs(), line.toString()));
  }

  private void tellLogins() {
    boolean shared = behaviour == Behaviour.DEVICE_SHARED;
    if (shared || chance(0.3)) {
      login(driver, acceptedMs + 5 * SECOND_MS);
    }
    if (shared) {
      login(cast.other(), acceptedMs + minutes(3, 20));
    }
  }

  /** A login on the phone of this journey's driver. */
  private void login(Driver account, long atMs) {
    Line line =
        new Line()
            .text("driverId", account.driverId())
            .text("deviceId", driver.phone())
            .text("action", "LOGIN")
            .text("appVersion", "6.2.1");
    reports.add(
        new Report(
            Topic.LOGINS, account.driverId(), atMs, PHONE, driver.clockAheadMs(), line.toString()));
  }

  private void tell(Topic topic, long atMs, Report.Teller teller, Line line) {
    reports.add(new Report(topic, orderId, atMs, teller, 0, line.toString()));
  }

  private String eventId(String kind) {
    return kind + "-" + cast.number() + "-" + reports.size();
  }

  // What is seen of it.

  private List<Tracker> trackers(Random noise, long fixEveryMs) {
    Drive drive = drive();
    Span inSight = new Span(drive.firstMs(), drive.lastMs());
    Span silence = new Span(departMs + MINUTE_MS, departMs + 8 * MINUTE_MS);
    Span aMinute = new Span(departMs + MINUTE_MS, departMs + 2 * MINUTE_MS);
    Tracker phone = Tracker.phone(driver, driver.phone(), drive, inSight, fixEveryMs, noise);
    switch (behaviour) {
      case TRACK_SILENT -> phone.silent(silence);
      case GPS_SPOOFED -> phone.mock(aMinute);
      case SPEEDING -> phone.speeding(aMinute);
      default -> {
        // An honest phone.
      }
    }
    List<Tracker> trackers = new ArrayList<>();
    trackers.add(phone);
    if (behaviour == Behaviour.ACCOUNT_IN_TWO_PLACES) {
      Drive elsewhere = new Drive().to(arriveMs, pickup.moved(0, 9_000));
      Span while_ = new Span(arriveMs, arriveMs + 4 * MINUTE_MS);
      trackers.add(
          Tracker.phone(driver, driver.phone() + "x", elsewhere, while_, 10 * SECOND_MS, noise));
    }
    if (driver.terminal() != null) {
      trackers.add(terminal(drive, inSight, noise));
    }
    return trackers;
  }

  private Tracker terminal(Drive drive, Span inSight, Random noise) {
    // Whoever swaps cars leaves the one that was sent at home.
    Drive car =
        behaviour == Behaviour.VEHICLE_SWAPPED ? new Drive().to(inSight.fromMs(), standby) : drive;
    Tracker terminal = Tracker.terminal(driver, car, inSight, TERMINAL_EVERY_MS, noise);
    return behaviour == Behaviour.VEHICLE_SILENT
        ? terminal.silent(new Span(departMs, dropMs))
        : terminal;
  }

  private Drive drive() {
    long lastMs = endedMs() + 2 * MINUTE_MS;
    long firstMs = Math.min(Math.min(leaveMs, dueMs - 15 * MINUTE_MS), cancelMs) - 2 * MINUTE_MS;
    Drive drive = new Drive().to(Math.max(assignedMs, firstMs), standby);
    if (arriveMs > cancelMs) {
      return drive.stayUntil(lastMs);
    }
    drive.stayUntil(leaveMs).to(arriveMs, pickup);
    if (behaviour == Behaviour.PICKUP_ABANDONED) {
      long awayMs = abandonMs() + travelMs(pickup.metresTo(standby));
      drive.stayUntil(abandonMs()).to(awayMs, standby);
    }
    if (rides()) {
      drive.stayUntil(departMs).to(departMs + rideMs / 2, bend()).to(dropMs, dropoff);
    }
    return drive.stayUntil(lastMs);
  }

  /** Where the road leaves the straight line the most; a detour leaves it by far. */
  private Spot bend() {
    double aside = behaviour == Behaviour.DETOUR ? 1.3 : 0.17;
    Spot middle = pickup.towards(dropoff, 0.5);
    double east = dropoff.eastM() - pickup.eastM();
    double north = dropoff.northM() - pickup.northM();
    return middle.moved(-aside * north, aside * east);
  }

  /** Offline from before the arrival until well after the pickup, or around it if none comes. */
  private Span outage(Random fate, Faults faults) {
    if (fate.nextDouble() >= faults.offline()) {
      return Span.NONE;
    }
    double skewed = fate.nextDouble();
    long lengthMs = (long) ((22 + 78 * skewed * skewed) * MINUTE_MS);
    long aroundMs = onSiteMs == NEVER ? dueMs - 15 * MINUTE_MS : onSiteMs;
    long fromMs = aroundMs - (long) ((1 + 7 * fate.nextDouble()) * MINUTE_MS);
    return new Span(fromMs, fromMs + lengthMs);
  }

  // Draws.

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private double metres(double from, double to) {
    return from + random.nextDouble() * (to - from);
  }

  private long minutes(long from, long to) {
    return seconds(60 * from, 60 * to);
  }

  private long seconds(long from, long to) {
    return (long) ((from + random.nextDouble() * (to - from)) * SECOND_MS);
  }

  private long between(long fromMs, long toMs) {
    return fromMs + (long) (random.nextDouble() * (toMs - fromMs));
  }

  /** City traffic: 32 to 50 km/h. */
  private long travelMs(double metres) {
    return (long) (metres / metres(9, 14) * SECOND_MS);
  }
}
