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
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a Flink job over a fleet in this process, set up as the shipped job is, and measures it. */
public final class FlinkRun {
  /** How it is set up, for the results. */
  static final String SET_UP =
      "Flink in one process: object reuse, 64 KiB buffers handed on after 5 ms, watermarks every"
          + " 50 ms; on RocksDB 686 MiB a task, an incremental checkpoint a minute";

  // As a replay has them: no record is changed once it was handed on.
  private static final boolean OBJECT_REUSE = true;
  private static final MemorySize SEGMENT = MemorySize.ofMebiBytes(1).divide(16);

  // As flink-conf/config.yaml has them.
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);
  private static final Duration WATERMARKS_EVERY = Duration.ofMillis(50);

  private static final Duration CHECKPOINTS_EVERY = Duration.ofSeconds(60);

  /** One that comes of itself must not take away the one that a job goes on from. */
  private static final int RETAINED = 3;

  private static final Duration WHEN_ASKED_ONLY = Duration.ofDays(1);

  // What a slot has of a TaskManager of flink-conf/config.yaml: 0.4 of 4 GB, less the overhead, by
  // 2.
  private static final long ROCKSDB_MIB_PER_SLOT = 686;

  private static final long NETWORK_FLOOR_MIB = 128;
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
  private boolean keepsCheckpoints;
  private int leastFixes;

  /** A run, not begun yet. */
  public FlinkRun(Setting setting, Backend backend) {
    this.setting = setting;
    this.backend = backend;
  }

  /** The same with checkpoints when asked for, on the heap, too; a cancelled job leaves them. */
  public FlinkRun keepingCheckpoints() {
    keepsCheckpoints = true;
    return this;
  }

  /**
   * The same with a warm-up that lasts at least until each driver has sent so many fixes: until
   * then the job has not heard of all of them.
   */
  public FlinkRun afterFixes(int least) {
    leastFixes = least;
    return this;
  }

  /** Runs a job whose source never ends, measures it, and cancels it. */
  public Measured measure(Definition job) throws Exception {
    return run(job, this::measured);
  }

  /** Runs a job whose source never ends, for as long as it is looked at, and cancels it. */
  public <R> R observe(Definition job, During<R> during) throws Exception {
    return run(job, during);
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

  /** Looks at a running job. */
  @FunctionalInterface
  public interface During<R> {
    /** Returns when it has seen enough. */
    R await(Running running, Meter meter) throws Exception;
  }

  /** A job under way. */
  public record Running(
      MiniCluster flink, JobID job, CompletableFuture<JobResult> result, Configuration settings) {
    private static Running submitted(MiniCluster flink, JobGraph graph, Configuration settings)
        throws Exception {
      JobID id = flink.submitJob(graph).get().getJobID();
      return new Running(flink, id, flink.requestJobResult(id), settings);
    }

    /** Starts a job from what another, ended by now, left behind. */
    public Running resume(Definition definition, Meter meter, int parallelism, String checkpoint)
        throws Exception {
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
      definition.define(env, meter);
      JobGraph graph = env.getStreamGraph().getJobGraph();
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint));
      return submitted(flink, graph, settings);
    }

    /** Lets some time go by, unless the job fails or ends meanwhile. */
    public void sleep(Duration time) throws Exception {
      try {
        JobResult ended = result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        ended.toJobExecutionResult(FlinkRun.class.getClassLoader());
        throw new IllegalStateException("the job ended before it was measured");
      } catch (TimeoutException e) {
        // It is running, as it should.
      }
    }

    /** Ends the job. */
    public void cancel() throws InterruptedException {
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
      Running running = Running.submitted(flink, env.getStreamGraph().getJobGraph(), settings);
      R outcome = during.await(running, meter);
      if (!running.result.isDone()) {
        running.cancel();
      }
      return outcome;
    } finally {
      if (hasEnded(flink)) {
        deleteAll(folder);
      }
    }
  }

  /** What was measured is not lost to a Flink that does not end: the process ends soon. */
  private static boolean hasEnded(MiniCluster flink) throws Exception {
    try {
      flink.closeAsync().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      System.err.println("Flink did not end within " + PATIENCE.toSeconds() + " s");
      return false;
    }
  }

  /** Waits until the job is warm, and measures it. */
  public Measured measured(Running running, Meter meter) throws Exception {
    long startedNanos = System.nanoTime();
    while (!meter.haveBegun(setting.parallelism())) {
      running.sleep(POLL);
    }
    double preludeS = (System.nanoTime() - startedNanos) / 1e9;
    running.sleep(setting.warmUp());
    long heardAllMs = Fleet.BEGIN.toEpochMilli() + (long) leastFixes * Fleet.TICK_MS;
    while (meter.timeMs() < heardAllMs) {
      running.sleep(POLL);
    }
    boolean hasCheckpoints = backend == Backend.ROCKSDB;
    Checkpoints before = hasCheckpoints ? Checkpoints.of(checkpoints(running)) : null;
    long saidBefore = meter.said().sum();
    Span span = Span.begin(meter::records);
    running.sleep(setting.measured());
    Measured measured = span.end();
    Map<String, Double> extra = new LinkedHashMap<>(measured.extra());
    extra.put("preludeS", preludeS);
    extra.put("outputs", (double) meter.said().sum() - saidBefore);
    if (hasCheckpoints) {
      addCheckpoints(running, before, extra);
    }
    return new Measured(measured.records(), measured.nanos(), measured.cpuNanos(), extra);
  }

  /** How many checkpoints were completed so far, and how many failed. */
  private record Checkpoints(long completed, long failed) {
    static Checkpoints of(CheckpointStatsSnapshot stats) {
      return new Checkpoints(
          stats.getCounts().getNumberOfCompletedCheckpoints(),
          stats.getCounts().getNumberOfFailedCheckpoints());
    }
  }

  private static CheckpointStatsSnapshot checkpoints(Running running) throws Exception {
    return running.flink.getExecutionGraph(running.job).get().getCheckpointStatsSnapshot();
  }

  private static void addCheckpoints(Running running, Checkpoints before, Map<String, Double> extra)
      throws Exception {
    CheckpointStatsSnapshot stats = checkpoints(running);
    Checkpoints after = Checkpoints.of(stats);
    extra.put("checkpoints", (double) after.completed - before.completed);
    extra.put("failedCheckpoints", (double) after.failed - before.failed);
    CompletedCheckpointStats last = stats.getHistory().getLatestCompletedCheckpoint();
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
    settings.set(PipelineOptions.OBJECT_REUSE, OBJECT_REUSE);
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
    settings.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, SEGMENT);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    if (keepsCheckpoints) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, WHEN_ASKED_ONLY);
      settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
      settings.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    if (keepsCheckpoints || backend == Backend.ROCKSDB) {
      settings.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY,
          folder.resolve("checkpoints").toUri().toString());
      settings.set(
          CheckpointingOptions.SAVEPOINT_DIRECTORY,
          folder.resolve("savepoints").toUri().toString());
    }
    if (backend == Backend.ROCKSDB) {
      settings.set(
          TaskManagerOptions.MANAGED_MEMORY_SIZE,
          MemorySize.ofMebiBytes(ROCKSDB_MIB_PER_SLOT * setting.parallelism()));
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS_EVERY);
      settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
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
