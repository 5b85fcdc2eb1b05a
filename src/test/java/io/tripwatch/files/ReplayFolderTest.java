package io.tripwatch.files;

import static io.tripwatch.files.FolderFixture.fix;
import static io.tripwatch.files.FolderFixture.fixes;
import static io.tripwatch.files.FolderFixture.flight;
import static io.tripwatch.files.FolderFixture.gzip;
import static io.tripwatch.files.FolderFixture.shuffled;
import static io.tripwatch.files.FolderFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayFolderTest {
  private static final long SMALL_RUNS = 1_000;

  @TempDir Path temporary;
  private Path input;
  private Path work;

  @BeforeEach
  void makeFolders() throws IOException {
    input = Files.createDirectory(temporary.resolve("in"));
    work = Files.createDirectory(temporary.resolve("work"));
  }

  @Test
  void saysSoWhenTheFolderIsMissingOrIsAFile() throws IOException {
    assertMessage("not there", () -> ReplayFolder.open(temporary.resolve("none")));
    Path file = Files.createFile(temporary.resolve("file"));
    assertMessage("not a folder", () -> ReplayFolder.open(file));
  }

  @Test
  void saysSoWhenThereIsNothingOfTheContract() throws IOException {
    write(input, "gps.json", List.of("{}"));
    write(input, "gps-a.ndjson", List.of("{}"));
    write(input, "cars.ndjson", List.of("{}"));
    assertMessage("holds none of the inputs", () -> ReplayFolder.open(input));
  }

  @Test
  void refusesWhatCannotBeReadTwice() throws IOException {
    Files.createDirectory(input.resolve("gps.ndjson"));
    assertMessage("no regular file", () -> ReplayFolder.open(input));
    Files.delete(input.resolve("gps.ndjson"));
    Files.createSymbolicLink(input.resolve("gps.ndjson"), input.resolve("nowhere"));
    assertMessage("no regular file", () -> ReplayFolder.open(input));
  }

  @Test
  void namesWhatLooksLikeAnInputAndIsNone() throws IOException {
    write(input, "gps.ndjson", fixes(1, 1));
    write(input, "Gps.ndjson", fixes(1, 1));
    write(input, "expected-alerts.ndjson.gz", List.of("{}"));
    write(input, "README.md", List.of("x"));
    assertEquals(
        List.of("Gps.ndjson", "expected-alerts.ndjson.gz"), ReplayFolder.open(input).unknown());
  }

  @Test
  void plainGzippedAndSplitFilesAreReadAsOne() throws Exception {
    List<String> fixes = fixes(300, 5);
    write(input, "gps-0001.ndjson", fixes.subList(0, 100));
    write(input, "gps-0002.ndjson.gz", fixes.subList(100, 200));
    write(input, "gps.ndjson", fixes.subList(200, 300));
    assertEquals(fixes, texts(read(SMALL_RUNS)));
    assertTrue(isEmpty(work), "files in order need no disk");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shuffledFilesGiveTheOrderOfSortedOnes(long seed) throws Exception {
    List<String> fixes = fixes(2_000, seed);
    List<String> flights = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      flights.add(flight(1_000_000 + i * 9_500L, "UA" + i));
    }
    write(input, "gps.ndjson", fixes);
    write(input, "flights.ndjson", flights);
    List<String> sorted = texts(read(SMALL_RUNS));
    assertEquals(2_200, sorted.size());

    write(input, "gps.ndjson", shuffled(fixes, seed));
    write(input, "flights.ndjson", shuffled(flights, seed));
    assertEquals(sorted, texts(read(SMALL_RUNS)));
    assertTrue(Files.list(work).count() > 100, "this test is about many runs");
    assertEquals(sorted, texts(read(SpillingSorter.RUN_BYTES)));
  }

  @Test
  void sortedLinesKeepTheirPlaceInTheFile() throws Exception {
    write(input, "gps.ndjson", List.of("", fix(3, 3, "c"), fix(1, 1, "a"), "", fix(2, 2, "b")));
    List<Line> lines = read(SMALL_RUNS);
    assertEquals(List.of(3L, 5L, 2L), lines.stream().map(Line::number).toList());
    assertEquals("gps.ndjson", lines.get(0).file());
  }

  @Test
  void tiesFollowTopicThenFileThenLine() throws Exception {
    write(input, "ratings.ndjson", List.of(fix(7, 7, "e")));
    write(input, "gps-2.ndjson", List.of(fix(9, 7, "c"), fix(7, 7, "d")));
    write(input, "gps-1.ndjson", List.of(fix(8, 8, "f"), fix(7, 7, "b")));
    write(input, "orders.ndjson.gz", List.of(flight(7, "a")));
    assertEquals(
        List.of(
            flight(7, "a"),
            fix(7, 7, "b"),
            fix(9, 7, "c"),
            fix(7, 7, "d"),
            fix(7, 7, "e"),
            fix(8, 8, "f")),
        texts(read(SMALL_RUNS)));
  }

  @Test
  void lineWithoutATimeStaysBehindItsPredecessor() throws Exception {
    write(input, "gps.ndjson", List.of("first", fix(2, 2, "b"), "broken", fix(1, 1, "a")));
    write(input, "orders.ndjson", List.of(flight(2, "o"), flight(3, "p")));
    assertEquals(
        List.of("first", fix(1, 1, "a"), flight(2, "o"), fix(2, 2, "b"), "broken", flight(3, "p")),
        texts(read(SMALL_RUNS)));
  }

  @Test
  void emptyFilesHoldNothing() throws Exception {
    write(input, "gps.ndjson", List.of());
    Files.write(input.resolve("calls.ndjson"), new byte[0]);
    write(input, "orders.ndjson.gz", List.of("", ""));
    assertEquals(List.of(), texts(read(SMALL_RUNS)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gzipThatIsCutOffFailsByName(boolean inOrder) throws Exception {
    List<String> lines = inOrder ? fixes(500, 3) : shuffled(fixes(500, 3), 3);
    byte[] whole = gzip(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    for (int kept : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
      Files.write(input.resolve("gps.ndjson.gz"), Arrays.copyOf(whole, kept));
      assertMessage("gps.ndjson.gz after line", () -> read(SMALL_RUNS));
    }
  }

  @Test
  void gzipWithDamagedBytesFailsByName() throws Exception {
    byte[] whole = gzip(String.join("\n", fixes(500, 3)).getBytes(StandardCharsets.UTF_8));
    byte[] damaged = whole.clone();
    damaged[whole.length - 6] ^= 1;
    Files.write(input.resolve("gps.ndjson.gz"), damaged);
    assertMessage("fetch it again", () -> read(SMALL_RUNS));
  }

  @Test
  void gzipOfSeveralMembersIsReadWholeOrNotAtAll() throws Exception {
    List<String> fixes = fixes(20, 3);
    byte[] one = gzip((String.join("\n", fixes.subList(0, 10)) + "\n").getBytes("UTF-8"));
    byte[] two = gzip((String.join("\n", fixes.subList(10, 20)) + "\n").getBytes("UTF-8"));
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    Files.write(input.resolve("gps.ndjson.gz"), both);
    assertEquals(fixes, texts(read(SMALL_RUNS)));

    both[one.length + 1] ^= 1;
    Files.write(input.resolve("gps.ndjson.gz"), both);
    assertMessage("gps.ndjson.gz after line", () -> read(SMALL_RUNS));
    Files.write(input.resolve("gps.ndjson.gz"), Arrays.copyOf(both, one.length + 4));
    assertMessage("gps.ndjson.gz after line", () -> read(SMALL_RUNS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 200_000})
  void zerosBehindTheLastMemberArePassedOverWithOneWarning(int zeros) throws Exception {
    for (List<String> lines : List.of(fixes(500, 3), shuffled(fixes(500, 3), 3))) {
      byte[] whole = gzip(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
      Files.write(input.resolve("gps.ndjson.gz"), Arrays.copyOf(whole, whole.length + zeros));
      try (ReplayCounters counters = ReplayCounters.open()) {
        ReplayOrder order = ReplayFolder.open(input).order(work, SMALL_RUNS, counters);
        assertEquals(fixes(500, 3), texts(readAll(order, counters)));
        assertEquals(Set.of("gps.ndjson.gz"), counters.padded);
      }
    }
  }

  @Test
  void zerosBetweenMembersFailByName() throws Exception {
    byte[] whole = gzip((String.join("\n", fixes(20, 3)) + "\n").getBytes("UTF-8"));
    byte[] twice = Arrays.copyOf(whole, 2 * whole.length + 512);
    System.arraycopy(whole, 0, twice, whole.length + 512, whole.length);
    Files.write(input.resolve("gps.ndjson.gz"), twice);
    assertMessage("more than zeros follow", () -> read(SMALL_RUNS));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() throws Exception {
    List<String> fixes = fixes(4, 3);
    write(input, "gps-1.ndjson", List.of("\uFEFF" + fixes.get(0), fixes.get(1)));
    write(input, "gps-2.ndjson.gz", List.of("\uFEFF" + fixes.get(3), fixes.get(2)));
    assertEquals(fixes, texts(read(SMALL_RUNS)));
  }

  @Test
  void longLinesAreCutInSortedFilesToo() throws Exception {
    String tooLong = fix(1, 1, "x".repeat(2 * LineReader.KEPT_BYTES));
    write(input, "gps.ndjson", List.of(fix(2, 2, "b"), tooLong));
    Line cut = read(SMALL_RUNS).get(0);
    assertTrue(cut.cut());
    assertEquals(tooLong.length(), cut.length());
    assertEquals(LineReader.KEPT_BYTES, cut.bytes().length);
  }

  @Test
  void bytesReadAddUpToWhatWasToBeRead() throws Exception {
    write(input, "gps.ndjson.gz", fixes(5_000, 1));
    write(input, "calls.ndjson", shuffled(fixes(100, 2), 2));
    try (ReplayCounters counters = ReplayCounters.open()) {
      ReplayOrder order = ReplayFolder.open(input).order(work, SMALL_RUNS, counters);
      assertEquals(counters.bytesToOrder(), counters.bytesOrdered());
      readAll(order, counters);
      assertEquals(counters.bytesToReplay(), counters.bytesReplayed());
    }
  }

  private List<Line> read(long runBytes) throws Exception {
    try (ReplayCounters counters = ReplayCounters.open()) {
      return readAll(ReplayFolder.open(input).order(work, runBytes, counters), counters);
    }
  }

  private static List<Line> readAll(ReplayOrder order, ReplayCounters counters) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (MergedLines merged = order.open(counters.bytesReplayed::addAndGet)) {
      for (Line line = merged.next(); line != null; line = merged.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static List<String> texts(List<Line> lines) {
    return lines.stream().map(line -> new String(line.bytes(), StandardCharsets.UTF_8)).toList();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var listed = Files.list(folder)) {
      return listed.findAny().isEmpty();
    }
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable run) {
    String message = assertThrows(ReplayException.class, run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
