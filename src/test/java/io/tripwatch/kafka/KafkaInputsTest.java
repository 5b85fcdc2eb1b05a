package io.tripwatch.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class KafkaInputsTest {
  private static final long NOW = 1_780_000_000_000L;

  private final ManualClock clock = new ManualClock();
  private final WatermarkStrategy<Incoming> strategy =
      KafkaInputs.watermarks(Duration.ofSeconds(30));
  private final WatermarkGenerator<Incoming> generator =
      strategy.createWatermarkGenerator(new Context(clock));
  private final TimestampAssigner<Incoming> assigner =
      strategy.createTimestampAssigner(
          (TimestampAssignerSupplier.Context) UnregisteredMetricsGroup::new);
  private final Output output = new Output();

  @Test
  void staysFiveSecondsBehindTheGreatestTime() {
    read(event(NOW, Stamp.ABSENT), NOW);
    read(event(NOW - 3_000, Stamp.ABSENT), NOW);
    assertEquals(NOW - 5_000, watermark());
  }

  @Test
  void aRecordWithoutReceivedAtFromTheFutureMovesTimeNoFurtherThanKafkasClock() {
    read(event(NOW + 86_400_000, Stamp.ABSENT), NOW);
    assertEquals(NOW - 5_000, watermark());
  }

  @Test
  void aClockThatRunsAheadOfItsReceiptMovesTimeNoFurtherThanTheReceipt() {
    read(event(NOW + 60_000, NOW - 1_000), NOW);
    assertEquals(NOW - 6_000, watermark());
  }

  @Test
  void aDeadLetterMovesNoTime() {
    read(event(NOW, Stamp.ABSENT), NOW);
    read(refused(), NOW + 60_000);
    assertEquals(NOW - 5_000, watermark());
  }

  @Test
  void aPartitionOfNothingButDeadLettersBecomesIdle() {
    read(event(NOW, Stamp.ABSENT), NOW);
    watermark();
    for (int i = 0; i < 40; i++) {
      clock.advanceTime(Duration.ofSeconds(1));
      read(refused(), NOW);
      generator.onPeriodicEmit(output);
    }
    assertTrue(output.idle);
  }

  @Test
  void aPartitionThatSpeaksStaysActive() {
    for (int i = 0; i < 40; i++) {
      clock.advanceTime(Duration.ofSeconds(1));
      read(event(NOW + i, Stamp.ABSENT), NOW + i);
      generator.onPeriodicEmit(output);
    }
    assertFalse(output.idle);
  }

  private void read(Incoming incoming, long kafkaTimestamp) {
    generator.onEvent(incoming, assigner.extractTimestamp(incoming, kafkaTimestamp), output);
  }

  private long watermark() {
    generator.onPeriodicEmit(output);
    return output.watermark;
  }

  private static Incoming event(long eventTime, long receivedAt) {
    return Incoming.accepted(
        new RulesRecord(new Stamp(eventTime, receivedAt, null, "{}"), "v", eventTime, "{}"));
  }

  private static Incoming refused() {
    return Incoming.refused(
        new DeadLetter("t", 0, 0, DeadLetter.Reason.BAD_JSON, "rubbish", new byte[0]));
  }

  private record Context(ManualClock clock) implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return clock;
    }
  }

  private static final class Output implements WatermarkOutput {
    private long watermark = Long.MIN_VALUE;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark mark) {
      watermark = mark.getTimestamp();
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}
