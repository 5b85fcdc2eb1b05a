package io.tripwatch.simulate;

import io.tripwatch.event.Place;

/** What a Chinese map SDK reports for a place: GCJ-02 by the usual formula, forwards. */
final class ChineseDatum {
  private static final double AXIS_M = 6_378_245;
  private static final double ECCENTRICITY_SQUARED = 0.00669342162296594323;

  private ChineseDatum() {}

  static Place gcj02(Place wgs84) {
    double east = wgs84.lon() - 105;
    double north = wgs84.lat() - 35;
    double lat = StrictMath.toRadians(wgs84.lat());
    double sin = StrictMath.sin(lat);
    double magic = 1 - ECCENTRICITY_SQUARED * sin * sin;
    double root = StrictMath.sqrt(magic);
    double meridianM = AXIS_M * (1 - ECCENTRICITY_SQUARED) / (magic * root);
    double parallelM = AXIS_M / root * StrictMath.cos(lat);
    return new Place(
        wgs84.lat() + StrictMath.toDegrees(northM(east, north) / meridianM),
        wgs84.lon() + StrictMath.toDegrees(eastM(east, north) / parallelM));
  }

  private static double northM(double x, double y) {
    double polynomial =
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * StrictMath.sqrt(Math.abs(x));
    return polynomial
        + waves(x, 20, 6, 20, 2)
        + waves(y, 20, 1, 40, 1.0 / 3)
        + waves(y, 160, 1.0 / 12, 320, 1.0 / 30);
  }

  private static double eastM(double x, double y) {
    double polynomial =
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * StrictMath.sqrt(Math.abs(x));
    return polynomial
        + waves(x, 20, 6, 20, 2)
        + waves(x, 20, 1, 40, 1.0 / 3)
        + waves(x, 150, 1.0 / 12, 300, 1.0 / 30);
  }

  /** Two thirds of two sine waves. */
  private static double waves(double at, double high, double often, double high2, double often2) {
    return (high * StrictMath.sin(often * at * Math.PI)
            + high2 * StrictMath.sin(often2 * at * Math.PI))
        * 2
        / 3;
  }
}
