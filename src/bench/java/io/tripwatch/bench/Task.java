package io.tripwatch.bench;

/** One thing to measure, in a process of its own. */
public interface Task {
  /** What it is called on the command line and in the results: {@code job-heap}. */
  String name();

  /** What it measures, in half a line. */
  String title();

  /**
   * Whether its state lives in RocksDB: then it has as many drivers as it keeps up with, and is
   * measured for as long as a checkpoint is apart from the next.
   */
  default boolean onRocksdb() {
    return name().endsWith("-rocksdb");
  }

  /** Measures once. */
  Measured run(Setting setting) throws Exception;
}
