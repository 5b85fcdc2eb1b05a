package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records take the fast way; that it agrees with the slow one is fuzzed elsewhere. */
class RecordScannerTest {
  private final RecordScanner scanner = new RecordScanner();

  private Fix scan(String json) {
    return (Fix) scan(Topic.GPS, json);
  }

  private Event scan(Topic topic, String json) {
    return scanner.scan(topic, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsOrdinaryFixesInAnyOrder() {
    for (String sample : Records.OF_TOPIC.get(Topic.GPS)) {
      Fix fix = scan(sample);
      assertNotNull(fix);
      assertEquals(fix, scan(Records.reversed(sample)));
      assertEquals(fix, scan(" " + sample.replace(",", "\t,\r\n ").replace(":", " : ") + "\n"));
    }
  }

  @Test
  void readsFixesWithAFewPlainUnknownFields() {
    String json = Records.PHONE_FIX;
    Fix fix = scan(json);
    for (String value : new String[] {"1", "-1.5e3", "\"x 川\"", "true", "false", "null", "\"\""}) {
      json = Records.with(json, "x" + json.length(), value);
    }
    assertEquals(fix, scan(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "\"\\n\"", "\"\uFFFD\"", "-", "01"})
  void leavesTheUnusualToTheSlowWay(String value) {
    assertNull(scan(Records.with(Records.PHONE_FIX, "x", value)));
  }

  @Test
  void readsOrdinaryRecordsOfOtherTopicsInAnyOrder() {
    for (Topic topic : List.of(Topic.ORDERS, Topic.BUTTONS, Topic.CALLS, Topic.LOGINS)) {
      for (String sample : Records.OF_TOPIC.get(topic)) {
        Event event = scan(topic, sample);
        assertNotNull(event, sample);
        assertEquals(event, scan(topic, sample.replace(",\"", " ,\t\"").replace("\":", "\" : ")));
        assertNull(scan(topic, Records.with(sample, "x", "1")), "more than the event says");
      }
    }
    assertNotNull(scan(Topic.COMPLAINTS, Records.OF_TOPIC.get(Topic.COMPLAINTS).get(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS,couponCents,0,spelt",
    "ORDERS,couponCents,5,spelt",
    "ORDERS,couponCents,,plain",
    "FLIGHTS,mode,\"FLIGHT\",spelt",
    "FLIGHTS,mode,\"TRAIN\",spelt",
    "FLIGHTS,mode,,plain",
    "RATINGS,tags,,plain"
  })
  void tellsWhetherARecordSpeltWhatIsUsual(Topic topic, String field, String value, String form) {
    String record = Records.with(Records.OF_TOPIC.get(topic).get(0), field, value);
    Event event = scan(topic, record);
    assertEquals(form, event.stamp().canonical());
  }

  @Test
  void readsNumbersAsTheNearestDouble() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      String text = number(random);
      double expected = Double.parseDouble(text) + 0.0;
      if (!Double.isFinite(expected)) {
        continue;
      }
      Fix fix = scan(Records.VEHICLE_FIX.replace("\"speedKmh\":0.0", "\"speedKmh\":" + text));
      assertNotNull(fix, text);
      assertEquals(
          Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(fix.speedKmh()), text);
    }
  }

  private static String number(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int whole = random.nextInt(1, 20);
    text.append(random.nextInt(3) == 0 ? "0" : digits(random, whole).replaceFirst("^0+", "9"));
    if (random.nextInt(4) != 0) {
      text.append('.').append(digits(random, random.nextInt(1, 25)));
    }
    if (random.nextInt(4) == 0) {
      text.append(random.nextBoolean() ? "e" : "E").append(random.nextInt(-330, 330));
    }
    return text.toString();
  }

  private static String digits(SplittableRandom random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
    }
    return digits.toString();
  }
}
