package io.tripwatch.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(longs = {NOW / 1000, 0, -1, 946_684_799_999L, 4_102_444_800_000L, NOW * 1000})
  void aKafkaTimestampOutsideThisCenturyBoundsNothingAndIsCounted(long timestamp) {
    read(event(NOW, Stamp.ABSENT), timestamp);
    assertEquals(NOW - 5_000, watermark());
    assertEquals(1, passedOver(NOW, Stamp.ABSENT, timestamp));
  }

  @Test
  void aRecordMoreThanADayAheadOfItsKafkaTimestampMovesNoTimeAndIsCounted() {
    long day = 86_400_000;
    read(event(NOW, Stamp.ABSENT), NOW);
    read(event(NOW + 60_000 + day + 1, Stamp.ABSENT), NOW + 60_000);
    assertEquals(NOW - 5_000, watermark());
    assertEquals(1, passedOver(NOW + day + 1, Stamp.ABSENT, NOW));
    read(event(NOW + 60_000 + day, Stamp.ABSENT), NOW + 60_000);
    assertEquals(NOW + 55_000, watermark());
    assertEquals(0, passedOver(NOW + day, Stamp.ABSENT, NOW));
  }

  @Test
  void aPartitionOfNothingButDoubtfulTimesBecomesIdle() {
    for (int i = 0; i < 40; i++) {
      clock.advanceTime(Duration.ofSeconds(1));
      read(event(NOW + i, Stamp.ABSENT), NOW - 400L * 86_400_000);
      generator.onPeriodicEmit(output);
    }
    assertTrue(output.idle);
  }

  @Test
  void aRecordThatWasSentYearsAfterItHappenedMovesTimeAsFarAsItHappened() {
    read(event(NOW - 400L * 86_400_000, Stamp.ABSENT), NOW);
    assertEquals(NOW - 400L * 86_400_000 - 5_000, watermark());
    assertEquals(0, passedOver(NOW - 400L * 86_400_000, Stamp.ABSENT, NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {NOW / 1000, -1, NOW - 3_600_000, NOW - 3L * 86_400_000, NOW + 3_600_000})
  void aRecordWithReceivedAtIsBoundedByNothingElse(long timestamp) {
    read(event(NOW, NOW + 1_000), timestamp);
    assertEquals(NOW - 5_000, watermark());
    assertEquals(0, passedOver(NOW, NOW + 1_000, timestamp));
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

  /** How many of this one record are counted as bearing a timestamp that is not believed. */
  private static long passedOver(long eventTime, long receivedAt, long timestamp) {
    Map<String, Counter> counters = new HashMap<>();
    KafkaInputs.ByTopic decoding = new KafkaInputs.ByTopic(TypeInformation.of(Incoming.class));
    decoding.open(new Counting(counters));
    String received = receivedAt == Stamp.ABSENT ? "" : ",\"receivedAt\":" + receivedAt;
    String json =
        "{\"eventTime\":%d%s,\"type\":\"SETTLED\",\"orderId\":\"o-1\",\"chargedCents\":1}"
            .formatted(eventTime, received);
    decoding.deserialize(
        new ConsumerRecord<>(
            "trip.orders.v1",
            0,
            0,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            json.getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Optional.empty()),
        new ListCollector<>(new ArrayList<>()));
    assertEquals(0, counters.get("refused").getCount());
    return counters.get("timestampsPassedOver").getCount();
  }

  private record Counting(Map<String, Counter> counters)
      implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup() {
        @Override
        public Counter counter(String name) {
          return counters.computeIfAbsent(name, any -> new SimpleCounter());
        }
      };
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(KafkaInputsTest.class.getClassLoader());
    }
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
