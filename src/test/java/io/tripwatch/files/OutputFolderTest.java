package io.tripwatch.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path temporary;
  private Path input;
  private Path output;

  @BeforeEach
  void makeInput() throws IOException {
    input = Files.createDirectory(temporary.resolve("in"));
    output = temporary.resolve("out");
  }

  @Test
  void refusesTheInputFolderAndWhatLiesInIt() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), input);
    for (Path inside :
        List.of(input, input.resolve("a/b"), link, link.resolve("a"), input.resolve("../in"))) {
      assertMessage("choose a folder outside", () -> open(inside));
    }
    assertTrue(names(input).isEmpty());
  }

  @Test
  void mayHoldTheInputFolder() throws IOException {
    open(temporary).close();
    assertEquals(List.of("in"), names(temporary));
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertMessage("is not a folder", () -> open(file));
    assertMessage("is not a folder", () -> open(file.resolve("below")));
  }

  @Test
  void leavesNothingBehindWhenNothingIsPublished() throws IOException {
    open(temporary.resolve("a/b/c")).close();
    assertEquals(List.of("in"), names(temporary));
  }

  @Test
  void keepsASecondReplayOut() throws IOException {
    try (OutputFolder first = open(output)) {
      assertMessage("held by another replay", () -> open(output));
      first.scratch();
    }
    open(output).close();
  }

  @Test
  void removesWhatAKilledReplayLeft() throws IOException {
    Path left = Files.createDirectories(output.resolve(".replay/finished/deeper"));
    Files.createFile(left.resolve("x"));
    try (OutputFolder folder = open(output)) {
      folder.scratch();
      assertFalse(Files.exists(left));
    }
    assertEquals(List.of(), names(output));
  }

  @Test
  void failedReplayKeepsTheEarlierOutputs() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("alerts.ndjson"), "old");
    try (OutputFolder folder = open(output)) {
      folder.sink("alerts");
      Files.writeString(folder.scratch().resolve("x"), "half");
    }
    assertEquals(List.of("alerts.ndjson"), names(output));
    assertEquals("old", Files.readString(output.resolve("alerts.ndjson")));
  }

  @Test
  void publishingReplacesEarlierOutputsAsAWholeAndNothingElse() throws IOException {
    Files.createDirectories(output);
    for (String name :
        List.of("alerts.ndjson", "penalties.ndjson", "trips.ndjson.gz", "notes.txt")) {
      Files.writeString(output.resolve(name), "old");
    }
    try (OutputFolder folder = open(output)) {
      folder.sink("alerts");
      Files.writeString(output.resolve(".replay/finished/alerts.ndjson"), "new");
      folder.publish();
    }
    assertEquals(List.of("alerts.ndjson", "notes.txt"), names(output));
    assertEquals("new", Files.readString(output.resolve("alerts.ndjson")));
  }

  @Test
  void publishesNothingWhenAnOutputIsNotFinished() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("alerts.ndjson"), "old");
    try (OutputFolder folder = open(output)) {
      folder.sink("alerts");
      assertMessage("cannot put the outputs", folder::publish);
    }
    assertEquals("old", Files.readString(output.resolve("alerts.ndjson")));
  }

  @Test
  void givesEachOutputOfTheContractOnce() throws IOException {
    try (OutputFolder folder = open(output)) {
      folder.sink("alerts");
      assertThrows(IllegalArgumentException.class, () -> folder.sink("alerts"));
      assertThrows(IllegalArgumentException.class, () -> folder.sink("gps"));
    }
  }

  private OutputFolder open(Path path) throws IOException {
    return OutputFolder.open(path, input, false);
  }

  private static List<String> names(Path folder) throws IOException {
    try (var listed = Files.list(folder)) {
      return listed.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertMessage(String part, Executable run) {
    String message = assertThrows(ReplayException.class, run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
