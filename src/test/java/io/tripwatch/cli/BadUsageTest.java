package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "simulate --output a --seed 1 --trips 0, --trips, 0, 1 to 999999",
    "simulate --output a --seed 1 --trips 1000000, --trips, 1000000, 1 to 999999",
    "simulate --output a --seed 1 --trips 9 --drivers 0, --drivers, 0, 1 to 999999",
    "simulate --output a --seed 1 --trips 9 --drivers -1, --drivers, -1, 1 to 999999",
    "run --drivers 0, --drivers, 0, 1 to 999999",
    "run --trips 0, --trips, 0, 1 to 999999",
    "run --parallelism 0, --parallelism, 0, 1 to 64",
    "run --port 65536, --port, 65536, 0 to 65535",
    "run --ui-port -1, --ui-port, -1, 0 to 65535",
    "replay --input a --output b --parallelism 0, --parallelism, 0, 1 to 64",
    "replay --input a --output b --parallelism 65, --parallelism, 65, 1 to 64",
    "replay --input a --output b --epoch 0, --epoch, 0, 1 to 2147483647",
    "bench --input a --rounds 0, --rounds, 0, 1 to 10000",
    "bench --input a --warm-up -1, --warm-up, -1, 0 to 10000",
    "bench --input a --parallelism 0, --parallelism, 0, 1 to 64",
    "cluster start --rest-port 65536, --rest-port, 65536, 0 to 65535",
    "cluster start --kafka-port -1, --kafka-port, -1, 0 to 65535",
    "cluster start --partitions 0, --partitions, 0, 1 to 10000",
    "submit --parallelism 0, --parallelism, 0, 1 to 128",
    "submit --epoch 0, --epoch, 0, 1 to 2147483647",
    "submit --partitions 0, --partitions, 0, 1 to 10000",
    "upgrade --parallelism 0, --parallelism, 0, 1 to 128",
    "rescale --parallelism 129, --parallelism, 129, 1 to 128"
  })
  void boundsEveryNumber(String words, String option, String value, String bounds) {
    String said = said(words.split(" "));
    assertTrue(
        said.startsWith(
            "tripwatch: " + option + " is " + value + "; give a number from " + bounds + "; try "),
        said);
  }

  @ParameterizedTest
  @CsvSource({
    "simulate --output a --seed 1 --trips 9 --start 1999-12-31T23:59:59.999Z, --start",
    "run --start 2100-01-01T00:00:00Z, --start",
    "replay --input a --output b --until +999999999-12-31T23:59:59Z, --until"
  })
  void boundsEveryInstant(String words, String option) {
    String said = said(words.split(" "));
    assertTrue(said.startsWith("tripwatch: " + option + " is "), said);
    assertTrue(said.contains("; give an instant in the years 2000 to 2099; "), said);
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
