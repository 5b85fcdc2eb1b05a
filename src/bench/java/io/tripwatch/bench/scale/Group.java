package io.tripwatch.bench.scale;

/** What grows, or what is looked at as it grows. */
public enum Group {
  /** More drivers, all with a file on the heap; state on the heap and in RocksDB. */
  DRIVERS("drivers"),
  /** The same drivers, more of them on a trip. */
  TRIPS("open trips"),
  /** More rules enabled. */
  RULES("rules"),
  /** More tasks of each stage. */
  PARALLELISM("parallelism"),
  /** What a driver's state weighs after two and a half hours. */
  STATE("state"),
  /** How large checkpoints are, and how long they take, by drivers. */
  CHECKPOINT("checkpoints"),
  /** How soon a job that was ended is back, by drivers. */
  RESTART("restart");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
