package io.tripwatch.files;

import static io.tripwatch.files.FolderFixture.fix;
import static io.tripwatch.files.FolderFixture.fixes;
import static io.tripwatch.files.FolderFixture.shuffled;
import static io.tripwatch.files.FolderFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import io.tripwatch.job.Wires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayRunIT {
  private static final List<Long> WATERMARKS = Collections.synchronizedList(new ArrayList<>());

  private static final Path FULL_DEVICE = Path.of("/dev/full");

  @TempDir Path temporary;
  private Path input;
  private Path output;

  @BeforeEach
  void makeFolders() {
    input = temporary.resolve("in");
    output = temporary.resolve("out");
    WATERMARKS.clear();
  }

  @ParameterizedTest
  @EnumSource(ReplayRun.Backend.class)
  void writesEveryRevisionAndCounts(ReplayRun.Backend backend) throws Exception {
    write(input, "gps.ndjson.gz", shuffled(fixes(5_000, 1), 1));
    write(input, "calls.ndjson", List.of("broken", fix(2_000_000, 2_000_000, "ph-1")));
    write(input, "notes.ndjson", List.of("{}"));
    Instant until = Instant.ofEpochMilli(5_000_000);
    ReplayCounts counts =
        run(backend, until).writeTo(output, false, (records, sinks) -> judge(records, sinks));

    assertEquals(5_002, counts.read());
    assertEquals(1, counts.deadLettered());
    assertEquals(counts.read() - 1 - counts.afterUntil(), counts.accepted());
    assertTrue(counts.afterUntil() > 900, counts.summary());
    assertEquals(until, counts.until());
    assertEquals(List.of("notes.ndjson"), counts.unknown());
    assertEquals(counts.accepted(), lines("alerts.ndjson").size());
    assertTrue(lines("alerts.ndjson").containsAll(List.of("ph-1 1", "ph-1 2", "ph-9 1")));
    assertEquals(List.of("calls.ndjson 1"), lines("dead-letters.ndjson"));
    assertEquals(List.of("alerts.ndjson", "dead-letters.ndjson"), names(output));
  }

  @Test
  void finalVerdictsAreTheLastOfEachIdInOrderAndTheSameBytesForAnyOrder() throws Exception {
    List<String> twice = new ArrayList<>(fixes(500, 2));
    twice.addAll(fixes(300, 3));
    write(input, "gps.ndjson", twice);
    run(ReplayRun.Backend.HEAP, null)
        .writeTo(output, true, (records, sinks) -> judge(records, sinks));
    List<String> lines = lines("alerts.ndjson");
    // What has been said twice is gone: the last 200 devices were seen once.
    assertEquals(200, lines.size());
    assertEquals(lines.stream().sorted().toList(), lines);
    assertTrue(lines.stream().allMatch(line -> line.endsWith(" 1")));

    write(input, "gps.ndjson", shuffled(twice, 4));
    byte[] before = Files.readAllBytes(output.resolve("alerts.ndjson"));
    run(ReplayRun.Backend.HEAP, null)
        .writeTo(output, true, (records, sinks) -> judge(records, sinks));
    assertEquals(
        new String(before, StandardCharsets.UTF_8),
        Files.readString(output.resolve("alerts.ndjson")));
  }

  @Test
  void watermarksReachTheGraphAndUntilIsTheLastThatMeansAnything() throws Exception {
    write(input, "gps.ndjson", List.of(fix(10_000, 10_000, "a"), fix(20_000, 20_000, "b")));
    run(ReplayRun.Backend.HEAP, Instant.ofEpochMilli(30_000))
        .writeTo(
            output,
            false,
            (records, sinks) -> {
              DataStream<Incoming> seen =
                  records
                      .rebalance()
                      .transform("watermarks", Wires.INCOMING, new WatermarkLog())
                      .setParallelism(1)
                      .uid("watermarks");
              judge(seen, sinks);
            });
    assertEquals(List.of(5_000L, 15_000L, 30_000L, Long.MAX_VALUE), WATERMARKS);
  }

  @Test
  void failedJobSaysWhyAndLeavesTheFolderAsItWas() throws Exception {
    write(input, "gps.ndjson", fixes(2_000, 1));
    write(output, "alerts.ndjson", List.of("old"));
    ReplayException e =
        assertThrows(
            ReplayException.class,
            () ->
                run(ReplayRun.Backend.HEAP, null)
                    .writeTo(
                        output,
                        false,
                        (records, sinks) ->
                            judge(
                                records
                                    .map(new FailingAt("ph-1500"))
                                    .returns(Wires.INCOMING)
                                    .uid("failing"),
                                sinks)));
    assertTrue(e.getMessage().contains("a bug at ph-1500"), e.getMessage());
    assertEquals(List.of("alerts.ndjson"), names(output));
    assertEquals(List.of("old"), lines("alerts.ndjson"));
  }

  @Test
  @EnabledIf("hasAFullDevice")
  void fullDiskFailsTheReplayAndSaysSo() throws Exception {
    write(input, "gps.ndjson", fixes(20_000, 1));
    ReplayException e =
        assertThrows(
            ReplayException.class,
            () ->
                run(ReplayRun.Backend.HEAP, null)
                    .writeTo(
                        output,
                        false,
                        (records, sinks) -> {
                          fillTheDisk();
                          judge(records, sinks);
                        }));
    assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
    assertTrue(e.getMessage().contains("choose another --output"), e.getMessage());
    assertFalse(Files.exists(output));
  }

  static boolean hasAFullDevice() {
    return Files.exists(FULL_DEVICE);
  }

  private void fillTheDisk() {
    try {
      Files.createSymbolicLink(output.resolve(".replay/alerts.ndjson"), FULL_DEVICE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void unreadableInputLeavesNoFolder() throws Exception {
    Files.createDirectories(input);
    Files.write(input.resolve("gps.ndjson.gz"), new byte[] {1, 2, 3});
    assertThrows(
        ReplayException.class,
        () -> run(ReplayRun.Backend.HEAP, null).writeTo(output, false, ReplayRunIT::judge));
    assertFalse(Files.exists(output));
  }

  @Test
  void decodesWithoutJudging() throws Exception {
    write(input, "gps.ndjson", fixes(3_000, 1));
    ReplayCounts counts = run(ReplayRun.Backend.HEAP, null).decodeOnly();
    assertEquals(3_000, counts.accepted());
    assertTrue(counts.recordsPerSecond() > 0);
    assertTrue(counts.summary().startsWith("3,000 records read"), counts.summary());
  }

  @Test
  void jobRestoredMidwayHandsOnEveryRecordOnce() throws Exception {
    int count = 300_000;
    write(input, "gps.ndjson.gz", fixes(count, 1));
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, java.time.Duration.ZERO);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    environment.enableCheckpointing(10);
    FailingOnceAfterACheckpoint.failed = false;
    List<String> seen = new ArrayList<>();
    try (ReplayCounters counters = ReplayCounters.open()) {
      ReplayOrder order = ReplayFolder.open(input).order(temporary, counters);
      DataStream<String> devices =
          environment
              .fromSource(
                  new FolderSource(order, () -> FolderFixture::decode, null, counters),
                  WatermarkStrategy.noWatermarks(),
                  "replay folder",
                  Wires.INCOMING)
              .map(new FailingOnceAfterACheckpoint())
              .returns(Types.STRING)
              .setParallelism(1);
      seen.addAll(devices.executeAndCollect(count + 1));
      assertEquals(count, counters.accepted());
    }
    assertTrue(FailingOnceAfterACheckpoint.failed, "the job ended before its first checkpoint");
    assertEquals(count, seen.size());
    for (int i = 0; i < count; i++) {
      assertEquals("ph-" + i, seen.get(i));
    }
  }

  private ReplayRun run(ReplayRun.Backend backend, Instant until) {
    return new ReplayRun(
        new ReplayRun.Request(input, until, 4, backend),
        () -> FolderFixture::decode,
        Wires.INCOMING);
  }

  /** An alert for each device, a revision for each of its fixes; gone from the second on. */
  private static void judge(
      DataStream<Incoming> records, Function<String, Sink<OutputLine>> sinks) {
    records
        .filter(record -> record.event() != null)
        .uid("accepted")
        .keyBy(record -> ((Fix) record.event()).deviceId(), Types.STRING)
        .process(new Revise())
        .uid("revise")
        .sinkTo(sinks.apply("alerts"))
        .uid("alerts")
        .setParallelism(1);
    records
        .filter(record -> record.event() == null)
        .uid("refused")
        .map(ReplayRunIT::deadLetter)
        .uid("dead-letter")
        .sinkTo(sinks.apply("dead-letters"))
        .uid("dead-letters")
        .setParallelism(1);
  }

  private static OutputLine deadLetter(Incoming record) {
    String id = record.deadLetter().source() + " " + record.deadLetter().position();
    return new OutputLine(id, 1, 1, false, id.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> lines(String name) throws Exception {
    return Files.readAllLines(output.resolve(name));
  }

  private static List<String> names(Path folder) throws Exception {
    try (var listed = Files.list(folder)) {
      return listed.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static final class Revise extends KeyedProcessFunction<String, Incoming, OutputLine> {
    private transient ValueState<Integer> revisions;

    @Override
    public void open(org.apache.flink.api.common.functions.OpenContext context) {
      revisions = getRuntimeContext().getState(new ValueStateDescriptor<>("revisions", Types.INT));
    }

    @Override
    public void processElement(Incoming record, Context context, Collector<OutputLine> out)
        throws Exception {
      int revision = revisions.value() == null ? 1 : revisions.value() + 1;
      revisions.update(revision);
      String id = context.getCurrentKey();
      byte[] json = (id + " " + revision).getBytes(StandardCharsets.UTF_8);
      out.collect(new OutputLine(id, 1, revision, revision > 1, json));
    }
  }

  private record FailingAt(String deviceId) implements MapFunction<Incoming, Incoming> {
    @Override
    public Incoming map(Incoming record) {
      if (record.event() instanceof Fix fix && fix.deviceId().equals(deviceId)) {
        throw new IllegalStateException("a bug at " + deviceId);
      }
      return record;
    }
  }

  private static final class FailingOnceAfterACheckpoint
      implements MapFunction<Incoming, String>, CheckpointListener {
    private static volatile boolean failed;
    private transient boolean completed;

    @Override
    public String map(Incoming record) {
      if (completed && !failed) {
        failed = true;
        throw new IllegalStateException("meant to fail once");
      }
      return ((Fix) record.event()).deviceId();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      completed = true;
    }
  }

  private static final class WatermarkLog extends AbstractStreamOperator<Incoming>
      implements OneInputStreamOperator<Incoming, Incoming> {
    @Override
    public void processElement(StreamRecord<Incoming> record) {
      output.collect(record);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
      WATERMARKS.add(mark.getTimestamp());
      super.processWatermark(mark);
    }
  }
}
