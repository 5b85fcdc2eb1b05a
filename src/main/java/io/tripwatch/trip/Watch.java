package io.tripwatch.trip;

import io.tripwatch.geo.Circle;
import io.tripwatch.trip.Trip.Nearness;
import io.tripwatch.trip.Trip.Spot;
import java.util.List;

/**
 * Which of the fixes to come, in order, may change a verdict on a trip as it is known. All others
 * are only remembered: that is what makes a fix cheap.
 *
 * @param track the track the fixes are added to
 * @param judgedAt the event time up to which the trip was judged
 * @param openedFrom when fixes could begin to matter at the earliest: shortly before acceptance
 * @param from when fixes begin to matter
 * @param until when nothing later counts
 * @param unsettled presses of which a fix may still tell where they were
 * @param stayFrom from when on a fix inside the pickup circle may complete the first stay
 * @param leaving a fix outside may show the pickup abandoned; null where none can
 * @param cancelled whether the ride is cancelled, and may be driven all the same
 */
record Watch(
    TripTrack track,
    long judgedAt,
    long openedFrom,
    long from,
    long until,
    List<Unsettled> unsettled,
    long pressWindowMs,
    long stayFrom,
    Circle leaving,
    boolean cancelled) {

  /**
   * A press not known to be near its place.
   *
   * @param nearness AWAY can only become NEAR, by a fix inside; UNKNOWN can become either
   */
  record Unsettled(long time, Spot spot, Nearness nearness) {}

  /** A fix that does not count for the trip was put between others of the log. */
  void passOver(long time) {
    if (time < from) {
      track.passOver();
    }
  }

  /** Whether a fix of a time may change a verdict, wherever it is. */
  boolean mayBeChangedAt(long time) {
    boolean may = time <= judgedAt || time >= stayFrom || leaving != null || cancelled;
    for (Unsettled press : unsettled) {
      may |= Math.abs(time - press.time()) <= pressWindowMs;
    }
    return may && time <= until;
  }

  /** Whether the last fix of the track may change a verdict. */
  boolean mayBeChangedByLast() {
    int last = track.size() - 1;
    long time = track.time(last);
    if (time > until) {
      return false;
    }
    // What was said of a time gone by may rest on no fix having been there: sight, for one.
    if (time <= judgedAt) {
      return true;
    }
    boolean inPickup = track.inPickup(last);
    boolean inDropoff = track.inDropoff(last);
    if ((inPickup && time >= stayFrom) || (cancelled && (inPickup || inDropoff))) {
      return true;
    }
    if (leaving != null && !track.isIn(last, leaving)) {
      return true;
    }
    for (Unsettled press : unsettled) {
      boolean inside = press.spot() == Spot.PICKUP ? inPickup : inDropoff;
      if (Math.abs(time - press.time()) <= pressWindowMs
          && (inside || press.nearness() == Nearness.UNKNOWN)) {
        return true;
      }
    }
    return false;
  }
}
