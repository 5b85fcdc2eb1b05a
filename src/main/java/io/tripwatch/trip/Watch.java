package io.tripwatch.trip;

/**
 * Which of the fixes to come, in order, may change a verdict on a trip as it is known. All others
 * are only remembered: that is what makes a fix cheap.
 *
 * @param track the track the fixes are added to
 * @param presses times of the counted presses: a fix near one tells where it was pressed
 * @param stayFrom from when on a fix inside the pickup circle may complete the first stay
 * @param mayLeave whether a fix outside the pickup circle may show the pickup abandoned
 * @param cancelled whether the ride is cancelled, and may be driven all the same
 * @param until when nothing later counts
 */
record Watch(
    TripTrack track,
    long[] presses,
    long pressWindowMs,
    long stayFrom,
    boolean mayLeave,
    boolean cancelled,
    long until) {

  /** Whether the last fix of the track may change a verdict. */
  boolean mayBeChangedByLast() {
    int last = track.size() - 1;
    long time = track.time(last);
    if (time > until) {
      return false;
    }
    boolean inPickup = track.inPickup(last);
    if (inPickup ? time >= stayFrom || cancelled : mayLeave) {
      return true;
    }
    if (cancelled && track.inDropoff(last)) {
      return true;
    }
    for (long press : presses) {
      if (Math.abs(time - press) <= pressWindowMs) {
        return true;
      }
    }
    return false;
  }
}
