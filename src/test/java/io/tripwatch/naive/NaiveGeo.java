package io.tripwatch.naive;

/** Distances and datums, as the contract words them. Degrees and metres. */
final class NaiveGeo {
  private static final double EARTH_M = 6_371_008.8;
  private static final double AXIS_M = 6_378_245.0;
  private static final double ECCENTRICITY2 = 0.00669342162296594323;
  private static final double BD_PI = Math.PI * 3000 / 180;

  /** A place in WGS-84 degrees. */
  record Place(double lat, double lon) {}

  private NaiveGeo() {}

  static double metres(Place a, Place b) {
    double sinLat = StrictMath.sin(Math.toRadians(b.lat - a.lat) / 2);
    double sinLon = StrictMath.sin(Math.toRadians(b.lon - a.lon) / 2);
    double h =
        sinLat * sinLat
            + StrictMath.cos(Math.toRadians(a.lat))
                * StrictMath.cos(Math.toRadians(b.lat))
                * sinLon
                * sinLon;
    return 2 * EARTH_M * StrictMath.asin(Math.min(1, StrictMath.sqrt(h)));
  }

  /** The WGS-84 place of coordinates reported in {@code datum} (null: WGS-84). */
  static Place toWgs84(String datum, double lat, double lon) {
    Place reported = new Place(lat, lon);
    if ("GCJ02".equals(datum)) {
      return fromGcj(reported);
    }
    return "BD09".equals(datum) ? fromGcj(fromBd(reported)) : reported;
  }

  static Place fromBd(Place bd) {
    double x = bd.lon - 0.0065;
    double y = bd.lat - 0.006;
    double z = StrictMath.sqrt(x * x + y * y) - 0.00002 * StrictMath.sin(y * BD_PI);
    double theta = StrictMath.atan2(y, x) - 0.000003 * StrictMath.cos(x * BD_PI);
    return new Place(z * StrictMath.sin(theta), z * StrictMath.cos(theta));
  }

  private static Place fromGcj(Place gcj) {
    Place wgs = gcj;
    for (int i = 0; i < 100; i++) {
      Place back = toGcj(wgs);
      double lat = gcj.lat - back.lat;
      double lon = gcj.lon - back.lon;
      wgs = new Place(wgs.lat + lat, wgs.lon + lon);
      if (Math.abs(lat) < 1e-12 && Math.abs(lon) < 1e-12) {
        break;
      }
    }
    return wgs;
  }

  static Place toGcj(Place wgs) {
    double x = wgs.lon - 105;
    double y = wgs.lat - 35;
    double root = StrictMath.sqrt(Math.abs(x));
    double common =
        (20 * StrictMath.sin(6 * x * Math.PI) + 20 * StrictMath.sin(2 * x * Math.PI)) * 2 / 3;
    double north =
        -100
            + 2 * x
            + 3 * y
            + 0.2 * y * y
            + 0.1 * x * y
            + 0.2 * root
            + common
            + wave(y, 20, 160, 320, 12, 30);
    double east =
        300
            + x
            + 2 * y
            + 0.1 * x * x
            + 0.1 * x * y
            + 0.1 * root
            + common
            + wave(x, 20, 150, 300, 12, 30);
    double latRad = wgs.lat / 180 * Math.PI;
    double sin = StrictMath.sin(latRad);
    double magic = 1 - ECCENTRICITY2 * sin * sin;
    double sqrtMagic = StrictMath.sqrt(magic);
    double dLat = north * 180 / (AXIS_M * (1 - ECCENTRICITY2) / (magic * sqrtMagic) * Math.PI);
    double dLon = east * 180 / (AXIS_M / sqrtMagic * StrictMath.cos(latRad) * Math.PI);
    return new Place(wgs.lat + dLat, wgs.lon + dLon);
  }

  /**
   * The terms in one coordinate: (20 sin πv + 40 sin πv/3) 2/3 + (a sin πv/12 + b sin πv/30) 2/3.
   */
  private static double wave(double v, double one, double a, double b, double p, double q) {
    double third =
        (one * StrictMath.sin(v * Math.PI) + 2 * one * StrictMath.sin(v / 3 * Math.PI)) * 2 / 3;
    double slow =
        (a * StrictMath.sin(v / p * Math.PI) + b * StrictMath.sin(v / q * Math.PI)) * 2 / 3;
    return third + slow;
  }
}
