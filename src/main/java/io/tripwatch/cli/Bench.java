package io.tripwatch.cli;

import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast a replay is, beside merely reading and decoding the same files; or each rule. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measures a replay beside merely reading and decoding the same files.",
      "Both on the same Flink set-up, turn and turn about in one run; prints both",
      "rates, their medians and the ratio of these.",
      "With --rules, what each rule's judgement of a trip costs instead, in one",
      "thread, without Flink; rounds are short then: --warm-up 20 --rounds 50."
    })
final class Bench implements Callable<Integer> {
  private static final int MOST_ROUNDS = 10_000;

  @Option(names = "--input", required = true, paramLabel = "DIR", description = "the events")
  private Path input;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "measured rounds (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2",
      description = "rounds before them, not measured (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(names = "--rules", description = "measure each rule by itself")
  private boolean rules;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "tasks that judge side by side (default: ${DEFAULT-VALUE})")
  private int parallelism;

  @Option(
      names = "--state",
      paramLabel = "heap|rocksdb",
      defaultValue = "heap",
      description = "where state lives (default: ${DEFAULT-VALUE})")
  private ReplayRun.Backend state;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Bounds.require(spec, "--rounds", rounds, 1, MOST_ROUNDS);
    Bounds.require(spec, "--warm-up", warmUp, 0, MOST_ROUNDS);
    Bounds.require(spec, "--parallelism", parallelism, 1, Bounds.MOST_PARALLELISM);
    PrintWriter out = spec.commandLine().getOut();
    if (rules) {
      RuleBench.of(input).print(rounds, warmUp, out);
      return 0;
    }
    ReplayRun run = Replay.run(new ReplayRun.Request(input, null, parallelism, state));
    Path output = Files.createTempDirectory("tripwatch-bench-");
    double[] decoding = new double[rounds];
    double[] replaying = new double[rounds];
    out.printf("parallelism %d, state %s; records/s%n", parallelism, state);
    try {
      for (int round = -warmUp; round < rounds; round++) {
        ReplayCounts decoded = run.decodeOnly();
        ReplayCounts replayed = run.writeTo(output, false, new ReplayGraph(Map.of(), 1));
        out.printf(
            "%-8s decode %,10d   replay %,10d%n",
            round < 0 ? "warm-up" : "round " + (round + 1),
            decoded.recordsPerSecond(),
            replayed.recordsPerSecond());
        out.flush();
        if (round >= 0) {
          decoding[round] = decoded.recordsPerSecond();
          replaying[round] = replayed.recordsPerSecond();
        }
      }
    } finally {
      deleteAll(output);
    }
    out.printf(
        "median   decode %,10.0f   replay %,10.0f   ratio %.2f%n",
        median(decoding), median(replaying), median(replaying) / median(decoding));
    return 0;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void deleteAll(Path folder) throws java.io.IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
