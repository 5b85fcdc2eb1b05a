package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateTest {
  private static final String[] SMALL = {
    "simulate", "--trips", "12", "--seed", "1", "--fix-every", "30s"
  };

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void writesOneFileForEachTopicAndNothingElse() throws IOException {
    assertEquals(0, run("--output", folder.resolve("a/b").toString()));
    assertEquals(
        List.of(
            "buttons.ndjson",
            "calls.ndjson",
            "fleet.ndjson",
            "flights.ndjson",
            "gps.ndjson",
            "logins.ndjson",
            "orders.ndjson"),
        names(folder.resolve("a/b")).stream()
            .filter(name -> !name.matches("(ratings|complaints|verdicts).ndjson"))
            .toList());
    assertTrue(out.toString().startsWith("12 trips of 3 drivers: "), out.toString());
  }

  @Test
  void writesTheSameFilesAgain() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    String faults = "shuffle=5s,duplicate=0.1,late=0.1";
    run("--output", one.toString(), "--faults", faults);
    run("--output", two.toString(), "--faults", faults);
    assertEquals(0, run("--force", "--output", two.toString(), "--faults", faults));
    assertEquals(names(one), names(two));
    for (String name : names(one)) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(name)), Files.readAllBytes(two.resolve(name)), name);
    }
  }

  @Test
  void doesNotMixTwoCities() throws IOException {
    Files.writeString(folder.resolve("gps-0001.ndjson"), "");
    assertEquals(1, run("--force", "--output", folder.toString()));
    assertTrue(err.toString().contains("already holds gps-0001.ndjson"), err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void writesToNoFolderThatIsNotEmptyUnlessForced() throws IOException {
    Files.writeString(folder.resolve("orders.ndjson"), "mine");
    assertEquals(1, run("--output", folder.toString()));
    assertEquals(
        "tripwatch: --output "
            + folder
            + " is not empty; give a new folder, or --force to replace the city in it",
        err.toString().strip());
    assertEquals("mine", Files.readString(folder.resolve("orders.ndjson")));
    assertEquals(0, run("--force", "--output", folder.toString()));
    assertTrue(Files.size(folder.resolve("orders.ndjson")) > 1_000);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(0, run("--output", empty.toString()));
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(1, run("--output", file.toString()));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals(List.of("file"), names(folder));
  }

  @Test
  void callsABadOptionBadUsage() {
    assertEquals(2, run("--output", folder.toString(), "--faults", "late=2"));
    assertTrue(err.toString().startsWith("tripwatch: --faults: late is 2; "), err.toString());
    assertFalse(err.toString().contains("Exception"), err.toString());
  }

  private int run(String... args) {
    CommandLine line = Tripwatch.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(Stream.concat(Stream.of(SMALL), Stream.of(args)).toArray(String[]::new));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
