package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a shell runs it. */
class ScriptIT {
  private static final int PATIENCE_S = 120;

  @TempDir private Path folder;
  private InstalledScript script;
  private Path input;

  @BeforeEach
  void install() throws IOException {
    script = InstalledScript.into(folder.resolve("home"));
    input = folder.resolve("in");
  }

  @Test
  void readsAndWritesPathsThatAreNotAsciiInALocaleThatIs() throws Exception {
    Ran.done("simulate", "--output", input.toString(), "--trips", "3", "--seed", "1");
    // The octal bytes are those of a name in UTF-8, whatever this process takes characters for.
    String commands =
        """
        set -e
        name=$(printf '\\345\\267\\235A')
        mkdir "$name"
        mv in "$name/in"
        "$TRIPWATCH" replay --input "$name/in" --output "$name/out" --final
        cp -r "$name/out" out
        """;
    ProcessBuilder shell = script.command("sh", "-c", commands).directory(folder.toFile());
    shell.environment().put("LC_ALL", "C");
    Process process = shell.start();
    assertEnds(process);
    assertEquals(0, process.exitValue(), said());
    assertTrue(Files.size(folder.resolve("out/trips.ndjson")) > 0);
  }

  @Test
  void replayRemovesItsWorkFolderWhenItIsInterrupted() throws Exception {
    Ran.done("simulate", "--output", input.toString(), "--trips", "300", "--seed", "1");
    Path output = folder.resolve("out");
    Process replay =
        script
            .command(
                folder.resolve("home/scripts/tripwatch").toString(),
                "replay",
                "--input",
                input.toString(),
                "--output",
                output.toString())
            .start();
    Path judging = output.resolve(".replay/alerts.ndjson");
    await(replay, judging);
    interrupt(replay);
    assertEnds(replay);
    assertFalse(Files.exists(output.resolve(".replay")), said());
    assertEquals(List.of(), names(script.temporary()), said());
    assertEquals(List.of(), names(output), "a replay that did not end has written nothing");
  }

  /** Ctrl-C. */
  private static void interrupt(Process process) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
  }

  private void await(Process process, Path file) throws Exception {
    for (int tenths = 0; !Files.exists(file); tenths++) {
      assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS), said());
      assertTrue(tenths < 10 * PATIENCE_S, "no " + file + ": " + said());
    }
  }

  private void assertEnds(Process process) throws Exception {
    boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, said());
  }

  private String said() throws IOException {
    return Files.readString(script.log());
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
