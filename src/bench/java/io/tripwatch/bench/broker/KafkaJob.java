package io.tripwatch.bench.broker;

import io.tripwatch.job.JobOptions;
import io.tripwatch.job.TripwatchJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The shipped job, from Kafka to Kafka, on a Flink in this process with the settings that are
 * shipped for clusters, as far as {@link Settings} does not say otherwise.
 */
public final class KafkaJob implements AutoCloseable {
  /** The project's folder. */
  private static final Path HOME = Path.of(System.getProperty("tripwatch.home", "."));

  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration FAREWELL = Duration.ofSeconds(30);

  private final JobClient client;

  private KafkaJob(JobClient client) {
    this.client = client;
  }

  /**
   * What may differ from what is shipped.
   *
   * @param backend {@code hashmap} or {@code rocksdb}
   * @param checkpointEvery null: as shipped
   * @param bufferTimeout null: as shipped
   * @param watermarkEvery null: as shipped
   * @param idleness after so long without a record a partition holds up event time no more
   */
  public record Settings(
      int parallelism,
      String backend,
      Duration checkpointEvery,
      Duration bufferTimeout,
      Duration watermarkEvery,
      Duration idleness) {}

  /**
   * Starts the job and returns when it is under way.
   *
   * @param dir for checkpoints and temporary files
   */
  public static KafkaJob start(JobOptions options, Settings settings, Path dir) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            settings.parallelism(), configuration(settings, dir));
    TripwatchJob.define(env, options, settings.idleness());
    return new KafkaJob(env.executeAsync(options.name()));
  }

  private static Configuration configuration(Settings settings, Path dir) {
    Configuration conf =
        GlobalConfiguration.loadConfiguration(HOME.resolve("flink-conf").toString());
    conf.set(RestOptions.BIND_PORT, "0");
    conf.set(CoreOptions.TMP_DIRS, dir.resolve("tmp").toString());
    conf.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir.resolve("chk").toUri().toString());
    conf.set(StateBackendOptions.STATE_BACKEND, settings.backend());
    // A Flink in one process sizes nothing by itself: as much as a shipped TaskManager's slots
    // have.
    conf.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE,
        MemorySize.ofMebiBytes(700L * settings.parallelism()));
    // All of it is in this process: whoever does not answer was held up with the others.
    conf.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT);
    conf.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    if (settings.checkpointEvery() != null) {
      conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointEvery());
    }
    if (settings.bufferTimeout() != null) {
      conf.set(ExecutionOptions.BUFFER_TIMEOUT, settings.bufferTimeout());
    }
    if (settings.watermarkEvery() != null) {
      conf.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, settings.watermarkEvery());
    }
    return conf;
  }

  /**
   * Fails if the job does.
   *
   * @throws ExecutionException why it failed
   */
  public void requireRunning() throws ExecutionException, InterruptedException {
    if (client.getJobExecutionResult().isDone()) {
      client.getJobExecutionResult().get();
      throw new IllegalStateException("the job ended by itself");
    }
  }

  /** Cancels the job and waits until it and its Flink are gone. */
  @Override
  public void close() throws IOException {
    try {
      client.cancel().get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
      client.getJobExecutionResult().get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // That a cancelled job was cancelled.
    } catch (TimeoutException e) {
      throw new IOException("Flink did not end within " + FAREWELL.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
