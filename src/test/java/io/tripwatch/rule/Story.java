package io.tripwatch.rule;

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
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Place;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.geo.GreatCircle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What happens on one trip, told in the contract's words: order o-1, driver d-7, passenger p-1.
 * Times are {@code h:mm}, {@code h:mm:ss} or {@code h:mm:ss.SSS} of one day in UTC; hours go on
 * beyond 24. Unless told otherwise, a transfer to a station without a train is accepted at 8:00 for
 * 10:00 and estimated at 20 minutes; the drop-off lies {@link #DROPOFF_M} metres north of the
 * pickup point.
 */
public final class Story {
  /** The order. */
  public static final String ORDER = "o-1";

  /** The driver who is judged. */
  public static final String DRIVER = "d-7";

  /** His phone. */
  public static final String PHONE = "ph-7";

  /** How far the drop-off is from the pickup point. */
  public static final double DROPOFF_M = 20_000;

  /** The plate of his car. */
  public static final String PLATE = "川A·d-7";

  private static final long DAY = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
  private static final Place PICKUP = new Place(30.0, 104.0);

  /** An event and when it is learned. */
  record Told(Event event, long arrival) {}

  private final List<Told> told = new ArrayList<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private Scenario scenario = Scenario.STATION_DROPOFF;
  private String city = "chengdu";
  private long pickupAt = ms("10:00");
  private Place pickup = PICKUP;
  private Place dropoff = north(DROPOFF_M);
  private double estimatedSeconds = 1_200;
  private VehicleClass ordered = VehicleClass.COMFORT;
  private VehicleClass driven = VehicleClass.COMFORT;
  private FlightKey flight;
  private long scheduledArrival = ms("9:30");
  private long acceptedAt = ms("8:00");
  private boolean acceptedTold;
  private long arrival = Long.MIN_VALUE;
  private long fixedPriceCents = 6_800;
  private long couponCents;
  private double estimatedMeters = 21_000;
  private String passengerDevice;
  private int copies;
  private String orderId = ORDER;

  private Story() {}

  /** The default trip. */
  public static Story trip() {
    return new Story();
  }

  /** Milliseconds since 1970 of a time of the story's day. */
  public static long ms(String time) {
    String[] parts = time.split(":");
    double seconds = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
    return DAY
        + Long.parseLong(parts[0]) * 3_600_000
        + Long.parseLong(parts[1]) * 60_000
        + Math.round(seconds * 1000);
  }

  /** As it stands in evidence. */
  public static Instant at(String time) {
    return Instant.ofEpochMilli(ms(time));
  }

  /** A point so many metres north of the pickup point. */
  public static Place north(double metres) {
    return new Place(
        PICKUP.lat() + Math.toDegrees(metres / GreatCircle.EARTH_RADIUS_M), PICKUP.lon());
  }

  /** The distance of {@link #north} as the rules measure it, to the last digit. */
  public static double exactM(double metres) {
    return GreatCircle.metres(PICKUP.lat(), PICKUP.lon(), north(metres).lat(), north(metres).lon());
  }

  /** What is told here is of another order of the same driver and passenger. */
  public Story inOrder(String other, UnaryOperator<Story> what) {
    accept();
    long pickupOfFirst = pickupAt;
    orderId = other;
    what.apply(this);
    orderId = ORDER;
    pickupAt = pickupOfFirst;
    return this;
  }

  // What was booked.

  public Story scenario(Scenario value) {
    scenario = value;
    return this;
  }

  public Story city(String value) {
    city = value;
    return this;
  }

  public Story pickupAt(String time) {
    pickupAt = ms(time);
    return this;
  }

  /** Moves the pickup point. */
  public Story pickup(Place place) {
    pickup = place;
    return this;
  }

  public Story dropoff(Place place) {
    dropoff = place;
    return this;
  }

  public Story estimatedSeconds(double seconds) {
    estimatedSeconds = seconds;
    return this;
  }

  public Story estimatedMeters(double metres) {
    estimatedMeters = metres;
    return this;
  }

  public Story passengerDevice(String device) {
    passengerDevice = device;
    return this;
  }

  public Story coupon(long cents) {
    couponCents = cents;
    return this;
  }

  public Story price(long fixedCents) {
    fixedPriceCents = fixedCents;
    return this;
  }

  public Story ordered(VehicleClass value) {
    ordered = value;
    return this;
  }

  public Story driven(VehicleClass value) {
    driven = value;
    return this;
  }

  /** A flight or train, scheduled to arrive at 9:30 unless told otherwise. */
  public Story flight(String flightNo) {
    flight = new FlightKey(flightNo, "2026-11-22", "CTU");
    return this;
  }

  public Story scheduledArrival(String time) {
    scheduledArrival = ms(time);
    return this;
  }

  // What happened to the order.

  public Story acceptedAt(String time) {
    acceptedAt = ms(time);
    return this;
  }

  /** The driver never gets the order but by what is told. */
  public Story notAccepted() {
    acceptedTold = true;
    return this;
  }

  public Story placedAt(String time) {
    return add(order(ms(time), OrderEvent.Type.PLACED, booking(), null, null, null, 0));
  }

  public Story acceptedBy(String driver, String time) {
    return assign(OrderEvent.Type.ACCEPTED, driver, time);
  }

  public Story reassignedTo(String driver, String time) {
    return assign(OrderEvent.Type.REASSIGNED, driver, time);
  }

  private Story assign(OrderEvent.Type type, String driver, String time) {
    accept();
    return add(order(ms(time), type, booking(), driver, null, null, 0));
  }

  /** The order is CHANGED to what the change says. */
  public Story changedAt(String time, UnaryOperator<Story> change) {
    accept();
    change.apply(this);
    return add(order(ms(time), OrderEvent.Type.CHANGED, booking(), null, null, null, 0));
  }

  public Story cancelledBy(CancelledBy who, String time) {
    return cancelledBy(who, time, null);
  }

  public Story cancelledBy(CancelledBy who, String time, String reason) {
    return add(order(ms(time), OrderEvent.Type.CANCELLED, null, null, who, reason, 0));
  }

  public Story settledAt(String time, long chargedCents) {
    return add(order(ms(time), OrderEvent.Type.SETTLED, null, null, null, null, chargedCents));
  }

  private void accept() {
    if (!acceptedTold) {
      acceptedTold = true;
      add(order(acceptedAt, OrderEvent.Type.ACCEPTED, booking(), DRIVER, null, null, 0));
    }
  }

  private Booking booking() {
    return new Booking(
        scenario,
        city,
        "p-1",
        passengerDevice,
        pickupAt,
        pickup,
        dropoff,
        estimatedMeters,
        estimatedSeconds,
        ordered,
        fixedPriceCents,
        couponCents,
        flight);
  }

  private OrderEvent order(
      long time,
      OrderEvent.Type type,
      Booking booking,
      String driver,
      CancelledBy who,
      String reason,
      long cents) {
    String content =
        type + "|" + orderId + "|" + booking + "|" + driver + "|" + who + "|" + reason + "|"
            + cents;
    return new OrderEvent(
        stamp(time, content),
        type,
        orderId,
        booking,
        driver,
        driver == null ? null : "川A·" + driver,
        driver == null ? null : driven,
        who,
        reason,
        cents);
  }

  // What was said of it.

  /** The passenger rates the trip. */
  public Story ratedAt(String time, int stars) {
    return ratedBy(Rating.By.PASSENGER, time, stars);
  }

  public Story ratedBy(Rating.By side, String time, int stars) {
    return ratedBy(side, DRIVER, time, stars);
  }

  /** A rating by the passenger of any driver, or the other way round. */
  public Story ratedBy(Rating.By side, String driver, String time, int stars) {
    String content = orderId + "|" + driver + "|" + side + "|" + stars;
    return add(
        new Rating(stamp(ms(time), content), orderId, driver, "p-1", side, stars, List.of()));
  }

  /** A step of complaint c-1. */
  public Story complaint(Complaint.Type step, String time) {
    return complaint("c-1", step, time);
  }

  public Story complaint(String complaintId, Complaint.Type step, String time) {
    String content = complaintId + "|" + orderId + "|" + step;
    String category = step == Complaint.Type.OPENED ? "ATTITUDE" : null;
    return add(
        new Complaint(
            stamp(ms(time), content), complaintId, orderId, DRIVER, "p-1", step, category));
  }

  /** A person decides on the rating of the order. */
  public Story ratingDecidedAt(String time, HumanVerdict.Decision decision) {
    return decided(HumanVerdict.Subject.RATING, orderId, time, decision);
  }

  public Story decided(
      HumanVerdict.Subject subject, String subjectId, String time, HumanVerdict.Decision decision) {
    String content = subject + "|" + subjectId + "|" + decision;
    Stamp stamp = stamp(ms(time), content);
    return add(new HumanVerdict(stamp, subject, subjectId, DRIVER, decision, "qc-3", null));
  }

  /** Whether something said is about an order, as far as it says itself. */
  static boolean isAbout(String order, Event said) {
    if (said instanceof OrderEvent settled) {
      return settled.orderId().equals(order);
    } else if (said instanceof Rating rating) {
      return rating.orderId().equals(order) && rating.driverId().equals(DRIVER);
    } else if (said instanceof Complaint complaint) {
      return complaint.orderId().equals(order);
    }
    HumanVerdict verdict = (HumanVerdict) said;
    return verdict.subject() != HumanVerdict.Subject.RATING || verdict.subjectId().equals(order);
  }

  // What the flight or train did.

  /** A status that says the arrival is so much later than scheduled, e.g. {@code PT40M}. */
  public Story status(FlightStatus.Status status, String time, String delay) {
    long estimated = scheduledArrival + Duration.parse(delay).toMillis();
    return add(flightStatus(status, ms(time), estimated, Stamp.ABSENT));
  }

  /** A status that says nothing of the arrival. */
  public Story status(FlightStatus.Status status, String time) {
    return add(flightStatus(status, ms(time), Stamp.ABSENT, Stamp.ABSENT));
  }

  /** It is said at a time that it arrived at another. */
  public Story arrived(String time, String actualArrival) {
    return add(
        flightStatus(FlightStatus.Status.ARRIVED, ms(time), Stamp.ABSENT, ms(actualArrival)));
  }

  private FlightStatus flightStatus(
      FlightStatus.Status status, long time, long estimated, long actual) {
    String content = flight + "|" + status + "|" + estimated + "|" + actual;
    return new FlightStatus(
        stamp(time, content),
        flight,
        FlightStatus.Mode.FLIGHT,
        status,
        scheduledArrival,
        estimated,
        actual);
  }

  // What the driver did.

  public Story onSiteAt(String time) {
    return pressed(Button.ON_SITE, time);
  }

  public Story startAt(String time) {
    return pressed(Button.START, time);
  }

  public Story endAt(String time) {
    return pressed(Button.END, time);
  }

  public Story pressed(Button button, String time) {
    return pressedBy(DRIVER, button, time);
  }

  public Story pressedBy(String driver, Button button, String time) {
    return pressedBy(driver, PHONE, button, time);
  }

  /** The driver presses on another device. */
  public Story pressedFrom(String device, Button button, String time) {
    return pressedBy(DRIVER, device, button, time);
  }

  public Story pressedBy(String driver, String device, Button button, String time) {
    String content = orderId + "|" + driver + "|" + device + "|" + button;
    return add(
        new Press(
            stamp(ms(time), content), orderId, driver, device, button, Double.NaN, Double.NaN));
  }

  /** A CONNECTED call by the driver. */
  public Story calledAt(String time) {
    return called(Call.Channel.CALL, Call.Caller.DRIVER, Call.Outcome.CONNECTED, time);
  }

  public Story called(Call.Channel channel, Call.Caller by, Call.Outcome outcome, String time) {
    return calledOf(DRIVER, channel, by, outcome, time);
  }

  /** A call between the passenger and any driver. */
  public Story calledOf(
      String driver, Call.Channel channel, Call.Caller by, Call.Outcome outcome, String time) {
    String content = orderId + "|" + driver + "|" + channel + "|" + by + "|" + outcome;
    return add(
        new Call(stamp(ms(time), content), orderId, driver, "p-1", channel, by, outcome, -1));
  }

  /** The registry names the driver's phones. */
  public Story registered(String time, String... phones) {
    return recorded(DRIVER, null, time, phones);
  }

  /** The registry names his phone, and the terminal of his car. */
  public Story registeredWithTerminal(String time, String terminal) {
    return recorded(DRIVER, terminal, time, PHONE);
  }

  /** The registry names another driver's phones. */
  public Story registeredFor(String driver, String time, String... phones) {
    return recorded(driver, null, time, phones);
  }

  private Story recorded(String driver, String terminal, String time, String... phones) {
    String content = driver + "|" + terminal + "|" + city + "|" + String.join(",", phones);
    return add(
        new FleetRecord(
            stamp(ms(time), content),
            driver,
            List.of(phones),
            "川A·" + driver,
            VehicleClass.COMFORT,
            terminal,
            city));
  }

  /** The driver logs in. */
  public Story loggedIn(String device, String time) {
    return login(DRIVER, device, Login.Action.LOGIN, time);
  }

  public Story login(String driver, String device, Login.Action action, String time) {
    String content = driver + "|" + device + "|" + action;
    return add(new Login(stamp(ms(time), content), driver, device, action, "5.1", null));
  }

  // Where the driver was.

  /** Fixes at the pickup point. */
  public Story inside(String... times) {
    for (String time : times) {
      fix(time, 0);
    }
    return this;
  }

  /** Fixes five kilometres from the pickup point, on the way to the drop-off. */
  public Story away(String... times) {
    for (String time : times) {
      fix(time, 5_000);
    }
    return this;
  }

  /** Fixes at the drop-off. */
  public Story atDropoff(String... times) {
    for (String time : times) {
      fix(time, DROPOFF_M);
    }
    return this;
  }

  /** Fixes at the pickup point, one every half minute, both ends included. */
  public Story insideFrom(String from, String to) {
    for (long time = ms(from); time <= ms(to); time += 30_000) {
      fix(Fixed.at(time));
    }
    return this;
  }

  /** A fix so many metres north of the pickup point. */
  public Story fix(String time, double metres) {
    return fix(Fixed.at(ms(time)).metres(metres));
  }

  /** A fix of his car's terminal, so many metres north of the pickup point. */
  public Story vehicle(String time, double metres) {
    return fix(Fixed.at(time).metres(metres).vehicle(PLATE));
  }

  public Story fix(Fixed fix) {
    return add(fix.event());
  }

  // What was set, and how it was learned.

  /** A setting, by its path in {@code rules.yaml}. */
  public Story with(String path, Object value) {
    Map<String, Object> section = settings;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      @SuppressWarnings("unchecked")
      Map<String, Object> below =
          (Map<String, Object>) section.computeIfAbsent(names[i], any -> new LinkedHashMap<>());
      section = below;
    }
    section.put(names[names.length - 1], value);
    return this;
  }

  Map<String, Object> settings() {
    return settings;
  }

  /** What is told here is learned at a later time only. */
  public Story learnedAt(String time, UnaryOperator<Story> late) {
    accept();
    arrival = ms(time);
    late.apply(this);
    arrival = Long.MIN_VALUE;
    return this;
  }

  /** Leaves out what happened after a time. */
  Story upTo(long time) {
    accept();
    told.removeIf(one -> one.event().time() > time);
    return this;
  }

  private Story add(Event event) {
    told.add(new Told(event, Math.max(arrival, event.time())));
    return this;
  }

  private Stamp stamp(long time, String content) {
    // Told twice in one story it is meant twice, so the two must differ.
    return new Stamp(time, Stamp.ABSENT, null, time + "|" + content + "|" + copies++);
  }

  /** The verdicts in the end, after everything that happened by a time. */
  public Outcome judgedAt(String time) {
    return judgedAt(ms(time));
  }

  /** The same with the time as milliseconds. */
  Outcome judgedAt(long now) {
    accept();
    for (Told one : told) {
      if (one.event().time() > now) {
        throw new IllegalArgumentException(
            "judged at " + Instant.ofEpochMilli(now) + ", before " + one.event());
      }
    }
    return Outcome.of(told, settings, now);
  }

  /** All that happened, as it was told. */
  public List<Event> events() {
    accept();
    return told.stream().map(Told::event).toList();
  }

  /** What the rules find at a time, with the whole story known already. */
  public Map<String, Finding> foreseenAt(String time) {
    return foreseenAt(ms(time));
  }

  Map<String, Finding> foreseenAt(long now) {
    accept();
    return Outcome.foreseen(told, now);
  }

  /** One fix and what is special about it. */
  public static final class Fixed {
    private final long time;
    private long receivedAt = Stamp.ABSENT;
    private double metres;
    private Place place;
    private String device = PHONE;
    private double accuracyM = Double.NaN;
    private boolean mock;
    private Fix.Datum datum = Fix.Datum.WGS84;
    private double speedKmh = Double.NaN;
    private String plate;

    private Fixed(long time) {
      this.time = time;
    }

    /** A fix at the pickup point, until told otherwise. */
    public static Fixed at(String time) {
      return at(ms(time));
    }

    static Fixed at(long time) {
      return new Fixed(time);
    }

    public Fixed metres(double value) {
      metres = value;
      return this;
    }

    /** Anywhere, in the fix's datum. */
    public Fixed place(double lat, double lon) {
      place = new Place(lat, lon);
      return this;
    }

    public Fixed accuracyM(double value) {
      accuracyM = value;
      return this;
    }

    public Fixed device(String value) {
      device = value;
      return this;
    }

    public Fixed speedKmh(double value) {
      speedKmh = value;
      return this;
    }

    /** Not the phone's, but of a vehicle's terminal. */
    public Fixed vehicle(String value) {
      plate = Plates.key(value);
      device = "vt-" + value.substring(value.length() - 1);
      return this;
    }

    public Fixed mock() {
      mock = true;
      return this;
    }

    public Fixed datum(Fix.Datum value) {
      datum = value;
      return this;
    }

    /**
     * When the gateway got it: earlier than the fix's own time where the phone's clock is ahead.
     */
    public Fixed receivedAt(String value) {
      receivedAt = ms(value);
      return this;
    }

    private Fix event() {
      Place where = place == null ? north(metres) : place;
      return new Fix(
          new Stamp(time, receivedAt, null, null),
          plate != null,
          plate == null ? DRIVER : plate,
          device,
          where.lat(),
          where.lon(),
          accuracyM,
          speedKmh,
          Double.NaN,
          mock,
          datum);
    }
  }
}
