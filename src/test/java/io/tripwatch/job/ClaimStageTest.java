package io.tripwatch.job;

import static io.tripwatch.event.OrderEvent.CancelledBy.PLATFORM;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.verdict.Claimed.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.TripClaim;
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
  void forgetsAnOrderThirtyFiveDaysAfterItsEndWithoutTakingAnythingBack() throws Exception {
    task.processElement(trip().cancelledBy(PLATFORM, ms("9:00")).claim(), 0);
    task.processWatermark(ms("9:00") + 35 * DAY_MS - 1);
    assertTrue(task.numKeyedStateEntries() > 0);
    task.processWatermark(ms("9:00") + 35 * DAY_MS);
    assertEquals(0, task.numKeyedStateEntries());
    assertEquals(0, task.numEventTimeTimers());
    assertEquals(1, task.extractOutputValues().size());
    assertEquals(1, task.getSideOutput(ClaimStage.DAYS).size());
  }

  @Test
  void remembersAnOrderWhoseFinesWaitAndForgetsItThen() throws Exception {
    task.processElement(trip().endedAt(ms("9:00")).figure("finesPendingCents", 5).claim(), 0);
    task.processWatermark(ms("9:00") + 64 * DAY_MS);
    assertTrue(task.numKeyedStateEntries() > 0);
    task.processWatermark(ms("9:00") + 65 * DAY_MS);
    assertEquals(0, task.numKeyedStateEntries());
    assertEquals(0, task.numEventTimeTimers());
  }
}
