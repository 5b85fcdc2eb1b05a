package io.tripwatch.trip;

import io.tripwatch.geo.Circle;

/**
 * Which of the fixes to come, in order, may change a verdict on a trip as it is known. All others
 * are only remembered: that is what makes a fix cheap.
 *
 * @param track the track the fixes are added to
 * @param judgedAt the event time up to which the trip was judged
 * @param openedFrom when fixes could begin to matter at the earliest: shortly before acceptance
 * @param from when fixes begin to matter
 * @param until when nothing later counts
 * @param unsettled times of presses not known to be near their place: a fix may show that they
 *     were, or how far away
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
    long[] unsettled,
    long pressWindowMs,
    long stayFrom,
    Circle leaving,
    boolean cancelled) {

  /** A fix that does not count for the trip was put between others of the log. */
  void passOver(long time) {
    if (time < from) {
      track.passOver();
    }
  }

  /** Whether a fix of a time may change a verdict, wherever it is. */
  boolean mayBeChangedAt(long time) {
    boolean may = time <= judgedAt || time >= stayFrom || leaving != null || cancelled;
    return time <= until && (may || isNearUnsettled(time));
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
    return isNearUnsettled(time);
  }

  private boolean isNearUnsettled(long time) {
    for (long press : unsettled) {
      if (Math.abs(time - press) <= pressWindowMs) {
        return true;
      }
    }
    return false;
  }
}
