package io.tripwatch.bench;

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
      new Plan(1190, 60, 940, 500, 505), new Travel(100, 260, 3_000), new Travel(505, 930, 12_000)),
  /** One trip after another, each a quarter of an hour: 95 % of the records are fixes. */
  DENSE(new Plan(300, 4, 288, 260, 150), new Travel(20, 44, 1_400), new Travel(150, 284, 5_000)),
  /** The same trips, half of the time between them: every second driver is on one. */
  HALF(new Plan(600, 4, 288, 260, 150), new Travel(20, 44, 1_400), new Travel(150, 284, 5_000)),
  /** The same trips, one in two and a half hours: every tenth driver is on one. */
  SPARSE(new Plan(3000, 4, 288, 260, 150), new Travel(20, 44, 1_400), new Travel(150, 284, 5_000)),
  /** No trips: all drivers cruise, and send fixes. */
  IDLE(
      new Plan(300, Plan.NO_TRIP, 288, 260, 150),
      new Travel(20, 44, 1_400),
      new Travel(150, 284, 5_000));

  private final Plan plan;
  private final Travel approach;
  private final Travel ride;

  Shape(Plan plan, Travel approach, Travel ride) {
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
