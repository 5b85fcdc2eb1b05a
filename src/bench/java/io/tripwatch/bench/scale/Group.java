package io.tripwatch.bench.scale;

import java.util.Locale;

/** What grows, or what is looked at as it grows. */
public enum Group {
  DRIVERS("drivers", "more drivers, all with a file on the heap; state on the heap and in RocksDB"),
  TRIPS("open trips", "the same drivers, more of them on a trip"),
  RULES("rules", "more rules enabled"),
  PARALLELISM("parallelism", "more tasks of each stage"),
  STATE("state", "what a driver's state weighs after two and a half hours"),
  CHECKPOINT("checkpoints", "how large checkpoints are, and how long they take, by drivers"),
  RESTART("restart", "how soon a job that was ended is back, by drivers");

  private final String title;
  private final String asks;

  Group(String title, String asks) {
    this.title = title;
    this.asks = asks;
  }

  /** What it is called on the command line. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it measures, in half a line. */
  public String asks() {
    return asks;
  }

  String title() {
    return title;
  }
}
