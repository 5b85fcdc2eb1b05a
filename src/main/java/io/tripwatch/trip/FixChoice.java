package io.tripwatch.trip;

import io.tripwatch.geo.GreatCircle;
import java.util.Arrays;

/** Some of a driver's fixes, chosen for a rule, in order of time. */
public final class FixChoice {
  private final FixLog fixes;
  private final int[] chosen;

  FixChoice(FixLog fixes, int[] chosen, int many) {
    this.fixes = fixes;
    this.chosen = Arrays.copyOf(chosen, many);
  }

  /** Number of fixes. */
  public int size() {
    return chosen.length;
  }

  /** Milliseconds since 1970 of the i-th fix, from 0. */
  public long time(int i) {
    return fixes.time(chosen[i]);
  }

  /** Degrees as reported. */
  public double reportedLat(int i) {
    return fixes.lat(chosen[i]);
  }

  /** Degrees as reported. */
  public double reportedLon(int i) {
    return fixes.lon(chosen[i]);
  }

  /** Degrees in WGS-84. */
  public double lat(int i) {
    return fixes.wgsLat(chosen[i]);
  }

  /** Degrees in WGS-84. */
  public double lon(int i) {
    return fixes.wgsLon(chosen[i]);
  }

  /** Kilometres an hour as reported, NaN where absent. */
  public double speedKmh(int i) {
    return fixes.speedKmh(chosen[i]);
  }

  /** The phone. */
  public String deviceId(int i) {
    return fixes.deviceId(chosen[i]);
  }

  /** The phone's own mock-location flag. */
  public boolean mock(int i) {
    return fixes.mock(chosen[i]);
  }

  /** Metres between two of the fixes. */
  public double metresBetween(int i, int j) {
    return GreatCircle.metres(lat(i), lon(i), lat(j), lon(j));
  }
}
