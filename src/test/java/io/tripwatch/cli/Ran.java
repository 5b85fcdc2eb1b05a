package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command said and how it ended. */
record Ran(int code, String out, String err) {
  static Ran of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Tripwatch.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(args);
    return new Ran(code, out.toString().strip(), err.toString().strip());
  }

  /** What it printed, where it did what it was told. */
  static String done(String... args) {
    Ran ran = of(args);
    assertEquals(0, ran.code(), ran.err());
    return ran.out();
  }
}
