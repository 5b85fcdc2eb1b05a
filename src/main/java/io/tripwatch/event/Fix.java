package io.tripwatch.event;

/**
 * One position report.
 *
 * @param vehicle whether a vehicle terminal sent it, not a phone
 * @param owner driverId of a phone's fix, {@link Plates#key} of the plate of a vehicle's
 * @param lat degrees as reported, in {@code datum}
 * @param lon degrees as reported, in {@code datum}
 * @param accuracyM metres, NaN where absent
 * @param speedKmh kilometres an hour, NaN where absent
 * @param mock the phone's own mock-location flag
 */
public record Fix(
    Stamp stamp,
    boolean vehicle,
    String owner,
    String deviceId,
    double lat,
    double lon,
    double accuracyM,
    double speedKmh,
    double headingDeg,
    boolean mock,
    Datum datum)
    implements Event {

  /** The datum of the reported position. */
  public enum Datum {
    WGS84,
    GCJ02,
    BD09
  }

  @Override
  public Topic topic() {
    return Topic.GPS;
  }
}
