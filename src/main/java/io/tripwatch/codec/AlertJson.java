package io.tripwatch.codec;

import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Alerts as they go out. */
public final class AlertJson {
  private AlertJson() {}

  /** One line of UTF-8 without its end; the same alert gives the same bytes. */
  public static byte[] write(Alert alert) {
    return new OutputObject()
        .put("alertId", alert.alertId())
        .put("epoch", alert.epoch())
        .put("revision", alert.revision())
        .put("status", alert.status().name())
        .put("ruleId", alert.ruleId())
        .put("ruleVersion", alert.ruleVersion())
        .put("family", alert.family())
        .put("severity", alert.severity().name())
        .put("confidence", alert.confidence().name())
        .putIfAny("shadow", alert.shadow() ? true : null)
        .putIfAny("orderId", alert.orderId())
        .put("driverId", alert.driverId())
        .putIfAny("passengerId", alert.passengerId())
        .putIfAny("plate", alert.plate())
        .putIfAny("city", alert.city())
        .put("occurredAt", Instant.ofEpochMilli(alert.occurredAt()))
        .put("message", alert.message())
        .put("evidence", alert.evidence())
        .putIfAny("cause", alert.cause() == null ? null : alert.cause().kind().name())
        .putIfAny("causedBy", alert.cause() == null ? null : alert.cause().by())
        .toBytes();
  }

  /**
   * Reads back what {@link #write} wrote, so that writing it again gives the same bytes. Instants
   * of the evidence come back as their text.
   *
   * @throws IllegalArgumentException if it is not an alert
   */
  public static Alert read(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    Map<String, Object> fields;
    try {
      fields = SettingsTree.readJson(text);
    } catch (SettingsSyntaxException e) {
      throw new IllegalArgumentException("not an alert: " + e.getMessage(), e);
    }
    return new Alert(
        text(fields, "alertId"),
        integer(fields, "epoch"),
        integer(fields, "revision"),
        Alert.Status.valueOf(text(fields, "status")),
        text(fields, "ruleId"),
        text(fields, "ruleVersion"),
        text(fields, "family"),
        Severity.valueOf(text(fields, "severity")),
        Alert.Confidence.valueOf(text(fields, "confidence")),
        Boolean.TRUE.equals(fields.get("shadow")),
        textOrNull(fields, "orderId"),
        text(fields, "driverId"),
        textOrNull(fields, "passengerId"),
        textOrNull(fields, "plate"),
        textOrNull(fields, "city"),
        occurredAt(fields),
        text(fields, "message"),
        evidence(fields),
        cause(fields));
  }

  private static Cause cause(Map<String, Object> fields) {
    String kind = textOrNull(fields, "cause");
    return kind == null
        ? null
        : new Cause(Cause.Kind.valueOf(kind), textOrNull(fields, "causedBy"));
  }

  private static String text(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not an alert: " + name + " is " + fields.get(name));
  }

  private static String textOrNull(Map<String, Object> fields, String name) {
    return fields.get(name) == null ? null : text(fields, name);
  }

  private static int integer(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof Long integer && integer == integer.intValue()) {
      return integer.intValue();
    }
    throw new IllegalArgumentException("not an alert: " + name + " is " + fields.get(name));
  }

  private static long occurredAt(Map<String, Object> fields) {
    String text = text(fields, "occurredAt");
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an alert: occurredAt is " + text, e);
    }
  }

  @SuppressWarnings("unchecked") // A tree read from JSON has no other maps.
  private static Map<String, Object> evidence(Map<String, Object> fields) {
    if (fields.get("evidence") instanceof Map<?, ?> evidence) {
      return (Map<String, Object>) evidence;
    }
    throw new IllegalArgumentException("not an alert: its evidence is " + fields.get("evidence"));
  }
}
