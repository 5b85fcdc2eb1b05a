package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BadUsageTest {
  private static String said(String... words) {
    StringWriter err = new StringWriter();
    CommandLine command = Tripwatch.commandLine().setErr(new PrintWriter(err));
    assertEquals(2, command.execute(words));
    return err.toString();
  }

  @Test
  void saysInOneLineWhatIsMissing() {
    assertEquals(
        "tripwatch: Missing required options: '--input=DIR', '--output=DIR';"
            + " try tripwatch replay --help"
            + System.lineSeparator(),
        said("replay"));
  }

  @Test
  void saysInOneLineWhatAnOptionMayBe() {
    assertEquals(
        1, said("replay", "--input", "a", "--output", "b", "--state", "x").lines().count());
  }

  @Test
  void guessesWhatWasMeant() {
    assertEquals(
        "Possible solutions: --parallelism",
        said("bench", "--input", "a", "--parallelsm").lines().toList().get(1));
  }

  @Test
  void namesTheCommandThatWasMeant() {
    assertEquals(
        "tripwatch: say what to do: rules check FILE; try tripwatch rules --help",
        said("rules").strip());
    assertEquals("tripwatch: no command is given; try tripwatch --help", said().strip());
  }
}
