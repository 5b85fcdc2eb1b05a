package io.tripwatch.simulate;

import static io.tripwatch.simulate.Script.MINUTE_MS;
import static io.tripwatch.simulate.Script.NEVER;

import io.tripwatch.event.FlightStatus.Mode;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Topic;
import java.util.List;
import java.util.Random;

/**
 * The flight or train of one order.
 *
 * @param flightNo or null: the order names none
 * @param scheduledMs its scheduled arrival
 * @param delayMs how much later than scheduled it arrives; negative when early
 * @param announcedMs when a delay is announced, or NEVER
 * @param calledOffMs when it is called off, or NEVER
 * @param calledOff how, or null
 * @param followed whether it is followed to its arrival, as for a pickup
 */
record Flight(
    String flightNo,
    String arrivesAt,
    Mode mode,
    long scheduledMs,
    long delayMs,
    long announcedMs,
    long calledOffMs,
    Status calledOff,
    boolean followed) {

  /** Passengers are met this long after the scheduled arrival. */
  private static final long WAY_OUT_MS = 20 * MINUTE_MS;

  private static final long TOLD_AFTER_ARRIVAL_MS = 2 * MINUTE_MS;
  private static final double PICKUPS_WITHOUT_FLIGHT = 0.1;
  private static final double DROPOFFS_WITH_FLIGHT = 0.3;

  static Flight draw(Script.Cast cast, Scenario scenario, Random random) {
    boolean pickup = scenario.isPickup();
    double with = pickup ? 1 - PICKUPS_WITHOUT_FLIGHT : DROPOFFS_WITH_FLIGHT;
    boolean named = random.nextDouble() < with || cast.behaviour().needsFlight();
    boolean air = scenario == Scenario.AIRPORT_PICKUP || scenario == Scenario.AIRPORT_DROPOFF;
    boolean delayed = cast.behaviour() == Behaviour.FLIGHT_DELAYED;
    long delay = delayed ? drawMs(random, 20, 45) : drawMs(random, -6, 4);
    long calledOff = drawMs(random, 12, 30);
    long announced = drawMs(random, 25, 45);
    Status how = Status.values()[Status.CANCELLED.ordinal() + random.nextInt(3)];
    boolean off = cast.behaviour() == Behaviour.FLIGHT_CALLED_OFF;
    if (!named) {
      return new Flight(null, null, Mode.FLIGHT, 0, 0, NEVER, NEVER, null, false);
    }
    // A drop-off names the flight that is to be caught; where it lands is far away and hours later.
    long scheduled = pickup ? cast.pickupAtMs() - WAY_OUT_MS : cast.pickupAtMs() + 300 * MINUTE_MS;
    return new Flight(
        String.format(air ? "3U%05d" : "G%05d", cast.number()),
        pickup ? (air ? Town.AIRPORT_CODE : Town.STATION_CODE) : null,
        air ? Mode.FLIGHT : Mode.TRAIN,
        scheduled,
        pickup && !off ? delay : 0,
        delayed ? cast.pickupAtMs() - announced : NEVER,
        off ? cast.pickupAtMs() - calledOff : NEVER,
        off ? how : null,
        pickup);
  }

  private static long drawMs(Random random, int fromMinutes, int toMinutes) {
    return (long) ((fromMinutes + random.nextDouble() * (toMinutes - fromMinutes)) * MINUTE_MS);
  }

  /** When it is down, or NEVER. */
  long arrivedMs() {
    return !followed || calledOff != null ? NEVER : scheduledMs + delayMs;
  }

  /** The order's fields that name it. */
  void name(Line order) {
    if (flightNo == null) {
      return;
    }
    order
        .text("flightNo", flightNo)
        .text("serviceDate", Town.localDate(scheduledMs))
        .text("arrivesAt", arrivesAt);
  }

  /** Its statuses, not before the opening of the simulation. */
  void tell(long openingMs, long placedMs, List<Report> reports) {
    if (flightNo == null) {
      return;
    }
    tell(reports, Math.max(openingMs, placedMs - 5 * MINUTE_MS), Status.SCHEDULED, NEVER, NEVER);
    if (followed) {
      long departed = scheduledMs - 100 * MINUTE_MS;
      if (departed > placedMs) {
        tell(reports, departed, Status.DEPARTED, NEVER, NEVER);
      }
    }
    if (announcedMs != NEVER) {
      long firstGuess = scheduledMs + delayMs - 4 * MINUTE_MS;
      tell(reports, Math.max(placedMs, announcedMs), Status.DELAYED, firstGuess, NEVER);
      long later = Math.max(placedMs, announcedMs) + 6 * MINUTE_MS;
      tell(reports, later, Status.DELAYED, scheduledMs + delayMs, NEVER);
    }
    if (calledOff != null) {
      tell(reports, Math.max(placedMs, calledOffMs), calledOff, NEVER, NEVER);
    }
    long arrived = arrivedMs();
    if (arrived != NEVER) {
      tell(reports, arrived + TOLD_AFTER_ARRIVAL_MS, Status.ARRIVED, arrived, arrived);
    }
  }

  private void tell(
      List<Report> reports, long atMs, Status status, long estimatedMs, long actualMs) {
    Line line =
        new Line()
            .text("flightNo", flightNo)
            .text("serviceDate", Town.localDate(scheduledMs))
            .text("arrivesAt", arrivesAt)
            .word("mode", mode)
            .word("status", status)
            .number("scheduledArrival", scheduledMs);
    if (estimatedMs != NEVER) {
      line.number("estimatedArrival", estimatedMs);
    }
    if (actualMs != NEVER) {
      line.number("actualArrival", actualMs);
    }
    reports.add(
        new Report(Topic.FLIGHTS, flightNo, atMs, Report.Teller.OUTSIDE, 0, line.toString()));
  }
}
