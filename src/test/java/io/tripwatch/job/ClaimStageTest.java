package io.tripwatch.job;

import static io.tripwatch.event.OrderEvent.CancelledBy.PLATFORM;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.verdict.Claimed.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Statement;
import io.tripwatch.verdict.TripClaim;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimStageTest {
  private static final long DAY_MS = 24 * 3_600_000L;

  private KeyedOneInputStreamOperatorTestHarness<String, TripClaim, Output> task;

  @BeforeEach
  void start() throws Exception {
    task =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ClaimStage(1)), TripClaim::orderId, Types.STRING);
    task.open();
    task.processWatermark(ms("9:00"));
  }

  @AfterEach
  void close() throws Exception {
    task.close();
  }

  @Test
  void saysOnceWhatWasClaimedBeforeAWatermark() throws Exception {
    task.processElement(trip().cancelledBy(PLATFORM, ms("9:00")).claim(), 0);
    task.processElement(trip().claim(), 0);
    task.processElement(trip().cancelledBy(PLATFORM, ms("9:00")).claim(), 0);
    assertEquals(0, task.extractOutputValues().size());
    task.processWatermark(ms("9:00") + 1);
    assertEquals(1, task.extractOutputValues().size());
    assertEquals(1, task.getSideOutput(ClaimStage.DAYS).size());
  }

  @Test
  void saysWhatIsKnownAtTheEndOfTheInput() throws Exception {
    task.processElement(trip().cancelledBy(PLATFORM, ms("9:00")).claim(), 0);
    task.processWatermark(Long.MAX_VALUE);
    assertEquals(1, task.extractOutputValues().size());
  }

  @Test
  void knowsAnOrderForEverAndWaitsForNothing() throws Exception {
    task.processElement(trip().cancelledBy(PLATFORM, ms("9:00")).claim(), 0);
    task.processWatermark(ms("9:00") + 400 * DAY_MS);
    assertEquals(1, task.numKeyedStateEntries());
    assertEquals(0, task.numEventTimeTimers());
    task.processElement(trip().claim(), 0);
    task.processWatermark(ms("9:00") + 401 * DAY_MS);
    assertEquals(
        List.of("FULL_REFUND DUE 1", "FULL_REFUND RETRACTED 2"),
        task.extractOutputValues().stream()
            .map(Statement.class::cast)
            .map(one -> one.fields().get("kind") + " " + one.status() + " " + one.revision())
            .toList());
  }
}
