package io.tripwatch.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {
  private static final RuleSpec RULE =
      RuleSpec.of("too-slow", RuleSpec.Family.DRIVING, Severity.MAJOR)
          .fined(5_000, 3)
          .with(
              Setting.duration("wait", Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(12)),
              Setting.number("leftM", 2_000, 1.5, 50_000));

  private static List<String> errors(Map<String, Object> tree) {
    InvalidSettingsException refused =
        assertThrows(InvalidSettingsException.class, () -> Settings.of(tree, List.of(RULE)));
    assertEquals(String.join("; ", refused.errors()), refused.getMessage());
    return refused.errors();
  }

  private static void refuses(String name, Object value, String error) {
    assertEquals(List.of(error), errors(ruleWith(name, value)));
  }

  private static void takes(String name, Object value) {
    assertDoesNotThrow(() -> Settings.of(ruleWith(name, value), List.of(RULE)));
  }

  private static Map<String, Object> ruleWith(String name, Object value) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put(name, value);
    return Map.of("rules", Map.of("too-slow", group));
  }

  @Test
  void boundsWholeNumbers() {
    String remedy = "; set it to a whole number from 0 to 100000000";
    refuses("fineCents", -1L, "rules.too-slow.fineCents is -1" + remedy);
    refuses("fineCents", 100_000_001L, "rules.too-slow.fineCents is 100000001" + remedy);
    refuses("fineCents", 5.0, "rules.too-slow.fineCents is 5.0" + remedy);
    refuses("fineCents", "5", "rules.too-slow.fineCents is \"5\"" + remedy);
    refuses("fineCents", null, "rules.too-slow.fineCents is null" + remedy);
    takes("fineCents", 0L);
    takes("fineCents", 100_000_000L);
    refuses(
        "points", 1_001L, "rules.too-slow.points is 1001; set it to a whole number from 0 to 1000");
  }

  @Test
  void boundsNumbers() {
    String remedy = "; set it to a number from 1.5 to 50000";
    refuses("leftM", 1.49, "rules.too-slow.leftM is 1.49" + remedy);
    refuses("leftM", 50_001L, "rules.too-slow.leftM is 50001" + remedy);
    refuses("leftM", Double.NaN, "rules.too-slow.leftM is NaN" + remedy);
    refuses("leftM", "far", "rules.too-slow.leftM is \"far\"" + remedy);
    takes("leftM", 1.5);
    takes("leftM", 50_000L);
  }

  @Test
  void boundsDurations() {
    String remedy = "; set it to a duration from 0 s to 12 h, such as 30 min";
    refuses("wait", "13 h", "rules.too-slow.wait is \"13 h\"" + remedy);
    refuses("wait", "PT-1S", "rules.too-slow.wait is \"PT-1S\"" + remedy);
    refuses("wait", "soon", "rules.too-slow.wait is \"soon\"" + remedy);
    refuses("wait", 30L, "rules.too-slow.wait is 30" + remedy);
    takes("wait", "0 s");
    takes("wait", "12 h");
  }

  @Test
  void takesATextForTheVersion() {
    String remedy = "; set it to a text of 1 to 64 characters; put quotes round a number";
    assertEquals(List.of("version is 1.1" + remedy), errors(Map.of("version", 1.1)));
    assertEquals(List.of("version is \" \"" + remedy), errors(Map.of("version", " ")));
    assertEquals(1, errors(Map.of("version", "x".repeat(65))).size());
    assertDoesNotThrow(() -> Settings.of(Map.of("version", "x".repeat(64)), List.of(RULE)));
    List<String> nested = errors(Map.of("cities", Map.of("SFO", Map.of("version", "2"))));
    assertEquals(
        "cities.SFO.version is not a section; use one of zone, trip, rules, penalties, scenarios",
        nested.get(0));
  }

  @Test
  void knowsFlagsAndSeverities() {
    refuses("shadow", "yes", "rules.too-slow.shadow is \"yes\"; set it to true or false");
    takes("shadow", true);
    refuses(
        "severity",
        "minor",
        "rules.too-slow.severity is \"minor\"; set it to one of [INFO, WARNING, MAJOR, CRITICAL]");
    takes("severity", "INFO");
  }

  @Test
  void suggestsTheNearestName() {
    refuses("fineCent", 5L, "rules.too-slow.fineCent is not a setting; did you mean fineCents?");
    refuses(
        "colour",
        5L,
        "rules.too-slow.colour is not a setting; use one of enabled, severity, fineCents, points,"
            + " review, shadow, wait, leftM");
    assertEquals(
        List.of("rules.to-slow is not a rule; did you mean too-slow?"),
        errors(Map.of("rules", Map.of("to-slow", Map.of()))));
    assertEquals(
        List.of(
            "trip.radius is not a setting; use one of repeat, pickupRadiusM, dropoffRadiusM,"
                + " maxAccuracyM, pressWindow, stay"),
        errors(Map.of("trip", Map.of("radius", 5L))));
  }

  @Test
  void knowsItsSections() {
    assertEquals(
        List.of(
            "rule is not a section; use one of version, trip, rules, penalties, scenarios, cities"),
        errors(Map.of("rule", Map.of())));
    assertEquals(
        List.of(
            "cities.SFO.city is not a section; use one of zone, trip, rules, penalties, scenarios"),
        errors(Map.of("cities", Map.of("SFO", Map.of("city", 1L)))));
    assertEquals(
        List.of(
            "scenarios.STATION_PICKUP.cities is not a section; use one of trip, rules, penalties"),
        errors(Map.of("scenarios", Map.of("STATION_PICKUP", Map.of("cities", Map.of())))));
    assertEquals(
        List.of(
            "scenarios.PICKUP is not a scenario; use one of"
                + " [AIRPORT_PICKUP, AIRPORT_DROPOFF, STATION_PICKUP, STATION_DROPOFF]"),
        errors(Map.of("scenarios", Map.of("PICKUP", Map.of()))));
  }

  @Test
  void wantsSettingsBelowASection() {
    assertEquals(
        List.of("trip is 5; put its settings below it, as name: value"),
        errors(Map.of("trip", 5L)));
    assertEquals(
        List.of("rules.too-slow is [1]; put its settings below it, as name: value"),
        errors(Map.of("rules", Map.of("too-slow", List.of(1L)))));
    assertEquals(
        List.of("cities.SFO is \"far\"; put its settings below it, as name: value"),
        errors(Map.of("cities", Map.of("SFO", "far"))));
  }

  @Test
  void knowsTimeZones() {
    assertEquals(
        List.of("cities.SFO.zone is \"Nowhere\"; set it to a time zone such as Asia/Shanghai"),
        errors(Map.of("cities", Map.of("SFO", Map.of("zone", "Nowhere")))));
  }

  @Test
  void namesThePathWhereverItIsSaid() {
    Map<String, Object> wrong = Map.of("rules", Map.of("too-slow", Map.of("wait", "13 h")));
    String remedy = " is \"13 h\"; set it to a duration from 0 s to 12 h, such as 30 min";
    assertEquals(
        List.of("cities.SFO.scenarios.STATION_PICKUP.rules.too-slow.wait" + remedy),
        errors(
            Map.of("cities", Map.of("SFO", Map.of("scenarios", Map.of("STATION_PICKUP", wrong))))));
  }

  @Test
  void saysEverythingThatIsWrong() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trip", Map.of("stay", "31 min"));
    tree.put("rules", Map.of("too-slow", Map.of("points", -1L)));
    tree.put("colour", 1L);
    assertEquals(
        List.of(
            "trip.stay is \"31 min\"; set it to a duration from 0 s to 30 min, such as 1 min",
            "rules.too-slow.points is -1; set it to a whole number from 0 to 1000",
            "colour is not a section; use one of version, trip, rules, penalties, scenarios, cities"),
        errors(tree));
  }

  @Test
  void cutsAWrongValueShort() {
    refuses(
        "shadow",
        "x".repeat(100),
        "rules.too-slow.shadow is \"" + "x".repeat(59) + "…; set it to true or false");
  }
}
