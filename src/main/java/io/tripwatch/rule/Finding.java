package io.tripwatch.rule;

import io.tripwatch.settings.Values;
import io.tripwatch.trip.PickupTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * That a rule holds for a trip.
 *
 * @param moment milliseconds since 1970
 * @param fineCents what the driver would pay
 * @param points what he would lose
 * @param review whether a person decides first
 * @param subject what of the trip or driver it is about, where it can hold more than once: a
 *     complaintId, a local date; else null
 * @param message one English sentence with the figures that matter
 * @param evidence figures that suffice to check the finding by hand, in a fixed order
 */
public record Finding(
    long moment,
    long fineCents,
    long points,
    boolean review,
    String subject,
    String message,
    Map<String, Object> evidence) {

  /** A finding of a rule, with what follows from it by its settings. */
  public static Finding at(long moment, Values settings, String message) {
    return new Finding(
        moment,
        settings.fineCents(),
        settings.points(),
        settings.review(),
        null,
        message,
        new LinkedHashMap<>());
  }

  /** The same with another fine and other points. */
  public Finding fined(long cents, long pointsDeducted) {
    return new Finding(moment, cents, pointsDeducted, review, subject, message, evidence);
  }

  /** The same, its penalty waiting for a person. */
  public Finding reviewed() {
    return new Finding(moment, fineCents, points, true, subject, message, evidence);
  }

  /** The same, about a complaint, a date, a device. */
  public Finding about(String what) {
    return new Finding(moment, fineCents, points, review, what, message, evidence);
  }

  /** Adds a figure to the evidence. */
  public Finding with(String name, Object value) {
    evidence.put(name, value);
    return this;
  }

  /** Adds a place to the evidence, in degrees with four decimals: ten metres are near enough. */
  public Finding withPlace(String name, double lat, double lon) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("lat", rounded(lat));
    place.put("lon", rounded(lon));
    evidence.put(name, place);
    return this;
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 10_000) / 10_000.0;
  }

  /** Adds an instant to the evidence; nothing where it never came. */
  public Finding withInstant(String name, long instant) {
    if (instant != PickupTime.NEVER) {
      evidence.put(name, Instant.ofEpochMilli(instant));
    }
    return this;
  }
}
