package io.tripwatch.bench.broker;

import io.tripwatch.bench.Checked;
import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that reads a fleet's records from a real broker, as fast as it can. The broker is a
 * process of its own: what it computes is told, and is not in the task's processor time. The topics
 * have a partition for each task that works side by side.
 */
abstract class FromBroker implements Checked {
  private static final Duration POLL = Duration.ofMillis(20);

  /** So many records wait in the topics, unless the property says otherwise. */
  private static final long RECORDS = Long.getLong("tripwatch.bench.brokerRecords", 12_000_000);

  /**
   * What is not a fix lies in topics of its own, which are read to their ends first, and waits for
   * the fixes of its time. Until then it is no steady state.
   */
  private static final double BEGUN_SHARE = 0.2;

  /** The warm-up ends no later than when so many of the records are read. */
  private static final double WARM_SHARE = 0.4;

  /** When so many of the records are read, the rest may be some partitions' only. */
  private static final double STEADY_SHARE = 0.95;

  /** Until so many are read. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Nothing more is said when nothing was for so long. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** What reads. */
  interface Reading extends AutoCloseable {
    /** Fails if it does not run any more. */
    void requireRunning() throws Exception;

    /** Ends it. */
    @Override
    void close() throws IOException;
  }

  /**
   * Begins to read.
   *
   * @param name no other on this broker ever had it
   * @param dir for what it keeps of its own
   */
  abstract Reading start(String bootstrap, String name, int parallelism, Path dir) throws Exception;

  @Override
  public Measured run(Setting setting) throws Exception {
    Path dir = Files.createTempDirectory("tripwatch-bench-");
    try (Filled filled =
        Filled.start(
            new Filled.Plan(setting.fleet(), setting.parallelism(), RECORDS, Long.MAX_VALUE))) {
      try (Reading reading =
          start(filled.broker().bootstrap(), unique(), setting.parallelism(), dir)) {
        return measured(reading, filled.broker(), setting);
      }
    } finally {
      Filled.deleteAll(dir);
    }
  }

  private String unique() {
    return name() + "-" + Long.toString(System.currentTimeMillis(), 36);
  }

  @Override
  public Set<String> found(Fleet.Plan fleet, long untilMs) throws Exception {
    Path dir = Files.createTempDirectory("tripwatch-bench-");
    try (Filled filled = Filled.start(new Filled.Plan(fleet, 1, Long.MAX_VALUE, untilMs));
        AlertsSaid alerts = new AlertsSaid(filled.broker().bootstrap(), alertsTopic())) {
      try (Reading reading = start(filled.broker().bootstrap(), unique(), 1, dir)) {
        awaitSilence(reading, alerts);
      }
      return found(alerts.said());
    } finally {
      Filled.deleteAll(dir);
    }
  }

  /** Returns when nothing more is read, and nothing said of it. */
  private static void awaitSilence(Reading reading, AlertsSaid alerts) throws Exception {
    Consumed consumed = new Consumed();
    await(reading, consumed, 1, PATIENCE);
    long read = 0;
    long said = 0;
    long changedNanos = System.nanoTime();
    while (System.nanoTime() - changedNanos < SILENCE.toNanos()) {
      reading.requireRunning();
      alerts.hear();
      if (consumed.records() > read || alerts.said().size() > said) {
        read = consumed.records();
        said = alerts.said().size();
        changedNanos = System.nanoTime();
      }
    }
  }

  /** Where it writes its alerts. */
  abstract String alertsTopic();

  /** What was found, made of the values of the alerts' topic in their order. */
  abstract Set<String> found(List<byte[]> said) throws Exception;

  private static Measured measured(Reading reading, BrokerProcess broker, Setting setting)
      throws Exception {
    Consumed consumed = new Consumed();
    long startedNanos = System.nanoTime();
    await(reading, consumed, (long) (BEGUN_SHARE * RECORDS), PATIENCE);
    if (consumed.records() < BEGUN_SHARE * RECORDS) {
      throw new IllegalStateException(
          "only " + consumed.records() + " records were read in " + PATIENCE.toSeconds() + " s");
    }
    Duration begun = Duration.ofNanos(System.nanoTime() - startedNanos);
    await(reading, consumed, (long) (WARM_SHARE * RECORDS), setting.warmUp().minus(begun));
    long brokerBefore = broker.cpuNanos();
    Span span = Span.begin(consumed::records);
    await(reading, consumed, (long) (STEADY_SHARE * RECORDS), setting.measured());
    Measured measured = span.end();
    Map<String, Double> extra = new LinkedHashMap<>(measured.extra());
    extra.put("brokerCpuNanos", (double) (broker.cpuNanos() - brokerBefore));
    return new Measured(measured.records(), measured.nanos(), measured.cpuNanos(), extra);
  }

  /** Returns when so many records are read, or the time is over. */
  private static void await(Reading reading, Consumed consumed, long records, Duration limit)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && consumed.records() < records) {
      reading.requireRunning();
      Thread.sleep(POLL.toMillis());
    }
  }
}
