package io.tripwatch.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The naive judge comes to the expected verdicts of the shared days, to the last field. */
class NaiveJudgeDayIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"fair-2008-06-05", "sfo-2008-06-03"})
  void comesToTheExpectedVerdicts(String day) throws IOException {
    Path folder = Path.of("../shared/data", day);
    assumeTrue(Files.isDirectory(folder), "no shared data");
    NaiveJudge.Verdicts verdicts = NaiveJudge.judge(folder, null);
    verdicts.alerts().values().removeIf(row -> row.containsKey("shadow"));
    compare(folder.resolve("expected-alerts.ndjson.gz"), "alertId", verdicts.alerts());
    compare(folder.resolve("expected-penalties.ndjson.gz"), "penaltyId", verdicts.penalties());
    compare(
        folder.resolve("expected-compensations.ndjson.gz"),
        "compensationId",
        verdicts.compensations());
  }

  private static void compare(Path expected, String id, Map<String, Map<String, Object>> got)
      throws IOException {
    List<String> differences = new ArrayList<>();
    TreeSet<String> ids = new TreeSet<>(got.keySet());
    List<JsonNode> rows = rows(expected);
    assertFalse(rows.isEmpty());
    for (JsonNode want : rows) {
      String key = want.get(id).textValue();
      ids.remove(key);
      if (!got.containsKey(key)) {
        differences.add(key + " is missing");
        continue;
      }
      JsonNode row = JSON.valueToTree(got.get(key));
      want.fieldNames()
          .forEachRemaining(
              name -> {
                // What the days tell besides are figures the judge does not give.
                if (row.has(name) && !want.get(name).asText().equals(row.get(name).asText())) {
                  differences.add(
                      key + " " + name + ": want " + want.get(name) + " got " + row.get(name));
                }
              });
    }
    ids.forEach(key -> differences.add(key + " is extra"));
    assertEquals(List.of(), differences);
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }
}
