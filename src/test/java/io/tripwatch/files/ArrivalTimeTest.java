package io.tripwatch.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalTimeTest {
  @Test
  void receivedAtComesBeforeEventTimeWhereverTheyStand() {
    assertEquals(2, of("{\"eventTime\":1,\"receivedAt\":2}"));
    assertEquals(2, of("{\"receivedAt\":2,\"eventTime\":1}"));
    assertEquals(2, of(" { \"x\" : [1,{}] , \"receivedAt\"\t: 2 , \"eventTime\" : 1 }"));
  }

  @Test
  void eventTimeStandsInForAnAbsentReceivedAt() {
    assertEquals(1, of("{\"eventTime\":1}"));
    assertEquals(1, of("{\"receivedAt\":null,\"eventTime\":1}"));
    assertEquals(-5, of("{\"eventTime\":-5}"));
  }

  @Test
  void namesInsideValuesAndNestedObjectsAreNotMeant() {
    assertEquals(
        1, of("{\"note\":\"\\\"receivedAt\\\":9\",\"in\":{\"receivedAt\":8},\"eventTime\":1}"));
    assertEquals(1, of("{\"note\":\"receivedAt\",\"list\":[\"receivedAt\",7],\"eventTime\":1}"));
    assertEquals(1, of("{\"note\":\"} \\\\\",\"eventTime\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{",
        "{}",
        "[\"receivedAt\",1]",
        "{\"receivedAt\"",
        "{\"receivedAt\":",
        "{\"receivedAt\":\"1\"}",
        "{\"receivedAt\":1.5}",
        "{\"receivedAt\":1e3}",
        "{\"receivedAt\":-}",
        "{\"receivedAt\":1234567890123456789}",
        "{\"receivedAt\\",
        "\"receivedAt\":1"
      })
  void whatTellsNoTimeHasNone(String line) {
    assertEquals(ArrivalTime.NONE, of(line));
  }

  @Test
  void looksOnlyWithinTheLine() {
    byte[] two = "{\"eventTime\":12}{\"receivedAt\":3}".getBytes(StandardCharsets.UTF_8);
    assertEquals(12, ArrivalTime.of(two, 0, 16));
    assertEquals(3, ArrivalTime.of(two, 16, two.length));
    assertEquals(ArrivalTime.NONE, ArrivalTime.of(two, 0, 10));
  }

  private static long of(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return ArrivalTime.of(bytes, 0, bytes.length);
  }
}
