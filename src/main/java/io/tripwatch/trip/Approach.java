package io.tripwatch.trip;

import io.tripwatch.geo.Plane;

/**
 * Where the driver of a trip is awaited, and when.
 *
 * @param lat degrees in WGS-84
 * @param lon degrees in WGS-84
 * @param radiusM he is there when he is so near
 * @param pickupTime P as it stands at each moment
 * @param from when he got the order
 * @param until from then on nothing is to be predicted: P, his presence, the trip's end
 * @param toleranceMs so much after P he may come
 */
record Approach(
    double lat,
    double lon,
    double radiusM,
    Plane plane,
    PickupTime pickupTime,
    long from,
    long until,
    long toleranceMs) {

  /** Whether both are at one place. */
  boolean isAt(Approach other) {
    return lat == other.lat && lon == other.lon;
  }

  /** Metres to the pickup point from the i-th fix. */
  double metresFrom(TripTrack track, int i) {
    return plane.metres(track.lat(i), track.lon(i), lat, lon);
  }
}
