package io.tripwatch.cluster;

import io.tripwatch.rule.Saying;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;

/**
 * How a running job is, as its metrics tell. Those of its tasks begin anew when it is restarted.
 *
 * @param eventTimeMs the least watermark of the drivers' stage, or none yet
 * @param stillMs how long ago that last moved
 * @param recordsPerSecond of all inbound topics, over the last minute
 * @param restarts since it was submitted
 * @param lastCheckpointMs when it was completed, or none yet
 * @param deadLetters of what its tasks read since they were started
 * @param timestampsPassedOver records whose Kafka timestamp was not used, since then
 */
record JobHealth(
    OptionalLong eventTimeMs,
    long stillMs,
    double recordsPerSecond,
    long restarts,
    OptionalLong lastCheckpointMs,
    long deadLetters,
    long timestampsPassedOver) {
  /**
   * A silent partition holds event time up for half a minute, and a checkpoint may for a while;
   * what lasts longer is no such thing.
   */
  static final Duration LONGEST_STILL = Duration.ofMinutes(1);

  private static final String DRIVERS = ".drivers.";
  private static final String WATERMARK = DRIVERS + "currentInputWatermark";
  private static final String STILL = DRIVERS + "eventTimeStillMs";
  private static final String INPUTS = ".Source__inputs.";
  private static final String RATE = INPUTS + "numRecordsInPerSecond";
  private static final String DEAD_LETTERS = ".dead-letters.numRecordsIn";

  /** Of the deserializer, which Flink may put under a group of its own. */
  private static final String PASSED_OVER = ".timestampsPassedOver";

  /**
   * Asks until the answer differs from the first: that one Flink may have had for hours, since it
   * was last asked.
   *
   * @param tell who is told, line by line, what is waited for
   */
  static JobHealth of(FlinkRest flink, JobID job, Consumer<String> tell) throws IOException {
    Map<String, String> stale = flink.taskMetrics(job, JobHealth::isWanted);
    List<Map<String, String>> fresh = new ArrayList<>(List.of(stale));
    Wait.until(
        "Flink to gather the metrics of job " + job,
        tell,
        () -> {
          fresh.set(0, flink.taskMetrics(job, JobHealth::isWanted));
          return differs(stale, fresh.get(0)) || !flink.isRunning(job);
        });
    Map<String, String> metrics = fresh.get(0);
    return new JobHealth(
        values(metrics, WATERMARK).mapToLong(Long::parseLong).min().stream()
            .filter(time -> time != Long.MIN_VALUE)
            .mapToObj(OptionalLong::of)
            .findFirst()
            .orElse(OptionalLong.empty()),
        values(metrics, STILL).mapToLong(Long::parseLong).max().orElse(0),
        sum(metrics, RATE),
        flink.restarts(job),
        flink.lastCheckpoint(job),
        (long) sum(metrics, DEAD_LETTERS),
        (long) sum(metrics, PASSED_OVER));
  }

  private static boolean isWanted(String metric) {
    return metric.endsWith(WATERMARK)
        || metric.endsWith(STILL)
        || metric.endsWith(RATE)
        || metric.endsWith(DEAD_LETTERS)
        || metric.endsWith(PASSED_OVER);
  }

  /** Event time has moved in each task of the drivers, or stood still for longer. */
  private static boolean differs(Map<String, String> before, Map<String, String> after) {
    List<String> tasks = after.keySet().stream().filter(name -> name.endsWith(STILL)).toList();
    return !tasks.isEmpty()
        && tasks.stream()
            .allMatch(
                still -> {
                  String watermark = still.replace(STILL, WATERMARK);
                  return !after.get(still).equals(before.get(still))
                      || !after.get(watermark).equals(before.get(watermark));
                });
  }

  private static double sum(Map<String, String> metrics, String suffix) {
    return values(metrics, suffix).mapToDouble(Double::parseDouble).sum();
  }

  private static Stream<String> values(Map<String, String> metrics, String suffix) {
    return metrics.entrySet().stream()
        .filter(metric -> metric.getKey().endsWith(suffix))
        .map(Map.Entry::getValue);
  }

  /** Lines for people; the last is a warning where event time stands still though records come. */
  List<String> lines(Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        eventTimeMs.isEmpty()
            ? "no event time yet"
            : "event time %s, %s behind the clock"
                .formatted(
                    Instant.ofEpochMilli(eventTimeMs.getAsLong()).truncatedTo(ChronoUnit.SECONDS),
                    span(now.toEpochMilli() - eventTimeMs.getAsLong())));
    lines.add(
        (lastCheckpointMs.isEmpty()
                ? "no checkpoint yet"
                : "last checkpoint %s ago"
                    .formatted(span(now.toEpochMilli() - lastCheckpointMs.getAsLong())))
            + ", restarts: "
            + restarts);
    lines.add(
        "since its tasks were started: dead letters %d, Kafka timestamps not used %d"
            .formatted(deadLetters, timestampsPassedOver));
    if (stillMs > LONGEST_STILL.toMillis() && recordsPerSecond > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "WARNING: event time has not moved for %s while %.1f records/s come in, so no"
                  + " deadline comes; see which partition's records bear old times",
              span(stillMs),
              recordsPerSecond));
    }
    return lines;
  }

  private static String span(long ms) {
    return Saying.span(ms / 1000 * 1000);
  }
}
