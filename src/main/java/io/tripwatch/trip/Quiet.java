package io.tripwatch.trip;

/**
 * Where and until when the next fixes of a driver cannot bear on anything: nearly all of them come
 * from a phone that stands or drives on as it did, far from where a verdict may change. Telling so
 * takes a few comparisons; all others are looked at by {@link Watch}, which alone decides.
 *
 * <p>The way a fix is told to be quiet must never let one go that {@link Watch} would not. So each
 * step from the fix before, in whatever datum, is bounded from above by going along the meridian
 * and the parallel; such bounds add up, whichever of the fixes between a trip counts.
 */
final class Quiet {
  /** More than a degree of latitude is anywhere. */
  private static final double METRES_PER_DEGREE = 111_700;

  /** A way along the meridian and the parallel is longer than the straight one by this at most. */
  private static final double DETOUR = 1.4143;

  /** The Chinese datums stretch and shrink by a few metres in a hundred. */
  private static final double SURELY = 0.95;

  private static final double ANYWHERE_DEG = 1e9;

  private boolean holds;
  private long until;
  private double lat;
  private double lon;
  private double withinDeg;
  private double maxAccuracyM;
  private double maxKmh;
  private long lateFromMs;

  /** The last fix told by it, or that it began with. */
  private long lastTime;

  private double lastLat;
  private double lastLon;

  long bringNear() {
    return until + lastTime;
  }

  /** Nothing is quiet until it begins again. */
  void end() {
    holds = false;
  }

  /** Begins with the last fix of a log; bounds follow. */
  void begin(FixLog fixes) {
    int last = fixes.size() - 1;
    lastTime = fixes.time(last);
    lastLat = fixes.lat(last);
    lastLon = fixes.lon(last);
    lat = lastLat;
    lon = lastLon;
    until = Long.MAX_VALUE;
    withinDeg = ANYWHERE_DEG;
    maxAccuracyM = Double.POSITIVE_INFINITY;
    maxKmh = Double.POSITIVE_INFINITY;
    lateFromMs = Long.MAX_VALUE;
    holds = !fixes.mock(last) && fixes.mendedMs(last) == 0 && fixes.isUsable(last, maxAccuracyM);
  }

  /** A fix at a time or later may bear. */
  void until(long time) {
    until = Math.min(until, time);
  }

  /** A fix farther than this from the first one may bear. */
  void within(double metres) {
    withinDeg = Math.min(withinDeg, metres * SURELY / DETOUR / METRES_PER_DEGREE);
  }

  /** A faster fix may bear. */
  void notAbove(double kmh) {
    maxKmh = Math.min(maxKmh, kmh);
  }

  /** A fix received so long after its time, or longer, may bear. */
  void receivedWithin(long delayMs) {
    lateFromMs = Math.min(lateFromMs, delayMs);
  }

  /** A less accurate fix is not used. */
  void asAccurateAs(double metres) {
    maxAccuracyM = Math.min(maxAccuracyM, metres);
  }

  /** Ends again unless the fix it began with is within the bounds, too. */
  void endUnlessWithin(FixLog fixes) {
    int last = fixes.size() - 1;
    holds &= withinDeg > 0 && fixes.isUsable(last, maxAccuracyM);
  }

  /** Whether the last fix of a log, which came after all others, cannot bear on anything. */
  boolean tells(FixLog fixes) {
    if (!holds) {
      return false;
    }
    int i = fixes.size() - 1;
    long time = fixes.time(i);
    double newLat = fixes.lat(i);
    double newLon = fixes.lon(i);
    double kmh = fixes.speedKmh(i);
    // NaN, what a fix does not tell, is not above anything.
    boolean isQuiet =
        time < until
            && time > lastTime
            && Math.abs(newLat - lat) <= withinDeg
            && Math.abs(newLon - lon) <= withinDeg
            && fixes.isUsable(i, maxAccuracyM)
            && !(kmh > maxKmh)
            && fixes.delayMs(i) < lateFromMs
            && fixes.lastIsLikeTheOneBefore()
            && fixes.mendedMs(i) == 0
            && stepsLikeACar(time, newLat, newLon, kmh);
    if (isQuiet) {
      lastTime = time;
      lastLat = newLat;
      lastLon = newLon;
    }
    return isQuiet;
  }

  /** Nothing a mocked position would show. */
  private boolean stepsLikeACar(long time, double newLat, double newLon, double kmh) {
    double degrees = Math.abs(newLat - lastLat) + Math.abs(newLon - lastLon);
    return degrees == 0
        ? !(kmh > TripTrack.STANDING_KMH)
        : degrees * METRES_PER_DEGREE <= (time - lastTime) * TripTrack.JUMP_M_PER_MS;
  }
}
