package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Topic;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL_FAULTS =
      "late=0.02,offline=0.1,toolate=0.001,shuffle=5s,duplicate=0.01,malformed=0.001,clock=0.1";

  @Test
  void tellsTheSameBytesForTheSameSeed() throws Exception {
    assertArrayEquals(digest(3, ALL_FAULTS), digest(3, ALL_FAULTS));
    assertNotEquals(hex(digest(3, ALL_FAULTS)), hex(digest(4, ALL_FAULTS)));
  }

  @Test
  void tellsWhatArrivesFirstFirst() {
    long[] last = {Long.MIN_VALUE};
    each(
        plan(5, 60, ALL_FAULTS),
        delivery -> {
          assertTrue(delivery.arrivalMs() >= last[0], "went back to " + delivery.arrivalMs());
          last[0] = delivery.arrivalMs();
        });
  }

  @Test
  void arrivesAtItsReceiptOrElseWhenItHappened() {
    each(
        plan(5, 40, "late=0.1,shuffle=5s"),
        delivery -> {
          JsonNode record = read(delivery);
          JsonNode at =
              record.has("receivedAt") ? record.get("receivedAt") : record.get("eventTime");
          assertEquals(at.asLong(), delivery.arrivalMs());
        });
  }

  @Test
  void namesAReceiptWhereverTheContractDemandsOne() {
    Set<Topic> demanded = EnumSet.of(Topic.GPS, Topic.BUTTONS, Topic.CALLS, Topic.LOGINS);
    each(
        plan(5, 40, "none"),
        delivery ->
            assertTrue(
                read(delivery).has("receivedAt") || !demanded.contains(delivery.topic()),
                delivery.topic().name()));
  }

  @Test
  void keysEveryRecordAsTheContractSays() {
    Map<Topic, String> keys =
        Map.of(
            Topic.ORDERS, "orderId",
            Topic.BUTTONS, "orderId",
            Topic.CALLS, "orderId",
            Topic.LOGINS, "driverId",
            Topic.FLIGHTS, "flightNo",
            Topic.FLEET, "driverId",
            Topic.RATINGS, "orderId",
            Topic.COMPLAINTS, "complaintId",
            Topic.VERDICTS, "subjectId");
    each(
        plan(6, 200, "none"),
        delivery -> {
          JsonNode record = read(delivery);
          String vehicle = record.path("source").asText().equals("VEHICLE") ? "plate" : "driverId";
          String field = keys.getOrDefault(delivery.topic(), vehicle);
          assertEquals(record.path(field).asText(), delivery.key());
        });
  }

  @Test
  void hasEveryTopicScenarioAndStepOfAnOrder() {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    Set<String> words = new HashSet<>();
    each(
        plan(7, 200, "none"),
        delivery -> {
          topics.add(delivery.topic());
          if (delivery.topic() == Topic.ORDERS) {
            words.add(read(delivery).path("scenario").asText());
            words.add(read(delivery).path("type").asText());
          }
        });
    assertEquals(EnumSet.complementOf(EnumSet.of(Topic.RULES, Topic.UNDO)), topics);
    for (Scenario scenario : Scenario.values()) {
      assertTrue(words.contains(scenario.name()), scenario.name());
    }
    for (OrderEvent.Type type : OrderEvent.Type.values()) {
      assertTrue(words.contains(type.name()), type.name());
    }
  }

  @Test
  void placesAsManyOrdersAsItWasAskedFor() {
    Set<String> placed = new TreeSet<>();
    each(
        plan(8, 37, "none"),
        delivery -> {
          JsonNode record = read(delivery);
          if (record.path("type").asText().equals("PLACED")) {
            placed.add(record.get("orderId").asText());
          }
        });
    assertEquals(37, placed.size());
  }

  @Test
  void faultsChangeWhatArrivesButNotWhatHappened() {
    Set<String> calm = happenings(plan(9, 40, "none"));
    Set<String> faulty = happenings(plan(9, 40, "late=0.1,offline=0.3,shuffle=60s,duplicate=0.1"));
    assertEquals(calm, faulty);
  }

  @Test
  void sendsADriversFixesAsOftenAsAsked() {
    Map<String, Long> last = new HashMap<>();
    Map<Long, Integer> gaps = new HashMap<>();
    City.Plan plan =
        new City.Plan(
            10, 8, 2, City.DEFAULT_START, Duration.ofSeconds(7), Mix.parse("none"), Faults.NONE);
    each(
        plan,
        delivery -> {
          JsonNode record = read(delivery);
          if (record.path("source").asText().equals("PHONE")) {
            long at = record.get("eventTime").asLong();
            Long before = last.put(delivery.key(), at);
            if (before != null) {
              gaps.merge(at - before, 1, Integer::sum);
            }
          }
        });
    assertTrue(gaps.get(7_000L) > 1_000, gaps.toString());
    assertEquals(6, gaps.values().stream().mapToInt(Integer::intValue).sum() - gaps.get(7_000L));
  }

  @Test
  void refusesWhatItCannotMakeACityOf() {
    assertEquals(
        "trips is 0; give a number from 1 to 999999",
        assertThrows(IllegalArgumentException.class, () -> City.Plan.of(1, 0)).getMessage());
  }

  @Test
  void endsWhenAllIsTold() {
    City city = new City(plan(11, 3, "none"));
    while (city.hasNext()) {
      city.next();
    }
    assertFalse(city.hasNext());
    assertThrows(java.util.NoSuchElementException.class, city::next);
  }

  static City.Plan plan(long seed, int trips, String faults) {
    return new City.Plan(
        seed,
        trips,
        0,
        City.DEFAULT_START,
        Duration.ofSeconds(15),
        Mix.ofDefaults(),
        Faults.parse(faults));
  }

  static void each(City.Plan plan, Consumer<Delivery> what) {
    new City(plan).forEachRemaining(what);
  }

  static JsonNode read(Delivery delivery) {
    try {
      return JSON.readTree(delivery.json());
    } catch (IOException e) {
      throw new IllegalStateException(new String(delivery.json()), e);
    }
  }

  /** Every record without its receipt, once. */
  private static Set<String> happenings(City.Plan plan) {
    Set<String> happenings = new HashSet<>();
    each(
        plan,
        delivery -> {
          com.fasterxml.jackson.databind.node.ObjectNode record =
              (com.fasterxml.jackson.databind.node.ObjectNode) read(delivery);
          record.remove("receivedAt");
          happenings.add(record.toString());
        });
    return happenings;
  }

  private static byte[] digest(long seed, String faults) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    each(
        plan(seed, 30, faults),
        delivery -> {
          digest.update((delivery.topic() + delivery.key() + delivery.arrivalMs()).getBytes());
          digest.update(delivery.json());
        });
    return digest.digest();
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
