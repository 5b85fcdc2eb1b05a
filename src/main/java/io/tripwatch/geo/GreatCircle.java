package io.tripwatch.geo;

/** Great-circle distances by the haversine formula, the contract's measure of every distance. */
public final class GreatCircle {
  /** Mean radius of the earth in metres (IUGG R1), as the contract fixes it. */
  public static final double EARTH_RADIUS_M = 6_371_008.8;

  private static final double METRES_PER_DEGREE = EARTH_RADIUS_M * StrictMath.PI / 180;

  /** What rounding and the flat estimate may be off by. */
  private static final double SURELY = 0.999;

  private GreatCircle() {}

  /**
   * Whether two points may be farther apart than so many metres: true wherever they are, mostly
   * without trigonometry false where they are near each other.
   */
  public static boolean mayBeFartherThan(
      double latA, double lonA, double latB, double lonB, double metres) {
    // Along the meridian and then along the parallel is a detour, longest at the equator.
    double detour = (Math.abs(latB - latA) + Math.abs(lonB - lonA)) * METRES_PER_DEGREE;
    return detour > metres * SURELY && metres(latA, lonA, latB, lonB) > metres * SURELY;
  }

  /**
   * Metres between two points given in degrees, to the last digit as the contract fixes them: by
   * StrictMath and nothing quicker.
   */
  public static double metres(double latA, double lonA, double latB, double lonB) {
    double sinLat = StrictMath.sin(Math.toRadians(latB - latA) / 2);
    double sinLon = StrictMath.sin(Math.toRadians(lonB - lonA) / 2);
    double h =
        sinLat * sinLat
            + StrictMath.cos(Math.toRadians(latA))
                * StrictMath.cos(Math.toRadians(latB))
                * sinLon
                * sinLon;
    return 2 * EARTH_RADIUS_M * StrictMath.asin(Math.min(1, StrictMath.sqrt(h)));
  }
}
