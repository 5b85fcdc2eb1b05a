package io.tripwatch.cli;

import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What numbers and instants given as options must lie within: all else is bad usage. */
final class Bounds {
  /** More tasks than any machine this is run on has cores. */
  static final int MOST_PARALLELISM = 64;

  /** More partitions of one topic than any broker is given. */
  static final int MOST_PARTITIONS = 10_000;

  static final int MOST_PORT = 65_535;

  /** Of the years that events may happen in. */
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("2099-12-31T23:59:59.999Z");

  private Bounds() {}

  /**
   * Checks a number, both bounds included.
   *
   * @throws ParameterException that names the option, its value and the bounds
   */
  static void require(CommandSpec spec, String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is " + value + "; give a number from " + least + " to " + most);
    }
  }

  /**
   * Checks an instant of the city or of event time.
   *
   * @throws ParameterException that names the option, its value and the bounds
   */
  static void require(CommandSpec spec, String option, Instant value) {
    if (value.isBefore(FIRST) || value.isAfter(LAST)) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is " + value + "; give an instant in the years 2000 to 2099");
    }
  }
}
