package io.tripwatch.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;

/** One position report. Absent numbers are NaN. */
final class NaiveFix {
  /** Of fixes with one eventTime the first in this order counts. */
  static final Comparator<NaiveFix> ORDER =
      Comparator.comparingLong((NaiveFix f) -> f.time)
          .thenComparingDouble(
              f -> Double.isNaN(f.accuracyM) ? Double.POSITIVE_INFINITY : f.accuracyM)
          .thenComparing(f -> f.deviceId)
          .thenComparingDouble(f -> f.lat)
          .thenComparingDouble(f -> f.lon);

  private static final double NO_PLACE_DEG = 0.001;
  private static final long MENDED_MS = 10_000;

  final boolean phone;
  final String owner;
  final String deviceId;
  final long time;
  final long received;
  final double lat;
  final double lon;
  final double accuracyM;
  final double speedKmh;
  final boolean mock;
  final NaiveGeo.Place place;

  /** Neither mended by more than 10 s, nor a failure reported as a negative accuracy or (0,0). */
  final boolean sound;

  /** Whether the phone is registered to the driver, or the registry does not know him. */
  boolean registered;

  private NaiveFix(JsonNode body, long time, long received) {
    phone = body.get("source").textValue().equals("PHONE");
    owner = phone ? body.get("driverId").textValue() : plateKey(body.get("plate").textValue());
    deviceId = body.get("deviceId").textValue();
    this.time = time;
    this.received = received;
    lat = body.get("lat").doubleValue();
    lon = body.get("lon").doubleValue();
    accuracyM = number(body, "accuracyM");
    speedKmh = number(body, "speedKmh");
    mock = body.path("mock").asBoolean(false);
    place = NaiveGeo.toWgs84(body.path("datum").textValue(), lat, lon);
    boolean nowhere = Math.abs(lat) <= NO_PLACE_DEG && Math.abs(lon) <= NO_PLACE_DEG;
    boolean mended = body.get("eventTime").longValue() - time > MENDED_MS;
    sound = !nowhere && !mended && !(accuracyM < 0);
  }

  static NaiveFix of(JsonNode body, long time, long received) {
    return new NaiveFix(body, time, received);
  }

  private static double number(JsonNode body, String field) {
    return body.hasNonNull(field) ? body.get(field).doubleValue() : Double.NaN;
  }

  /** Letters and decimal digits after NFKC, in upper case. Empty if there are none. */
  static String plateKey(String plate) {
    StringBuilder key = new StringBuilder();
    Normalizer.normalize(plate, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> Character.isLetter(c) || Character.isDigit(c))
        .forEach(key::appendCodePoint);
    return key.toString().toUpperCase(Locale.ROOT);
  }

  boolean accurate(double maxAccuracyM) {
    return Double.isNaN(accuracyM) || accuracyM <= maxAccuracyM;
  }

  /** Metres from the place, less what the fix may be wrong by. */
  double nearestM(NaiveGeo.Place centre) {
    return NaiveGeo.metres(place, centre) - (Double.isNaN(accuracyM) ? 0 : accuracyM);
  }

  double metresTo(NaiveFix other) {
    return NaiveGeo.metres(place, other.place);
  }

  /** Speed from this fix to a later one, infinite when no time lies between. */
  double kmhTo(NaiveFix later) {
    return later.time == time
        ? Double.POSITIVE_INFINITY
        : metresTo(later) / (later.time - time) * 3600;
  }
}
