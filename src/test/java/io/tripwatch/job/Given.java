package io.tripwatch.job;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.VehicleClass;
import java.util.List;

/** Events of which only what the stages before the drivers look at matters. */
final class Given {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private Given() {}

  static OrderEvent accepted(long time, String driverId, String plate) {
    return order(OrderEvent.Type.ACCEPTED, time, driverId, plate);
  }

  static OrderEvent reassigned(long time, String driverId, String plate) {
    return order(OrderEvent.Type.REASSIGNED, time, driverId, plate);
  }

  static OrderEvent cancelled(long time) {
    return order(OrderEvent.Type.CANCELLED, time, null, null);
  }

  static OrderEvent settled(long time) {
    return order(OrderEvent.Type.SETTLED, time, null, null);
  }

  /** An event of the order o-1, to be picked up half an hour later. */
  static OrderEvent order(OrderEvent.Type type, long time, String driverId, String plate) {
    boolean ofTheWhole = type != OrderEvent.Type.CANCELLED && type != OrderEvent.Type.SETTLED;
    Booking booking =
        new Booking(
            Scenario.STATION_DROPOFF,
            "chengdu",
            "pa-1",
            null,
            time + 30 * MINUTE,
            new Place(31, 104),
            new Place(30, 104),
            9_000,
            600,
            VehicleClass.ECONOMY,
            5_000,
            0,
            null);
    return new OrderEvent(
        stamp(time, type + " " + driverId + " " + plate),
        type,
        "o-1",
        ofTheWhole ? booking : null,
        driverId,
        plate,
        driverId == null ? null : VehicleClass.COMFORT,
        type == OrderEvent.Type.CANCELLED ? OrderEvent.CancelledBy.PASSENGER : null,
        null,
        type == OrderEvent.Type.SETTLED ? 5_000 : 0);
  }

  static Press press(long time, String driverId, Press.Button button) {
    return press(time, driverId, "p-" + driverId, button);
  }

  static Press press(long time, String driverId, String deviceId, Press.Button button) {
    return new Press(
        stamp(time, driverId + " " + deviceId + " " + button),
        "o-1",
        driverId,
        deviceId,
        button,
        Double.NaN,
        Double.NaN);
  }

  static Fix vehicle(long time, String plate) {
    return vehicle(new Stamp(time, time + 500, null, null), plate, 30);
  }

  static Fix vehicle(Stamp stamp, String plate, double lat) {
    return new Fix(
        stamp,
        true,
        Plates.key(plate),
        "vt-" + plate,
        lat,
        104,
        Double.NaN,
        30,
        90,
        false,
        Fix.Datum.WGS84);
  }

  static FleetRecord registered(long time, String driverId, String... phones) {
    return registered(stamp(time, driverId + " " + List.of(phones)), driverId, phones);
  }

  static FleetRecord registered(Stamp stamp, String driverId, String... phones) {
    return new FleetRecord(
        stamp, driverId, List.of(phones), "A1", VehicleClass.COMFORT, null, "chengdu");
  }

  static Login login(long time, String driverId, String deviceId) {
    return login(stamp(time, driverId + " " + deviceId), driverId, deviceId, Login.Action.LOGIN);
  }

  static Login login(Stamp stamp, String driverId, String deviceId, Login.Action action) {
    return new Login(stamp, driverId, deviceId, action, null, null);
  }

  private static Stamp stamp(long time, String content) {
    return new Stamp(time, time + 500, null, time + " " + content);
  }
}
