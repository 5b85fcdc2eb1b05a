package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.event.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final long MINUTE_MS = 60_000;
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private int records;
  private int hits;
  private long latestMs;

  @Test
  void readsWhatIsNamedAndNothingElse() {
    Faults faults = Faults.parse("late=0.02, shuffle=5s,clock=1");
    assertEquals(new Faults(0.02, 0, 0, Duration.ofSeconds(5), 0, 0, 1), faults);
    assertEquals(Faults.NONE, Faults.parse("none"));
    assertEquals(Faults.NONE, Faults.parse(""));
  }

  @Test
  void saysWhatIsWrongWithASpecAndWhatToDo() {
    assertEquals(
        "--faults: late is 1.5; give a share from 0 to 1, e.g. late=0.02", refusal("late=1.5"));
    assertEquals(
        "--faults: 'late' is not NAME=VALUE; write e.g. late=0.02,shuffle=5s", refusal("late"));
    assertEquals(
        "--faults: shuffle is 5; give a number and ms, s, m or h, e.g. 60s or 5m",
        refusal("shuffle=5"));
    assertEquals(
        "--faults: shuffle is 1h; give at most 4m, or orders come too late", refusal("shuffle=1h"));
    assertEquals("--faults: late is given twice; give it once", refusal("late=0,late=0"));
    assertTrue(refusal("lat=0.1").startsWith("--faults: there is no fault lat; there are late, "));
  }

  @Test
  void lateRecordsComeOneToAHundredMinutesLate() {
    delays(
        "late=0.05",
        (topic, delayMs) -> {
          if (topic == Topic.GPS || topic == Topic.CALLS || topic == Topic.BUTTONS) {
            count(delayMs > MINUTE_MS);
          }
        });
    assertShare(0.05);
    assertTrue(latestMs <= 101 * MINUTE_MS && latestMs > 60 * MINUTE_MS, "latest " + latestMs);
  }

  @Test
  void offlinePhonesUploadLaterButNeverTooLate() {
    Set<Topic> held = new HashSet<>();
    delays(
        "offline=1",
        (topic, delayMs) -> {
          count(delayMs > 1_000);
          if (delayMs > 1_000) {
            held.add(topic);
          }
        });
    assertTrue(hits > records / 10, hits + " of " + records);
    assertTrue(held.containsAll(Set.of(Topic.GPS, Topic.BUTTONS)), held.toString());
    assertTrue(!held.contains(Topic.ORDERS) && !held.contains(Topic.CALLS), held.toString());
    assertTrue(latestMs < Topic.LATE_EVIDENCE.toMillis(), "latest " + latestMs);
  }

  @Test
  void tooLateRecordsComeAfterMoreThanTwoHours() {
    delays(
        "toolate=0.05",
        (topic, delayMs) -> {
          if (topic == Topic.GPS) {
            count(delayMs > Topic.LATE_EVIDENCE.toMillis());
          }
        });
    assertShare(0.05);
  }

  @Test
  void shuffledRecordsOvertakeEachOther() {
    delays("shuffle=5s", (topic, delayMs) -> count(delayMs > 2_700));
    assertShare(0.5);
    assertTrue(latestMs <= 5_200, "latest " + latestMs);
  }

  @Test
  void duplicatesAreAlikeButForTheirReceipt() {
    Map<String, Integer> copies = new HashMap<>();
    Set<String> bytes = new HashSet<>();
    each(
        "duplicate=0.1",
        delivery -> {
          String text = new String(delivery.json(), StandardCharsets.UTF_8);
          String happening = delivery.topic() + text.replaceAll("\"receivedAt\":\\d+,", "");
          count(copies.merge(happening, 1, Integer::sum) == 2);
          bytes.add(delivery.topic() + text);
        });
    assertShare(0.1 / 1.1);
    assertTrue(bytes.size() < records, "none is identical");
    assertTrue(bytes.size() > copies.size(), "none is received again");
  }

  @Test
  void malformedCopiesComeAlongWithTheSoundRecord() {
    each("malformed=0.1", delivery -> count(!isSound(delivery.json())));
    assertShare(0.1 / 1.1);
  }

  @Test
  void wrongClocksAreAhead() {
    Set<String> ahead = new HashSet<>();
    Set<String> all = new HashSet<>();
    each(
        "clock=0.4",
        delivery -> {
          JsonNode record = CityTest.read(delivery);
          if (record.path("source").asText().equals("PHONE")) {
            all.add(delivery.key());
            if (record.get("eventTime").asLong() > record.get("receivedAt").asLong()) {
              ahead.add(delivery.key());
            }
          }
        });
    assertTrue(
        ahead.size() > all.size() / 5 && ahead.size() < all.size() * 3 / 5, ahead.toString());
  }

  private interface Delay {
    void of(Topic topic, long delayMs);
  }

  private void delays(String faults, Delay delay) {
    each(
        faults,
        delivery -> {
          JsonNode record = CityTest.read(delivery);
          if (record.has("receivedAt")) {
            long ms = record.get("receivedAt").asLong() - record.get("eventTime").asLong();
            latestMs = Math.max(latestMs, ms);
            delay.of(delivery.topic(), ms);
          }
        });
  }

  private static void each(String faults, java.util.function.Consumer<Delivery> what) {
    CityTest.each(CityTest.plan(21, 120, faults), what);
  }

  private void count(boolean hit) {
    records++;
    hits += hit ? 1 : 0;
  }

  private void assertShare(double share) {
    double found = (double) hits / records;
    assertEquals(share, found, share * 0.1, hits + " of " + records);
  }

  private static boolean isSound(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      return !text.contains("\uFFFD") && STRICT.readTree(json).get("eventTime").isIntegralNumber();
    } catch (IOException e) {
      return false;
    }
  }

  private static String refusal(String spec) {
    return assertThrows(IllegalArgumentException.class, () -> Faults.parse(spec)).getMessage();
  }
}
