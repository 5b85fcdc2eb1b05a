package io.tripwatch.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:10.500Z");
  private static final OptionalLong EVENT_TIME = at("2026-11-22T08:00:03.400Z");

  @Test
  void tellsEventTimeCheckpointRestartsAndWhatWasNotUsed() {
    assertEquals(
        List.of(
            "event time 2026-11-22T08:00:03Z, 7 s behind the clock",
            "last checkpoint 2 s ago, restarts: 3",
            "since its tasks were started: dead letters 4, Kafka timestamps not used 5"),
        new JobHealth(EVENT_TIME, 5, 12, 3, at("2026-11-22T08:00:08Z"), 4, 5).lines(NOW));
  }

  @Test
  void tellsThatThereIsNoEventTimeAndNoCheckpointYet() {
    assertEquals(
        List.of(
            "no event time yet",
            "no checkpoint yet, restarts: 0",
            "since its tasks were started: dead letters 0, Kafka timestamps not used 0"),
        new JobHealth(OptionalLong.empty(), 5, 0, 0, OptionalLong.empty(), 0, 0).lines(NOW));
  }

  @Test
  void warnsWhenEventTimeStandsForMoreThanAMinuteWhileRecordsComeIn() {
    assertEquals(3, still(59_999, 0.1).size());
    assertEquals(3, still(60_000, 0.1).size());
    assertEquals(
        "WARNING: event time has not moved for 1 min while 0.1 records/s come in, so no deadline"
            + " comes; see which partition's records bear old times",
        still(60_001, 0.1).get(3));
  }

  @Test
  void doesNotWarnWhenNothingComesIn() {
    assertEquals(3, still(3_600_000, 0).size());
  }

  private static List<String> still(long stillMs, double recordsPerSecond) {
    return new JobHealth(EVENT_TIME, stillMs, recordsPerSecond, 0, EVENT_TIME, 0, 0).lines(NOW);
  }

  private static OptionalLong at(String instant) {
    return OptionalLong.of(Instant.parse(instant).toEpochMilli());
  }
}
