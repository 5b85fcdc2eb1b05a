package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RuleBenchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void measuresEveryRuleThereIs() {
    String city = folder.resolve("city").toString();
    run("simulate", "--trips", "20", "--seed", "1", "--fix-every", "30s", "--output", city);
    out.getBuffer().setLength(0);
    assertEquals(0, run("bench", "--rules", "--input", city, "--rounds", "1", "--warm-up", "0"));
    Set<String> measured =
        out.toString()
            .lines()
            .filter(line -> line.matches("[a-z-]+ +[0-9,]+ + [0-9.]+% +[0-9,]+"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Rules.catalogue().stream().map(RuleSpec::id).collect(Collectors.toCollection(TreeSet::new)),
        measured);
    assertTrue(out.toString().startsWith("5 drivers, "), out.toString());
  }

  @Test
  void saysWhenThereIsNothingToMeasure() {
    String nowhere = folder.resolve("nowhere").toString();
    assertEquals(1, run("bench", "--rules", "--input", nowhere));
    assertTrue(err.toString().contains("--input " + nowhere + " is not there"), err.toString());
  }

  private int run(String... args) {
    CommandLine line = Tripwatch.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
