package io.tripwatch.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripwatch.cli.Replays;
import io.tripwatch.files.ReplayRun.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Months of few orders, with event time driven on by unrelated records or not, come to the verdicts
 * of the naive judge. How many, and of which seeds: {@code sparse.*} in {@code pom.xml}.
 */
class SparseMonthsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> JUDGED =
      Map.of("alerts", "alertId", "penalties", "penaltyId", "compensations", "compensationId");
  private static final Map<String, String> FOLLOWING =
      Map.of("trips", "tripId", "drivers", "driverId", "blacklist", "blacklistId");

  @TempDir private Path folder;

  static Stream<String> seeds() {
    return Stream.of(System.getProperty("sparse.seeds", "1").split(","));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void comeToTheVerdictsOfTheNaiveJudgeHoweverEventTimeWentOn(long seed) throws Exception {
    Path none = replay(seed, "none", 1, Backend.HEAP);
    NaiveJudge.Verdicts verdicts = NaiveJudge.judge(folder.resolve("none"), null);
    verdicts.alerts().values().removeIf(row -> row.containsKey("shadow"));
    Map<String, Map<String, Map<String, Object>>> expected =
        Map.of(
            "alerts", verdicts.alerts(),
            "penalties", verdicts.penalties(),
            "compensations", verdicts.compensations());
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> file : JUDGED.entrySet()) {
      Map<String, ObjectNode> got = rows(none, file.getKey(), file.getValue());
      assertFalse(got.isEmpty());
      got.values().removeIf(row -> row.has("shadow"));
      compare(expected.get(file.getKey()), got, differences);
    }
    assertEquals(List.of(), differences);
    assertSameFinals(none, replay(seed, "hourly", 1, Backend.HEAP));
    assertSameFinals(none, replay(seed, "random", 2, Backend.ROCKSDB));
  }

  private Path replay(long seed, String interleave, int parallelism, Backend backend)
      throws Exception {
    Path input = folder.resolve(interleave);
    int orders = Integer.getInteger("sparse.orders", 150);
    SparseMonths.write(input, seed, orders, Integer.getInteger("sparse.days", 40), interleave);
    Path output = folder.resolve(interleave + "-out");
    Replays.finals(input, output, parallelism, backend);
    return output;
  }

  private static void compare(
      Map<String, Map<String, Object>> expected,
      Map<String, ObjectNode> got,
      List<String> differences) {
    TreeSet<String> ids = new TreeSet<>(expected.keySet());
    ids.addAll(got.keySet());
    for (String id : ids) {
      if (!expected.containsKey(id) || !got.containsKey(id)) {
        differences.add(id + (expected.containsKey(id) ? " is missing" : " is extra"));
        continue;
      }
      JsonNode want = JSON.valueToTree(expected.get(id));
      for (String name :
          List.of("occurredAt", "confidence", "status", "fineCents", "points", "amountCents")) {
        if (want.has(name) && !want.get(name).asText().equals(got.get(id).path(name).asText())) {
          differences.add(
              "%s %s: want %s got %s".formatted(id, name, want.get(name), got.get(id).path(name)));
        }
      }
    }
  }

  /** How often something was said anew depends on how event time went on; what it is does not. */
  private static void assertSameFinals(Path one, Path other) throws IOException {
    Map<String, String> files = new TreeMap<>(JUDGED);
    files.putAll(FOLLOWING);
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Map<String, ObjectNode> mine = rows(one, file.getKey(), file.getValue());
      Map<String, ObjectNode> its = rows(other, file.getKey(), file.getValue());
      TreeSet<String> ids = new TreeSet<>(mine.keySet());
      ids.addAll(its.keySet());
      for (String id : ids) {
        if (mine.get(id) == null || !mine.get(id).equals(its.get(id))) {
          differences.add(id + ": " + mine.get(id) + " but " + its.get(id));
        }
      }
    }
    assertEquals(List.of(), differences);
  }

  private static Map<String, ObjectNode> rows(Path output, String file, String id)
      throws IOException {
    Map<String, ObjectNode> rows = new TreeMap<>();
    for (String line : Files.readAllLines(output.resolve(file + ".ndjson"))) {
      ObjectNode row = (ObjectNode) JSON.readTree(line);
      row.remove("revision");
      if (row.path("status").asText().equals("UPDATED")) {
        row.put("status", "RAISED");
      }
      // What is predicted is outside the promise.
      if (!row.path("ruleId").asText().equals("lateness-predicted")) {
        rows.put(row.get(id).asText(), row);
      }
    }
    return rows;
  }
}
