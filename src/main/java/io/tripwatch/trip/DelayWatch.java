package io.tripwatch.trip;

/**
 * Which of the fixes to come may change what is found of fixes that a phone had received late by
 * the same all along: of a run of them, in order of receipt.
 *
 * @param fromMs a fix received so long after its time, or longer, may complete the first run
 * @param foundBy when the fix that completes the run found was received; one received by then may
 *     be of that run, or interrupt it
 */
public record DelayWatch(long fromMs, long foundBy) {
  /** So many fixes make a run. */
  public static final int RUN_FIXES = 20;

  /** So much later than the first fix of a run the last one is received, milliseconds. */
  public static final long RUN_MS = 5 * 60_000L;

  /** The longest delay in a run is longer than the shortest by so much at most, milliseconds. */
  public static final long RUN_SPREAD_MS = 30_000L;

  /** No fix may. */
  static final DelayWatch NONE = new DelayWatch(Long.MAX_VALUE, Long.MIN_VALUE);

  /** No run is found yet: the fixes may whose delay is at least so many milliseconds. */
  public static DelayWatch forRunFrom(long delayMs) {
    return new DelayWatch(delayMs, Long.MIN_VALUE);
  }

  /** A run is found, complete with the fix received at a time: the fixes received by then may. */
  public static DelayWatch ofRunFoundBy(long receivedAt) {
    return new DelayWatch(Long.MAX_VALUE, receivedAt);
  }

  /** Whether the last fix of a track may change what is found. */
  boolean mayBeChangedByLast(TripTrack track) {
    int last = track.size() - 1;
    return track.receivedAt(last) <= foundBy
        || (track.delayMs(last) >= fromMs && mayCompleteRun(track));
  }

  /**
   * Whether there are as many fixes of nearly the same delay, over as long a time, as make a run. A
   * phone that was offline sends fixes of all ages at once: they are not worth a judgement each.
   */
  private static boolean mayCompleteRun(TripTrack track) {
    int last = track.size() - 1;
    long delayMs = track.delayMs(last);
    long firstReceived = Long.MAX_VALUE;
    long lastReceived = Long.MIN_VALUE;
    int fixes = 0;
    for (int i = last; i >= 0; i--) {
      if (Math.abs(track.delayMs(i) - delayMs) <= RUN_SPREAD_MS) {
        firstReceived = Math.min(firstReceived, track.receivedAt(i));
        lastReceived = Math.max(lastReceived, track.receivedAt(i));
        fixes++;
        if (fixes >= RUN_FIXES && lastReceived - firstReceived >= RUN_MS) {
          return true;
        }
      }
    }
    return false;
  }
}
