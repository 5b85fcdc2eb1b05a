package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTreeTest {
  private static final String YAML =
      """
      # Tripwatch settings
      epoch: 1
      trip:
        maxAccuracyM: 100.5
        pickupRadiusM: {default: 500, AIRPORT_PICKUP: 1000}
      rules:
        no-show:
          enabled: true
          shadow: false
          noShowAfter: 30 min
          cities: [SFO, "chengdu"]
          note:
      """;

  @Test
  void readsYamlIntoPlainMapsInTheOrderOfTheText() {
    Map<String, Object> settings = SettingsTree.readYaml(YAML);
    assertEquals(List.of("epoch", "trip", "rules"), new ArrayList<>(settings.keySet()));
    Map<String, Object> noShow = new LinkedHashMap<>();
    noShow.put("enabled", true);
    noShow.put("shadow", false);
    noShow.put("noShowAfter", "30 min");
    noShow.put("cities", List.of("SFO", "chengdu"));
    noShow.put("note", null);
    assertEquals(
        Map.of(
            "epoch",
            1L,
            "trip",
            Map.of(
                "maxAccuracyM",
                100.5,
                "pickupRadiusM",
                Map.of("default", 500L, "AIRPORT_PICKUP", 1000L)),
            "rules",
            Map.of("no-show", noShow)),
        settings);
  }

  @Test
  void readsJsonAlike() {
    assertEquals(
        SettingsTree.readYaml("{a: [1, 2.5, x, null, true], b: {c: -9223372036854775808}}"),
        SettingsTree.readJson(
            "{\"a\":[1,2.5,\"x\",null,true],\"b\":{\"c\":-9223372036854775808}}"));
  }

  @Test
  void takesATextWithoutValuesForNoSettings() {
    assertEquals(Map.of(), SettingsTree.readYaml(""));
    assertEquals(Map.of(), SettingsTree.readYaml("# nothing set\n"));
    assertThrows(SettingsSyntaxException.class, () -> SettingsTree.readJson(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: 1\nb: 2\na: 3'|3|1|the key \"a\" occurs twice",
        "'a:\n  b: 1\n  c: 2\n  b: 1'|4|3|the key \"b\" occurs twice",
        "'a: &x 1\nb: *x'|2|4|aliases are not supported",
        "'a: &x {c: 1}\nb:\n  <<: *x'|3|7|aliases are not supported",
        "'- a\n- b'|1|1|one mapping",
        "'just text'|1|1|one mapping",
        "'a: 1\n---\nb: 2'|3|1|more follows",
        "'a: .inf'|1|8|.inf",
        "'a: 0500'|1|4|octal",
        "'*x : 1'|1|3|field name",
        "'? [a]\n: 1'|1|4|field name",
        "'a: !!binary aGk='|1|4|a value is",
        "'a: 1e999'|1|4|finite",
        "'a: [1, 2'|1|9|",
        "'a: \"x'|1|6|",
        "'a: 1\n\tb: 2'|2|1|"
      })
  void saysWhereYamlIsWrong(String text, int line, int column, String part) {
    SettingsSyntaxException e =
        assertThrows(SettingsSyntaxException.class, () -> SettingsTree.readYaml(text));
    assertEquals(line + ":" + column, e.line() + ":" + e.column(), e.getMessage());
    assertTrue(e.getMessage().startsWith("line " + line + ", column " + column + ": "));
    assertTrue(part == null || e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"a\":1,\n\"a\":2}'|2|1|occurs twice",
        "'{\"a\":}'|1|6|",
        "'[]'|1|1|one mapping",
        "'{} {}'|1|4|more follows",
        "'{\"a\":1e999}'|1|6|finite"
      })
  void saysWhereJsonIsWrong(String text, int line, int column, String part) {
    SettingsSyntaxException e =
        assertThrows(SettingsSyntaxException.class, () -> SettingsTree.readJson(text));
    assertEquals(line + ":" + column, e.line() + ":" + e.column(), e.getMessage());
    assertTrue(part == null || e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void boundsDepthAndLength() {
    String deepest = "[".repeat(15) + "]".repeat(15);
    SettingsTree.readYaml("a: " + deepest);
    SettingsTree.readJson("{\"a\":" + deepest + "}");
    assertThrows(
        SettingsSyntaxException.class, () -> SettingsTree.readYaml("a: [" + deepest + "]"));
    assertThrows(
        SettingsSyntaxException.class, () -> SettingsTree.readJson("{\"a\":[" + deepest + "]}"));
    String tooLong = "#".repeat(SettingsTree.MAX_CHARS + 1);
    assertThrows(SettingsSyntaxException.class, () -> SettingsTree.readYaml(tooLong));
  }

  @Test
  void throwsNothingButItsOwnExceptionOnMutatedText() {
    SplittableRandom random = new SplittableRandom(3);
    String alphabet = "\n\t :-?&*!|>'\"%@`{}[],#~.0e1x_\\\0\uFEFF\uD800é<=";
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(YAML);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(text.length());
        String piece = String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
        text.replace(at, Math.min(text.length(), at + random.nextInt(3)), piece);
      }
      for (boolean yaml : List.of(true, false)) {
        try {
          Map<String, Object> tree =
              yaml
                  ? SettingsTree.readYaml(text.toString())
                  : SettingsTree.readJson(text.toString());
          assertPlain(tree);
          read++;
        } catch (SettingsSyntaxException e) {
          assertTrue(e.line() >= 1 && e.column() >= 1, () -> e.getMessage() + " of " + text);
        }
      }
    }
    assertTrue(read > 1000, "read only " + read);
  }

  private static void assertPlain(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> assertTrue(key instanceof String));
      map.values().forEach(SettingsTreeTest::assertPlain);
    } else if (value instanceof List<?> list) {
      list.forEach(SettingsTreeTest::assertPlain);
    } else if (value != null) {
      assertTrue(
          Arrays.asList(String.class, Long.class, Double.class, Boolean.class)
              .contains(value.getClass()),
          value.getClass().toString());
    }
  }
}
