package io.tripwatch.bench;

/** One thing to measure, in a process of its own. */
public interface Task {
  /** What it is called on the command line and in the results: {@code job-heap}. */
  String name();

  /** What it measures, in half a line. */
  String title();

  /** Measures once. */
  Measured run(Setting setting) throws Exception;
}
