package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
  private static Alert alert(boolean shadow, String optional, Map<String, Object> evidence) {
    return new Alert(
        "o-1/d-7/no-show",
        2,
        3,
        Alert.Status.UPDATED,
        "no-show",
        "default",
        "punctuality",
        Severity.CRITICAL,
        Alert.Confidence.UNVERIFIED,
        shadow,
        optional,
        "d-7",
        optional,
        optional,
        optional,
        Instant.parse("2026-11-22T08:00:00Z").toEpochMilli(),
        "Not there 30 min after \"08:00\".",
        evidence);
  }

  private static Map<String, Object> evidence() {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("pickupAt", Instant.parse("2026-11-22T07:30:00.070Z"));
    evidence.put("lateBySeconds", 1800L);
    evidence.put("farthestM", 512.25);
    evidence.put("whole", 5.0);
    evidence.put("seen", false);
    evidence.put("fixes", List.of(1L, 2L));
    evidence.put("at", Map.of("lat", 37.6163));
    evidence.put("plate", "川A·D12345");
    return evidence;
  }

  private static String line(Alert alert) {
    return new String(AlertJson.write(alert), StandardCharsets.UTF_8);
  }

  @Test
  void writesTheFieldsInTheContractsOrder() {
    assertEquals(
        "{\"alertId\":\"o-1/d-7/no-show\",\"epoch\":2,\"revision\":3,\"status\":\"UPDATED\","
            + "\"ruleId\":\"no-show\",\"ruleVersion\":\"default\",\"family\":\"punctuality\","
            + "\"severity\":\"CRITICAL\",\"confidence\":\"UNVERIFIED\",\"shadow\":true,"
            + "\"orderId\":\"x\",\"driverId\":\"d-7\",\"passengerId\":\"x\",\"plate\":\"x\","
            + "\"city\":\"x\",\"occurredAt\":\"2026-11-22T08:00:00.000Z\","
            + "\"message\":\"Not there 30 min after \\\"08:00\\\".\",\"evidence\":{"
            + "\"pickupAt\":\"2026-11-22T07:30:00.070Z\",\"lateBySeconds\":1800,"
            + "\"farthestM\":512.25,\"whole\":5.0,\"seen\":false,\"fixes\":[1,2],"
            + "\"at\":{\"lat\":37.6163},\"plate\":\"川A·D12345\"}}",
        line(alert(true, "x", evidence())));
  }

  @Test
  void leavesOutWhatIsAbsentAndAShadowThatIsNone() {
    assertEquals(
        "{\"alertId\":\"o-1/d-7/no-show\",\"epoch\":2,\"revision\":3,\"status\":\"UPDATED\","
            + "\"ruleId\":\"no-show\",\"ruleVersion\":\"default\",\"family\":\"punctuality\","
            + "\"severity\":\"CRITICAL\",\"confidence\":\"UNVERIFIED\",\"driverId\":\"d-7\","
            + "\"occurredAt\":\"2026-11-22T08:00:00.000Z\","
            + "\"message\":\"Not there 30 min after \\\"08:00\\\".\",\"evidence\":{}}",
        line(alert(false, null, Map.of())));
  }

  @Test
  void readsBackWhatItWrote() {
    for (Alert alert : List.of(alert(true, "x", evidence()), alert(false, null, Map.of()))) {
      byte[] line = AlertJson.write(alert);
      assertArrayEquals(line, AlertJson.write(AlertJson.read(line)));
    }
    Alert plain = alert(false, null, Map.of("lateBySeconds", 1800L));
    assertEquals(plain, AlertJson.read(AlertJson.write(plain)));
  }

  @Test
  void saysWhyALineIsNoAlert() {
    String line = line(alert(false, null, Map.of()));
    for (String bad :
        List.of(
            "",
            "{}",
            line + "x",
            line.replace("\"epoch\":2", "\"epoch\":4294967298"),
            line.replace("UPDATED", "GONE"),
            line.replace("2026-11-22T08", "yesterday"),
            line.replace("\"evidence\":{}", "\"evidence\":[]"))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> AlertJson.read(bad.getBytes(StandardCharsets.UTF_8)),
          bad);
    }
  }

  @Test
  void refusesEvidenceThatHasNoJson() {
    for (Object value : new Object[] {Double.NaN, Double.NEGATIVE_INFINITY, new Object()}) {
      Alert alert = alert(false, null, Map.of("figure", List.of(value)));
      String message =
          assertThrows(IllegalArgumentException.class, () -> AlertJson.write(alert)).getMessage();
      assertEquals("evidence.figure is " + value, message.substring(0, message.indexOf(" (")));
    }
  }
}
