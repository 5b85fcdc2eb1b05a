package io.tripwatch.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "10 min, 600000",
    "10min, 600000",
    "10 m, 600000",
    "' 60s ', 60000",
    "250 ms, 250",
    "24 h, 86400000",
    "730 d, 63072000000",
    "0 s, 0",
    "PT10M, 600000",
    "PT1H30M, 5400000",
    "P2D, 172800000",
    "PT0.5S, 500",
    "PT-5M, -300000"
  })
  void readsWhatPeopleWrite(String text, long ms) {
    assertEquals(Optional.of(ms), Durations.parseMs(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "min",
        "10 minutes",
        "-5 min",
        "1.5 h",
        "10 Min",
        "1 h 30 min",
        "PT",
        "P1M",
        "999999999999 s",
        "PT9999999999999999H"
      })
  void refusesTheRest(String text) {
    assertEquals(Optional.empty(), Durations.parseMs(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "1, 1 ms",
    "1500, 1500 ms",
    "60000, 1 min",
    "90000, 90 s",
    "5400000, 90 min",
    "3600000, 1 h",
    "86400000, 24 h",
    "172800000, 2 d"
  })
  void writesTheShortestExactForm(long ms, String text) {
    assertEquals(text, Durations.write(ms));
  }

  @Test
  void readsWhatItWrites() {
    for (long ms = 0; ms < 99_999_999_999L; ms = ms * 3 / 2 + 7) {
      assertEquals(Optional.of(ms), Durations.parseMs(Durations.write(ms)));
    }
  }
}
