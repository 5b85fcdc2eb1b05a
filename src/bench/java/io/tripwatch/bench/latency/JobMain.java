package io.tripwatch.bench.latency;

import io.tripwatch.bench.broker.Consumed;
import io.tripwatch.bench.broker.KafkaJob;
import io.tripwatch.job.JobOptions;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The shipped job until standard input ends: {@code JobMain <bootstrap> <name> <parallelism>
 * <backend> <idleness ms> <dir>}. Each second it prints how many records it has read and how long
 * its process has computed, nanoseconds.
 *
 * <p>The properties {@code tripwatch.bench.checkpointMs}, {@code .bufferTimeoutMs} and {@code
 * .watermarkMs} change what is shipped, to see what that brings.
 */
final class JobMain {
  private static final long TELL_EVERY_MS = 1_000;

  private JobMain() {}

  public static void main(String[] args) throws Exception {
    PrintStream told = System.out;
    System.setOut(System.err);
    AtomicBoolean ended = new AtomicBoolean();
    Thread waiting = new Thread(() -> awaitEnd(ended), "end-of-input");
    waiting.setDaemon(true);
    waiting.start();
    KafkaJob.Settings settings =
        new KafkaJob.Settings(
            Integer.parseInt(args[2]),
            args[3],
            given("checkpointMs"),
            given("bufferTimeoutMs"),
            given("watermarkMs"),
            Duration.ofMillis(Long.parseLong(args[4])));
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    Consumed consumed = new Consumed();
    try (KafkaJob job =
        KafkaJob.start(new JobOptions(args[0], args[1], 1, null), settings, Path.of(args[5]))) {
      while (!ended.get()) {
        job.requireRunning();
        told.println(consumed.records() + " " + system.getProcessCpuTime());
        told.flush();
        Thread.sleep(TELL_EVERY_MS);
      }
    }
    System.exit(0);
  }

  private static Duration given(String property) {
    Long ms = Long.getLong("tripwatch.bench." + property);
    return ms == null ? null : Duration.ofMillis(ms);
  }

  private static void awaitEnd(AtomicBoolean ended) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said here; it only ends.
      }
    } catch (java.io.IOException e) {
      // Ended, too.
    }
    ended.set(true);
  }
}
