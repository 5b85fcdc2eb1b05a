package io.tripwatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.verdict.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How evidence is written: names end in their unit, and figures have the digits they deserve. */
public final class EvidenceForm {
  /** Numbers without a unit, and two that the contract and the trip's record name so. */
  private static final Set<String> OTHERS =
      Set.of(
          "fixes",
          "fixesInside",
          "attempts",
          "stars",
          "limitStars",
          "sum",
          "threshold",
          "factor",
          "metersDriven",
          "minutesAhead");

  private EvidenceForm() {}

  /** Fails unless the evidence of an alert is well formed. */
  public static void assertHolds(Alert alert) {
    alert.evidence().forEach((name, value) -> assertHolds(alert, name, value));
  }

  private static void assertHolds(Alert alert, String name, Object value) {
    String where = alert.ruleId() + ": " + name + " = " + value;
    assertTrue(name.matches("[a-z][A-Za-z]*|[a-z]+(-[a-z]+)+"), where);
    assertTrue(!name.toLowerCase(java.util.Locale.ROOT).contains("metre"), where);
    if (value instanceof Instant) {
      assertTrue(name.endsWith("At") || name.endsWith("Time"), where);
    } else if (value instanceof Number number && !name.equals("weights")) {
      assertNumber(name, number, where);
    } else if (value instanceof List<?> list) {
      list.forEach(one -> assertHolds(alert, name, one));
    } else if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of("lat", "lon"))) {
      map.values().forEach(degrees -> assertDigits(4, (Double) degrees, where));
    } else if (value instanceof Map<?, ?> map) {
      boolean areWeights = name.equals("weights");
      map.forEach((key, one) -> assertHolds(alert, areWeights ? name : (String) key, one));
    }
  }

  private static void assertNumber(String name, Number number, String where) {
    boolean hasUnit = name.matches("\\w*(Meters|Seconds|Kmh|Cents)|meters|kmh");
    assertTrue(hasUnit || OTHERS.contains(name), where);
    if (number instanceof Double value) {
      boolean mayBeBroken = name.toLowerCase(java.util.Locale.ROOT).endsWith("kmh");
      // What was set stands as it was set.
      boolean isSetting = name.startsWith("limit") || name.endsWith("adiusMeters");
      assertTrue(mayBeBroken || isSetting || name.equals("factor"), where);
      if (!isSetting) {
        assertDigits(1, value, where);
      }
    }
  }

  private static void assertDigits(int most, double value, String where) {
    double scale = Math.pow(10, most);
    assertEquals(Math.rint(value * scale) / scale, value, where);
  }
}
