package io.tripwatch.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A line of the results: a task under one setting, and what its forks measured so far. */
public final class Entry {
  private final String label;
  private final Task task;
  private Setting setting;
  private final List<Measured> samples = new ArrayList<>();
  private String failure;

  /** Not measured yet. */
  public Entry(String label, Task task, Setting setting) {
    this.label = label;
    this.task = task;
    this.setting = setting;
  }

  /** Its name in the results: the task's, unless a task is measured under two settings. */
  public String label() {
    return label;
  }

  /** What it measures, in half a line. */
  String title() {
    return label.equals(task.name())
        ? task.title()
        : task.title() + ", with the drivers of job-rocksdb";
  }

  /** What is measured. */
  public Task task() {
    return task;
  }

  /** Under what. */
  public Setting setting() {
    return setting;
  }

  void setDrivers(int drivers) {
    setting = setting.withDrivers(drivers);
  }

  /** One more fork's figures. */
  public void add(Measured sample) {
    samples.add(sample);
  }

  /** Why the last fork that failed did so, or null. */
  public String failure() {
    return failure;
  }

  /** A fork gave no figures. */
  public void fail(String why) {
    failure = why;
  }

  /** Whether any fork gave figures. */
  public boolean isMeasured() {
    return !samples.isEmpty();
  }

  /** Of each fork that gave figures. */
  public List<Measured> samples() {
    return samples;
  }

  /** Of the records a second. */
  public Spread rate() {
    return spread(Measured::rate);
  }

  /** Of the nanoseconds that all cores together spent on a record. */
  public Spread cpuNanosPerRecord() {
    return spread(sample -> (double) sample.cpuNanos() / Math.max(1, sample.records()));
  }

  /** Of the cores that were busy. */
  public Spread cores() {
    return spread(sample -> (double) sample.cpuNanos() / sample.nanos());
  }

  private Spread spread(ToDoubleFunction<Measured> figure) {
    return Spread.of(samples.stream().mapToDouble(figure).toArray());
  }

  /** For the file of results. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", label);
    map.put("task", task.name());
    map.put("title", title());
    map.put("shape", setting.fleet().shape().name());
    map.put("drivers", setting.fleet().drivers());
    map.put("parallelism", setting.parallelism());
    map.put("warmUpSeconds", seconds(setting.warmUp()));
    map.put("measuredSeconds", seconds(setting.measured()));
    if (isMeasured()) {
      map.put("recordsPerSecond", rate());
      map.put("cpuNanosPerRecord", cpuNanosPerRecord());
      map.put("cores", cores());
    }
    map.put("samples", samples);
    map.put("failure", failure);
    return map;
  }

  private static long seconds(Duration duration) {
    return duration.toSeconds();
  }
}
