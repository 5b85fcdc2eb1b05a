package io.tripwatch.bench;

import java.io.IOException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The pieces that JMH measures, each by itself. */
final class Pieces {
  private Pieces() {}

  /**
   * Measures those whose names the pattern is found in.
   *
   * @return the exit code
   */
  static int measure(String pattern) throws IOException, RunnerException {
    return new Runner(new OptionsBuilder().include(pattern).build()).run().isEmpty() ? 1 : 0;
  }
}
