package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripwatch.rule.Promised;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All revisions of all alerts, by id, in the order in which they were published. */
final class AlertHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<JsonNode>> byId = new TreeMap<>();
  private int size;

  void add(byte[] line) throws IOException {
    JsonNode alert = JSON.readTree(line);
    byId.computeIfAbsent(alert.path("alertId").asText(), any -> new ArrayList<>()).add(alert);
    size++;
  }

  /** How many revisions there are in all. */
  int size() {
    return size;
  }

  void assertEachRevisionOnceAndInOrder() {
    List<String> wrong = new ArrayList<>();
    byId.forEach(
        (id, revisions) -> {
          List<Integer> found = revisions.stream().map(a -> a.path("revision").asInt()).toList();
          if (!found.equals(IntStream.rangeClosed(1, found.size()).boxed().toList())) {
            wrong.add(id + ": " + found);
          }
        });
    assertEquals(List.of(), wrong);
  }

  /**
   * The last revision of each alert that is not retracted, without what says which it is, and
   * without what may depend on the order of arrival.
   */
  Map<String, JsonNode> finals() {
    Map<String, JsonNode> finals = new TreeMap<>();
    byId.forEach(
        (id, revisions) -> {
          ObjectNode last = revisions.get(revisions.size() - 1).deepCopy();
          boolean promised = Promised.covers(last.path("ruleId").asText());
          if (!last.remove("status").asText().equals("RETRACTED") && promised) {
            finals.put(id, last.remove(List.of("epoch", "revision")));
          }
        });
    return finals;
  }

  void assertSameFinalsAs(AlertHistory expected) {
    Map<String, JsonNode> theirs = expected.finals();
    Map<String, JsonNode> ours = finals();
    List<String> differing =
        Stream.concat(theirs.keySet().stream(), ours.keySet().stream())
            .distinct()
            .filter(id -> !String.valueOf(ours.get(id)).equals(String.valueOf(theirs.get(id))))
            .map(id -> "\n" + id + " is " + byId.get(id) + "\n not " + theirs.get(id))
            .toList();
    assertEquals("0 differ: []", differing.size() + " differ: " + first(differing));
  }

  private static List<String> first(List<String> many) {
    return many.subList(0, Math.min(many.size(), 20));
  }
}
