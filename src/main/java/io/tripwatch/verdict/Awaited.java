package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

/** What event time has reached, and the next instant that somebody asked for in vain. */
final class Awaited {
  private final long now;
  private long wake = NEVER;

  Awaited(long now) {
    this.now = now;
  }

  /** Whether event time has reached an instant. If not, it is to be asked again then. */
  boolean hasCome(long instant) {
    if (instant <= now) {
      return true;
    }
    wake = Math.min(wake, instant);
    return false;
  }

  long now() {
    return now;
  }

  long wake() {
    return wake;
  }
}
