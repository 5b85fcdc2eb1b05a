package io.tripwatch.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import io.tripwatch.event.VehicleClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The records of a fleet decoded with Jackson databind, as most would do it: each topic's JSON
 * bound to a record of its fields, and that made into the event. Gives the same objects as ours; of
 * what the contract refuses it refuses next to nothing.
 */
public final class JacksonDecoder {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private final ObjectReader fixes = MAPPER.readerFor(FixJson.class);

  enum Source {
    PHONE,
    VEHICLE
  }

  record FixJson(
      long eventTime,
      long receivedAt,
      String eventId,
      Source source,
      String driverId,
      String plate,
      String deviceId,
      double lat,
      double lon,
      Double accuracyM,
      Double speedKmh,
      Double headingDeg,
      boolean mock,
      Fix.Datum datum) {
    Fix toFix() {
      boolean vehicle = source == Source.VEHICLE;
      return new Fix(
          new Stamp(eventTime, receivedAt, eventId, null),
          vehicle,
          vehicle ? plate : driverId,
          deviceId,
          lat,
          lon,
          orNaN(accuracyM),
          orNaN(speedKmh),
          orNaN(headingDeg),
          mock,
          datum == null ? Fix.Datum.WGS84 : datum);
    }
  }

  record OrderJson(
      OrderEvent.Type type,
      String orderId,
      Scenario scenario,
      String city,
      String passengerId,
      String passengerDeviceId,
      long pickupAt,
      Place pickup,
      Place dropoff,
      double estimatedMeters,
      double estimatedSeconds,
      VehicleClass orderedClass,
      long fixedPriceCents,
      long couponCents,
      String flightNo,
      String serviceDate,
      String arrivesAt,
      String driverId,
      String plate,
      VehicleClass vehicleClass,
      OrderEvent.CancelledBy cancelledBy,
      String reason,
      long chargedCents) {
    OrderEvent toEvent(Stamp stamp) {
      return new OrderEvent(
          stamp,
          type,
          orderId,
          scenario == null ? null : booking(),
          driverId,
          plate,
          vehicleClass,
          cancelledBy,
          reason,
          chargedCents);
    }

    private Booking booking() {
      return new Booking(
          scenario,
          city,
          passengerId,
          passengerDeviceId,
          pickupAt,
          pickup,
          dropoff,
          estimatedMeters,
          estimatedSeconds,
          orderedClass,
          fixedPriceCents,
          couponCents,
          flightNo == null ? null : new FlightKey(flightNo, serviceDate, arrivesAt));
    }
  }

  record PressJson(
      String orderId,
      String driverId,
      String deviceId,
      Press.Button button,
      Double lat,
      Double lon) {
    Press toEvent(Stamp stamp) {
      return new Press(stamp, orderId, driverId, deviceId, button, orNaN(lat), orNaN(lon));
    }
  }

  record CallJson(
      String orderId,
      String driverId,
      String passengerId,
      Call.Channel channel,
      Call.Caller caller,
      Call.Outcome outcome,
      Double durationS) {
    Call toEvent(Stamp stamp) {
      double seconds = durationS == null ? -1 : durationS;
      return new Call(stamp, orderId, driverId, passengerId, channel, caller, outcome, seconds);
    }
  }

  record LoginJson(
      String driverId, String deviceId, Login.Action action, String appVersion, String ip) {
    Login toEvent(Stamp stamp) {
      return new Login(stamp, driverId, deviceId, action, appVersion, ip);
    }
  }

  record FlightJson(
      String flightNo,
      String serviceDate,
      String arrivesAt,
      FlightStatus.Mode mode,
      FlightStatus.Status status,
      long scheduledArrival,
      Long estimatedArrival,
      Long actualArrival) {
    FlightStatus toEvent(Stamp stamp) {
      return new FlightStatus(
          stamp,
          new FlightKey(flightNo, serviceDate, arrivesAt),
          mode == null ? FlightStatus.Mode.FLIGHT : mode,
          status,
          scheduledArrival,
          estimatedArrival == null ? Stamp.ABSENT : estimatedArrival,
          actualArrival == null ? Stamp.ABSENT : actualArrival);
    }
  }

  record FleetJson(
      String driverId,
      List<String> phones,
      String plate,
      VehicleClass vehicleClass,
      String vehicleDeviceId,
      String city) {
    FleetRecord toEvent(Stamp stamp) {
      return new FleetRecord(stamp, driverId, phones, plate, vehicleClass, vehicleDeviceId, city);
    }
  }

  record RatingJson(
      String orderId,
      String driverId,
      String passengerId,
      Rating.By by,
      int stars,
      List<String> tags) {
    Rating toEvent(Stamp stamp) {
      List<String> said = tags == null ? List.of() : tags;
      return new Rating(stamp, orderId, driverId, passengerId, by, stars, said);
    }
  }

  record ComplaintJson(
      String complaintId,
      String orderId,
      String driverId,
      String passengerId,
      Complaint.Type type,
      String category) {
    Complaint toEvent(Stamp stamp) {
      return new Complaint(stamp, complaintId, orderId, driverId, passengerId, type, category);
    }
  }

  /** Decodes one record. */
  public Event decode(Topic topic, byte[] value) {
    try {
      if (topic == Topic.GPS) {
        return fixes.<FixJson>readValue(value).toFix();
      }
      return decode(topic, (ObjectNode) MAPPER.readTree(value));
    } catch (IOException e) {
      throw new UncheckedIOException("a record of the fleet is no " + topic + ": " + e, e);
    }
  }

  private static Event decode(Topic topic, ObjectNode tree) throws IOException {
    Stamp stamp = stamp(tree);
    return switch (topic) {
      case ORDERS -> MAPPER.treeToValue(tree, OrderJson.class).toEvent(stamp);
      case BUTTONS -> MAPPER.treeToValue(tree, PressJson.class).toEvent(stamp);
      case CALLS -> MAPPER.treeToValue(tree, CallJson.class).toEvent(stamp);
      case LOGINS -> MAPPER.treeToValue(tree, LoginJson.class).toEvent(stamp);
      case FLIGHTS -> MAPPER.treeToValue(tree, FlightJson.class).toEvent(stamp);
      case FLEET -> MAPPER.treeToValue(tree, FleetJson.class).toEvent(stamp);
      case RATINGS -> MAPPER.treeToValue(tree, RatingJson.class).toEvent(stamp);
      case COMPLAINTS -> MAPPER.treeToValue(tree, ComplaintJson.class).toEvent(stamp);
      case GPS, VERDICTS, RULES ->
          throw new IllegalArgumentException("a fleet has no such record: " + topic);
    };
  }

  /** Events other than fixes carry what they say in one single form, to know a repeated one by. */
  private static Stamp stamp(ObjectNode tree) throws IOException {
    long eventTime = tree.get("eventTime").longValue();
    long receivedAt = tree.path("receivedAt").asLong(Stamp.ABSENT);
    String eventId = tree.path("eventId").textValue();
    tree.remove("receivedAt");
    return new Stamp(eventTime, receivedAt, eventId, MAPPER.writeValueAsString(tree));
  }

  private static double orNaN(Double number) {
    return number == null ? Double.NaN : number;
  }
}
