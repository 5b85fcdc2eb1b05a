package io.tripwatch.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Topic;
import io.tripwatch.job.JobOptions;
import io.tripwatch.job.TripwatchJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From Kafka to Kafka, with a real broker and Flink in this process. */
class KafkaJobIT {
  @TempDir static Path dir;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(0, dir.resolve("kafka"));
    Topics.ensure(broker.bootstrap(), 2, Topics.Retention.FOREVER);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void refusedRecordsBecomeDeadLettersWithPlaceReasonAndBytes() throws Exception {
    byte[] rubbish = {(byte) 0xff, (byte) 0xfe};
    byte[] huge = new byte[900_000];
    Arrays.fill(huge, (byte) 'x');
    KafkaRecords.send(broker.bootstrap(), Topic.GPS.topicName(), 1, List.of(rubbish, huge));
    List<byte[]> tombstone = new ArrayList<>();
    tombstone.add(null);
    KafkaRecords.send(broker.bootstrap(), Topic.ORDERS.topicName(), 0, tombstone);

    StreamExecutionEnvironment env = environment();
    TripwatchJob.define(env, new JobOptions(broker.bootstrap(), "dead-letters", 1, null));
    JobClient job = env.executeAsync();
    List<ConsumerRecord<byte[], byte[]>> letters =
        KafkaRecords.until(broker.bootstrap(), Topics.DEAD_LETTERS, read -> read.size() >= 3);
    job.cancel().get();

    List<String> keys = letters.stream().map(l -> KafkaRecords.text(l.key())).sorted().toList();
    assertEquals(List.of("trip.gps.v1/1/0", "trip.gps.v1/1/1", "trip.orders.v1/0/0"), keys);
    String first = valueOf("trip.gps.v1/1/0", letters);
    assertTrue(first.contains("\"source\":\"trip.gps.v1\",\"partition\":1,\"offset\":0"), first);
    assertTrue(first.contains("\"reason\":\"BAD_UTF8\""), first);
    assertTrue(first.contains(Base64.getEncoder().encodeToString(rubbish)), first);
    String second = valueOf("trip.gps.v1/1/1", letters);
    assertTrue(second.contains("\"reason\":\"TOO_LARGE\""), second.substring(0, 200));
    assertTrue(second.contains(Base64.getEncoder().encodeToString(huge)));
  }

  @Test
  void whatIsInAnOpenTransactionWhenTheJobFailsIsSeenOnce() throws Exception {
    assertEachIsSeenOnce(Failure.WHILE_WRITING, Topics.TRIPS, Topics.STATS);
  }

  @Test
  void whatACheckpointHoldsButNobodyCommittedIsCommittedAfterTheRestart() throws Exception {
    assertEachIsSeenOnce(Failure.BEFORE_COMMITTING, Topics.DRIVERS, Topics.BLACKLIST);
  }

  /**
   * Copies numbers from one topic to another, with a failure at the last.
   *
   * @param from any topic that nothing else here writes to
   */
  private static void assertEachIsSeenOnce(Failure failure, String from, String to)
      throws Exception {
    FAILED.set(false);
    List<byte[]> committed = numbers(0, 1_000);
    List<byte[]> inDoubt = numbers(1_000, LAST + 1);
    KafkaRecords.send(broker.bootstrap(), from, 0, committed);
    StreamExecutionEnvironment env = environment();
    env.fromSource(
            KafkaSource.<String>builder()
                .setBootstrapServers(broker.bootstrap())
                .setGroupId("numbers")
                .setTopics(from)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new SimpleStringSchema())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new FailsOnceAtTheLast(failure, to))
        .uid("failing")
        .sinkTo(KafkaOutputs.exactlyOnce(broker.bootstrap(), failure.name()))
        .uid("outputs");
    JobClient job = env.executeAsync();
    KafkaRecords.until(broker.bootstrap(), to, r -> r.size() >= committed.size());
    KafkaRecords.send(broker.bootstrap(), from, 0, inDoubt);
    List<ConsumerRecord<byte[], byte[]>> read =
        KafkaRecords.until(broker.bootstrap(), to, r -> r.size() > LAST);
    job.cancel().get();

    assertTrue(FAILED.get(), "the failure that is to be survived has happened");
    assertEquals(texts(numbers(0, LAST + 1)), KafkaRecords.texts(read));
  }

  private static final int LAST = 1_999;
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private enum Failure {
    /** When those before the last are in a transaction that no checkpoint holds. */
    WHILE_WRITING,
    /** When a checkpoint that holds the last is complete, and before the sink hears of it. */
    BEFORE_COMMITTING
  }

  private static final class FailsOnceAtTheLast
      implements MapFunction<String, OutboundRecord>, CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final Failure failure;
    private final String to;
    private transient boolean seen;
    private transient boolean inCheckpoint;

    FailsOnceAtTheLast(Failure failure, String to) {
      this.failure = failure;
      this.to = to;
    }

    @Override
    public OutboundRecord map(String number) {
      seen |= Integer.parseInt(number) == LAST;
      failIf(seen && failure == Failure.WHILE_WRITING);
      return OutboundRecord.of(to, number, KafkaRecords.bytes(number));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {}

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      inCheckpoint = seen;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      failIf(inCheckpoint && failure == Failure.BEFORE_COMMITTING);
    }

    private static void failIf(boolean due) {
      if (due && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("failed on purpose");
      }
    }
  }

  private static List<byte[]> numbers(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> KafkaRecords.bytes("%05d".formatted(i)))
        .toList();
  }

  private static List<String> texts(List<byte[]> values) {
    return values.stream().map(KafkaRecords::text).toList();
  }

  /** The settings of flink-conf, which the job is to run with. */
  private static StreamExecutionEnvironment environment() {
    Configuration conf = GlobalConfiguration.loadConfiguration("flink-conf");
    conf.set(RestOptions.BIND_PORT, "0");
    conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    conf.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(10));
    conf.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir.resolve("checkpoints").toUri().toString());
    return StreamExecutionEnvironment.createLocalEnvironment(2, conf);
  }

  private static String valueOf(String key, List<ConsumerRecord<byte[], byte[]>> letters) {
    return letters.stream()
        .filter(l -> KafkaRecords.text(l.key()).equals(key))
        .map(l -> KafkaRecords.text(l.value()))
        .findFirst()
        .orElseThrow();
  }
}
