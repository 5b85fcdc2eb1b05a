package io.tripwatch.trip;

import io.tripwatch.event.Topic;

/**
 * How long facts are kept: the one place that computes it, from what the contract can still ask.
 * All are spans of event time in milliseconds.
 *
 * <p>A fact may be dropped once no record that can still arrive makes a rule ask for it. Three
 * things have no such bound, because an order may be given to a driver again at any time: the
 * events of an order, the statuses of a flight, and what was said of an order. They stay in state.
 */
public final class Horizons {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  /**
   * A record may reach a stage so much later, in event time, than the platform received it: for so
   * long a Kafka producer tries to send it before it gives up.
   */
  public static final long TRANSIT_MS = 2 * MINUTE_MS;

  /** A fix, press, call, login or status may be learned so long after it happened. */
  public static final long LATE_EVIDENCE_MS = Topic.LATE_EVIDENCE.toMillis() + TRANSIT_MS;

  /**
   * The same for an order event that can be too late, a registry record, a version of the rules.
   */
  public static final long LATE_ORDER_MS = Topic.LATE_ORDERS.toMillis() + TRANSIT_MS;

  /**
   * No rule about a trip asks for a fix longer before a moment of the trip: ten minutes of sight
   * before a deadline, ten around a press at the widest setting, fifteen before a cancellation.
   */
  public static final long LOOK_BACK_MS = 15 * MINUTE_MS;

  /** Fixes of a driver without an open order: an acceptance may be late, and look back. */
  public static final long IDLE_FIXES_MS = LOOK_BACK_MS + LATE_ORDER_MS;

  /** Fixes of a driver with an open order that are held in memory: a press may be late. */
  public static final long HELD_FIXES_MS = LOOK_BACK_MS + LATE_EVIDENCE_MS;

  /** A vehicle's fix is compared with a phone's this near in time. */
  public static final long BESIDE_MS = 30_000;

  /**
   * How long fixes are kept that nothing asks for.
   *
   * @param fixes with eventIds, they are kept for as long as a copy under one may arrive: it may
   *     tell of a time as late as the receipt of both, and itself be learned that much later
   */
  public static long idleMs(FixLog fixes) {
    return fixes.hasEventIds() ? 2 * LATE_EVIDENCE_MS : IDLE_FIXES_MS;
  }

  /** Fixes of a vehicle of a driver with an order: a START may be late. */
  public static final long VEHICLE_FIXES_MS = BESIDE_MS + LATE_EVIDENCE_MS;

  /** An estimated or actual arrival is no longer after the scheduled one: others are refused. */
  private static final long LONGEST_DELAY_MS = 30 * DAY_MS;

  /** An agreed pickup time is no farther from its event: others are refused. */
  private static final long LONGEST_FROM_PICKUP_MS = 400 * DAY_MS;

  /** A trip is over so long after the agreed pickup time, however late its flight is. */
  public static final long OVER_AFTER_PICKUP_MS =
      LONGEST_DELAY_MS + Trip.LONGEST_AFTER_PICKUP_MS + Trip.EVIDENCE_AFTER_END_MS;

  /** {@code same-device} asks for the logins of so long before a START. */
  public static final long LOGINS_BEFORE_START_MS = 7 * DAY_MS;

  /** {@code device-shared} compares logins so far apart. */
  public static final long LOGINS_APART_MS = DAY_MS;

  /** Logins of others on a driver's devices. */
  public static final long OTHERS_LOGINS_MS = LOGINS_APART_MS + LATE_EVIDENCE_MS;

  /**
   * {@code unregistered-device} asks for logins from an hour before the agreed pickup time on, and
   * that may lie long before the order event that says so.
   */
  public static final long FOREIGN_LOGINS_MS = LONGEST_FROM_PICKUP_MS + HOUR_MS + LATE_ORDER_MS;

  /** {@code repeat-pair} asks for the STARTs of so long before a START. */
  public static final long STARTS_BEFORE_START_MS = DAY_MS;

  /**
   * A status that no open order awaits. It comes by another way than the order that does; both were
   * received by when event time reaches either of them.
   */
  public static final long UNAWAITED_STATUS_MS = LATE_EVIDENCE_MS;

  /**
   * Settled orders are kept where an undo finds them without a search through all that ever were:
   * it bears on trips ended less than thirty days before it.
   */
  public static final long UNDOABLE_MS = TripSummary.FEEDBACK_MS + DAY_MS;

  private Horizons() {}
}
