package io.tripwatch.trip;

import io.tripwatch.geo.GreatCircle;

/**
 * The fixes of a vehicle's terminal that count, in order of time, one for each time; those near
 * (0,0), those with a negative accuracy and those of a clock that ran ahead are left out.
 */
public final class VehicleTrack {
  /** Of a vehicle nothing is known of. */
  static final VehicleTrack NONE = new VehicleTrack(new FixLog());

  private final FixLog fixes;

  VehicleTrack(FixLog fixes) {
    this.fixes = fixes;
  }

  boolean isEmpty() {
    return fixes.size() == 0;
  }

  /** The index of the first fix that counts at or after a time; -1 if there is none. */
  public int firstFrom(long time) {
    return countingFrom(fixes.firstFrom(time));
  }

  /** The index of the next fix that counts; -1 if there is none. */
  public int after(int i) {
    int next = i + 1;
    while (next < fixes.size() && fixes.time(next) == fixes.time(i)) {
      next++;
    }
    return countingFrom(next);
  }

  private int countingFrom(int from) {
    for (int i = from; i < fixes.size(); i++) {
      if (counts(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean counts(int i) {
    return fixes.isUsable(i, Double.POSITIVE_INFINITY);
  }

  /**
   * The fix nearest in time.
   *
   * @param withinMs how far from it at most
   * @return its index, of two equally near the earlier; -1 if there is none
   */
  public int nearest(long time, long withinMs) {
    return nearestBut(Long.MIN_VALUE, time, withinMs);
  }

  /** The same, leaving out what was reported at one time. */
  int nearestBut(long leftOut, long time, long withinMs) {
    int nearest = -1;
    for (int i = firstFrom(time - withinMs); i >= 0 && time(i) <= time + withinMs; i = after(i)) {
      boolean nearer = nearest < 0 || Math.abs(time(i) - time) < Math.abs(time(nearest) - time);
      if (nearer && time(i) != leftOut) {
        nearest = i;
      }
    }
    return nearest;
  }

  /** Whether more than one fix was reported for a time, counting or not. */
  boolean hasSeveralAt(long time) {
    int first = fixes.firstFrom(time);
    return first + 1 < fixes.size() && fixes.time(first + 1) == time;
  }

  /** Milliseconds since 1970. */
  public long time(int i) {
    return fixes.time(i);
  }

  /** Degrees in WGS-84. */
  public double lat(int i) {
    return fixes.wgsLat(i);
  }

  /** Degrees in WGS-84. */
  public double lon(int i) {
    return fixes.wgsLon(i);
  }

  /** Whether it may be farther from a place: surely so where it is, quickly told. */
  public boolean isFartherThan(int i, double lat, double lon, double metres) {
    return GreatCircle.mayBeFartherThan(lat(i), lon(i), lat, lon, metres);
  }

  /** Metres to a place. */
  public double metresFrom(int i, double lat, double lon) {
    return GreatCircle.metres(lat(i), lon(i), lat, lon);
  }
}
