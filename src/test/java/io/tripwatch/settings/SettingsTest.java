package io.tripwatch.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tripwatch.event.Scenario;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Setting WAIT =
      Setting.duration("wait", Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(12))
          .in(Scenario.AIRPORT_PICKUP, Duration.ofMinutes(60));
  private static final RuleSpec RULE =
      RuleSpec.of("too-slow", RuleSpec.Family.DRIVING, Severity.MAJOR).fined(5_000, 3).with(WAIT);

  private static Map<String, Object> rule(Object value) {
    return Map.of("too-slow", Map.of("wait", value));
  }

  private static long waitMinutes(Settings settings, Scenario scenario, String city) {
    return settings.forTrips(scenario, city).of(RULE).ms(WAIT) / 60_000;
  }

  @Test
  void bearsTheVersionItNamesUnlessARecordGivesAnother() {
    assertEquals("default", of(Map.of()).version());
    assertEquals("2026-12", of(Map.of("version", "2026-12")).version());
    assertEquals("7", Settings.of("7", Map.of("version", "2026-12"), List.of(RULE)).version());
    assertEquals("2026-12", of(Map.of("version", "2026-12")).forTrips(null, "SFO").version());
  }

  private static Settings of(Map<String, Object> tree) {
    return Settings.of(tree, List.of(RULE));
  }

  @Test
  void areTheDefaultsWhereNothingIsSaid() {
    Settings settings = Settings.defaults(List.of(RULE));
    assertEquals(30, waitMinutes(settings, Scenario.STATION_PICKUP, "chengdu"));
    assertEquals(60, waitMinutes(settings, Scenario.AIRPORT_PICKUP, "chengdu"));
    Values values = settings.forTrips(Scenario.STATION_PICKUP, null).of(RULE);
    assertEquals(5_000, values.fineCents());
    assertEquals(3, values.points());
    assertEquals(Severity.MAJOR, values.severity());
    assertEquals(
        List.of(true, false, false), List.of(values.enabled(), values.shadow(), values.review()));
  }

  /** City and scenario, then city, then scenario, then everyone, then the scenario's default. */
  @Test
  void areTakenFromTheNarrowestThatSpeaks() {
    Settings settings =
        of(
            Map.of(
                "rules", rule("1 min"),
                "scenarios", Map.of("STATION_PICKUP", Map.of("rules", rule("2 min"))),
                "cities",
                    Map.of(
                        "chengdu",
                        Map.of(
                            "rules",
                            rule("3 min"),
                            "scenarios",
                            Map.of("STATION_PICKUP", Map.of("rules", rule("4 min")))))));
    assertEquals(4, waitMinutes(settings, Scenario.STATION_PICKUP, "chengdu"));
    assertEquals(3, waitMinutes(settings, Scenario.AIRPORT_PICKUP, "chengdu"));
    assertEquals(2, waitMinutes(settings, Scenario.STATION_PICKUP, "SFO"));
    assertEquals(1, waitMinutes(settings, Scenario.AIRPORT_DROPOFF, "SFO"));
    assertEquals(1, waitMinutes(settings, Scenario.AIRPORT_PICKUP, "SFO"));
  }

  @Test
  void keepTheScenariosDefaultWhereOnlyAnotherSpeaks() {
    Settings settings =
        of(Map.of("scenarios", Map.of("STATION_PICKUP", Map.of("rules", rule("2 min")))));
    assertEquals(60, waitMinutes(settings, Scenario.AIRPORT_PICKUP, "chengdu"));
    assertEquals(30, waitMinutes(settings, Scenario.AIRPORT_DROPOFF, "chengdu"));
  }

  @Test
  void haveEverySettingOfATrip() {
    TripSettings trip =
        of(Map.of(
                "trip",
                Map.of(
                    "repeat",
                    "1 s",
                    "pickupRadiusM",
                    2L,
                    "dropoffRadiusM",
                    3.5,
                    "maxAccuracyM",
                    4L,
                    "pressWindow",
                    "5 s",
                    "stay",
                    "6 s")))
            .forTrips(Scenario.AIRPORT_PICKUP, "SFO")
            .trip();
    assertEquals(new TripSettings(1_000, 2, 3.5, 4, 5_000, 6_000), trip);
    assertEquals(
        new TripSettings(5_000, 1_000, 1_000, 100, 60_000, 60_000),
        of(Map.of()).forTrips(Scenario.AIRPORT_PICKUP, "SFO").trip());
    assertEquals(500, of(Map.of()).forTrips(Scenario.STATION_PICKUP, "SFO").trip().pickupRadiusM());
  }

  @Test
  void knowTheZoneOfACity() {
    Settings settings = of(Map.of("cities", Map.of("tokyo", Map.of("zone", "Asia/Tokyo"))));
    assertEquals(ZoneId.of("Asia/Tokyo"), settings.zone("tokyo"));
    assertEquals(ZoneId.of("America/Los_Angeles"), settings.zone("SFO"));
    assertEquals(ZoneId.of("Asia/Shanghai"), settings.zone("chengdu"));
    assertEquals(ZoneId.of("Asia/Shanghai"), settings.zone(null));
    Settings moved = of(Map.of("cities", Map.of("SFO", Map.of("zone", "UTC"))));
    assertEquals(ZoneId.of("UTC"), moved.zone("SFO"));
  }

  @Test
  void areResolvedOnceForACity() {
    Settings settings = of(Map.of());
    TripRules first = settings.forTrips(Scenario.STATION_PICKUP, "chengdu");
    assertSame(first, settings.forTrips(Scenario.STATION_PICKUP, "chengdu"));
    for (int i = 0; i < 10_000; i++) {
      settings.forTrips(Scenario.STATION_PICKUP, "city-" + i);
    }
    assertEquals(first, settings.forTrips(Scenario.STATION_PICKUP, "chengdu"));
  }
}
