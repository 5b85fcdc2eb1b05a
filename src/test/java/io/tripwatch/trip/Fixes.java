package io.tripwatch.trip;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;

/** Fixes, each with what matters about it. */
record Fixes(
    long time, long receivedAt, String eventId, double accuracyM, String device, double lat) {
  static Fixes at(long time) {
    return new Fixes(time, time + 300, null, 10, "ph-7", 30);
  }

  Fixes receivedAt(long value) {
    return new Fixes(time, value, eventId, accuracyM, device, lat);
  }

  Fixes id(String value) {
    return new Fixes(time, receivedAt, value, accuracyM, device, lat);
  }

  Fixes accuracyM(double value) {
    return new Fixes(time, receivedAt, eventId, value, device, lat);
  }

  Fixes device(String value) {
    return new Fixes(time, receivedAt, eventId, accuracyM, value, lat);
  }

  Fixes lat(double value) {
    return new Fixes(time, receivedAt, eventId, accuracyM, device, value);
  }

  Fix fix() {
    return new Fix(
        new Stamp(time, receivedAt, eventId, null),
        false,
        "d-7",
        device,
        lat,
        104,
        accuracyM,
        40,
        Double.NaN,
        false,
        Fix.Datum.WGS84);
  }
}
