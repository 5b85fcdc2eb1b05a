package io.tripwatch.bench.latency;

import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.Task;
import io.tripwatch.bench.broker.BrokerProcess;
import io.tripwatch.bench.broker.Filled;
import io.tripwatch.kafka.KafkaInputs;
import io.tripwatch.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the shipped job takes, all rules, from a real broker to the same, under a part of the
 * load it can bear. Broker, job and fleet are three processes; all times but those of reading are
 * the broker's, of appending. What is counted from when: {@link AlertDelays}.
 *
 * <p>The warm-up should take in the first deadlines of the fleet's trips: in {@link
 * io.tripwatch.bench.Shape#DENSE} three minutes. It must take in the start of the job and {@link
 * KafkaInputs#IDLENESS}: so long the partitions that never get a record hold up event time, and
 * their wait would be told as the job's. Where {@code sentTooLateByMs} is more than a few
 * milliseconds, the machine was busy with other things, and the figures say more of them.
 */
public final class Latency implements Task {
  /** Of a dense fleet's records. */
  private static final double FIXES_SHARE = 0.95;

  /** After the measured span, until the last alerts of it are committed and read. */
  private static final Duration FAREWELL = Duration.ofSeconds(15);

  private static final long SECOND_MS = 1_000;

  private final int percent;

  private Latency(int percent) {
    this.percent = percent;
  }

  /**
   * Under a share of the sustained rate.
   *
   * @param percent of the rate at which the job reads what lies in the broker
   */
  public static Task at(int percent) {
    return new Latency(percent);
  }

  @Override
  public String name() {
    return "latency-" + percent;
  }

  @Override
  public String title() {
    return "delay of verdicts at " + percent + " % of the sustained rate";
  }

  @Override
  public Measured run(Setting setting) throws Exception {
    double sustained = SustainedRate.of(setting);
    double fixes = sustained * percent / 100 * FIXES_SHARE;
    int drivers = (int) (fixes * Fleet.TICK_MS / SECOND_MS);
    Path dir = Files.createTempDirectory("tripwatch-latency-");
    try (BrokerProcess broker = BrokerProcess.start(dir.resolve("kafka"))) {
      Topics.ensure(broker.bootstrap(), setting.parallelism(), Topics.Retention.FOREVER);
      AppendTimes.ofTopics(broker.bootstrap());
      try (JobProcess job = job(setting, broker.bootstrap(), dir.resolve("job"))) {
        Measured measured =
            new Under(setting.withDrivers(drivers), broker.bootstrap(), job).measured();
        measured.extra().put("sustainedPerSecond", sustained);
        measured.extra().put("drivers", (double) drivers);
        return measured;
      }
    } finally {
      Filled.deleteAll(dir);
    }
  }

  private static JobProcess job(Setting setting, String bootstrap, Path dir) throws IOException {
    return JobProcess.start(
        List.of(
            bootstrap,
            "latency",
            Integer.toString(setting.parallelism()),
            SustainedRate.BACKEND,
            Long.toString(KafkaInputs.IDLENESS.toMillis()),
            dir.toString()),
        Path.of(System.getProperty("tripwatch.home", "."), "target", "latency-job.log"));
  }

  /** A job under the load of a live fleet, and who reads what it says. */
  private static final class Under {
    private final Setting setting;
    private final JobProcess job;
    private final LiveFleet fleet;
    private final AlertWatch appended;
    private final AlertWatch committed;

    Under(Setting setting, String bootstrap, JobProcess job) {
      this.setting = setting;
      this.job = job;
      fleet = new LiveFleet(setting.fleet(), bootstrap);
      appended = new AlertWatch(bootstrap, "read_uncommitted");
      committed = new AlertWatch(bootstrap, "read_committed");
    }

    Measured measured() throws InterruptedException {
      List<Thread> threads =
          List.of(
              new Thread(fleet, "fleet"),
              new Thread(appended, "appended"),
              new Thread(committed, "committed"));
      threads.forEach(Thread::start);
      await(setting.warmUp());
      fleet.beginMeasured();
      long fromMs = System.currentTimeMillis();
      long fromNanos = System.nanoTime();
      long cpuBefore = job.cpuNanos();
      long consumedBefore = job.consumed();
      long sentBefore = fleet.sent();
      await(setting.measured());
      long toMs = System.currentTimeMillis();
      long nanos = System.nanoTime() - fromNanos;
      long cpuNanos = job.cpuNanos() - cpuBefore;
      long records = job.consumed() - consumedBefore;
      Map<String, Double> extra = new LinkedHashMap<>();
      extra.put("sent", (double) (fleet.sent() - sentBefore));
      extra.put("sentTooLateByMs", (double) fleet.mostBehindMs());
      await(FAREWELL);
      fleet.stop();
      appended.stop();
      committed.stop();
      for (Thread thread : threads) {
        thread.join();
      }
      extra.putAll(figures(fromMs, toMs));
      return new Measured(records, nanos, cpuNanos, extra);
    }

    private void await(Duration time) throws InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        Thread.sleep(SECOND_MS);
        job.requireRunning();
        fleet.requireSound();
        appended.requireSound();
        committed.requireSound();
      }
    }

    private Map<String, Double> figures(long fromMs, long toMs) {
      AlertDelays delays = new AlertDelays(fleet);
      appended
          .raised()
          .forEach(
              (id, alert) -> {
                if (alert.appendedAt() >= fromMs && alert.appendedAt() < toMs) {
                  delays.add(alert, committed.raised().get(id));
                }
              });
      return delays.figures();
    }
  }
}
