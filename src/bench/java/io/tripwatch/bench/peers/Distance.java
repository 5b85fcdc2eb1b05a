package io.tripwatch.bench.peers;

import io.tripwatch.event.Fix.Datum;
import io.tripwatch.geo.Datums;
import io.tripwatch.geo.GreatCircle;

/**
 * How far apart two reported positions are. To convert a datum is dear, so no peer does it before a
 * distance is asked for; and two positions of one datum are compared as they are, which is off by
 * less than the rules would notice.
 */
public final class Distance {
  private Distance() {}

  /** Metres between two points given in degrees. */
  public static double metres(
      double latA, double lonA, Datum datumA, double latB, double lonB, Datum datumB) {
    if (datumA == datumB) {
      return GreatCircle.metres(latA, lonA, latB, lonB);
    }
    double[] a = wgs84(latA, lonA, datumA);
    double[] b = wgs84(latB, lonB, datumB);
    return GreatCircle.metres(a[0], a[1], b[0], b[1]);
  }

  private static double[] wgs84(double lat, double lon, Datum datum) {
    return switch (datum) {
      case WGS84 -> new double[] {lat, lon};
      case GCJ02 -> Datums.gcj02ToWgs84(lat, lon);
      case BD09 -> Datums.bd09ToWgs84(lat, lon);
    };
  }
}
