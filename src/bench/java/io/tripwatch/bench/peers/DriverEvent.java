package io.tripwatch.bench.peers;

import io.tripwatch.event.Fix.Datum;

/**
 * What the three rules need of an event, keyed by driver: what a user of a pattern library would
 * make of the platform's records before he asks for patterns.
 *
 * @param kind what it is
 * @param time when it happened, milliseconds since 1970
 * @param driverId whose it is: the key of every peer
 * @param orderId the order; null for a fix
 * @param lat degrees: of a fix where the driver was, of ACCEPTED the pickup point; else NaN
 * @param lon degrees, as lat
 * @param datum of the position
 * @param metres of a fix its accuracy, of ACCEPTED the radius around the pickup point; else 0
 */
public record DriverEvent(
    Kind kind,
    long time,
    String driverId,
    String orderId,
    double lat,
    double lon,
    Datum datum,
    double metres) {

  /** Kinds of events. */
  public enum Kind {
    FIX,
    ACCEPTED,
    /**
     * The margin before the pickup time is past: no record, but put in with ACCEPTED and stamped
     * ahead, for none of the pattern languages can say "until a time that an event names".
     */
    DUE,
    ON_SITE,
    START,
    END
  }

  static DriverEvent of(Kind kind, long time, String driverId, String orderId) {
    return new DriverEvent(kind, time, driverId, orderId, Double.NaN, Double.NaN, Datum.WGS84, 0);
  }
}
