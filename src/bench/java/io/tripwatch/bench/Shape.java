package io.tripwatch.bench;

import java.util.Locale;

/**
 * How a fleet's drivers spend their time, in ticks of {@link Fleet#TICK_MS}. Each cycle is one trip
 * and a rest.
 *
 * <p>Either way the driver drives to the pickup, waits there, is judged ten minutes before the
 * pickup time, takes the passenger, drives, ends, and is paid and rated.
 */
public enum Shape {
  /** As in a city: 44 min from acceptance to end, then a rest. 98.7 % of the records are fixes. */
  CITY(
      "a trip of 44 min in an hour, 98.7 % fixes",
      new Plan(1190, 60, 940, 500, 505), new Travel(100, 260, 3_000), new Travel(505, 930, 12_000)),
  /** One trip after another, each a quarter of an hour: 95 % of the records are fixes. */
  DENSE(
      "trips of 15 min one after another, 95 % fixes",
      new Plan(300, 4, 288, 260, 150), new Travel(20, 44, 1_400), new Travel(150, 284, 5_000)),
  /** The same trips, half of the time between them: every second driver is on one. */
  HALF(
      "as dense, but half of the time between trips",
      new Plan(600, 4, 288, 260, 150),
      new Travel(20, 44, 1_400),
      new Travel(150, 284, 5_000)),
  /** The same trips, one in two and a half hours: every tenth driver is on one. */
  SPARSE(
      "as dense, but nine tenths of the time between trips",
      new Plan(3000, 4, 288, 260, 150),
      new Travel(20, 44, 1_400),
      new Travel(150, 284, 5_000)),
  /** No trips: all drivers cruise, and send fixes. */
  IDLE(
      "fixes and no trips",
      new Plan(300, Plan.NO_TRIP, 288, 260, 150),
      new Travel(20, 44, 1_400),
      new Travel(150, 284, 5_000));

  private final String title;
  private final Plan plan;
  private final Travel approach;
  private final Travel ride;

  Shape(String title, Plan plan, Travel approach, Travel ride) {
    this.title = title;
    this.plan = plan;
    this.approach = approach;
    this.ride = ride;
  }

  /** Ticks of the steps of a trip; the pickup time may come after the start, as in life. */
  record Plan(int cycle, int accepted, int ended, int pickup, int started) {
    /** Stands for the tick of an acceptance that never comes. */
    static final int NO_TRIP = -1;
  }

  /** Driving at an even pace from one tick to another. */
  record Travel(int from, int to, int metres) {
    int at(int tick) {
      long driven = Math.max(0, Math.min(tick, to) - from);
      return (int) (metres * driven / (to - from));
    }
  }

  /** What it is called on the command line and in the results. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in half a line. */
  String title() {
    return title;
  }

  /** Which part of the drivers is on a trip, from acceptance to END, at any time. */
  public double onTrip() {
    return hasTrips() ? (double) (plan.ended - plan.accepted) / plan.cycle : 0;
  }

  /** Trips that a driver's fleet knows of after some time, those of its prelude with them. */
  public double tripsAfter(double minutes) {
    return hasTrips() ? 1 + minutes * 60_000 / Fleet.TICK_MS / plan.cycle : 0;
  }

  boolean hasTrips() {
    return plan.accepted != Plan.NO_TRIP;
  }

  Plan plan() {
    return plan;
  }

  Travel approach() {
    return approach;
  }

  Travel ride() {
    return ride;
  }
}
