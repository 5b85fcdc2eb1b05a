package io.tripwatch.cli;

import io.tripwatch.cluster.EarlierRuns;
import io.tripwatch.cluster.FlinkRest;
import io.tripwatch.cluster.Home;
import io.tripwatch.cluster.Submission;
import io.tripwatch.job.JobOptions;
import io.tripwatch.job.Pipeline;
import io.tripwatch.kafka.Topics;
import io.tripwatch.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends the job to a cluster, and prints its id when it runs. */
@Command(name = "submit", description = "Sends the job to a Flink cluster and prints its id.")
final class SubmitCommand implements Callable<Integer> {
  private static final String EPOCH = "--epoch";

  @Spec private CommandSpec spec;
  @Mixin private WhichCluster cluster;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka (default: that of the cluster in --dir, else 127.0.0.1:9092).")
  private String bootstrap;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = JobOptions.DEFAULT_NAME,
      description =
          "The job's name, consumer group and prefix of its transactions; unique on one Kafka"
              + " (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of each of its parts (default: ${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = "The savepoint or retained checkpoint to start from.")
  private String from;

  @Option(
      names = "--allow-old-savepoint",
      description =
          "Start also from a savepoint so old that Kafka may have thrown away what it holds open.")
  private boolean allowOld;

  @Option(
      names = "--without-state",
      description =
          "Start anew although the job ran before: the trips that are open are forgotten. Needs a"
              + " raised --epoch.")
  private boolean withoutState;

  @Option(
      names = EPOCH,
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Goes before all that was published with a lesser one; raise it when starting without the"
              + " state of an earlier run (default: 1).")
  private int epoch;

  @Option(names = "--rules", paramLabel = "FILE", description = "The rules' settings.")
  private Path rules;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Of each topic that is missing and created (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Override
  public Integer call() throws IOException, InvalidSettingsException {
    Bounds.require(spec, "--parallelism", parallelism, 1, Pipeline.MAX_PARALLELISM);
    Bounds.require(spec, "--partitions", partitions, 1, Bounds.MOST_PARTITIONS);
    Bounds.require(spec, "--epoch", epoch, 1, Integer.MAX_VALUE);
    requireSensible();
    JobOptions options =
        new JobOptions(
            bootstrap == null ? cluster.bootstrap() : bootstrap, name, epoch, text(rules));
    Submission submission = new Submission(options, parallelism, from);
    submission.requireValidRules();
    Home home = Home.find();
    try (FlinkRest flink = cluster.connect()) {
      requireNoNamesake(flink);
      submission.requireSlots(flink.overview().getNumSlotsAvailable());
      if (from == null) {
        requireNothingForgotten(EarlierRuns.of(options, flink, home, cluster.told()));
      } else if (!allowOld) {
        submission.requireFreshSavepoint(Clock.systemUTC());
      }
      Topics.createMissing(
          options.bootstrap(), partitions, Topics.Retention.BROKER_DEFAULT, cluster.told());
      JobID job = submission.send(home, cluster.rest());
      flink.awaitRunning(job);
      spec.commandLine().getOut().println(job);
      spec.commandLine().getErr().println("runs: " + flink.page(job));
    }
    return 0;
  }

  private void requireSensible() {
    if (withoutState && from != null) {
      throw new ParameterException(
          spec.commandLine(), "--without-state and --from exclude each other");
    }
    if (withoutState && !spec.commandLine().getParseResult().hasMatchedOption(EPOCH)) {
      throw new ParameterException(
          spec.commandLine(),
          "--without-state needs --epoch, greater than that of the earlier run, or readers would"
              + " keep what that said");
    }
  }

  private void requireNothingForgotten(EarlierRuns earlier) throws IOException {
    if (withoutState) {
      earlier.requireGreaterEpoch();
      return;
    }
    earlier.requireNone();
    for (String folder : earlier.unseen()) {
      cluster.told().accept("not looked for state of an earlier run in " + folder);
    }
  }

  /** Two jobs of one name would shut each other out of their transactions, in turns, for ever. */
  private void requireNoNamesake(FlinkRest flink) throws IOException {
    for (var job : flink.jobs()) {
      if (job.getJobName().equals(name)) {
        throw new IOException(
            "a job named "
                + name
                + " runs already ("
                + job.getJobId()
                + "); stop it first, upgrade it with: tripwatch upgrade, or choose another --name");
      }
    }
  }

  static String text(Path rules) throws IOException {
    if (rules == null) {
      return null;
    }
    try {
      return Files.readString(rules);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + rules + "; give --rules one that exists", e);
    }
  }
}
