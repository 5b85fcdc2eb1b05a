package io.tripwatch.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on a Flink in this process, with its web UI, reachable from this machine only. */
final class LocalJob implements AutoCloseable {
  /** Alerts become visible when their checkpoint is complete, so this is what they wait for. */
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JobClient client;
  private final CompletableFuture<?> result;

  private LocalJob(JobClient client) {
    this.client = client;
    this.result = client.getJobExecutionResult();
  }

  /** Says what the job is made of. */
  interface Definition {
    void define(StreamExecutionEnvironment env) throws Exception;
  }

  /**
   * Starts a job and returns when it is under way.
   *
   * @param uiPort a free port
   * @param dir where Flink keeps checkpoints and temporary files
   */
  static LocalJob start(String name, Definition job, int parallelism, int uiPort, Path dir)
      throws Exception {
    Configuration conf = new Configuration();
    conf.set(RestOptions.PORT, uiPort);
    conf.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
    conf.set(RestOptions.ADDRESS, "127.0.0.1");
    conf.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    conf.set(CoreOptions.TMP_DIRS, dir.resolve("tmp").toString());
    conf.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    conf.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    conf.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        "file://" + dir.resolve("checkpoints").toAbsolutePath());
    conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_EVERY);
    // As flink-conf has them for clusters.
    conf.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
    conf.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(5));
    // Nobody would see it limp along: what fails ends the run and says why.
    conf.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(conf);
    job.define(env);
    return new LocalJob(env.executeAsync(name));
  }

  /** Why the job is no longer running, if it is not. */
  Optional<String> failure() {
    if (!result.isDone()) {
      return Optional.empty();
    }
    try {
      result.get();
      return Optional.of("it ended");
    } catch (ExecutionException e) {
      return Optional.of(rootOf(e).toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * Cancels the job, and waits a little until it and its Flink are gone.
   *
   * @throws IOException if they are not
   */
  @Override
  public void close() throws IOException {
    try {
      client.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // That a cancelled job was cancelled, or that there was nothing left to cancel.
    } catch (TimeoutException e) {
      throw new IOException("Flink did not end within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
