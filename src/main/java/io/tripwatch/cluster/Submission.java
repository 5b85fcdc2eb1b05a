package io.tripwatch.cluster;

import io.tripwatch.job.JobOptions;
import io.tripwatch.job.TripwatchJob;
import io.tripwatch.kafka.KafkaOutputs;
import io.tripwatch.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job on its way to a cluster.
 *
 * @param options what the job is started with
 * @param parallelism of every part of it
 * @param from a savepoint or retained checkpoint to start from, or null to start with no state
 */
public record Submission(JobOptions options, int parallelism, String from) {
  /**
   * A savepoint older than this may stand for records that Kafka has since thrown away. A
   * transaction is open for up to a checkpoint's interval before the savepoint is taken: hence the
   * minute less than {@link KafkaOutputs#TRANSACTION_TIMEOUT}.
   */
  static final Duration MAX_SAVEPOINT_AGE = KafkaOutputs.TRANSACTION_TIMEOUT.minusMinutes(1);

  /**
   * Sees to it that there is a slot for each of its parallel parts: without, it would wait.
   *
   * @param free the slots that are free, or will be when it starts
   * @throws IOException if they do not suffice
   */
  public void requireSlots(int free) throws IOException {
    if (parallelism < 1 || parallelism > free) {
      throw new IOException(
          "parallelism is "
              + parallelism
              + ", the cluster has "
              + free
              + " slots for it; set --parallelism from 1 to that, stop other jobs, or add"
              + " TaskManagers");
    }
  }

  /**
   * Sees to it that the savepoint is there, and young enough that no transaction it holds open has
   * timed out: those would be lost with the job green.
   *
   * @throws IOException if it is not
   */
  public void requireFreshSavepoint(Clock clock) throws IOException {
    Duration age = Duration.between(writtenAt(from), clock.instant());
    if (age.compareTo(MAX_SAVEPOINT_AGE) > 0) {
      throw new IOException(
          "savepoint "
              + from
              + " is "
              + age.toMinutes()
              + " min old, and after "
              + MAX_SAVEPOINT_AGE.toMinutes()
              + " min Kafka may have thrown away records of transactions that it holds open; give a"
              + " younger one, or --allow-old-savepoint if the job was stopped cleanly (tripwatch"
              + " stop) or that loss is accepted");
    }
  }

  private static Instant writtenAt(String savepoint) throws IOException {
    org.apache.flink.core.fs.Path metadata =
        new org.apache.flink.core.fs.Path(asFlinkPath(savepoint), "_metadata");
    try {
      FileSystem files = metadata.getFileSystem();
      return Instant.ofEpochMilli(files.getFileStatus(metadata).getModificationTime());
    } catch (IOException e) {
      throw new IOException(
          "cannot read "
              + metadata
              + ": "
              + FlinkRest.reason(e)
              + "; give the path that tripwatch stop or savepoint printed",
          e);
    }
  }

  /** A path as people type it, or as Flink prints it, as Flink takes it: whole, and not escaped. */
  static String asFlinkPath(String savepoint) {
    return savepoint.contains(":") ? savepoint : "file://" + Path.of(savepoint).toAbsolutePath();
  }

  /**
   * Sees to it that the job can be defined: a mistake in the rules must be found before anything is
   * stopped for them.
   *
   * @throws InvalidSettingsException with every error of the rules
   */
  public void requireValidRules() throws InvalidSettingsException {
    TripwatchJob.define(StreamExecutionEnvironment.createLocalEnvironment(), options);
  }

  /**
   * Sends the job, and returns its id when the cluster has taken it.
   *
   * @throws IOException if the cluster refuses it
   * @throws InvalidSettingsException with every error of the rules
   */
  public JobID send(Home home, String rest) throws IOException, InvalidSettingsException {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createRemoteEnvironment(
            FlinkRest.host(rest),
            FlinkRest.port(rest),
            configuration(home),
            home.jobJar().toString());
    TripwatchJob.define(env, options);
    try {
      return env.executeAsync(options.name()).getJobID();
    } catch (Exception e) {
      throw new IOException(
          "the Flink cluster at " + rest + " does not take the job: " + FlinkRest.reason(e), e);
    }
  }

  private Configuration configuration(Home home) throws IOException {
    Configuration configuration = home.flinkConfiguration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    if (from != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, asFlinkPath(from));
    }
    return configuration;
  }
}
