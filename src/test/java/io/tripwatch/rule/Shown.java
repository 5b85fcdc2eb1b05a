package io.tripwatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.AlertJson;
import io.tripwatch.geo.GreatCircle;
import io.tripwatch.verdict.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An alert as an officer has it: its JSON and nothing else. */
final class Shown {
  /** Four decimals of a degree are 11 m at most; a place is half of that off in each direction. */
  private static final double PLACE_M = 10;

  private final Alert alert;
  private final Map<String, Object> evidence;

  private Shown(Alert alert, Map<String, Object> evidence) {
    this.alert = alert;
    this.evidence = evidence;
  }

  static Shown of(Alert alert) {
    Alert read = AlertJson.read(AlertJson.write(alert));
    return new Shown(read, read.evidence());
  }

  /** A part of the evidence that has figures of its own. */
  Shown part(Object map) {
    @SuppressWarnings("unchecked") // A tree read from JSON has no other maps.
    Map<String, Object> figures = (Map<String, Object>) map;
    return new Shown(alert, figures);
  }

  boolean has(String name) {
    return evidence.containsKey(name);
  }

  String text(String name) {
    return (String) get(name);
  }

  Object get(String name) {
    assertTrue(has(name), () -> "no " + name + " in " + this);
    return evidence.get(name);
  }

  List<?> list(String name) {
    return (List<?>) get(name);
  }

  double number(String name) {
    return ((Number) get(name)).doubleValue();
  }

  /** Milliseconds since 1970. */
  long at(String name) {
    return Instant.parse(text(name)).toEpochMilli();
  }

  /** Whether an instant is absent or comes after a time. */
  boolean isNotBy(String name, long time) {
    return !has(name) || at(name) > time;
  }

  /** Metres between two places. */
  double metres(String one, String other) {
    Map<?, ?> from = (Map<?, ?>) get(one);
    Map<?, ?> to = (Map<?, ?>) get(other);
    return GreatCircle.metres(
        degrees(from, "lat"), degrees(from, "lon"), degrees(to, "lat"), degrees(to, "lon"));
  }

  private static double degrees(Map<?, ?> place, String name) {
    return ((Number) place.get(name)).doubleValue();
  }

  /** The metres said between two places are those between them, as far as they are rounded. */
  void measures(String one, String other, String metres) {
    assertEquals(metres(one, other), number(metres), 2 * PLACE_M, this::toString);
  }

  void needs(boolean condition, String what) {
    assertTrue(condition, () -> "not shown: " + what + " by " + this);
  }

  @Override
  public String toString() {
    return alert.alertId() + " at " + Instant.ofEpochMilli(alert.occurredAt()) + " " + evidence;
  }
}
