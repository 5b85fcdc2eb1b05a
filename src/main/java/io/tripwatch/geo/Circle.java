package io.tripwatch.geo;

/**
 * A circle on the globe that tells in or out, mostly without trigonometry: a flat estimate decides
 * where it is clear of the rim, the exact distance where it is not.
 */
public final class Circle {
  private static final double METRES_PER_DEGREE = GreatCircle.EARTH_RADIUS_M * StrictMath.PI / 180;

  /**
   * Up to this distance, and away from the poles, the flat estimate is off by less than 2 %: it
   * takes the cosine at the centre, which over 0.2° of latitude changes by 1 % at 70°.
   */
  private static final double FLAT_UP_TO_M = 20_000;

  private static final double FLAT_UP_TO_LAT = 70;
  private static final double CLEAR_INSIDE = 0.95;
  private static final double CLEAR_OUTSIDE = 1.05;

  private final double lat;
  private final double lon;
  private final double radiusM;
  private final double metresPerDegreeLon;

  /** A circle around a point in degrees with a radius in metres. */
  public Circle(double lat, double lon, double radiusM) {
    this.lat = lat;
    this.lon = lon;
    this.radiusM = radiusM;
    this.metresPerDegreeLon = METRES_PER_DEGREE * StrictMath.cos(Math.toRadians(lat));
  }

  /**
   * Whether a point is inside: its distance from the centre, less its accuracy, is not greater than
   * the radius.
   *
   * @param accuracyM metres, 0 where unknown
   */
  public boolean holds(double pointLat, double pointLon, double accuracyM) {
    double reachM = radiusM + accuracyM;
    double dLon = pointLon - lon;
    if (Math.abs(lat) <= FLAT_UP_TO_LAT && Math.abs(dLon) <= 180 && reachM <= FLAT_UP_TO_M / 2) {
      double north = (pointLat - lat) * METRES_PER_DEGREE;
      double east = dLon * metresPerDegreeLon;
      double flatSquared = north * north + east * east;
      double clearOut = reachM * CLEAR_OUTSIDE;
      if (flatSquared > clearOut * clearOut) {
        return false;
      }
      double clearIn = reachM * CLEAR_INSIDE;
      if (flatSquared < clearIn * clearIn) {
        return true;
      }
    }
    return GreatCircle.metres(lat, lon, pointLat, pointLon) - accuracyM <= radiusM;
  }

  /** Metres from a point inside to the rim, negative from one outside. */
  public double metresInside(double pointLat, double pointLon) {
    return -metresOutside(pointLat, pointLon);
  }

  /** Metres from a point outside to the rim, negative from one inside. */
  public double metresOutside(double pointLat, double pointLon) {
    return GreatCircle.metres(lat, lon, pointLat, pointLon) - radiusM;
  }
}
