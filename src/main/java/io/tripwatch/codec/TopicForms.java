package io.tripwatch.codec;

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
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import io.tripwatch.event.Undo;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.InvalidSettingsException;
import io.tripwatch.settings.Settings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The form of each topic. A field that the record's own type or source does not have, such as the
 * price in a CANCELLED or the plate in a phone's fix, is an unknown field and ignored.
 */
final class TopicForms {
  private static final Words<OrderEvent.Type> ORDER_TYPE = Words.of(OrderEvent.Type.class);
  private static final Words<VehicleClass> VEHICLE_CLASS = Words.of(VehicleClass.class);
  private static final Words<OrderEvent.CancelledBy> CANCELLED_BY =
      Words.of(OrderEvent.CancelledBy.class);
  private static final Words<Scenario> SCENARIO = Words.of(Scenario.class);
  private static final Words<Source> SOURCE = Words.of(Source.class);
  private static final Words<Fix.Datum> DATUM = Words.of(Fix.Datum.class);
  private static final Words<Press.Button> BUTTON = Words.of(Press.Button.class);
  private static final Words<Call.Channel> CHANNEL = Words.of(Call.Channel.class);
  private static final Words<Call.Outcome> OUTCOME = Words.of(Call.Outcome.class);
  private static final Words<Call.Caller> CALLER = Words.of(Call.Caller.class);
  private static final Words<Login.Action> ACTION = Words.of(Login.Action.class);
  private static final Words<FlightStatus.Mode> MODE = Words.of(FlightStatus.Mode.class);
  private static final Words<FlightStatus.Status> STATUS = Words.of(FlightStatus.Status.class);
  private static final Words<Rating.By> BY = Words.of(Rating.By.class);
  private static final Words<Complaint.Type> COMPLAINT_TYPE = Words.of(Complaint.Type.class);
  private static final Words<HumanVerdict.Subject> SUBJECT = Words.of(HumanVerdict.Subject.class);
  private static final Words<HumanVerdict.Decision> DECISION =
      Words.of(HumanVerdict.Decision.class);

  private static final Words<Undo.State> UNDO_STATE = Words.of(Undo.State.class);

  private static final Set<Call.Outcome> OF_CALL =
      EnumSet.of(Call.Outcome.CONNECTED, Call.Outcome.NO_ANSWER, Call.Outcome.FAILED);
  private static final Set<Call.Outcome> OF_SMS =
      EnumSet.of(Call.Outcome.SENT, Call.Outcome.FAILED);

  private TopicForms() {}

  static Event read(Topic topic, Fields fields) throws Refusal {
    return switch (topic) {
      case ORDERS -> order(stamp(fields), fields);
      case GPS -> fix(fields);
      case BUTTONS -> press(receivedStamp(fields), fields);
      case CALLS -> call(receivedStamp(fields), fields);
      case LOGINS -> login(receivedStamp(fields), fields);
      case FLIGHTS -> flight(stamp(fields), fields);
      case FLEET -> fleet(stamp(fields), fields);
      case RATINGS -> rating(stamp(fields), fields);
      case COMPLAINTS -> complaint(stamp(fields), fields);
      case VERDICTS -> verdict(stamp(fields), fields);
      case RULES -> rules(stamp(fields), fields);
      case UNDO -> undo(stamp(fields), fields);
    };
  }

  /** Where a fix comes from. */
  enum Source {
    PHONE,
    VEHICLE
  }

  private static Stamp stamp(Fields fields) throws Refusal {
    return plausible(
        new Stamp(
            fields.instant(Field.EVENT_TIME),
            fields.instantOrAbsent(Field.RECEIVED_AT),
            fields.idOrNull(Field.EVENT_ID),
            fields.canonical()));
  }

  /** Seconds for milliseconds, and clocks that were never set, move no pickup time by years. */
  private static Stamp plausible(Stamp stamp) throws Refusal {
    if (stamp.time() < Limits.MIN_EVENT_TIME_MS || stamp.time() > Limits.MAX_EVENT_TIME_MS) {
      throw Refusal.bad(
          stamp.mendedMs() > 0 ? "receivedAt" : "eventTime",
          stamp.time(),
          "milliseconds since 1970, within the years 2000 to 2099");
    }
    return stamp;
  }

  private static void near(String field, long at, Duration most, String other, long otherAt)
      throws Refusal {
    if (at != Stamp.ABSENT && Math.abs(at - otherAt) > most.toMillis()) {
      throw Refusal.bad(
          field, at, "at most " + most.toDays() + " d from " + other + ", which is " + otherAt);
    }
  }

  private static void nearEventTime(String field, long at, Stamp stamp) throws Refusal {
    near(field, at, Limits.MAX_FROM_EVENT_TIME, "eventTime", stamp.time());
  }

  private static Stamp receivedStamp(Fields fields) throws Refusal {
    fields.instant(Field.RECEIVED_AT);
    return stamp(fields);
  }

  private static OrderEvent order(Stamp stamp, Fields fields) throws Refusal {
    OrderEvent.Type type = fields.oneOf(ORDER_TYPE, Field.TYPE);
    boolean cancelled = type == OrderEvent.Type.CANCELLED;
    boolean settled = type == OrderEvent.Type.SETTLED;
    return new OrderEvent(
        stamp,
        type,
        fields.id(Field.ORDER_ID),
        cancelled || settled ? null : booking(stamp, fields),
        type.assigns() ? fields.id(Field.DRIVER_ID) : null,
        type.assigns() ? fields.plate(Field.PLATE) : null,
        type.assigns() ? fields.oneOf(VEHICLE_CLASS, Field.VEHICLE_CLASS) : null,
        cancelled ? fields.oneOf(CANCELLED_BY, Field.CANCELLED_BY) : null,
        cancelled ? fields.textOrNull(Field.REASON) : null,
        settled ? fields.cents(Field.CHARGED_CENTS) : 0);
  }

  private static Booking booking(Stamp stamp, Fields fields) throws Refusal {
    long pickupAt = fields.instant(Field.PICKUP_AT);
    nearEventTime("pickupAt", pickupAt, stamp);
    return new Booking(
        fields.oneOf(SCENARIO, Field.SCENARIO),
        fields.city(Field.CITY),
        fields.id(Field.PASSENGER_ID),
        fields.idOrNull(Field.PASSENGER_DEVICE_ID),
        pickupAt,
        fields.place(Field.PICKUP),
        fields.place(Field.DROPOFF),
        fields.number(Field.ESTIMATED_METERS),
        fields.seconds(Field.ESTIMATED_SECONDS),
        fields.oneOf(VEHICLE_CLASS, Field.ORDERED_CLASS),
        fields.cents(Field.FIXED_PRICE_CENTS),
        fields.centsOrNone(Field.COUPON_CENTS),
        awaited(fields));
  }

  private static FlightKey awaited(Fields fields) throws Refusal {
    String flightNo = fields.textOrNull(Field.FLIGHT_NO);
    String serviceDate = fields.dateOrNull(Field.SERVICE_DATE);
    String arrivesAt = fields.textOrNull(Field.ARRIVES_AT);
    return flightNo == null ? null : new FlightKey(flightNo, serviceDate, arrivesAt);
  }

  private static Fix fix(Fields fields) throws Refusal {
    Stamp stamp =
        plausible(
            new Stamp(
                fields.instant(Field.EVENT_TIME),
                fields.instant(Field.RECEIVED_AT),
                fields.idOrNull(Field.EVENT_ID),
                null));
    boolean vehicle = fields.oneOf(SOURCE, Field.SOURCE) == Source.VEHICLE;
    return new Fix(
        stamp,
        vehicle,
        vehicle ? fields.plateKey(Field.PLATE) : fields.id(Field.DRIVER_ID),
        fields.id(Field.DEVICE_ID),
        fields.latitude(Field.LAT),
        fields.longitude(Field.LON),
        fields.numberOr(Field.ACCURACY_M, Double.NaN),
        fields.numberOr(Field.SPEED_KMH, Double.NaN),
        fields.numberOr(Field.HEADING_DEG, Double.NaN),
        fields.flag(Field.MOCK),
        fields.oneOf(DATUM, Field.DATUM, Fix.Datum.WGS84));
  }

  private static Press press(Stamp stamp, Fields fields) throws Refusal {
    return new Press(
        stamp,
        fields.id(Field.ORDER_ID),
        fields.id(Field.DRIVER_ID),
        fields.id(Field.DEVICE_ID),
        fields.oneOf(BUTTON, Field.BUTTON),
        fields.has(Field.LAT) ? fields.latitude(Field.LAT) : Double.NaN,
        fields.has(Field.LON) ? fields.longitude(Field.LON) : Double.NaN);
  }

  private static Call call(Stamp stamp, Fields fields) throws Refusal {
    Call.Channel channel = fields.oneOf(CHANNEL, Field.CHANNEL);
    Call.Outcome outcome = fields.oneOf(OUTCOME, Field.OUTCOME);
    Set<Call.Outcome> outcomes = channel == Call.Channel.CALL ? OF_CALL : OF_SMS;
    if (!outcomes.contains(outcome)) {
      throw Refusal.bad("outcome", outcome.name(), "one that a " + channel + " can have");
    }
    return new Call(
        stamp,
        fields.id(Field.ORDER_ID),
        fields.id(Field.DRIVER_ID),
        fields.id(Field.PASSENGER_ID),
        channel,
        fields.oneOf(CALLER, Field.CALLER),
        outcome,
        fields.numberOr(Field.DURATION_S, -1));
  }

  private static Login login(Stamp stamp, Fields fields) throws Refusal {
    return new Login(
        stamp,
        fields.id(Field.DRIVER_ID),
        fields.id(Field.DEVICE_ID),
        fields.oneOf(ACTION, Field.ACTION),
        fields.textOrNull(Field.APP_VERSION),
        fields.textOrNull(Field.IP));
  }

  private static FlightStatus flight(Stamp stamp, Fields fields) throws Refusal {
    long scheduled = fields.instant(Field.SCHEDULED_ARRIVAL);
    long estimated = fields.instantOrAbsent(Field.ESTIMATED_ARRIVAL);
    long actual = fields.instantOrAbsent(Field.ACTUAL_ARRIVAL);
    nearEventTime("scheduledArrival", scheduled, stamp);
    nearEventTime("estimatedArrival", estimated, stamp);
    nearEventTime("actualArrival", actual, stamp);
    nearSchedule("estimatedArrival", estimated, scheduled);
    nearSchedule("actualArrival", actual, scheduled);
    return new FlightStatus(
        stamp,
        new FlightKey(
            fields.text(Field.FLIGHT_NO),
            fields.date(Field.SERVICE_DATE),
            fields.textOrNull(Field.ARRIVES_AT)),
        fields.oneOf(MODE, Field.MODE, FlightStatus.Mode.FLIGHT),
        fields.oneOf(STATUS, Field.STATUS),
        scheduled,
        estimated,
        actual);
  }

  private static void nearSchedule(String field, long at, long scheduled) throws Refusal {
    near(field, at, Limits.MAX_FROM_SCHEDULE, "scheduledArrival", scheduled);
  }

  private static FleetRecord fleet(Stamp stamp, Fields fields) throws Refusal {
    return new FleetRecord(
        stamp,
        fields.id(Field.DRIVER_ID),
        fields.ids(Field.PHONES),
        fields.plate(Field.PLATE),
        fields.oneOf(VEHICLE_CLASS, Field.VEHICLE_CLASS),
        fields.idOrNull(Field.VEHICLE_DEVICE_ID),
        fields.city(Field.CITY));
  }

  private static Rating rating(Stamp stamp, Fields fields) throws Refusal {
    return new Rating(
        stamp,
        fields.id(Field.ORDER_ID),
        fields.id(Field.DRIVER_ID),
        fields.id(Field.PASSENGER_ID),
        fields.oneOf(BY, Field.BY),
        fields.stars(Field.STARS),
        fields.texts(Field.TAGS));
  }

  private static Complaint complaint(Stamp stamp, Fields fields) throws Refusal {
    return new Complaint(
        stamp,
        fields.id(Field.COMPLAINT_ID),
        fields.id(Field.ORDER_ID),
        fields.id(Field.DRIVER_ID),
        fields.id(Field.PASSENGER_ID),
        fields.oneOf(COMPLAINT_TYPE, Field.TYPE),
        fields.textOrNull(Field.CATEGORY));
  }

  private static HumanVerdict verdict(Stamp stamp, Fields fields) throws Refusal {
    return new HumanVerdict(
        stamp,
        fields.oneOf(SUBJECT, Field.SUBJECT),
        fields.subject(Field.SUBJECT_ID),
        fields.id(Field.DRIVER_ID),
        fields.oneOf(DECISION, Field.VERDICT),
        fields.text(Field.DECIDED_BY),
        fields.textOrNull(Field.NOTE));
  }

  private static RulesRecord rules(Stamp stamp, Fields fields) throws Refusal {
    String version = fields.text(Field.VERSION);
    long effectiveFrom = fields.instant(Field.EFFECTIVE_FROM);
    // The contract's clamp: a clock that runs ahead does not forbid what its gateway saw in time.
    if (effectiveFrom < stamp.time()) {
      throw Refusal.bad("effectiveFrom", effectiveFrom, "at or after eventTime " + stamp.time());
    }
    Map<String, Object> settings = fields.map(Field.SETTINGS);
    try {
      Settings.of(SettingsTree.ofJson(settings), Rules.catalogue());
    } catch (InvalidSettingsException e) {
      throw Refusal.unusable("settings", e.errors());
    }
    return new RulesRecord(stamp, version, effectiveFrom, CanonicalJson.of(settings));
  }

  private static Undo undo(Stamp stamp, Fields fields) throws Refusal {
    return new Undo(
        stamp,
        fields.id(Field.UNDO_ID),
        fields.text(Field.VERSION),
        fields.idOrNull(Field.RULE_ID),
        fields.instantOrAbsent(Field.FROM),
        fields.instantOrAbsent(Field.UNTIL),
        fields.oneOf(UNDO_STATE, Field.STATE),
        fields.text(Field.DECIDED_BY),
        fields.textOrNull(Field.NOTE));
  }
}
