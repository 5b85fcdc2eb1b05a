package io.tripwatch.geo;

/**
 * Conversions of the two Chinese datums to WGS-84. GCJ-02 by its usual formula on the Krasovsky
 * ellipsoid, inverted by fixed-point iteration; BD-09 by its usual closed form to GCJ-02 first.
 */
public final class Datums {
  private static final double SEMI_MAJOR_AXIS_M = 6_378_245;
  private static final double ECCENTRICITY_SQUARED = 0.00669342162296594323;
  private static final double BD_TURN = StrictMath.PI * 3000 / 180;

  /**
   * Up to 60° of latitude a step takes the error down a hundredfold at least: when one moves the
   * point by less than this, it is within 5e-10°, and the contract asks for 1e-9°. In China three
   * steps do.
   */
  private static final double CLOSE_ENOUGH_DEG = 5e-8;

  /** Nearer to the poles a step gains less and less. */
  private static final double CLOSE_ENOUGH_BEYOND_DEG = 1e-11;

  private static final double BEYOND_LAT = 60;

  /** Nearer to the poles the formula has no inverse, or several. */
  private static final double NO_INVERSE_BEYOND_LAT = 89.5;

  /** The iteration gains at least two digits a step on the whole globe but for the poles. */
  private static final int MAX_STEPS = 30;

  private Datums() {}

  /**
   * The WGS-84 point {lat, lon} of a GCJ-02 point in degrees. Within half a degree of the poles the
   * formula has no inverse, or several: there the point stays where it was reported.
   */
  public static double[] gcj02ToWgs84(double lat, double lon) {
    double latitude = Math.abs(lat);
    if (latitude > NO_INVERSE_BEYOND_LAT) {
      return new double[] {lat, lon};
    }
    double closeEnough = latitude <= BEYOND_LAT ? CLOSE_ENOUGH_DEG : CLOSE_ENOUGH_BEYOND_DEG;
    double wgsLat = lat;
    double wgsLon = lon;
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] shift = shift(wgsLat, wgsLon);
      double moved = Math.abs(lat - shift[0] - wgsLat) + Math.abs(lon - shift[1] - wgsLon);
      wgsLat = lat - shift[0];
      wgsLon = lon - shift[1];
      if (moved < closeEnough) {
        break;
      }
    }
    return new double[] {wgsLat, wgsLon};
  }

  /** The GCJ-02 point {lat, lon} of a WGS-84 point in degrees. */
  public static double[] wgs84ToGcj02(double lat, double lon) {
    double[] shift = shift(lat, lon);
    return new double[] {lat + shift[0], lon + shift[1]};
  }

  /** The WGS-84 point {lat, lon} of a BD-09 point in degrees. */
  public static double[] bd09ToWgs84(double lat, double lon) {
    double x = lon - 0.0065;
    double y = lat - 0.006;
    double radius = StrictMath.sqrt(x * x + y * y) - 0.00002 * StrictMath.sin(y * BD_TURN);
    double angle = StrictMath.atan2(y, x) - 0.000003 * StrictMath.cos(x * BD_TURN);
    return gcj02ToWgs84(radius * StrictMath.sin(angle), radius * StrictMath.cos(angle));
  }

  /** How far GCJ-02 puts a WGS-84 point from where it is: degrees north and east. */
  private static double[] shift(double lat, double lon) {
    double x = lon - 105;
    double y = lat - 35;
    double root = StrictMath.sqrt(Math.abs(x));
    double ripple = waves(20, 2 * x);
    double northM =
        -100
            + 2 * x
            + 3 * y
            + 0.2 * y * y
            + 0.1 * x * y
            + 0.2 * root
            + ripple
            + waves(40, y / 3)
            + twoWaves(160, y / 12, 320, y / 30);
    double eastM =
        300
            + x
            + 2 * y
            + 0.1 * x * x
            + 0.1 * x * y
            + 0.1 * root
            + ripple
            + waves(40, x / 3)
            + twoWaves(150, x / 12, 300, x / 30);
    double sin = Sines.ofHalfTurns(lat / 180);
    double magic = 1 - ECCENTRICITY_SQUARED * sin * sin;
    double meridianRadiusM =
        SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / (magic * StrictMath.sqrt(magic));
    double parallelRadiusM = SEMI_MAJOR_AXIS_M / StrictMath.sqrt(magic) * Sines.cosineOf(lat);
    return new double[] {
      Math.toDegrees(northM / meridianRadiusM), Math.toDegrees(eastM / parallelRadiusM)
    };
  }

  /**
   * Two thirds of a sine wave and of one three times as fast and 20 m high, by the sine of the
   * threefold angle. All fast waves of the formula come in such pairs.
   */
  private static double waves(double height, double halfTurns) {
    double sine = Sines.ofHalfTurns(halfTurns);
    return (height * sine + 20 * sine * (3 - 4 * sine * sine)) * 2 / 3;
  }

  /** Two thirds of two sine waves, the building block of the GCJ-02 formula. */
  private static double twoWaves(
      double heightA, double halfTurnsA, double heightB, double halfTurnsB) {
    return (heightA * Sines.ofHalfTurns(halfTurnsA) + heightB * Sines.ofHalfTurns(halfTurnsB))
        * 2
        / 3;
  }
}
