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
import io.tripwatch.event.VehicleClass;
import java.util.Map;
import java.util.Set;

/**
 * The form of each topic. A field that the record's own type or source does not have, such as the
 * price in a CANCELLED or the plate in a phone's fix, is an unknown field and ignored.
 */
final class TopicForms {
  private TopicForms() {}

  static Event read(Topic topic, Map<String, Object> record) throws Refusal {
    Fields fields = new Fields("", record);
    return switch (topic) {
      case ORDERS -> order(stamp(fields, record), fields);
      case GPS -> fix(fields);
      case BUTTONS -> press(receivedStamp(fields, record), fields);
      case CALLS -> call(receivedStamp(fields, record), fields);
      case LOGINS -> login(receivedStamp(fields, record), fields);
      case FLIGHTS -> flight(stamp(fields, record), fields);
      case FLEET -> fleet(stamp(fields, record), fields);
      case RATINGS -> rating(stamp(fields, record), fields);
      case COMPLAINTS -> complaint(stamp(fields, record), fields);
      case VERDICTS -> verdict(stamp(fields, record), fields);
      case RULES -> rules(stamp(fields, record), fields);
    };
  }

  /** Where a fix comes from. */
  enum Source {
    PHONE,
    VEHICLE
  }

  private static Stamp stamp(Fields fields, Map<String, Object> record) throws Refusal {
    return new Stamp(
        fields.instant("eventTime"),
        fields.instantOrAbsent("receivedAt"),
        fields.idOrNull("eventId"),
        CanonicalJson.ofRecord(record));
  }

  private static Stamp receivedStamp(Fields fields, Map<String, Object> record) throws Refusal {
    fields.instant("receivedAt");
    return stamp(fields, record);
  }

  private static OrderEvent order(Stamp stamp, Fields fields) throws Refusal {
    OrderEvent.Type type = fields.oneOf(OrderEvent.Type.class, "type");
    boolean cancelled = type == OrderEvent.Type.CANCELLED;
    boolean settled = type == OrderEvent.Type.SETTLED;
    return new OrderEvent(
        stamp,
        type,
        fields.id("orderId"),
        cancelled || settled ? null : booking(fields),
        type.assigns() ? fields.id("driverId") : null,
        type.assigns() ? fields.plate("plate") : null,
        type.assigns() ? fields.oneOf(VehicleClass.class, "vehicleClass") : null,
        cancelled ? fields.oneOf(OrderEvent.CancelledBy.class, "cancelledBy") : null,
        cancelled ? fields.textOrNull("reason") : null,
        settled ? fields.cents("chargedCents") : 0);
  }

  private static Booking booking(Fields fields) throws Refusal {
    return new Booking(
        fields.oneOf(Scenario.class, "scenario"),
        fields.text("city"),
        fields.id("passengerId"),
        fields.idOrNull("passengerDeviceId"),
        fields.instant("pickupAt"),
        fields.place("pickup"),
        fields.place("dropoff"),
        fields.number("estimatedMeters"),
        fields.seconds("estimatedSeconds"),
        fields.oneOf(VehicleClass.class, "orderedClass"),
        fields.cents("fixedPriceCents"),
        fields.centsOrNone("couponCents"),
        awaited(fields));
  }

  private static FlightKey awaited(Fields fields) throws Refusal {
    String flightNo = fields.textOrNull("flightNo");
    String serviceDate = fields.dateOrNull("serviceDate");
    String arrivesAt = fields.textOrNull("arrivesAt");
    return flightNo == null ? null : new FlightKey(flightNo, serviceDate, arrivesAt);
  }

  private static Fix fix(Fields fields) throws Refusal {
    Stamp stamp =
        new Stamp(
            fields.instant("eventTime"),
            fields.instant("receivedAt"),
            fields.idOrNull("eventId"),
            null);
    boolean vehicle = fields.oneOf(Source.class, "source") == Source.VEHICLE;
    return new Fix(
        stamp,
        vehicle,
        vehicle ? fields.plate("plate") : fields.id("driverId"),
        fields.id("deviceId"),
        fields.latitude("lat"),
        fields.longitude("lon"),
        fields.numberOr("accuracyM", Double.NaN),
        fields.numberOr("speedKmh", Double.NaN),
        fields.numberOr("headingDeg", Double.NaN),
        fields.flag("mock"),
        fields.oneOf(Fix.Datum.class, "datum", Fix.Datum.WGS84));
  }

  private static Press press(Stamp stamp, Fields fields) throws Refusal {
    return new Press(
        stamp,
        fields.id("orderId"),
        fields.id("driverId"),
        fields.id("deviceId"),
        fields.oneOf(Press.Button.class, "button"),
        fields.has("lat") ? fields.latitude("lat") : Double.NaN,
        fields.has("lon") ? fields.longitude("lon") : Double.NaN);
  }

  private static Call call(Stamp stamp, Fields fields) throws Refusal {
    Call.Channel channel = fields.oneOf(Call.Channel.class, "channel");
    Call.Outcome outcome = fields.oneOf(Call.Outcome.class, "outcome");
    Set<Call.Outcome> outcomes =
        channel == Call.Channel.CALL
            ? Set.of(Call.Outcome.CONNECTED, Call.Outcome.NO_ANSWER, Call.Outcome.FAILED)
            : Set.of(Call.Outcome.SENT, Call.Outcome.FAILED);
    if (!outcomes.contains(outcome)) {
      throw Refusal.bad("outcome", outcome.name(), "one that a " + channel + " can have");
    }
    return new Call(
        stamp,
        fields.id("orderId"),
        fields.id("driverId"),
        fields.id("passengerId"),
        channel,
        fields.oneOf(Call.Caller.class, "caller"),
        outcome,
        fields.numberOr("durationS", -1));
  }

  private static Login login(Stamp stamp, Fields fields) throws Refusal {
    return new Login(
        stamp,
        fields.id("driverId"),
        fields.id("deviceId"),
        fields.oneOf(Login.Action.class, "action"),
        fields.textOrNull("appVersion"),
        fields.textOrNull("ip"));
  }

  private static FlightStatus flight(Stamp stamp, Fields fields) throws Refusal {
    return new FlightStatus(
        stamp,
        new FlightKey(
            fields.text("flightNo"), fields.date("serviceDate"), fields.textOrNull("arrivesAt")),
        fields.oneOf(FlightStatus.Mode.class, "mode", FlightStatus.Mode.FLIGHT),
        fields.oneOf(FlightStatus.Status.class, "status"),
        fields.instant("scheduledArrival"),
        fields.instantOrAbsent("estimatedArrival"),
        fields.instantOrAbsent("actualArrival"));
  }

  private static FleetRecord fleet(Stamp stamp, Fields fields) throws Refusal {
    return new FleetRecord(
        stamp,
        fields.id("driverId"),
        fields.ids("phones"),
        fields.plate("plate"),
        fields.oneOf(VehicleClass.class, "vehicleClass"),
        fields.idOrNull("vehicleDeviceId"),
        fields.text("city"));
  }

  private static Rating rating(Stamp stamp, Fields fields) throws Refusal {
    return new Rating(
        stamp,
        fields.id("orderId"),
        fields.id("driverId"),
        fields.id("passengerId"),
        fields.oneOf(Rating.By.class, "by"),
        fields.stars("stars"),
        fields.texts("tags"));
  }

  private static Complaint complaint(Stamp stamp, Fields fields) throws Refusal {
    return new Complaint(
        stamp,
        fields.id("complaintId"),
        fields.id("orderId"),
        fields.id("driverId"),
        fields.id("passengerId"),
        fields.oneOf(Complaint.Type.class, "type"),
        fields.textOrNull("category"));
  }

  private static HumanVerdict verdict(Stamp stamp, Fields fields) throws Refusal {
    return new HumanVerdict(
        stamp,
        fields.oneOf(HumanVerdict.Subject.class, "subject"),
        fields.subject("subjectId"),
        fields.id("driverId"),
        fields.oneOf(HumanVerdict.Decision.class, "verdict"),
        fields.text("decidedBy"),
        fields.textOrNull("note"));
  }

  /** That the settings can be read is part of the form; whether they make sense is not. */
  private static RulesRecord rules(Stamp stamp, Fields fields) throws Refusal {
    String version = fields.text("version");
    long effectiveFrom = fields.instant("effectiveFrom");
    // The contract's clamp: a clock that runs ahead does not forbid what its gateway saw in time.
    if (effectiveFrom < stamp.time()) {
      throw Refusal.bad("effectiveFrom", effectiveFrom, "at or after eventTime " + stamp.time());
    }
    String settings = CanonicalJson.of(fields.map("settings"));
    try {
      SettingsTree.readJson(settings);
    } catch (SettingsSyntaxException e) {
      throw Refusal.bad("settings", fields.map("settings"), "readable: " + e.getMessage());
    }
    return new RulesRecord(stamp, version, effectiveFrom, settings);
  }
}
