package io.tripwatch.job;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.geo.Datums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A morning of three drivers in which everything happens that is hard on the promise: several trips
 * at once, orders given away and back, other places and times on the way, ties, presses at the
 * borders of the deadlines, repeated events received at other times or with other content, clocks
 * that run ahead or behind, phones the registry learns of late, flights that move, all three
 * datums.
 */
final class NastyDay {
  static final long START = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
  static final long END = START + 7 * 3_600_000L;

  /** All that may bear on the day is settled by then. */
  static final long SETTLED = START + 48 * 3_600_000L;

  private static final long MINUTE = 60_000;
  private static final int DRIVERS = 3;
  private static final String[] DRIVERS_PLATES = {"plate-0", "plate-1", "plate-2"};
  private static final int ORDERS = 5;
  private static final int FLIGHTS = 2;

  /** Degrees north of a place, at the borders of the circles. */
  private static final double[] BESIDE = {
    0, 0.0005, 0.0044, 0.00449, 0.0045, 0.0089, 0.009, 0.0179, 0.018, 0.025
  };

  private static final Place[] PLACES = {
    new Place(30.580, 104.070),
    new Place(30.600, 104.070),
    new Place(30.580, 104.120),
    new Place(30.700, 104.000),
    new Place(30.590, 104.075)
  };

  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private int number;

  /** How far the clock of whoever reports is behind. */
  private long behindMs;

  private NastyDay(long seed) {
    random = new Random(seed);
  }

  /** The events of a day, in no order. */
  static List<Event> of(long seed) {
    NastyDay day = new NastyDay(seed);
    for (int flight = 0; flight < FLIGHTS; flight++) {
      day.fly(flight);
    }
    for (int driver = 0; driver < DRIVERS; driver++) {
      day.register(driver);
      day.drive(driver);
      day.logIn(driver);
    }
    for (int order = 0; order < ORDERS; order++) {
      day.serve(order);
    }
    return day.events;
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  @SafeVarargs
  private <T> T any(T... of) {
    return of[random.nextInt(of.length)];
  }

  /** Minutes from and to. */
  private long minutes(int from, int to) {
    return (from + random.nextInt(to - from + 1)) * MINUTE;
  }

  /** A little beside a time, often not at all: deadlines and repeats have borders. */
  private long about(long time) {
    return time + any(0L, 0L, 0L, 1L, -1L, 5_000L, 5_001L, -20_000L, 30_000L);
  }

  /** Reports an event, some with an id, some twice. */
  private void report(long time, java.util.function.Function<Stamp, Event> event) {
    String canonical = "{\"n\":" + number++ + "}";
    String id = one(10) ? "e-" + random.nextInt(1_000_000) : null;
    long ahead = one(10) ? random.nextInt(20_000) : 0;
    long received = time + behindMs + (one(4) ? 0 : random.nextInt(4_000));
    events.add(event.apply(new Stamp(time + ahead, received, id, canonical)));
    if (one(12)) {
      long again = received + any(-1_500L, 1L, 3_000L, 240_000L);
      events.add(event.apply(new Stamp(time + ahead, again, id, canonical)));
    }
    if (id != null && one(3)) {
      long again = received + any(-800L, 0L, 5_000L);
      Stamp other = new Stamp(time + any(-700_000L, 0L, 9_000L), again, id, canonical + " ");
      events.add(event.apply(other));
    }
  }

  private void register(int driver) {
    String driverId = "d-" + driver;
    List<Long> changes =
        switch (driver) {
          case 0 -> List.of(START - 24 * 60 * MINUTE, START + minutes(0, 400));
          case 1 -> List.of(START + minutes(0, 300), START + minutes(0, 400));
          default -> List.of();
        };
    for (long time : changes) {
      List<String> phones = any(List.of("p-0"), List.of("p-0", "p-1"), List.of("p-1"));
      report(
          time,
          stamp ->
              new FleetRecord(
                  stamp,
                  driverId,
                  phones,
                  "plate-" + driver,
                  VehicleClass.COMFORT,
                  one(2) ? null : "vt-plate-" + driver,
                  "chengdu"));
    }
  }

  private void drive(int driver) {
    Place place = any(PLACES);
    double beside = 0;
    double lost = 0;
    boolean silent = false;
    double speedKmh = 30;
    long clockMs = 0;
    long time = START - 30 * MINUTE + random.nextInt(60) * 1000;
    while (time < END) {
      if (one(15)) {
        place = any(PLACES);
      }
      if (one(6)) {
        beside = BESIDE[random.nextInt(BESIDE.length)];
      }
      if (one(10)) {
        speedKmh = any(30.0, 120.0, 120.5, 140.0);
      }
      if (one(40)) {
        clockMs = any(0L, 299_000L, 3_600_000L);
      }
      behindMs = one(30) ? 0 : clockMs;
      fix(driver, time, new Place(place.lat() + beside, place.lon()), speedKmh);
      behindMs = 0;
      if (one(8)) {
        lost = one(2) ? 0 : 0.012;
        silent = one(4);
      }
      if (!silent) {
        Place vehicle = new Place(place.lat() + beside + lost, place.lon());
        vehicle(one(15) ? any(DRIVERS_PLATES) : DRIVERS_PLATES[driver], about(time), vehicle);
      }
      if (one(20)) {
        fix(driver, time, new Place(place.lat(), place.lon() + beside), speedKmh);
      }
      time += one(25) ? minutes(3, 12) : any(10_000L, 30_000L, 45_000L, 60_000L);
    }
  }

  private void go(int driver, long time, Place place) {
    for (int step = 0; step < 3; step++) {
      fix(driver, time + step * 20_000L, place, 30);
    }
  }

  private void fix(int driver, long time, Place place, double speedKmh) {
    double accuracyM = any(Double.NaN, Double.NaN, 5.0, 5.0, 30.0, 99.0, 100.0, 101.0);
    String device = one(8) ? "p-1" : "p-0";
    boolean mock = one(40);
    Fix.Datum datum = any(Fix.Datum.WGS84, Fix.Datum.WGS84, Fix.Datum.GCJ02);
    double[] reported =
        one(60)
            ? new double[] {0, 0}
            : datum == Fix.Datum.GCJ02
                ? Datums.wgs84ToGcj02(place.lat(), place.lon())
                : new double[] {place.lat(), place.lon()};
    report(time, fixAt(driver, device, reported, accuracyM, speedKmh, mock, datum));
    if (one(30)) {
      // The same numbers in another datum, or by a phone that says they are made up.
      boolean other = one(2);
      report(
          time,
          fixAt(
              driver,
              device,
              reported,
              accuracyM,
              speedKmh,
              other,
              other ? datum : any(Fix.Datum.BD09)));
    }
  }

  private static java.util.function.Function<Stamp, Event> fixAt(
      int driver,
      String device,
      double[] at,
      double accuracyM,
      double speedKmh,
      boolean mock,
      Fix.Datum datum) {
    return stamp -> {
      Stamp bare = new Stamp(stamp.eventTime(), stamp.receivedAt(), stamp.eventId(), null);
      // A copy with other content was somewhere else.
      double north = stamp.canonical().endsWith(" ") ? 0.011 : 0;
      return new Fix(
          bare,
          false,
          "d-" + driver,
          device,
          at[0] + north,
          at[1],
          accuracyM,
          speedKmh,
          Double.NaN,
          mock,
          datum);
    };
  }

  private void vehicle(String plate, long time, Place place) {
    double[] at = one(60) ? new double[] {0, 0} : new double[] {place.lat(), place.lon()};
    report(
        time,
        stamp ->
            new Fix(
                new Stamp(stamp.eventTime(), stamp.receivedAt(), stamp.eventId(), null),
                true,
                Plates.key(plate),
                "vt-" + plate,
                at[0] + (stamp.canonical().endsWith(" ") ? 0.012 : 0),
                at[1],
                Double.NaN,
                30,
                Double.NaN,
                false,
                Fix.Datum.WGS84));
  }

  private void logIn(int driver) {
    for (int logins = random.nextInt(4); logins > 0; logins--) {
      String device = any("p-0", "p-1", "p-2");
      Login.Action action = one(5) ? Login.Action.LOGOUT : Login.Action.LOGIN;
      report(
          START + minutes(-300, 400),
          stamp -> new Login(stamp, "d-" + driver, device, action, null, null));
    }
  }

  /** What is said of an order afterwards, by either side and by those who decide. */
  private void judge(int order, int driver, long pickupAt) {
    String orderId = "o-" + order;
    String driverId = "d-" + driver;
    for (int ratings = random.nextInt(5); ratings > 0; ratings--) {
      Rating.By by = any(Rating.By.values());
      int stars = any(1, 3, 3, 4, 5);
      report(
          pickupAt + minutes(10, 200),
          stamp -> new Rating(stamp, orderId, driverId, "pa-1", by, stars, List.of()));
    }
    long opened = pickupAt + minutes(30, 100);
    for (Complaint.Type type : Complaint.Type.values()) {
      if (one(2)) {
        report(
            opened + type.ordinal() * any(45 * MINUTE, 10 * MINUTE, 24 * 60 * MINUTE),
            stamp -> new Complaint(stamp, "c-" + orderId, orderId, driverId, "pa-1", type, null));
      }
    }
    for (int verdicts = random.nextInt(3); verdicts > 0; verdicts--) {
      HumanVerdict.Subject subject = any(HumanVerdict.Subject.values());
      String rule = any("late-at-pickup", "margin-missed", "bad-rating", "vehicle-swapped");
      String subjectId =
          switch (subject) {
            case ALERT -> orderId + "/" + driverId + "/" + rule;
            case RATING -> orderId;
            case COMPLAINT -> "c-" + orderId;
          };
      HumanVerdict.Decision decision = any(HumanVerdict.Decision.values());
      report(
          pickupAt + minutes(90, 600),
          stamp -> new HumanVerdict(stamp, subject, subjectId, driverId, decision, "qc-1", null));
    }
  }

  private static FlightKey flight(int number) {
    return new FlightKey("CA" + number, "2026-11-22", number == 0 ? null : "CTU");
  }

  private void fly(int number) {
    long scheduled = START + minutes(90, 240);
    long time = START - minutes(0, 120);
    long delay = 0;
    int left = 2 + random.nextInt(5);
    while (left-- > 0) {
      delay = any(delay, 0L, minutes(5, 90));
      FlightStatus.Status status =
          one(12)
              ? any(FlightStatus.Status.CANCELLED, FlightStatus.Status.DIVERTED)
              : any(FlightStatus.Status.SCHEDULED, FlightStatus.Status.DELAYED);
      status(number, time, status, scheduled, scheduled + delay, Stamp.ABSENT);
      if (one(8)) {
        status(number, time, FlightStatus.Status.DEPARTED, scheduled, scheduled + 1, Stamp.ABSENT);
      }
      time += minutes(1, 60);
    }
    if (!one(4)) {
      long arrived = Math.max(time, scheduled + delay);
      status(number, arrived, FlightStatus.Status.ARRIVED, scheduled, Stamp.ABSENT, arrived);
    }
  }

  private void status(
      int number,
      long time,
      FlightStatus.Status status,
      long scheduled,
      long estimated,
      long actual) {
    report(
        time,
        stamp ->
            new FlightStatus(
                stamp,
                flight(number),
                FlightStatus.Mode.FLIGHT,
                status,
                scheduled,
                estimated,
                actual));
  }

  private void serve(int order) {
    long pickupAt = START + minutes(60, 300);
    Scenario scenario = any(Scenario.values());
    FlightKey flight = one(3) ? null : flight(random.nextInt(FLIGHTS));
    Booking booking = booking(scenario, pickupAt, any(PLACES), any(PLACES), flight);
    long time = pickupAt - minutes(20, 150);
    tell(order, time, OrderEvent.Type.PLACED, booking, null);
    time += any(0L, 5_000L, MINUTE);
    int driver = random.nextInt(DRIVERS);
    tell(order, time, OrderEvent.Type.ACCEPTED, booking, "d-" + driver);
    attend(order, driver, pickupAt);
    int steps = random.nextInt(4);
    while (steps-- > 0) {
      time += one(5) ? 0 : minutes(1, 60);
      if (one(2)) {
        long movedTo = one(2) ? pickupAt : pickupAt + minutes(-30, 30);
        booking = booking(scenario, movedTo, any(PLACES), any(PLACES), flight);
        tell(order, time, OrderEvent.Type.CHANGED, booking, null);
        continue;
      }
      driver = random.nextInt(DRIVERS);
      OrderEvent.Type type = one(4) ? OrderEvent.Type.ACCEPTED : OrderEvent.Type.REASSIGNED;
      tell(order, time, type, booking, "d-" + driver);
      attend(order, driver, pickupAt);
    }
    judge(order, driver, pickupAt);
    if (one(3)) {
      int other = random.nextInt(DRIVERS);
      press(order, other, pickupAt + minutes(-30, 60), any(Press.Button.values()));
    }
    if (one(2)) {
      long settledAt = pickupAt + minutes(60, 200);
      tell(order, settledAt, OrderEvent.Type.SETTLED, null, null);
    }
    if (one(3)) {
      long cancelledAt = time + minutes(0, 100);
      cancel(order, cancelledAt, any(OrderEvent.CancelledBy.values()));
      call(order, driver, cancelledAt - minutes(0, 16));
      go(driver, cancelledAt + minutes(-5, 30), booking.pickup());
      go(driver, cancelledAt + minutes(31, 80), booking.dropoff());
    } else if (one(4)) {
      induceCancellation(order, driver, time + minutes(1, 40), booking);
    }
  }

  /** Talks the passenger into a cancellation, and drives all the same. */
  private void induceCancellation(int order, int driver, long cancelledAt, Booking booking) {
    cancel(order, cancelledAt, OrderEvent.CancelledBy.PASSENGER);
    long calledAt = about(cancelledAt - any(0L, 5L, 15L) * MINUTE);
    call(order, driver, calledAt, Call.Caller.DRIVER, Call.Outcome.CONNECTED);
    long left = cancelledAt + minutes(-14, 59);
    go(driver, left, booking.pickup());
    go(driver, about(left + minutes(10, 40)), booking.dropoff());
  }

  private void cancel(int order, long time, OrderEvent.CancelledBy by) {
    report(
        time,
        stamp ->
            new OrderEvent(
                stamp,
                OrderEvent.Type.CANCELLED,
                "o-" + order,
                null,
                null,
                null,
                null,
                by,
                null,
                0));
  }

  private Booking booking(
      Scenario scenario, long pickupAt, Place pickup, Place dropoff, FlightKey flight) {
    return new Booking(
        scenario,
        "chengdu",
        "pa-1",
        null,
        pickupAt,
        pickup,
        dropoff,
        any(2_000.0, 9_000.0),
        any(600.0, 1_200.0),
        any(VehicleClass.ECONOMY, VehicleClass.COMFORT, VehicleClass.BUSINESS),
        5_000,
        0,
        flight);
  }

  private void tell(int order, long time, OrderEvent.Type type, Booking booking, String driverId) {
    long charged = any(5_000L, 5_001L, 6_000L);
    String plate =
        driverId == null
            ? null
            : one(10) ? any(DRIVERS_PLATES) : "plate-" + driverId.substring("d-".length());
    report(
        time,
        stamp ->
            new OrderEvent(
                stamp,
                type,
                "o-" + order,
                booking,
                driverId,
                plate,
                driverId == null ? null : VehicleClass.COMFORT,
                null,
                null,
                type == OrderEvent.Type.SETTLED ? charged : 0));
  }

  /** Presses and calls of a driver who has or had an order. */
  private void attend(int order, int driver, long pickupAt) {
    long onSite = pickupAt + any(-15L, -10L, -10L, -1L, 0L, 1L, 10L, 30L, 31L) * MINUTE;
    if (!one(4)) {
      press(order, driver, onSite, Press.Button.ON_SITE);
    }
    long start = onSite + minutes(0, 40);
    if (!one(4)) {
      press(order, driver, start, Press.Button.START);
    }
    if (!one(4)) {
      press(order, driver, start + minutes(0, 60), Press.Button.END);
    }
    if (one(4)) {
      press(order, driver, pickupAt + minutes(-60, 60), any(Press.Button.values()));
    }
    for (int calls = random.nextInt(3); calls > 0; calls--) {
      call(order, driver, about(pickupAt + minutes(-90, 60)));
    }
  }

  private void press(int order, int driver, long around, Press.Button button) {
    long time = about(around);
    String device = one(8) ? "p-1" : "p-0";
    java.util.function.Function<Stamp, Event> press =
        stamp ->
            new Press(stamp, "o-" + order, "d-" + driver, device, button, Double.NaN, Double.NaN);
    report(time, press);
    if (one(6)) {
      report(time + any(0L, 1L, 4_999L, 5_000L, 5_001L), press);
    }
  }

  private void call(int order, int driver, long time) {
    boolean text = one(2);
    Call.Outcome outcome =
        text
            ? any(Call.Outcome.SENT, Call.Outcome.FAILED)
            : any(Call.Outcome.CONNECTED, Call.Outcome.NO_ANSWER);
    call(order, driver, time, any(Call.Caller.values()), outcome);
  }

  private void call(int order, int driver, long time, Call.Caller caller, Call.Outcome outcome) {
    boolean text = outcome == Call.Outcome.SENT || outcome == Call.Outcome.FAILED;
    report(
        time,
        stamp -> {
          // Of a copy with other content it may be another's call.
          int who = stamp.canonical().endsWith(" ") ? (driver + 1) % DRIVERS : driver;
          return new Call(
              stamp,
              "o-" + order,
              "d-" + who,
              "pa-1",
              text ? Call.Channel.SMS : Call.Channel.CALL,
              caller,
              outcome,
              10);
        });
  }
}
