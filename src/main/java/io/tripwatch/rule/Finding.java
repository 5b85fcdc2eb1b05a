package io.tripwatch.rule;

import io.tripwatch.event.Place;
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
 * @param message one English sentence with the figures that matter, ending with a full stop
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

  /** The same, its message saying that it is not verified, and why. */
  public Finding unverified(String because) {
    String said = message.substring(0, message.length() - 1) + " (not verified: " + because + ").";
    return new Finding(moment, fineCents, points, review, subject, said, evidence);
  }

  /** Adds a figure to the evidence. */
  public Finding with(String name, Object value) {
    evidence.put(name, value);
    return this;
  }

  /** Adds a place to the evidence, in degrees with four decimals. */
  public Finding withPlace(String name, double lat, double lon) {
    return with(name, place(lat, lon));
  }

  /** The same of a place of the order. */
  public Finding withPlace(String name, Place place) {
    return withPlace(name, place.lat(), place.lon());
  }

  /** A place as it stands in evidence. */
  public static Map<String, Object> place(double lat, double lon) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("lat", Rounded.degrees(lat));
    place.put("lon", Rounded.degrees(lon));
    return place;
  }

  /** Adds a figure as it was set or ordered, in the unit its name ends with; whole without ".0". */
  public Finding withExact(String name, double value) {
    return value == Math.rint(value) ? with(name, (long) value) : with(name, value);
  }

  /** Adds an instant to the evidence; nothing where it never came. */
  public Finding withInstant(String name, long instant) {
    if (instant != PickupTime.NEVER) {
      evidence.put(name, Instant.ofEpochMilli(instant));
    }
    return this;
  }
}
