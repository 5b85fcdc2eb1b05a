package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import io.tripwatch.cluster.Wait;
import io.tripwatch.kafka.LocalPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on a Flink in this process, with its web UI, reachable from this machine only. */
final class LocalJob implements AutoCloseable {
  /** Alerts become visible when their checkpoint is complete, so this is what they wait for. */
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  /**
   * The first to be completed may have begun before, the second holds all that was judged, and with
   * the third the transactions of the second are committed.
   */
  private static final int CHECKPOINTS_TO_SEE_ALL = 3;

  private final JobClient client;
  private final CompletableFuture<?> result;
  private final String rest;

  private LocalJob(JobClient client, String rest) {
    this.client = client;
    this.rest = rest;
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
    conf.set(RestOptions.ADDRESS, LocalPort.HOST);
    conf.set(RestOptions.BIND_ADDRESS, LocalPort.HOST);
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
    conf.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(1));
    // Nobody would see it limp along: what fails ends the run and says why.
    conf.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(conf);
    job.define(env);
    return new LocalJob(env.executeAsync(name), LocalPort.HOST + ":" + uiPort);
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
   * Returns when all alerts of what the job has read so far are visible, or the job no longer runs.
   *
   * @param tell who is told what is waited for
   */
  void awaitVisible(Consumer<String> tell) throws IOException {
    try (FlinkRest flink = new FlinkRest(rest, tell)) {
      long enough = flink.checkpointsCompleted(client.getJobID()) + CHECKPOINTS_TO_SEE_ALL;
      Wait.until(
          "the last alerts to be committed",
          tell,
          () -> result.isDone() || flink.checkpointsCompleted(client.getJobID()) >= enough);
    } catch (IOException e) {
      // With the job its Flink ends; why is told by failure().
      if (!result.isDone()) {
        throw e;
      }
    }
  }

  /** Cancels the job, and waits until it and its Flink are gone. */
  @Override
  public void close() {
    try {
      client.cancel().get();
      result.get();
    } catch (ExecutionException e) {
      // That a cancelled job was cancelled, or that there was nothing left to cancel.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
