package io.tripwatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tripwatch.codec.AlertJson;
import io.tripwatch.event.Scenario;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.TripSettings;
import io.tripwatch.verdict.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule is complete: listed, named and placed as it should be, tested, and documented. */
class RulesCompleteTest {
  private static final Path DOCUMENT = Path.of("docs", "rules.md");
  private static final Pattern ASSIGNMENT = Pattern.compile("`(\\w+)` = ([^,|]+)");
  private static final int MESSAGE_LENGTH = 120;
  private static final Pattern EVIDENCE = Pattern.compile("`(\\w+)`(\\??)");

  static Stream<Named<Rule>> rules() {
    return Rules.ALL.stream().map(rule -> Named.of(rule.spec().id(), rule));
  }

  @Test
  void everyRuleThereIsIsListedOnce() {
    Set<String> written =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.tripwatch.rule")
                .stream()
                .filter(type -> type.isAssignableTo(Rule.class) && !type.isInterface())
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    List<String> listed =
        Rules.ALL.stream().map(rule -> rule.getClass().getName()).sorted().toList();
    assertEquals(List.copyOf(written), listed);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isNamedByItsIdAndLiesWithItsFamily(Rule rule) {
    String name =
        Arrays.stream(rule.spec().id().split("-"))
            .map(
                word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    String expected = "io.tripwatch.rule." + rule.spec().family().id() + "." + name;
    assertEquals(expected, rule.getClass().getName());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasATest(Rule rule) throws ReflectiveOperationException {
    assertEquals(rule.spec().id(), testOf(rule).rule());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasARowWithItsFamily(Rule rule) throws IOException {
    Map<String, List<String>> rows = rows(rule.spec().family().id());
    assertTrue(rows.containsKey(rule.spec().id()), () -> "no row of " + rule.spec().id());
    boolean saysThatItNeedsSight = rows.get(rule.spec().id()).get(2).contains("⊙");
    assertEquals(rule.spec().needsSight(), saysThatItNeedsSight);
  }

  @Test
  void noRowIsOfNoRule() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (RuleSpec.Family family : RuleSpec.Family.values()) {
      documented.addAll(rows(family.id()).keySet());
    }
    assertEquals(
        Rules.catalogue().stream().map(RuleSpec::id).collect(Collectors.toCollection(TreeSet::new)),
        documented);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasTheDefaultsOfItsRow(Rule rule) throws IOException {
    RuleSpec spec = rule.spec();
    String cell = rows(spec.family().id()).get(spec.id()).get(3);
    Map<String, String> said = new LinkedHashMap<>();
    for (Matcher one = ASSIGNMENT.matcher(cell); one.find(); ) {
      said.put(one.group(1), one.group(2).strip());
    }
    List<String> named =
        spec.settings().stream()
            .map(Setting::name)
            .filter(name -> !Set.of("enabled", "shadow").contains(name))
            .toList();
    assertEquals(named, List.copyOf(said.keySet()));
    Settings settings = settings("rules." + spec.id(), said);
    for (Scenario scenario : Scenario.values()) {
      assertEquals(
          defaults().forTrips(scenario, "chengdu").of(spec),
          settings.forTrips(scenario, "chengdu").of(spec),
          scenario::name);
    }
  }

  @Test
  void theTripHasTheDefaultsOfItsTable() throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    rows("Trip").forEach((name, cells) -> said.put(name, cells.get(1).strip()));
    assertEquals(TripSettings.class.getRecordComponents().length, said.size());
    for (Scenario scenario : Scenario.values()) {
      assertEquals(
          defaults().forTrips(scenario, "chengdu").trip(),
          settings("trip", said).forTrips(scenario, "chengdu").trip(),
          scenario::name);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void givesTheEvidenceAndTheExampleOfItsRow(Rule rule) throws Exception {
    List<String> row = rows(rule.spec().family().id()).get(rule.spec().id());
    RuleContract test = testOf(rule);
    Alert alert = test.broken().judgedAt(test.judgedAt()).alert(rule.spec().id());
    Set<String> all = new TreeSet<>();
    Set<String> always = new TreeSet<>();
    for (Matcher one = EVIDENCE.matcher(row.get(4)); one.find(); ) {
      all.add(one.group(1));
      if (one.group(2).isEmpty()) {
        always.add(one.group(1));
      }
    }
    assertTrue(all.containsAll(alert.evidence().keySet()), () -> "undocumented: " + alert);
    assertTrue(alert.evidence().keySet().containsAll(always), () -> "missing: " + alert);
    assertEquals("`" + alert.alertId() + "`: " + alert.message(), row.get(5).strip());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void showsInItsExampleWhatItRestsOn(Rule rule) throws Exception {
    RuleContract test = testOf(rule);
    Outcome outcome = test.broken().judgedAt(test.judgedAt());
    Alert alert = outcome.alert(rule.spec().id());
    assertTrue(outcome.finding(rule.spec().id()).message().length() <= MESSAGE_LENGTH);
    if (!Recomputed.UNPROVABLE.containsKey(rule.spec().id())) {
      EvidenceForm.assertHolds(alert);
      Recomputed.assertHolds(alert);
    }
    String written = new String(AlertJson.write(alert), StandardCharsets.UTF_8);
    String example =
        "    {\"ruleId\":\""
            + rule.spec().id()
            + "\","
            + written.substring(written.indexOf("\"occurredAt\""));
    String ofRule = example.substring(0, example.indexOf(','));
    List<String> documented =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith(ofRule)).toList();
    assertEquals(List.of(example), documented);
  }

  private static RuleContract testOf(Rule rule) throws ReflectiveOperationException {
    var test = Class.forName(rule.getClass().getName() + "Test").getDeclaredConstructor();
    test.setAccessible(true);
    return assertInstanceOf(RuleContract.class, test.newInstance());
  }

  private static Settings defaults() {
    return Settings.defaults(Rules.catalogue());
  }

  /** The settings as they are written: {@code 30 min; AIRPORT_PICKUP: 60 min}. */
  private static Settings settings(String section, Map<String, String> said) {
    Story story = Story.trip();
    said.forEach(
        (name, values) -> {
          String[] parts = values.split(";");
          story.with(section + "." + name, value(parts[0].strip()));
          for (int i = 1; i < parts.length; i++) {
            String[] one = parts[i].split(":");
            String path = "scenarios." + one[0].strip() + "." + section + "." + name;
            story.with(path, value(one[1].strip()));
          }
        });
    return Settings.of(story.settings(), Rules.catalogue());
  }

  private static Object value(String text) {
    if (text.matches("\\d+")) {
      return Long.valueOf(text);
    }
    if (text.matches("\\d+\\.\\d+")) {
      return Double.valueOf(text);
    }
    return text.matches("true|false") ? (Object) Boolean.valueOf(text) : text;
  }

  /** The rows of the table below a heading, by what their first cell names. */
  private static Map<String, List<String>> rows(String heading) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    boolean inside = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("#")) {
        inside = line.equals("## " + heading);
      } else if (inside && line.startsWith("| `")) {
        List<String> cells = List.of(line.substring(1).split("\\|"));
        rows.put(cells.get(0).replace("`", "").strip(), cells);
      }
    }
    return rows;
  }
}
