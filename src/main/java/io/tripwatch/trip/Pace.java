package io.tripwatch.trip;

import io.tripwatch.geo.Plane;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How fast one driver gets on when he moves, and where the way he is on was measured from: fixes
 * one to three minutes apart make a sample for him and for the place.
 */
final class Pace {
  /** Nearer in time the fixes' own error tells too much. */
  private static final long SAMPLE_FROM_MS = 60_000;

  /** Farther in time the straight line tells too little. */
  private static final long SAMPLE_TO_MS = 180_000;

  /** Slower, he stands: what is asked is how fast he comes once he does. */
  private static final double MOVES_M_PER_S = 1.5;

  /** Faster, the fix jumped. */
  private static final double JUMPS_M_PER_S = 45;

  /** Older samples fade: two hours of driving are remembered at most. */
  private static final double REMEMBERED_S = 7_200;

  private static final double SAME_LATITUDE = 0.2;
  private static final double TENTHS = 10;
  private static final long NONE = Long.MIN_VALUE;

  private double metres;
  private double seconds;
  private long anchorTime = NONE;
  private double anchorLat;
  private double anchorLon;

  private Plane plane;
  private double planeLat = Double.NaN;

  /** He was not seen for so long that no way is measured from there. */
  void forgetWhereItBegan() {
    anchorTime = NONE;
  }

  /** Whether a fix of a time is of any use here: most are not. */
  boolean wants(long time) {
    return anchorTime == NONE || time - anchorTime >= SAMPLE_FROM_MS;
  }

  /** Takes in the i-th fix, a usable one later than all before. */
  void learn(FixLog fixes, int i, Speeds speeds) {
    double[] at = fixes.wgsOnce(i);
    double lat = at[0];
    double lon = at[1];
    long ms = fixes.time(i) - anchorTime;
    if (anchorTime != NONE && ms <= SAMPLE_TO_MS) {
      double way = plane(lat).metres(anchorLat, anchorLon, lat, lon);
      double lasted = ms / 1_000.0;
      if (way >= MOVES_M_PER_S * lasted && way <= JUMPS_M_PER_S * lasted) {
        add(way, lasted);
        speeds.learn((anchorLat + lat) / 2, (anchorLon + lon) / 2, fixes.time(i), way, lasted);
      }
    }
    anchorTime = fixes.time(i);
    anchorLat = lat;
    anchorLon = lon;
  }

  /** In whole decimetres and tenths of a second: so little more would say nothing. */
  private void add(double way, double lasted) {
    metres = tenths(metres + way);
    seconds = tenths(seconds + lasted);
    if (seconds > REMEMBERED_S) {
      metres = tenths(metres / 2);
      seconds = tenths(seconds / 2);
    }
  }

  private static double tenths(double number) {
    return Math.rint(number * TENTHS) / TENTHS;
  }

  private Plane plane(double lat) {
    if (!(Math.abs(lat - planeLat) < SAME_LATITUDE)) {
      plane = new Plane(lat);
      planeLat = lat;
    }
    return plane;
  }

  /** Metres a second; the prior's where little is known. */
  double metresPerSecond() {
    return (metres + Speeds.PRIOR_S * Speeds.PRIOR_M_PER_S) / (seconds + Speeds.PRIOR_S);
  }

  /** Writes it. */
  void write(DataOutput out) throws IOException {
    out.writeDouble(metres);
    out.writeDouble(seconds);
    out.writeLong(anchorTime);
    if (anchorTime != NONE) {
      out.writeDouble(anchorLat);
      out.writeDouble(anchorLon);
    }
  }

  void read(DataInput in) throws IOException {
    metres = in.readDouble();
    seconds = in.readDouble();
    anchorTime = in.readLong();
    if (anchorTime != NONE) {
      anchorLat = in.readDouble();
      anchorLon = in.readDouble();
    }
  }
}
