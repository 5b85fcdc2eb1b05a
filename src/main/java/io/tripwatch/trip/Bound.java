package io.tripwatch.trip;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Login;
import io.tripwatch.event.Rating;

/**
 * How much is taken in of one key, so that a client in a loop makes no event of its key costly, and
 * no other key wait. Each is many times what one order, flight, device or driver comes to in
 * practice. What is beyond goes to the dead letters as {@code TOO_MANY}; where a record was taken
 * in for one key and only a second one does not hear of it, that is counted.
 *
 * <p>What is beyond a bound is the one thing that depends on the order in which records come.
 */
public enum Bound {
  /** Of one order: events of one type, presses of one button, calls and texts. */
  EVENTS_OF_AN_ORDER(200, "events of one kind of one order"),
  /** Of one flight on one day at one place. */
  STATUSES_OF_A_FLIGHT(2_000, "statuses of one flight"),
  /** Of one driver in the registry, within {@link #WITHIN_MS} of each other. */
  RECORDS_OF_A_DRIVER(100, "records of one driver in a day"),
  /** Of all drivers on one device, within {@link #WITHIN_MS} of each other. */
  LOGINS_OF_A_DEVICE(500, "logins on one device in a day"),
  /** Of one driver, within {@link #WITHIN_MS} of each other. */
  LOGINS_OF_A_DRIVER(500, "logins of one driver in a day"),
  /** Of one driver, that he got within {@link #WITHIN_MS} of each other and are not settled. */
  OPEN_ORDERS_OF_A_DRIVER(1_000, "orders of one driver in a day"),
  /** By driver and order. */
  RATINGS_OF_AN_ORDER(200, "ratings of one order"),
  /** By driver and order, of all complaints about it. */
  COMPLAINTS_OF_AN_ORDER(200, "steps of complaints about one order"),
  /** By driver and order; on its alerts, its rating and its complaints. */
  VERDICTS_ON_AN_ORDER(1_000, "verdicts on what was said of one order"),
  /** By driver, on alerts about his days. */
  VERDICTS_ON_DAYS(10_000, "verdicts on one driver's days"),

  /** Drivers in whose records one device is: no driver is told of more. */
  DRIVERS_OF_A_DEVICE(100, "drivers one device is registered to"),
  /** Drivers who ride with one vehicle at a time: no more are told where it is. */
  DRIVERS_OF_A_VEHICLE(100, "drivers who ride with one vehicle at a time");

  /**
   * Where a key goes on for ever, what counts is how much there is within a day before and after an
   * event. By their own times: how far event time has come differs from one replay to the next.
   */
  public static final long WITHIN_MS = 24 * 3_600_000L;

  private final int most;
  private final String what;

  Bound(int most, String what) {
    this.most = most;
    this.what = what;
  }

  /** So many are taken in. */
  public int most() {
    return most;
  }

  /** Whether a log has as much around a time as is taken in. */
  public boolean isReachedAround(long time, EventLog<?> log) {
    return log.size() >= most && log.countBetween(time - WITHIN_MS, time + WITHIN_MS) >= most;
  }

  /** Why one more is not taken in, as a sentence for people. */
  public String refusal(String key) {
    return "more than %,d %s (%s) are not taken in".formatted(most, what, key);
  }

  /** The bound that the stage of drivers refuses an event by. */
  public static Bound ofDriver(Event event) {
    if (event instanceof Login) {
      return LOGINS_OF_A_DRIVER;
    } else if (event instanceof Rating) {
      return RATINGS_OF_AN_ORDER;
    } else if (event instanceof Complaint) {
      return COMPLAINTS_OF_AN_ORDER;
    } else if (event instanceof HumanVerdict verdict) {
      boolean isOnDay =
          verdict.subject() == HumanVerdict.Subject.ALERT && verdict.subjectId().startsWith("-/");
      return isOnDay ? VERDICTS_ON_DAYS : VERDICTS_ON_AN_ORDER;
    }
    return OPEN_ORDERS_OF_A_DRIVER;
  }
}
