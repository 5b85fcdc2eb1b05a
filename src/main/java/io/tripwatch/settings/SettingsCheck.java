package io.tripwatch.settings;

import io.tripwatch.event.Scenario;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a tree of settings and says everything that is wrong with it, not only the first thing. */
final class SettingsCheck {
  private static final String RULES = "rules";
  private static final String TRIP = "trip";
  private static final String PENALTIES = "penalties";
  private static final String SCENARIOS = "scenarios";
  private static final String CITIES = "cities";
  private static final String ZONE = "zone";
  private static final String VERSION = "version";
  private static final int MAX_VERSION_CHARS = 64;

  private final Map<String, RuleSpec> catalogue = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();
  private final Settings.Layers layers = new Settings.Layers();

  private SettingsCheck(List<RuleSpec> rules) {
    rules.forEach(rule -> catalogue.put(rule.id(), rule));
  }

  static Settings.Layers layers(Map<String, Object> tree, List<RuleSpec> catalogue)
      throws InvalidSettingsException {
    SettingsCheck check = new SettingsCheck(catalogue);
    check.level("", tree, null, null, List.of(VERSION, TRIP, RULES, PENALTIES, SCENARIOS, CITIES));
    if (!check.errors.isEmpty()) {
      throw new InvalidSettingsException(check.errors);
    }
    return check.layers;
  }

  /** One level at which trip and rules may be set: everyone, a scenario, a city, or both. */
  private void level(
      String path, Map<?, ?> tree, Scenario scenario, String city, List<String> allowed) {
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String name = String.valueOf(entry.getKey());
      String at = path + name;
      Object value = entry.getValue();
      if (!allowed.contains(name)) {
        errors.add(at + " is not a section; use one of " + String.join(", ", allowed));
      } else if (name.equals(VERSION)) {
        version(at, value);
      } else if (name.equals(ZONE)) {
        zone(at, value, city);
      } else if (asMap(at, value) instanceof Map<?, ?> section) {
        switch (name) {
          case TRIP -> group(at, section, TripSettings.ALL, "trip.", scenario, city);
          case PENALTIES -> group(at, section, PenaltySettings.ALL, "penalties.", scenario, city);
          case RULES -> rules(at, section, scenario, city);
          case SCENARIOS -> scenarios(at, section, city);
          default -> cities(at, section);
        }
      }
    }
  }

  private void version(String at, Object value) {
    if (value instanceof String text && !text.isBlank() && text.length() <= MAX_VERSION_CHARS) {
      layers.version = text;
    } else {
      // A version 1.10 read as a number would be 1.1.
      String remedy =
          "a text of 1 to " + MAX_VERSION_CHARS + " characters; put quotes round a number";
      refuse(at, value, remedy);
    }
  }

  private void rules(String path, Map<?, ?> section, Scenario scenario, String city) {
    for (Map.Entry<?, ?> entry : section.entrySet()) {
      String id = String.valueOf(entry.getKey());
      String at = path + "." + id;
      RuleSpec rule = catalogue.get(id);
      if (rule == null) {
        errors.add(at + " is not a rule; " + nearest(id, catalogue.keySet()));
      } else if (asMap(at, entry.getValue()) instanceof Map<?, ?> group) {
        group(at, group, rule.settings(), "rules." + id + ".", scenario, city);
      }
    }
  }

  private void scenarios(String path, Map<?, ?> section, String city) {
    for (Map.Entry<?, ?> entry : section.entrySet()) {
      String name = String.valueOf(entry.getKey());
      String at = path + "." + name;
      Optional<Scenario> scenario =
          Arrays.stream(Scenario.values()).filter(one -> one.name().equals(name)).findFirst();
      if (scenario.isEmpty()) {
        errors.add(at + " is not a scenario; use one of " + Arrays.toString(Scenario.values()));
      } else if (asMap(at, entry.getValue()) instanceof Map<?, ?> group) {
        level(at + ".", group, scenario.get(), city, List.of(TRIP, RULES, PENALTIES));
      }
    }
  }

  private void cities(String path, Map<?, ?> section) {
    for (Map.Entry<?, ?> entry : section.entrySet()) {
      String city = String.valueOf(entry.getKey());
      String at = path + "." + city;
      if (asMap(at, entry.getValue()) instanceof Map<?, ?> group) {
        level(at + ".", group, null, city, List.of(ZONE, TRIP, RULES, PENALTIES, SCENARIOS));
      }
    }
  }

  private void zone(String at, Object value, String city) {
    try {
      ZoneId.of(String.valueOf(value));
      layers.zones.put(city, String.valueOf(value));
    } catch (DateTimeException unknown) {
      errors.add(at + " is " + show(value) + "; set it to a time zone such as Asia/Shanghai");
    }
  }

  private void group(
      String path,
      Map<?, ?> group,
      List<Setting> settings,
      String prefix,
      Scenario scenario,
      String city) {
    for (Map.Entry<?, ?> entry : group.entrySet()) {
      String name = String.valueOf(entry.getKey());
      String at = path + "." + name;
      Optional<Setting> setting = settings.stream().filter(s -> s.name().equals(name)).findFirst();
      if (setting.isEmpty()) {
        errors.add(
            at
                + " is not a setting; "
                + nearest(name, settings.stream().map(Setting::name).toList()));
        continue;
      }
      value(at, entry.getValue(), setting.get())
          .ifPresent(value -> layers.put(scenario, city, prefix + name, value));
    }
  }

  private Optional<Object> value(String at, Object value, Setting setting) {
    return switch (setting.kind()) {
      case DURATION -> duration(at, value, setting);
      case NUMBER -> number(at, value, setting);
      case INTEGER -> integer(at, value, setting);
      case FLAG ->
          value instanceof Boolean ? Optional.of(value) : refuse(at, value, "true or false");
      case SEVERITY ->
          Arrays.stream(Severity.values())
              .filter(severity -> severity.name().equals(value))
              .findFirst()
              .map(Object.class::cast)
              .or(() -> refuse(at, value, "one of " + Arrays.toString(Severity.values())));
    };
  }

  private Optional<Object> duration(String at, Object value, Setting setting) {
    String limits =
        "a duration from "
            + Durations.write((long) setting.min())
            + " to "
            + Durations.write((long) setting.max())
            + ", such as "
            + Durations.write((Long) setting.defaultValue());
    Optional<Long> ms = value instanceof String text ? Durations.parseMs(text) : Optional.empty();
    if (ms.isEmpty() || ms.get() < setting.min() || ms.get() > setting.max()) {
      return refuse(at, value, limits);
    }
    return Optional.of(ms.get());
  }

  private Optional<Object> number(String at, Object value, Setting setting) {
    if (value instanceof Number number && within(number.doubleValue(), setting)) {
      return Optional.of(number.doubleValue());
    }
    return refuse(
        at, value, "a number from " + plain(setting.min()) + " to " + plain(setting.max()));
  }

  private Optional<Object> integer(String at, Object value, Setting setting) {
    if (value instanceof Long number && within(number, setting)) {
      return Optional.of(number);
    }
    return refuse(
        at, value, "a whole number from " + plain(setting.min()) + " to " + plain(setting.max()));
  }

  private static boolean within(double number, Setting setting) {
    return number >= setting.min() && number <= setting.max();
  }

  private Optional<Object> refuse(String at, Object value, String remedy) {
    errors.add(at + " is " + show(value) + "; set it to " + remedy);
    return Optional.empty();
  }

  private Object asMap(String at, Object value) {
    if (!(value instanceof Map<?, ?>)) {
      errors.add(at + " is " + show(value) + "; put its settings below it, as name: value");
    }
    return value;
  }

  private static String nearest(String wrong, Iterable<String> names) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int edits = edits(wrong, name);
      if (edits < least) {
        least = edits;
        best = name;
      }
    }
    return least <= Math.max(2, wrong.length() / 3)
        ? "did you mean " + best + "?"
        : "use one of " + String.join(", ", names);
  }

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static String show(Object value) {
    String text = value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
