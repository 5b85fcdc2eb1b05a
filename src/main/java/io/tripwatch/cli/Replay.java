package io.tripwatch.cli;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import io.tripwatch.job.Wires;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A folder's events to a folder's verdicts. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Judges a folder of events as fast as it can.",
      "Reads orders.ndjson, gps.ndjson.gz, buttons-0001.ndjson and so on; writes",
      "alerts.ndjson, the same of penalties, compensations, notifications, trips,",
      "drivers, blacklist and stats, and dead-letters.ndjson.",
      "The same events give the same verdicts, in whatever order their lines stand."
    })
final class Replay implements Callable<Integer> {
  @Option(names = "--input", required = true, paramLabel = "DIR", description = "the events")
  private Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "where the verdicts go; those of an earlier replay are replaced as a whole")
  private Path output;

  @Option(names = "--rules", paramLabel = "FILE", description = "settings that differ, as YAML")
  private Path rules;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = {
        "where event time ends, e.g. 2026-11-22T08:00:00Z: no deadline after it comes, no event",
        "after it is heard; by default the greatest eventTime of an accepted record"
      })
  private Instant until;

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

  @Option(
      names = "--final",
      description = "write only the final verdicts, sorted by id, not each revision")
  private boolean onlyFinal;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      defaultValue = "1",
      description = "the epoch the verdicts carry (default: ${DEFAULT-VALUE})")
  private int epoch;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Bounds.require(spec, "--parallelism", parallelism, 1, Bounds.MOST_PARALLELISM);
    Bounds.require(spec, "--epoch", epoch, 1, Integer.MAX_VALUE);
    if (until != null) {
      Bounds.require(spec, "--until", until);
    }
    ReplayCounts counts =
        run(new ReplayRun.Request(input, until, parallelism, state))
            .writeTo(output, onlyFinal, new ReplayGraph(RulesFile.read(rules), epoch));
    spec.commandLine().getErr().println(counts.summary());
    return 0;
  }

  /** A replay of the real decoder. */
  static ReplayRun run(ReplayRun.Request request) {
    return new ReplayRun(
        request,
        () -> {
          EventDecoder decoder = new EventDecoder();
          return decoder::decode;
        },
        Wires.INCOMING);
  }
}
