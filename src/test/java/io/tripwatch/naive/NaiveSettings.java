package io.tripwatch.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings: their names, defaults and bounds, and what one version says of a place. */
final class NaiveSettings {
  private static final Set<String> SCENARIOS =
      Set.of("AIRPORT_PICKUP", "AIRPORT_DROPOFF", "STATION_PICKUP", "STATION_DROPOFF");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|min|h|d)");

  /** rule, family, severity, fine in cents, points, review. */
  private static final String RULES =
      """
      margin-missed punctuality INFO 0 1 false
      late-at-pickup punctuality MAJOR 5000 3 false
      no-show punctuality CRITICAL 20000 12 false
      lateness-predicted punctuality WARNING 0 0 false
      pickup-abandoned punctuality MAJOR 10000 6 false
      driver-cancelled punctuality MAJOR 5000 3 false
      cancellation-induced punctuality CRITICAL 20000 12 true
      no-contact-after-accept contact WARNING 0 1 false
      no-contact-on-arrival contact WARNING 0 1 false
      on-site-not-pressed buttons INFO 0 1 false
      on-site-pressed-elsewhere buttons MAJOR 5000 3 false
      button-out-of-order buttons INFO 0 1 false
      started-elsewhere buttons MAJOR 5000 3 false
      ended-elsewhere buttons WARNING 3000 2 false
      end-not-pressed buttons INFO 0 1 false
      vehicle-swapped identity CRITICAL 20000 12 true
      vehicle-silent identity INFO 0 0 false
      unregistered-device identity MAJOR 5000 3 true
      reassigned-privately identity CRITICAL 20000 12 true
      device-shared identity MAJOR 5000 6 true
      account-in-two-places identity CRITICAL 10000 6 true
      class-below-order identity MAJOR 0 0 false
      fake-order cheating CRITICAL 50000 100 true
      gps-spoofed cheating MAJOR 10000 6 true
      clock-behind cheating MAJOR 10000 6 true
      charged-above-fixed-price fees MAJOR 10000 6 false
      flight-delayed flights INFO 0 0 false
      flight-called-off flights INFO 0 0 false
      track-silent driving INFO 0 0 false
      detour driving WARNING 3000 2 true
      speeding driving WARNING 2000 2 false
      bad-rating voice WARNING 1000 2 true
      rating-unverified voice WARNING 0 0 false
      complaint-unanswered voice MAJOR 0 0 false
      complaint-unresolved voice MAJOR 0 0 false
      complaint-upheld voice MAJOR 5000 5 false
      blacklisted-pair-matched voice MAJOR 0 0 false
      """;

  /**
   * setting, type, default, least, greatest. Bounds the contract does not give are wide guesses.
   */
  private static final String OTHERS =
      """
      trip.repeat duration 5s 0s 10min
      trip.pickupRadiusM number 500 1 20000
      trip.dropoffRadiusM number 1000 1 20000
      trip.maxAccuracyM number 100 1 10000
      trip.pressWindow duration 60s 0s 30min
      trip.stay duration 60s 0s 30min
      trip.notice duration 60min 0s 24h
      penalties.settleAfter duration 24h 0s 30d
      penalties.window duration 90d 1d 3650d
      rules.margin-missed.margin duration 10min 0s 24h
      rules.late-at-pickup.graveFineCents integer 10000 0 100000000
      rules.late-at-pickup.gravePoints integer 6 0 1000
      rules.no-show.noShowAfter duration 30min 0s 24h
      rules.lateness-predicted.tolerance duration 5min 0s 24h
      rules.pickup-abandoned.leftM number 2000 1 100000
      rules.pickup-abandoned.freeWait duration 30min 0s 24h
      rules.driver-cancelled.shortNotice duration 2h 0s 24h
      rules.driver-cancelled.shortNoticeFineCents integer 10000 0 100000000
      rules.driver-cancelled.shortNoticePoints integer 6 0 1000
      rules.no-contact-after-accept.within duration 60min 1s 24h
      rules.no-contact-on-arrival.within duration 10min 1s 24h
      rules.vehicle-swapped.for duration 3min 0s 24h
      rules.vehicle-swapped.apartM number 500 1 100000
      rules.vehicle-silent.gap duration 10min 1s 24h
      rules.account-in-two-places.kmh number 250 1 10000
      rules.fake-order.threshold integer 100 1 1000
      rules.clock-behind.behind duration 5min 1s 2h
      rules.flight-delayed.delay duration 15min 1s 24h
      rules.track-silent.gap duration 5min 1s 24h
      rules.detour.factor number 1.5 1 100
      rules.speeding.kmh number 120 1 1000
      rules.speeding.for duration 30s 0s 24h
      rules.bad-rating.stars integer 3 1 5
      rules.complaint-unanswered.within duration 45min 1s 30d
      rules.complaint-unresolved.within duration 24h 1s 30d
      rules.blacklisted-pair-matched.blacklistFor duration 730d 1d 3650d
      """;

  private static final Map<String, Setting> ALL = new LinkedHashMap<>();
  private static final Map<String, String> FAMILIES = new LinkedHashMap<>();

  static {
    for (String line : RULES.strip().split("\n")) {
      String[] part = line.split(" ");
      FAMILIES.put(part[0], part[1]);
      String rule = "rules." + part[0] + ".";
      ALL.put(rule + "enabled", new Setting("boolean", 1, 0, 1));
      ALL.put(rule + "shadow", new Setting("boolean", 0, 0, 1));
      ALL.put(rule + "review", new Setting("boolean", part[5].equals("true") ? 1 : 0, 0, 1));
      ALL.put(rule + "severity", new Setting("severity", 0, 0, 0));
      ALL.put(rule + "fineCents", new Setting("integer", Long.parseLong(part[3]), 0, 100_000_000));
      ALL.put(rule + "points", new Setting("integer", Long.parseLong(part[4]), 0, 1000));
    }
    for (String line : OTHERS.strip().split("\n")) {
      String[] part = line.split(" ");
      double[] value = new double[3];
      for (int i = 0; i < 3; i++) {
        value[i] =
            part[1].equals("duration") ? durationMs(part[i + 2]) : Double.parseDouble(part[i + 2]);
      }
      ALL.put(part[0], new Setting(part[1], value[0], value[1], value[2]));
    }
  }

  private record Setting(String type, double standard, double least, double greatest) {
    double parse(JsonNode node) {
      return switch (type) {
        case "boolean" -> node.isBoolean() ? (node.booleanValue() ? 1 : 0) : Double.NaN;
        case "severity" ->
            node.isTextual()
                    && Set.of("INFO", "WARNING", "MAJOR", "CRITICAL").contains(node.textValue())
                ? 0
                : Double.NaN;
        case "integer" -> node.isIntegralNumber() ? node.doubleValue() : Double.NaN;
        case "number" -> node.isNumber() ? node.doubleValue() : Double.NaN;
        default -> node.isTextual() ? durationMs(node.textValue()) : Double.NaN;
      };
    }

    boolean takes(JsonNode node) {
      double value = parse(node);
      return value >= least && value <= greatest;
    }
  }

  private final String version;
  private final JsonNode tree;

  /** Settings of {@code tree} (null: the defaults), named {@code version} in alerts. */
  NaiveSettings(String version, JsonNode tree) {
    this.version = version;
    this.tree = tree;
  }

  String version() {
    return version;
  }

  Scope scope(String city, String scenario) {
    return new Scope(this, city, scenario);
  }

  static String family(String rule) {
    return FAMILIES.get(rule);
  }

  /** What the settings say for one city and scenario; either may be null. */
  record Scope(NaiveSettings settings, String city, String scenario) {
    long ms(String name) {
      return (long) value(name);
    }

    boolean on(String name) {
      return value(name) != 0;
    }

    double value(String name) {
      Setting setting = ALL.get(name);
      for (JsonNode level : levels()) {
        JsonNode node = level;
        for (String key : name.split("\\.")) {
          node = node.path(key);
        }
        if (!node.isMissingNode()) {
          return setting.parse(node);
        }
      }
      if ("AIRPORT_PICKUP".equals(scenario)) {
        if (name.equals("trip.pickupRadiusM")) {
          return 1000;
        }
        if (name.equals("rules.pickup-abandoned.freeWait")) {
          return durationMs("60min");
        }
      }
      return setting.standard;
    }

    /** The narrower first, the city before the scenario. */
    private List<JsonNode> levels() {
      if (settings.tree == null) {
        return List.of();
      }
      JsonNode inCity = settings.tree.path("cities").path(city == null ? "" : city);
      return List.of(
          inCity.path("scenarios").path(scenario == null ? "" : scenario),
          inCity,
          settings.tree.path("scenarios").path(scenario == null ? "" : scenario),
          settings.tree);
    }

    ZoneId zone() {
      JsonNode zone =
          settings.tree == null
              ? null
              : settings.tree.path("cities").path(city == null ? "" : city).get("zone");
      if (zone != null) {
        return ZoneId.of(zone.textValue());
      }
      return ZoneId.of("SFO".equals(city) ? "America/Los_Angeles" : "Asia/Shanghai");
    }
  }

  /** What is wrong with a settings tree; empty if nothing is. */
  static List<String> errors(JsonNode tree) {
    List<String> errors = new ArrayList<>();
    level(tree, "", Set.of("version", "trip", "rules", "penalties", "scenarios", "cities"), errors);
    return errors;
  }

  private static void level(JsonNode node, String path, Set<String> known, List<String> errors) {
    if (!node.isObject()) {
      errors.add(path + " is no object");
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String at = path + field.getKey();
      JsonNode value = field.getValue();
      if (!known.contains(field.getKey())) {
        errors.add(at + " is unknown");
      } else {
        switch (field.getKey()) {
          case "version" -> {
            if (!value.isTextual()) {
              errors.add(at + " is no text");
            }
          }
          case "zone" -> zone(value, at, errors);
          case "scenarios" ->
              each(value, at, SCENARIOS, Set.of("trip", "rules", "penalties"), errors);
          case "cities" ->
              each(
                  value,
                  at,
                  null,
                  Set.of("zone", "trip", "rules", "penalties", "scenarios"),
                  errors);
          default -> leaves(value, field.getKey() + ".", at + ".", errors);
        }
      }
    }
  }

  private static void each(
      JsonNode node, String path, Set<String> names, Set<String> known, List<String> errors) {
    if (!node.isObject()) {
      errors.add(path + " is no object");
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (names != null && !names.contains(field.getKey())) {
        errors.add(path + "." + field.getKey() + " is unknown");
      }
      level(field.getValue(), path + "." + field.getKey() + ".", known, errors);
    }
  }

  private static void leaves(JsonNode node, String name, String path, List<String> errors) {
    if (!node.isObject()) {
      errors.add(path + " is no object");
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String full = name + field.getKey();
      Setting setting = ALL.get(full);
      if (setting != null) {
        if (!setting.takes(field.getValue())) {
          errors.add(path + field.getKey() + " is out of bounds: " + field.getValue());
        }
      } else if (name.equals("rules.") && FAMILIES.containsKey(field.getKey())) {
        leaves(field.getValue(), full + ".", path + field.getKey() + ".", errors);
      } else {
        errors.add(path + field.getKey() + " is unknown");
      }
    }
  }

  private static void zone(JsonNode node, String path, List<String> errors) {
    try {
      ZoneId.of(node.isTextual() ? node.textValue() : "?");
    } catch (DateTimeException e) {
      errors.add(path + " is no time zone: " + node);
    }
  }

  /** Milliseconds of "30 min" or "PT30M"; NaN if it is neither. */
  static double durationMs(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      try {
        return Duration.parse(text).toMillis();
      } catch (DateTimeException | ArithmeticException e) {
        return Double.NaN;
      }
    }
    long unit =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "min" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        };
    return (double) Long.parseLong(matcher.group(1)) * unit;
  }
}
