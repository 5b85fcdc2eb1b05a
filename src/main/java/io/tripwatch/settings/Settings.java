package io.tripwatch.settings;

import io.tripwatch.event.Scenario;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rule settings in force: what a tree like {@code rules.yaml} says over the defaults. What is
 * said for a city and a scenario together goes before what is said for the city, that before the
 * scenario, that before everyone, that before the defaults of a scenario, and those before the
 * defaults.
 */
public final class Settings {
  static final String DEFAULT_ZONE = "Asia/Shanghai";
  static final Map<String, String> DEFAULT_CITY_ZONES = Map.of("SFO", "America/Los_Angeles");

  /** What alerts call the settings the job was started with, unless those name their version. */
  public static final String DEFAULT_VERSION = "default";

  private final String version;
  private final List<RuleSpec> catalogue;
  private final Layers layers;

  /** By scenario and city; null for those that concern a driver and no trip. */
  private final Map<Scenario, Map<String, TripRules>> resolved = new HashMap<>();

  Settings(String version, List<RuleSpec> catalogue, Layers layers) {
    this.version = version;
    this.catalogue = List.copyOf(catalogue);
    this.layers = layers;
  }

  /** The defaults of the contract. */
  public static Settings defaults(List<RuleSpec> catalogue) {
    return new Settings(DEFAULT_VERSION, catalogue, new Layers());
  }

  /**
   * The settings a tree says. Their version is the one it names, else {@link #DEFAULT_VERSION}.
   *
   * @param tree nested maps, as read from YAML or JSON
   * @throws InvalidSettingsException with every error found
   */
  public static Settings of(Map<String, Object> tree, List<RuleSpec> catalogue)
      throws InvalidSettingsException {
    Layers layers = SettingsCheck.layers(tree, catalogue);
    String version = layers.version == null ? DEFAULT_VERSION : layers.version;
    return new Settings(version, catalogue, layers);
  }

  /**
   * The settings of a version, whatever version the tree names.
   *
   * @param tree nested maps, as read from YAML or JSON
   * @throws InvalidSettingsException with every error found
   */
  public static Settings of(String version, Map<String, Object> tree, List<RuleSpec> catalogue)
      throws InvalidSettingsException {
    return new Settings(version, catalogue, SettingsCheck.layers(tree, catalogue));
  }

  /** The version, as alerts name it. */
  public String version() {
    return version;
  }

  /** The settings for what concerns a driver and no trip; city null where none is known. */
  public TripRules forDrivers(String city) {
    return forTrips(null, city);
  }

  /** The settings for trips of a scenario in a city. */
  public TripRules forTrips(Scenario scenario, String city) {
    Map<String, TripRules> byCity = resolved.computeIfAbsent(scenario, any -> new HashMap<>());
    TripRules known = byCity.get(city);
    if (known == null) {
      known = resolve(scenario, city);
      // Cities come from the events: a flood of invented names must not fill the memory.
      if (byCity.size() >= MAX_CITIES) {
        byCity.clear();
      }
      byCity.put(city, known);
    }
    return known;
  }

  /** Whether a rule is judged for any trip at all. */
  public boolean enablesAnywhere(RuleSpec rule) {
    String path = "rules." + rule.id() + "." + RuleSpec.ENABLED;
    return !Boolean.FALSE.equals(layers.say(path, null, null)) || layers.anySays(path, true);
  }

  /** More cities than any platform serves. */
  private static final int MAX_CITIES = 1_024;

  /** The time zone local days are counted in. */
  public ZoneId zone(String city) {
    String zone = layers.zones.get(city);
    if (zone == null) {
      zone = city == null ? DEFAULT_ZONE : DEFAULT_CITY_ZONES.getOrDefault(city, DEFAULT_ZONE);
    }
    return ZoneId.of(zone);
  }

  private TripRules resolve(Scenario scenario, String city) {
    Map<String, Values> byRule = new HashMap<>();
    for (RuleSpec rule : catalogue) {
      byRule.put(rule.id(), values("rules." + rule.id() + ".", rule.settings(), scenario, city));
    }
    return new TripRules(
        version,
        zone(city),
        TripSettings.of(values("trip.", TripSettings.ALL, scenario, city)),
        PenaltySettings.of(values("penalties.", PenaltySettings.ALL, scenario, city)),
        Collections.unmodifiableMap(byRule));
  }

  private Values values(String prefix, List<Setting> settings, Scenario scenario, String city) {
    Map<String, Object> values = new HashMap<>();
    for (Setting setting : settings) {
      Object said = layers.say(prefix + setting.name(), scenario, city);
      values.put(setting.name(), said == null ? setting.defaultIn(scenario) : said);
    }
    return new Values(values);
  }

  /** What was said, layer by layer. */
  static final class Layers {
    /** Null where none is named. */
    String version;

    final Map<String, String> zones = new HashMap<>();
    private final Map<String, Object> said = new HashMap<>();

    void put(Scenario scenario, String city, String path, Object value) {
      said.put(key(scenario, city, path), value);
    }

    Object say(String path, Scenario scenario, String city) {
      if (said.isEmpty()) {
        return null;
      }
      Object value = said.get(key(scenario, city, path));
      value = value != null ? value : said.get(key(null, city, path));
      value = value != null ? value : said.get(key(scenario, null, path));
      return value != null ? value : said.get(key(null, null, path));
    }

    boolean anySays(String path, Object value) {
      for (Map.Entry<String, Object> one : said.entrySet()) {
        if (one.getKey().endsWith("|" + path) && one.getValue().equals(value)) {
          return true;
        }
      }
      return false;
    }

    private static String key(Scenario scenario, String city, String path) {
      return (scenario == null ? "" : scenario) + "|" + (city == null ? "" : city) + "|" + path;
    }
  }
}
