package io.tripwatch.geo;

/**
 * Distances around one latitude as on flat ground: for estimates, where the contract's measure
 * would cost more than all the rest. Off by less than 1 % within 20 km of it, away from the poles.
 */
public final class Plane {
  private static final double METRES_PER_DEGREE = GreatCircle.EARTH_RADIUS_M * StrictMath.PI / 180;

  private final double metresPerDegreeLon;

  /** The plane that touches the globe at a latitude in degrees. */
  public Plane(double lat) {
    metresPerDegreeLon = METRES_PER_DEGREE * StrictMath.cos(Math.toRadians(lat));
  }

  /** Metres between two points given in degrees. */
  public double metres(double latA, double lonA, double latB, double lonB) {
    double north = (latB - latA) * METRES_PER_DEGREE;
    double dLon = Math.abs(lonB - lonA);
    double east = (dLon > 180 ? 360 - dLon : dLon) * metresPerDegreeLon;
    return StrictMath.sqrt(north * north + east * east);
  }
}
