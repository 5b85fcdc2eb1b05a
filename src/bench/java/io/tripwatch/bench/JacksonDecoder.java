package io.tripwatch.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import io.tripwatch.event.VehicleClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a fleet decoded with Jackson databind, as most would do it: each topic's JSON
 * bound to a record of its fields, and that made into the event. Gives the same objects as ours; of
 * what the contract refuses it refuses next to nothing.
 */
public final class JacksonDecoder {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final ObjectReader fixes = MAPPER.readerFor(FixJson.class);
  private final Map<Topic, ObjectReader> others =
      new EnumMap<>(
          Map.of(
              Topic.ORDERS, MAPPER.readerFor(OrderJson.class),
              Topic.BUTTONS, MAPPER.readerFor(PressJson.class),
              Topic.CALLS, MAPPER.readerFor(CallJson.class),
              Topic.LOGINS, MAPPER.readerFor(LoginJson.class),
              Topic.FLIGHTS, MAPPER.readerFor(FlightJson.class),
              Topic.FLEET, MAPPER.readerFor(FleetJson.class),
              Topic.RATINGS, MAPPER.readerFor(RatingJson.class),
              Topic.COMPLAINTS, MAPPER.readerFor(ComplaintJson.class)));

  /** A record of any other topic. */
  interface EventJson {
    long eventTime();

    Long receivedAt();

    String eventId();

    /** Whether it leaves out a field because its value is the usual one. */
    default boolean leavesOutTheUsual() {
      return false;
    }

    Event toEvent(Stamp stamp);
  }

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
          vehicle ? Plates.key(plate) : driverId,
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
      long eventTime,
      Long receivedAt,
      String eventId,
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
      Long couponCents,
      String flightNo,
      String serviceDate,
      String arrivesAt,
      String driverId,
      String plate,
      VehicleClass vehicleClass,
      OrderEvent.CancelledBy cancelledBy,
      String reason,
      long chargedCents)
      implements EventJson {
    @Override
    public boolean leavesOutTheUsual() {
      return scenario != null && couponCents == null;
    }

    @Override
    public OrderEvent toEvent(Stamp stamp) {
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
          couponCents == null ? 0 : couponCents,
          flightNo == null ? null : new FlightKey(flightNo, serviceDate, arrivesAt));
    }
  }

  record PressJson(
      long eventTime,
      Long receivedAt,
      String eventId,
      String orderId,
      String driverId,
      String deviceId,
      Press.Button button,
      Double lat,
      Double lon)
      implements EventJson {
    @Override
    public Press toEvent(Stamp stamp) {
      return new Press(stamp, orderId, driverId, deviceId, button, orNaN(lat), orNaN(lon));
    }
  }

  record CallJson(
      long eventTime,
      Long receivedAt,
      String eventId,
      String orderId,
      String driverId,
      String passengerId,
      Call.Channel channel,
      Call.Caller caller,
      Call.Outcome outcome,
      Double durationS)
      implements EventJson {
    @Override
    public Call toEvent(Stamp stamp) {
      double seconds = durationS == null ? -1 : durationS;
      return new Call(stamp, orderId, driverId, passengerId, channel, caller, outcome, seconds);
    }
  }

  record LoginJson(
      long eventTime,
      Long receivedAt,
      String eventId,
      String driverId,
      String deviceId,
      Login.Action action,
      String appVersion,
      String ip)
      implements EventJson {
    @Override
    public Login toEvent(Stamp stamp) {
      return new Login(stamp, driverId, deviceId, action, appVersion, ip);
    }
  }

  record FlightJson(
      long eventTime,
      Long receivedAt,
      String eventId,
      String flightNo,
      String serviceDate,
      String arrivesAt,
      FlightStatus.Mode mode,
      FlightStatus.Status status,
      long scheduledArrival,
      Long estimatedArrival,
      Long actualArrival)
      implements EventJson {
    @Override
    public boolean leavesOutTheUsual() {
      return mode == null;
    }

    @Override
    public FlightStatus toEvent(Stamp stamp) {
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
      long eventTime,
      Long receivedAt,
      String eventId,
      String driverId,
      List<String> phones,
      String plate,
      VehicleClass vehicleClass,
      String vehicleDeviceId,
      String city)
      implements EventJson {
    @Override
    public FleetRecord toEvent(Stamp stamp) {
      return new FleetRecord(stamp, driverId, phones, plate, vehicleClass, vehicleDeviceId, city);
    }
  }

  record RatingJson(
      long eventTime,
      Long receivedAt,
      String eventId,
      String orderId,
      String driverId,
      String passengerId,
      Rating.By by,
      int stars,
      List<String> tags)
      implements EventJson {
    @Override
    public boolean leavesOutTheUsual() {
      return tags == null;
    }

    @Override
    public Rating toEvent(Stamp stamp) {
      List<String> said = tags == null ? List.of() : tags;
      return new Rating(stamp, orderId, driverId, passengerId, by, stars, said);
    }
  }

  record ComplaintJson(
      long eventTime,
      Long receivedAt,
      String eventId,
      String complaintId,
      String orderId,
      String driverId,
      String passengerId,
      Complaint.Type type,
      String category)
      implements EventJson {
    @Override
    public Complaint toEvent(Stamp stamp) {
      return new Complaint(stamp, complaintId, orderId, driverId, passengerId, type, category);
    }
  }

  /** Decodes one record. */
  public Event decode(Topic topic, byte[] value) {
    try {
      if (topic == Topic.GPS) {
        return fixes.<FixJson>readValue(value).toFix();
      }
      EventJson record = others.get(topic).readValue(value);
      return record.toEvent(stamp(record));
    } catch (IOException e) {
      throw new UncheckedIOException("a record of the fleet is no " + topic + ": " + e, e);
    }
  }

  /** That a record says no more than its event is taken for granted: the fleet's are so. */
  private static Stamp stamp(EventJson record) {
    return new Stamp(
        record.eventTime(),
        record.receivedAt() == null ? Stamp.ABSENT : record.receivedAt(),
        record.eventId(),
        record.leavesOutTheUsual() ? Stamp.PLAIN : Stamp.SPELT);
  }

  private static double orNaN(Double number) {
    return number == null ? Double.NaN : number;
  }
}
