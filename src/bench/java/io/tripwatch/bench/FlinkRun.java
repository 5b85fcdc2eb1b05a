package io.tripwatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a Flink job over a fleet in this process, set up as the shipped job is, and measures it. */
public final class FlinkRun {
  // As flink-conf/config.yaml has them.
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);
  private static final Duration WATERMARKS_EVERY = Duration.ofMillis(50);

  private static final Duration CHECKPOINTS_EVERY = Duration.ofSeconds(60);

  // What a slot has of a TaskManager of flink-conf/config.yaml: 0.4 of 4 GB, less the overhead, by
  // 2.
  private static final long ROCKSDB_MIB_PER_SLOT = 686;

  private static final long NETWORK_FLOOR_MIB = 64;
  private static final long NETWORK_MIB_PER_CHANNEL_PAIR = 8;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Where keyed state lives. */
  public enum Backend {
    /** On the heap, without checkpoints. */
    HEAP("hashmap"),
    /** In RocksDB, with an incremental checkpoint every minute. */
    ROCKSDB("rocksdb");

    private final String flinkName;

    Backend(String flinkName) {
      this.flinkName = flinkName;
    }

    /** Its name in those of tasks. */
    public String shown() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Says what the job is made of. */
  @FunctionalInterface
  public interface Definition {
    /**
     * Defines the job.
     *
     * @param meter counts what leaves the job's {@link FleetSource}, and stops it
     */
    void define(StreamExecutionEnvironment env, Meter meter) throws Exception;
  }

  private final Setting setting;
  private final Backend backend;

  /** A run, not begun yet. */
  public FlinkRun(Setting setting, Backend backend) {
    this.setting = setting;
    this.backend = backend;
  }

  /** Runs a job whose source never ends, measures it, and cancels it. */
  public Measured measure(Definition job) throws Exception {
    return run(job, this::measured);
  }

  /** Runs a job whose source ends by itself, to its end. */
  public void complete(Definition job) throws Exception {
    run(
        job,
        (running, meter) -> {
          running.result.get().toJobExecutionResult(getClass().getClassLoader());
          return null;
        });
  }

  private interface During<R> {
    R await(Running running, Meter meter) throws Exception;
  }

  /** A job under way. */
  private record Running(MiniCluster flink, JobID job, CompletableFuture<JobResult> result) {
    /** Lets some time go by, unless the job fails or ends meanwhile. */
    void sleep(Duration time) throws Exception {
      try {
        JobResult ended = result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        ended.toJobExecutionResult(FlinkRun.class.getClassLoader());
        throw new IllegalStateException("the job ended before it was measured");
      } catch (TimeoutException e) {
        // It is running, as it should.
      }
    }

    void cancel() throws InterruptedException {
      flink.cancelJob(job);
      try {
        result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // It is over, or goes down with its Flink.
      }
    }
  }

  private <R> R run(Definition job, During<R> during) throws Exception {
    Path folder = Files.createTempDirectory("tripwatch-bench-");
    Configuration settings = settings(folder);
    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(settings)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(setting.parallelism())
            .build();
    MiniCluster flink = new MiniCluster(cluster);
    try (Meter meter = Meter.open()) {
      flink.start();
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(setting.parallelism(), settings);
      job.define(env, meter);
      JobID id = flink.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
      Running running = new Running(flink, id, flink.requestJobResult(id));
      R outcome = during.await(running, meter);
      if (!running.result.isDone()) {
        running.cancel();
      }
      return outcome;
    } finally {
      flink.close();
      deleteAll(folder);
    }
  }

  private Measured measured(Running running, Meter meter) throws Exception {
    long startedNanos = System.nanoTime();
    while (!meter.haveBegun(setting.parallelism())) {
      running.sleep(POLL);
    }
    double preludeS = (System.nanoTime() - startedNanos) / 1e9;
    running.sleep(setting.warmUp());
    long saidBefore = meter.said().sum();
    Span span = Span.begin(meter::records);
    running.sleep(setting.measured());
    Measured measured = span.end();
    Map<String, Double> extra = new LinkedHashMap<>(measured.extra());
    extra.put("preludeS", preludeS);
    extra.put("outputs", (double) meter.said().sum() - saidBefore);
    if (backend == Backend.ROCKSDB) {
      addCheckpoints(running, extra);
    }
    return new Measured(measured.records(), measured.nanos(), measured.cpuNanos(), extra);
  }

  private static void addCheckpoints(Running running, Map<String, Double> extra) throws Exception {
    CheckpointStatsSnapshot stats =
        running.flink.getExecutionGraph(running.job).get().getCheckpointStatsSnapshot();
    if (stats == null) {
      return;
    }
    extra.put("checkpoints", (double) stats.getCounts().getNumberOfCompletedCheckpoints());
    extra.put("failedCheckpoints", (double) stats.getCounts().getNumberOfFailedCheckpoints());
    var last = stats.getHistory().getLatestCompletedCheckpoint();
    if (last != null) {
      extra.put("lastCheckpointMs", (double) last.getEndToEndDuration());
      extra.put("lastCheckpointBytes", (double) last.getCheckpointedSize());
      extra.put("stateBytes", (double) last.getStateSize());
    }
  }

  private Configuration settings(Path folder) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARKS_EVERY);
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(StateBackendOptions.STATE_BACKEND, backend.flinkName);
    settings.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
    settings.set(WebOptions.TMP_DIR, folder.resolve("web").toString());
    settings.set(RestOptions.BIND_PORT, "0");
    // All of it is in this process: whoever does not answer was held up with the others.
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT);
    long pairs = (long) setting.parallelism() * setting.parallelism();
    MemorySize network =
        MemorySize.ofMebiBytes(NETWORK_FLOOR_MIB + NETWORK_MIB_PER_CHANNEL_PAIR * pairs);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    if (backend == Backend.ROCKSDB) {
      settings.set(
          TaskManagerOptions.MANAGED_MEMORY_SIZE,
          MemorySize.ofMebiBytes(ROCKSDB_MIB_PER_SLOT * setting.parallelism()));
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS_EVERY);
      settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
      settings.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY,
          folder.resolve("checkpoints").toUri().toString());
    }
    return settings;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
