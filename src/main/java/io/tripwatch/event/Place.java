package io.tripwatch.event;

/**
 * A point on the globe.
 *
 * @param lat degrees north, −90 to 90
 * @param lon degrees east, −180 to 180
 */
public record Place(double lat, double lon) {
  /** Whether the two numbers name a point on the globe. */
  public static boolean isOnGlobe(double lat, double lon) {
    return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
  }
}
