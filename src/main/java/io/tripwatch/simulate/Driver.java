package io.tripwatch.simulate;

import io.tripwatch.event.Fix.Datum;
import io.tripwatch.event.Topic;
import io.tripwatch.event.VehicleClass;
import java.util.List;
import java.util.Random;

/**
 * A driver of the city, as the fleet's registry has him.
 *
 * @param phones registered device ids; he uses the first
 * @param terminal the device id of his car's terminal, or null
 * @param datum the datum his phone's map SDK reports in
 * @param clockAheadMs how much his phone's clock is ahead
 */
record Driver(
    String driverId,
    List<String> phones,
    String plate,
    VehicleClass vehicleClass,
    String terminal,
    Datum datum,
    long clockAheadMs) {

  /** No BD-09: one Chinese datum shows that fixes are converted; tests of geo cover the other. */
  private static final double GCJ02_SHARE = 0.5;

  private static final double TERMINAL_SHARE = 0.7;
  private static final double SECOND_PHONE_SHARE = 0.2;
  private static final long CLOCK_AHEAD_AT_LEAST_MS = 2_000;
  private static final long CLOCK_AHEAD_SPREAD_MS = 90_000;

  /** The driver of this number: the same for the same seed, whoever else there is. */
  static Driver of(Dice dice, long number, Faults faults) {
    Random random = dice.random(Dice.Purpose.DRIVER, number);
    String driverId = String.format("d-%04d", number);
    String phone = String.format("ph-%04d", number);
    List<String> phones =
        random.nextDouble() < SECOND_PHONE_SHARE ? List.of(phone, phone + "b") : List.of(phone);
    // A driver of a luxury car could not be sent below his order's class.
    VehicleClass vehicleClass = VehicleClass.values()[random.nextInt(3)];
    String terminal =
        random.nextDouble() < TERMINAL_SHARE ? String.format("vt-%04d", number) : null;
    Datum datum = random.nextDouble() < GCJ02_SHARE ? Datum.GCJ02 : Datum.WGS84;
    double clock = random.nextDouble();
    long aheadMs = CLOCK_AHEAD_AT_LEAST_MS + (long) (random.nextDouble() * CLOCK_AHEAD_SPREAD_MS);
    return new Driver(
        driverId,
        phones,
        String.format("川A%05d", number),
        vehicleClass,
        terminal,
        datum,
        clock < faults.clock() ? aheadMs : 0);
  }

  String phone() {
    return phones.get(0);
  }

  /** What the registry says of him. */
  Report registration(long atMs) {
    String fields =
        new Line()
            .text("driverId", driverId)
            .texts("phones", phones)
            .text("plate", plate)
            .word("vehicleClass", vehicleClass)
            .text("vehicleDeviceId", terminal)
            .text("city", Town.NAME)
            .toString();
    return new Report(Topic.FLEET, driverId, atMs, Report.Teller.DESK, 0, fields);
  }
}
