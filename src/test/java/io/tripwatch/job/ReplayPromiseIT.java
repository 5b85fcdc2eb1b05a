package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.simulate.City;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job on a cluster, with a crash in the middle. */
class ReplayPromiseIT {
  private static final Duration CHECKPOINT_EVERY = Duration.ofMillis(100);
  private static final long WATERMARK_LAG_MS = 5_000;

  private static final int MORE_THAN_IS_SAID = 100_000;

  /** Fewer than there are drivers. */
  private static final int MAX_HELD = 2;

  // The cluster is in this JVM: what cannot travel with the job is reached from here.
  private static volatile List<Event> arriving;
  private static volatile CompletableFuture<Void> checkpointed;
  private static volatile AtomicBoolean failed;

  @TempDir Path checkpoints;

  @ParameterizedTest
  @CsvSource({"1,hashmap", "2,hashmap", "4,hashmap", "1,rocksdb", "2,rocksdb", "4,rocksdb"})
  void finalVerdictsSurviveACrashAtAnyParallelism(int parallelism, String backend)
      throws Exception {
    List<Event> day = new ArrayList<>(CityDay.of(11));
    day.addAll(Versions.of(City.DEFAULT_START.toEpochMilli()));
    day.addAll(Versions.undosOf(City.DEFAULT_START.toEpochMilli()));
    assertEquals(
        EnumSet.allOf(Topic.class),
        day.stream().map(Event::topic).collect(Collectors.toCollection(TreeSet::new)));
    long until = day.stream().mapToLong(Event::time).max().orElseThrow() - 3 * 3_600_000L;
    day = day.stream().filter(event -> event.time() <= until).toList();
    List<Event> twice = new ArrayList<>(day);
    twice.addAll(day);
    List<Event> events = new ArrayList<>(Arrivals.SOME_LATE.of(twice, new Random(parallelism)));
    events.add(end(until));
    arriving = events;
    checkpointed = new CompletableFuture<>();
    failed = new AtomicBoolean();

    List<Output> said = run(parallelism, backend, until);

    assertTrue(failed.get());
    Said.assertWellFormed(Heard.alertsOf(said));
    MemoryJob expected = MemoryJob.of(day, until);
    assertEquals(Said.finals(expected.said()), Said.finals(Heard.alertsOf(said)));
    List<Output> statements = new ArrayList<>(expected.outputs());
    statements.addAll(expected.days());
    for (OutputTopic topic : OutputTopic.values()) {
      assertTrue(said.stream().anyMatch(one -> one.topic() == topic), topic.name());
    }
    assertEquals(withTheNation(Said.statements(statements)), Said.statements(said));
  }

  /** There is one city: the figures of the nation are its figures. */
  private static Map<String, String> withTheNation(Map<String, String> statements) {
    Map<String, String> all = new TreeMap<>(statements);
    statements.forEach(
        (id, fields) -> {
          if (id.startsWith(OutputTopic.STATS + " ")) {
            String nation = OutputTopic.STATS + " ALL" + id.substring(id.indexOf('/'));
            all.put(nation, fields.replaceFirst("city=[^,]*", "city=ALL"));
          }
        });
    return all;
  }

  private List<Output> run(int parallelism, String backend, long until) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings(backend));
    env.setMaxParallelism(Pipeline.MAX_PARALLELISM);
    env.enableCheckpointing(CHECKPOINT_EVERY.toMillis());
    DataStream<Incoming> incoming =
        env.fromSource(new Gated(arriving.size()), WatermarkStrategy.noWatermarks(), "numbers")
            .setParallelism(1)
            .map(ReplayPromiseIT::deliver)
            .returns(Wires.INCOMING)
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.forGenerator(context -> new Lagging(until)))
            .setParallelism(1);
    return Pipeline.define(incoming, Map.of(), 1, MAX_HELD)
        .said()
        .executeAndCollect(MORE_THAN_IS_SAID);
  }

  private Configuration settings(String backend) {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, backend);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(RestOptions.BIND_PORT, "0");
    return settings;
  }

  private static Incoming deliver(long number) {
    if (number == arriving.size() * 3L / 4 && !failed.getAndSet(true)) {
      throw new IllegalStateException("a crash, as it was asked for");
    }
    return Incoming.accepted(arriving.get((int) number));
  }

  /** Takes event time to where it ends. */
  private static Event end(long until) {
    Stamp stamp = new Stamp(until + WATERMARK_LAG_MS, Stamp.ABSENT, null, "{}");
    return new FleetRecord(
        stamp, "d-none", List.of(), "none", VehicleClass.ECONOMY, null, "chengdu");
  }

  private static final class Lagging implements WatermarkGenerator<Incoming> {
    private final long until;
    private long last = Long.MIN_VALUE / 2;

    Lagging(long until) {
      this.until = until;
    }

    @Override
    public void onEvent(Incoming incoming, long timestamp, WatermarkOutput output) {
      last = Math.max(last, incoming.event().time());
      output.emitWatermark(new Watermark(Math.min(until, last - WATERMARK_LAG_MS)));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  /** Numbers from 0 on that stop half-way until a checkpoint was taken there. */
  private static final class Gated extends NumberSequenceSource {
    private static final long serialVersionUID = 1L;

    private final int gate;

    Gated(int size) {
      super(0, size - 1L);
      gate = size / 2;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
      return new GatedReader(super.createReader(context), gate);
    }
  }

  private static final class GatedReader
      implements SourceReader<Long, NumberSequenceSource.NumberSequenceSplit> {
    private final SourceReader<Long, NumberSequenceSource.NumberSequenceSplit> numbers;
    private final int gate;
    private int read;
    private long checkpointAtGate = Long.MAX_VALUE;

    GatedReader(SourceReader<Long, NumberSequenceSource.NumberSequenceSplit> numbers, int gate) {
      this.numbers = numbers;
      this.gate = gate;
    }

    private boolean waits() {
      return read >= gate && !checkpointed.isDone();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) throws Exception {
      if (waits()) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      InputStatus status = numbers.pollNext(output);
      read++;
      return status;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return waits() ? checkpointed : numbers.isAvailable();
    }

    @Override
    public List<NumberSequenceSource.NumberSequenceSplit> snapshotState(long checkpointId) {
      if (waits()) {
        checkpointAtGate = Math.min(checkpointAtGate, checkpointId);
      }
      return numbers.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      if (checkpointId >= checkpointAtGate) {
        checkpointed.complete(null);
      }
    }

    @Override
    public void start() {
      numbers.start();
    }

    @Override
    public void addSplits(List<NumberSequenceSource.NumberSequenceSplit> splits) {
      numbers.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      numbers.notifyNoMoreSplits();
    }

    @Override
    public void close() {
      // Numbers hold nothing that is to be closed.
    }
  }
}
