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
 * @param message one English sentence with the figures that matter
 * @param evidence figures that suffice to check the finding by hand, in a fixed order
 */
public record Finding(
    long moment,
    long fineCents,
    long points,
    boolean review,
    String message,
    Map<String, Object> evidence) {

  /** A finding of a rule, with what follows from it by its settings. */
  public static Finding at(long moment, Values settings, String message) {
    return new Finding(
        moment,
        settings.fineCents(),
        settings.points(),
        settings.review(),
        message,
        new LinkedHashMap<>());
  }

  /** The same with another fine and other points. */
  public Finding fined(long cents, long pointsDeducted) {
    return new Finding(moment, cents, pointsDeducted, review, message, evidence);
  }

  /** The same, its penalty waiting for a person. */
  public Finding reviewed() {
    return new Finding(moment, fineCents, points, true, message, evidence);
  }

  /** Adds a figure to the evidence. */
  public Finding with(String name, Object value) {
    evidence.put(name, value);
    return this;
  }

  /** Adds an instant to the evidence; nothing where it never came. */
  public Finding withInstant(String name, long instant) {
    if (instant != PickupTime.NEVER) {
      evidence.put(name, Instant.ofEpochMilli(instant));
    }
    return this;
  }
}
