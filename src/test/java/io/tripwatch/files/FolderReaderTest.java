package io.tripwatch.files;

import static io.tripwatch.files.FolderFixture.fix;
import static io.tripwatch.files.FolderFixture.fixes;
import static io.tripwatch.files.FolderFixture.flight;
import static io.tripwatch.files.FolderFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderReaderTest {
  @TempDir Path temporary;
  private final ReplayCounters counters = ReplayCounters.open();
  private final Handed handed = new Handed();
  private Path input;
  private ReplayOrder order;

  @BeforeEach
  void makeInput() throws IOException {
    input = Files.createDirectory(temporary.resolve("in"));
  }

  @AfterEach
  void close() {
    counters.close();
  }

  @Test
  void handsOnEventsWithTheirTimeAndDeadLettersWithTheGreatestBefore() throws Exception {
    write(input, "gps.ndjson", List.of("{}", fix(5_000, 9_000, "a"), fix(1, 9_500, "b"), "{}"));
    readAll(null);
    assertEquals(
        List.of("refused 1 @" + ReplayCounters.NO_TIME, "a @5000", "b @1", "refused 4 @5000"),
        handed.records);
    assertEquals("4 2 2 0 5000", counted());
  }

  @Test
  void watermarksFollowBy5SecondsAndEndAtTheGreatestEventTime() throws Exception {
    write(
        input,
        "gps.ndjson",
        List.of(
            fix(10_000, 10_000, "a"),
            fix(19_999, 20_000, "just less than ten seconds on"),
            fix(20_000, 20_001, "ten seconds on"),
            fix(12_000, 20_002, "late"),
            fix(23_500, 23_500, "d")));
    readAll(null);
    assertEquals(List.of(5_000L, 15_000L, 23_500L), handed.watermarks);
    assertEquals(23_500, counters.untilMs());
  }

  @Test
  void manyRecordsHaveAWatermarkEachSecond() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i <= 2 * FolderReader.RECORDS_PER_WATERMARK; i++) {
      lines.add(fix(10_000 + 10 * i, 10_000 + 10 * i, "a"));
    }
    write(input, "gps.ndjson", lines);
    readAll(null);
    assertEquals(List.of(5_000L, 6_000L, 7_000L, 12_000L), handed.watermarks);
  }

  @Test
  void clockThatRunsAheadMovesNothing() throws Exception {
    write(input, "gps.ndjson", List.of(fix(90_000, 10_000, "a")));
    readAll(null);
    assertEquals(List.of(5_000L, 10_000L), handed.watermarks);
  }

  @Test
  void leavesOutAndCountsWhatHappenedAfterUntil() throws Exception {
    write(
        input,
        "gps.ndjson",
        List.of(
            fix(10_000, 10_000, "a"),
            fix(20_000, 20_000, "at"),
            fix(20_001, 20_001, "after"),
            fix(19_000, 30_000, "late")));
    readAll(20_000L);
    assertEquals(List.of("a @10000", "at @20000", "late @19000"), handed.records);
    assertEquals(List.of(5_000L, 15_000L, 20_000L), handed.watermarks);
    assertEquals("4 3 0 1 20000", counted());
  }

  @Test
  void untilAfterTheLastEventIsReached() throws Exception {
    write(input, "flights.ndjson", List.of(flight(10_000, "a")));
    readAll(99_000L);
    assertEquals(List.of(5_000L, 99_000L), handed.watermarks);
  }

  @Test
  void withNothingAcceptedThereIsNoTime() throws Exception {
    write(input, "gps.ndjson", List.of("{}"));
    readAll(null);
    assertEquals(List.of(), handed.watermarks);
    assertEquals("1 0 1 0 " + ReplayCounters.NO_TIME, counted());
  }

  @Test
  void lineTooLongToKeepIsADeadLetterThatSaysSo() throws Exception {
    String tooLong = fix(1, 1, "x".repeat(LineReader.KEPT_BYTES));
    write(input, "gps.ndjson", List.of(tooLong));
    readAll(null);
    DeadLetter letter = handed.deadLetters.get(0);
    assertEquals(DeadLetter.Reason.TOO_LARGE, letter.reason());
    assertEquals(LineReader.KEPT_BYTES, letter.value().length);
    assertTrue(
        letter.detail().contains("has %d bytes".formatted(tooLong.length())), letter.detail());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 15, 1_000})
  void readingRestoredAnywhereGoesOnAsIfNothingHadHappened(int pollsBefore) throws Exception {
    write(input, "gps.ndjson", FolderFixture.shuffled(fixes(3_000, 11), 11));
    write(input, "calls.ndjson.gz", List.of("{}", fix(1_500_000, 1_500_000, "call"), "{}"));
    readAll(2_000_000L);
    List<String> expected = List.copyOf(handed.records);
    String expectedCounts = counted();
    handed.records.clear();
    handed.watermarks.clear();

    List<FolderSplit> snapshot;
    try (FolderReader first = reader(2_000_000L)) {
      first.addSplits(List.of(FolderSplit.START));
      first.notifyNoMoreSplits();
      for (int poll = 0; poll < pollsBefore; poll++) {
        if (first.pollNext(handed) == InputStatus.END_OF_INPUT) {
          break;
        }
      }
      snapshot = first.snapshotState(1);
    }
    try (FolderReader second = reader(2_000_000L)) {
      second.addSplits(List.of(copy(snapshot.get(0))));
      second.notifyNoMoreSplits();
      pollToTheEnd(second);
    }
    assertEquals(expected, handed.records);
    assertEquals(expectedCounts, counted());
    assertEquals(2_000_000L, handed.watermarks.get(handed.watermarks.size() - 1));
  }

  @Test
  void readerWithoutAFolderWaitsAndThenEnds() throws Exception {
    write(input, "gps.ndjson", fixes(1, 1));
    try (FolderReader reader = reader(null)) {
      assertEquals(InputStatus.NOTHING_AVAILABLE, reader.pollNext(handed));
      assertTrue(!reader.isAvailable().isDone());
      assertTrue(reader.snapshotState(1).isEmpty());
      reader.notifyNoMoreSplits();
      assertTrue(reader.isAvailable().isDone());
      assertEquals(InputStatus.END_OF_INPUT, reader.pollNext(handed));
    }
  }

  @Test
  void readerDoesNotEndBeforeItIsToldThatThereIsNoMore() throws Exception {
    write(input, "gps.ndjson", fixes(1, 1));
    try (FolderReader reader = reader(null)) {
      reader.addSplits(List.of(FolderSplit.START));
      assertEquals(InputStatus.NOTHING_AVAILABLE, reader.pollNext(handed));
      assertTrue(!reader.isAvailable().isDone());
      reader.notifyNoMoreSplits();
      assertTrue(reader.isAvailable().isDone());
      pollToTheEnd(reader);
    }
    assertEquals(1, handed.records.size());
  }

  @Test
  void fileThatGoesMissingBetweenTheReadingsFails() throws Exception {
    write(input, "gps.ndjson", fixes(10, 1));
    FolderReader reader = reader(null);
    Files.delete(input.resolve("gps.ndjson"));
    reader.addSplits(List.of(FolderSplit.START));
    reader.notifyNoMoreSplits();
    IOException e = assertThrows(ReplayException.class, () -> pollToTheEnd(reader));
    assertTrue(e.getMessage().contains("no such file"), e.getMessage());
    reader.close();
  }

  private void readAll(Long untilMs) throws Exception {
    try (FolderReader reader = reader(untilMs)) {
      reader.addSplits(List.of(FolderSplit.START));
      reader.notifyNoMoreSplits();
      pollToTheEnd(reader);
    }
  }

  private FolderReader reader(Long untilMs) throws Exception {
    if (order == null) {
      Path work = Files.createDirectory(temporary.resolve("work"));
      order = ReplayFolder.open(input).order(work, 10_000, counters);
    }
    return new FolderReader(
        order,
        FolderFixture::decode,
        untilMs,
        counters,
        InternalSourceReaderMetricGroup.mock(UnregisteredMetricsGroup.createOperatorMetricGroup()));
  }

  private void pollToTheEnd(FolderReader reader) throws Exception {
    InputStatus status;
    do {
      status = reader.pollNext(handed);
    } while (status == InputStatus.MORE_AVAILABLE);
    assertEquals(InputStatus.END_OF_INPUT, status);
  }

  private static FolderSplit copy(FolderSplit split) throws IOException {
    FolderSplit.Serializer serializer = new FolderSplit.Serializer();
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
  }

  private String counted() {
    return "%d %d %d %d %d"
        .formatted(
            counters.read(),
            counters.accepted(),
            counters.deadLettered(),
            counters.afterUntil(),
            counters.untilMs());
  }

  /** Keeps what it is handed. */
  private static final class Handed implements ReaderOutput<Incoming> {
    final List<String> records = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();

    @Override
    public void collect(Incoming record, long timestamp) {
      Event event = record.event();
      if (event == null) {
        deadLetters.add(record.deadLetter());
      }
      String what =
          event == null ? "refused " + record.deadLetter().position() : ((Fix) event).deviceId();
      records.add(what + " @" + timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void collect(Incoming record) {
      throw new AssertionError("no timestamp");
    }

    @Override
    public void markIdle() {
      throw new AssertionError("never idle");
    }

    @Override
    public void markActive() {
      throw new AssertionError("never idle");
    }

    @Override
    public SourceOutput<Incoming> createOutputForSplit(String splitId) {
      throw new AssertionError("one output");
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      throw new AssertionError("one output");
    }
  }
}
