package io.tripwatch.bench.peers;

import io.tripwatch.event.Fix.Datum;

/**
 * What the three rules need to remember of one driver, told his events in order of time: the least
 * that anyone would write by hand. One order at a time, as in the generated input. Fields are
 * public and not final, for Flink to take it as a POJO.
 */
public final class DriverState {
  private static final long NEVER = Long.MAX_VALUE;

  /** The order he has; null before the first. */
  public String orderId;

  /** From when on the margin is missed; never once he pressed, or once that was said. */
  public long dueAt = NEVER;

  public double pickupLat;
  public double pickupLon;
  public double radiusM;

  /** When ON_SITE was pressed, until a fix told where; else never. */
  public long pressedAt = NEVER;

  /** When START was pressed, until he was away from there or it was too long ago; else never. */
  public long startedAt = NEVER;

  /** Where the ride began; NaN until the first fix of it. */
  public double startLat = Double.NaN;

  public double startLon = Double.NaN;

  public Datum startDatum;

  /** For Flink. */
  public DriverState() {}

  /** He got an order; when the margin ends is set apart. */
  void accepted(String newOrderId, double lat, double lon, double pickupRadiusM) {
    orderId = newOrderId;
    dueAt = NEVER;
    pickupLat = lat;
    pickupLon = lon;
    radiusM = pickupRadiusM;
    pressedAt = NEVER;
    startedAt = NEVER;
  }

  /** Whether at a time he had missed the margin; said once. */
  boolean missedMarginBy(long time) {
    if (time < dueAt) {
      return false;
    }
    dueAt = NEVER;
    return true;
  }

  /** Whether the margin ends after a time, and he has not pressed yet. */
  boolean isDueAfter(long time) {
    return dueAt != NEVER && time < dueAt;
  }

  /** He pressed ON_SITE. */
  void onSite(long time) {
    dueAt = time < dueAt ? NEVER : dueAt;
    pressedAt = time;
  }

  /** He pressed START. */
  void start(long time) {
    startedAt = time;
    startLat = Double.NaN;
  }

  /** He pressed END; whether the ride was none. */
  boolean endsFakeOrder(long time) {
    boolean fake =
        startedAt != NEVER
            && !Double.isNaN(startLat)
            && time - startedAt <= DriverEvents.SHORT_RIDE_MS;
    startedAt = NEVER;
    return fake;
  }

  /** Where he was; whether that shows that he pressed ON_SITE elsewhere. */
  boolean showsPressElsewhere(long time, double lat, double lon, Datum datum, double accuracyM) {
    if (startedAt != NEVER) {
      ride(time, lat, lon, datum);
    }
    if (pressedAt == NEVER) {
      return false;
    }
    boolean tells = time - pressedAt <= DriverEvents.PRESS_WINDOW_MS;
    pressedAt = NEVER;
    return tells
        && Distance.metres(pickupLat, pickupLon, Datum.WGS84, lat, lon, datum) - accuracyM
            > radiusM;
  }

  private void ride(long time, double lat, double lon, Datum datum) {
    if (Double.isNaN(startLat)) {
      startLat = lat;
      startLon = lon;
      startDatum = datum;
    } else if (time - startedAt > DriverEvents.SHORT_RIDE_MS
        || Distance.metres(startLat, startLon, startDatum, lat, lon, datum)
            >= DriverEvents.MOVED_M) {
      startedAt = NEVER;
    }
  }
}
