package io.tripwatch.settings;

import io.tripwatch.event.Scenario;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * One setting: its name, its kind, its default and its limits.
 *
 * @param name as in {@code rules.yaml}
 * @param kind what values it takes
 * @param defaultValue of the kind's Java type
 * @param min least number allowed; durations in milliseconds
 * @param max greatest number allowed; durations in milliseconds
 * @param byScenario defaults that differ for a scenario
 */
public record Setting(
    String name,
    Kind kind,
    Object defaultValue,
    double min,
    double max,
    Map<Scenario, Object> byScenario) {

  /** What values a setting takes. */
  public enum Kind {
    /** Long, milliseconds; written {@code 10 min}. */
    DURATION,
    /** Double. */
    NUMBER,
    /** Long. */
    INTEGER,
    /** Boolean. */
    FLAG,
    /** Severity. */
    SEVERITY
  }

  /** A duration with its limits. */
  public static Setting duration(String name, Duration value, Duration min, Duration max) {
    return new Setting(
        name, Kind.DURATION, value.toMillis(), min.toMillis(), max.toMillis(), Map.of());
  }

  /** A number with its limits. */
  public static Setting number(String name, double value, double min, double max) {
    return new Setting(name, Kind.NUMBER, value, min, max, Map.of());
  }

  /** A whole number with its limits. */
  public static Setting integer(String name, long value, long min, long max) {
    return new Setting(name, Kind.INTEGER, value, min, max, Map.of());
  }

  /** Yes or no. */
  public static Setting flag(String name, boolean value) {
    return new Setting(name, Kind.FLAG, value, 0, 0, Map.of());
  }

  /** A severity. */
  public static Setting severity(String name, Severity value) {
    return new Setting(name, Kind.SEVERITY, value, 0, 0, Map.of());
  }

  /** The same with another default for one scenario. */
  public Setting in(Scenario scenario, Object value) {
    Map<Scenario, Object> more = new EnumMap<>(Scenario.class);
    more.putAll(byScenario);
    more.put(scenario, value instanceof Duration duration ? duration.toMillis() : value);
    return new Setting(name, kind, defaultValue, min, max, more);
  }

  /** The default in a scenario; null where none applies. */
  public Object defaultIn(Scenario scenario) {
    return scenario == null ? defaultValue : byScenario.getOrDefault(scenario, defaultValue);
  }
}
