package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.event.Topic;
import io.tripwatch.rule.Promised;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A day of real tracks, where it is at hand. */
@EnabledIf("isAtHand")
class RealDayIT {
  private static final Path DAY =
      Path.of(System.getProperty("tripwatch.realDay", "../shared/data/sfo-2008-06-03"));

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;

  static boolean isAtHand() {
    return Files.isDirectory(DAY);
  }

  @Test
  void itsFinalVerdictsAreTheExpectedOnesInWhateverOrderTheLinesStand() throws Exception {
    Path shuffled = temporary.resolve("shuffled");
    shuffle(shuffled, new Random(1));
    List<String> asTheyStand = replay(DAY, "--parallelism=1", "--state=heap");
    List<String> otherwise = replay(shuffled, "--parallelism=4", "--state=rocksdb");
    assertEquals(asTheyStand, otherwise);
    assertEquals(List.of(), differences(expected(), said(asTheyStand)));
  }

  private static void shuffle(Path to, Random random) throws IOException {
    Files.createDirectories(to);
    for (Topic topic : Topic.values()) {
      Path file = DAY.resolve(topic.fileStem() + ".ndjson.gz");
      if (Files.exists(file)) {
        List<String> lines = lines(file);
        Collections.shuffle(lines, random);
        Files.write(to.resolve(topic.fileStem() + ".ndjson"), lines);
      }
    }
  }

  /** The final alerts, leaving out what may depend on the order of arrival. */
  private List<String> replay(Path input, String... how) throws IOException {
    Path output = temporary.resolve("out");
    List<String> options = new ArrayList<>(List.of("replay"));
    options.addAll(List.of(how));
    options.addAll(List.of("--final", "--input=" + input, "--output=" + output));
    assertEquals(0, Tripwatch.commandLine().execute(options.toArray(String[]::new)));
    return Files.readAllLines(output.resolve("alerts.ndjson")).stream()
        .filter(line -> Promised.covers(ruleOf(line)))
        .map(line -> line.replaceAll("\"(epoch|revision)\":\\d+,|\"status\":\"[A-Z]+\",", ""))
        .toList();
  }

  private static String ruleOf(String line) {
    try {
      return JSON.readTree(line).path("ruleId").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> expected() throws IOException {
    Set<String> rules = Rules.catalogue().stream().map(RuleSpec::id).collect(Collectors.toSet());
    Map<String, String> expected = said(lines(DAY.resolve("expected-alerts.ndjson.gz")));
    expected.values().removeIf(alert -> !rules.contains(alert.split(" ", 2)[0]));
    return expected;
  }

  private static Map<String, String> said(List<String> lines) throws IOException {
    Map<String, String> said = new TreeMap<>();
    for (String line : lines) {
      JsonNode alert = JSON.readTree(line);
      List<String> fields = new ArrayList<>();
      for (String field : List.of("ruleId", "occurredAt", "confidence", "orderId", "driverId")) {
        fields.add(alert.path(field).asText());
      }
      said.put(alert.path("alertId").asText(), String.join(" ", fields));
    }
    return said;
  }

  private static List<String> differences(
      Map<String, String> expected, Map<String, String> actual) {
    Set<String> ids = new TreeSet<>(expected.keySet());
    ids.addAll(actual.keySet());
    return ids.stream()
        .filter(id -> !String.valueOf(expected.get(id)).equals(actual.get(id)))
        .map(id -> id + ": expected " + expected.get(id) + " but was " + actual.get(id))
        .toList();
  }

  private static List<String> lines(Path gzipped) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(gzipped)), StandardCharsets.UTF_8))) {
      return reader.lines().collect(Collectors.toCollection(ArrayList::new));
    }
  }
}
