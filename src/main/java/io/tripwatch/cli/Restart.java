package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import io.tripwatch.cluster.Home;
import io.tripwatch.cluster.Submission;
import io.tripwatch.job.JobOptions;
import io.tripwatch.job.Pipeline;
import io.tripwatch.settings.InvalidSettingsException;
import java.io.IOException;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a job with a savepoint and starts it again from there, with what it was started with. */
final class Restart {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private WhichJob job;

  /**
   * Does it.
   *
   * @param parallelism null leaves it as it is
   * @param rulesYaml null leaves the rules as they are
   */
  void with(Integer parallelism, String rulesYaml) throws IOException, InvalidSettingsException {
    if (parallelism != null) {
      Bounds.require(spec, "--parallelism", parallelism, 1, Pipeline.MAX_PARALLELISM);
    }
    Home home = Home.find();
    home.jobJar();
    try (FlinkRest flink = job.cluster.connect()) {
      JobID old = job.of(flink);
      JobOptions was = JobOptions.ofParameters(flink.parametersOf(old));
      JobOptions options =
          rulesYaml == null
              ? was
              : new JobOptions(was.bootstrap(), was.name(), was.epoch(), rulesYaml);
      int before = flink.parallelismOf(old);
      int after = parallelism == null ? before : parallelism;
      int free = flink.overview().getNumSlotsAvailable() + before;
      Submission fresh = new Submission(options, after, null);
      fresh.requireSlots(free);
      fresh.requireValidRules();

      String savepoint = flink.stop(old, job.savepoints);
      spec.commandLine().getErr().println("stopped with savepoint " + savepoint);
      startAgain(flink, home, new Submission(options, after, savepoint));
    }
  }

  private void startAgain(FlinkRest flink, Home home, Submission submission)
      throws IOException, InvalidSettingsException {
    try {
      JobID started = submission.send(home, job.cluster.rest());
      flink.awaitRunning(started);
      spec.commandLine().getOut().println(started);
      spec.commandLine().getErr().println("runs: " + flink.page(started));
    } catch (IOException e) {
      throw new IOException(
          e.getMessage()
              + "; the job that ran before is stopped, and can be started again, with the --rules it"
              + " had, by: tripwatch submit --bootstrap "
              + submission.options().bootstrap()
              + " --from "
              + submission.from(),
          e);
    }
  }
}
