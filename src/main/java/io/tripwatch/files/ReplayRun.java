package io.tripwatch.files;

import io.tripwatch.event.Incoming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Runs a graph over a replay folder, on a Flink of its own in this JVM. No checkpoints, no restart:
 * what fails is replayed again from its start.
 */
public final class ReplayRun {
  /** The accumulator in which a graph counts the repeated events it met. */
  public static final String REPEATED = "repeated";

  /** The name of the count of accepted records that the graph then refused. */
  public static final String TOO_MANY = "tooMany";

  /** The name of the count of records that the graph kept from some of those they bear on. */
  public static final String LEFT_OUT = "leftOut";

  // Network memory: what a dozen exchanges of all with all take, and a floor for small ones.
  private static final long NETWORK_FLOOR_MIB = 128;
  private static final long NETWORK_MIB_PER_CHANNEL_PAIR = 4;

  // RocksDB's block cache and write buffers, off the heap.
  private static final long ROCKSDB_MIB_PER_SLOT = 128;

  private final Request request;
  private final SerializableSupplier<RecordDecoder> decoders;
  private final TypeInformation<Incoming> incomingType;

  /** Where keyed state lives. */
  public enum Backend {
    /** On the heap: fast, while it fits. */
    HEAP("hashmap"),
    /** In RocksDB, in the system's folder for temporary files. */
    ROCKSDB("rocksdb");

    private final String flinkName;

    Backend(String flinkName) {
      this.flinkName = flinkName;
    }
  }

  /**
   * What to replay, and with what.
   *
   * @param until where event time ends; null: at the greatest event time of an accepted record
   * @param parallelism of the graph; folder and files are read and written by one
   */
  public record Request(Path input, Instant until, int parallelism, Backend backend) {}

  /** Builds the graph between source and sinks. */
  @FunctionalInterface
  public interface Graph {
    /**
     * Called once, before the job starts.
     *
     * @param records of parallelism 1, in order of arrival, with event times and watermarks
     * @param sinks gives the sink of an output by its file's name without ending ({@code alerts});
     *     each once at most, and with parallelism 1
     */
    void build(DataStream<Incoming> records, Function<String, Sink<OutputLine>> sinks);
  }

  /**
   * @param decoders makes the decoder, once for each reading
   */
  public ReplayRun(
      Request request,
      SerializableSupplier<RecordDecoder> decoders,
      TypeInformation<Incoming> incomingType) {
    this.request = request;
    this.decoders = decoders;
    this.incomingType = incomingType;
  }

  /**
   * Replays into a folder, see {@link OutputFolder}.
   *
   * @param onlyFinal whether to write of each id only what holds in the end, by id
   * @throws ReplayException if anything fails; then the folder is as it was
   */
  public ReplayCounts writeTo(Path output, boolean onlyFinal, Graph graph)
      throws IOException, InterruptedException {
    ReplayFolder folder = ReplayFolder.open(request.input());
    try (OutputFolder files = OutputFolder.open(output, request.input(), onlyFinal)) {
      ReplayCounts counts =
          run(folder, files.scratch(), records -> graph.build(records, files::sink));
      files.publish();
      return counts;
    }
  }

  /** Reads and decodes alike, and does nothing with it: how fast a replay could be at best. */
  public ReplayCounts decodeOnly() throws IOException, InterruptedException {
    ReplayFolder folder = ReplayFolder.open(request.input());
    try (WorkFolder work = temporaryFolder()) {
      return run(
          folder,
          work.path(),
          records ->
              records.sinkTo(new DiscardingSink<>()).setParallelism(1).name("none").uid("none"));
    }
  }

  private ReplayCounts run(ReplayFolder folder, Path scratch, Consumer<DataStream<Incoming>> graph)
      throws IOException, InterruptedException {
    long startedNanos = System.nanoTime();
    try (WorkFolder temporary = temporaryFolder();
        ReplayCounters counters = ReplayCounters.open();
        ReplayProgress progress = new ReplayProgress(counters);
        LocalFlink flink = new LocalFlink(settings(temporary.path()), request.parallelism())) {
      progress.begin();
      ReplayOrder order = folder.order(scratch, counters);
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.createLocalEnvironment(
              request.parallelism(), settings(temporary.path()));
      graph.accept(records(environment, order, counters));
      JobExecutionResult result =
          flink.started().executeJobBlocking(environment.getStreamGraph().getJobGraph());
      return counts(folder, counters, result, startedNanos);
    } catch (JobExecutionException e) {
      throw failure(e);
    }
  }

  private DataStream<Incoming> records(
      StreamExecutionEnvironment environment, ReplayOrder order, ReplayCounters counters) {
    Long untilMs = request.until() == null ? null : request.until().toEpochMilli();
    return environment
        .fromSource(
            new FolderSource(order, decoders, untilMs, counters),
            WatermarkStrategy.noWatermarks(),
            "replay folder",
            incomingType)
        .setParallelism(1)
        .uid("replay-folder");
  }

  /** What the graph counted; one that does not count has none. */
  private static long counted(JobExecutionResult result, String name) {
    Long many = result.getAccumulatorResult(name);
    return many == null ? 0 : many;
  }

  private ReplayCounts counts(
      ReplayFolder folder, ReplayCounters counters, JobExecutionResult result, long startedNanos) {
    long repeated = counted(result, REPEATED);
    long tooMany = counted(result, TOO_MANY);
    return new ReplayCounts(
        counters.read(),
        counters.accepted() - repeated - tooMany,
        repeated,
        counters.deadLettered() + tooMany,
        tooMany,
        counted(result, LEFT_OUT),
        counters.afterUntil(),
        counters.untilMs() == ReplayCounters.NO_TIME
            ? null
            : Instant.ofEpochMilli(counters.untilMs()),
        folder.unknown(),
        List.copyOf(counters.padded),
        counters.replaying(),
        Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  /** Not in the output folder: Flink splits the paths of its folders at colons and commas. */
  private static WorkFolder temporaryFolder() throws IOException {
    return WorkFolder.open(Files.createTempDirectory("tripwatch-replay-"));
  }

  private Configuration settings(Path temporary) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.NAME, "replay");
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(StateBackendOptions.STATE_BACKEND, request.backend().flinkName);
    settings.set(CoreOptions.TMP_DIRS, temporary.toString());
    settings.set(WebOptions.TMP_DIR, temporary.toString());
    settings.set(RestOptions.BIND_PORT, "0");
    MemorySize network = MemorySize.ofMebiBytes(networkMib());
    // Each buffer handed over wakes a thread: the fewer, the better, where nobody waits for one.
    settings.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.ofMebiBytes(1).divide(16));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    if (request.backend() == Backend.ROCKSDB) {
      settings.set(
          TaskManagerOptions.MANAGED_MEMORY_SIZE,
          MemorySize.ofMebiBytes(ROCKSDB_MIB_PER_SLOT * request.parallelism()));
    }
    return settings;
  }

  private long networkMib() {
    long pairs = (long) request.parallelism() * request.parallelism();
    long wanted = NETWORK_FLOOR_MIB + NETWORK_MIB_PER_CHANNEL_PAIR * pairs;
    // The JVM allows as much direct memory as heap; other things need some, too.
    long allowed = Runtime.getRuntime().maxMemory() / (4 << 20);
    return Math.max(NETWORK_FLOOR_MIB, Math.min(wanted, allowed));
  }

  /** Flink wraps what happened several times; people want the innermost. */
  private static ReplayException failure(JobExecutionException e) {
    Throwable innermost = e;
    while (innermost.getCause() != null && !(innermost instanceof ReplayException)) {
      innermost = innermost.getCause();
    }
    if (innermost instanceof ReplayException told) {
      return told;
    }
    return new ReplayException("the replay failed: " + innermost, e);
  }

  /** A cluster that starts while the folder is being ordered. */
  private static final class LocalFlink implements AutoCloseable {
    private final CompletableFuture<MiniCluster> starting;

    LocalFlink(Configuration settings, int slots) {
      MiniClusterConfiguration cluster =
          new MiniClusterConfiguration.Builder()
              .setConfiguration(settings)
              .setNumTaskManagers(1)
              .setNumSlotsPerTaskManager(slots)
              .build();
      starting =
          CompletableFuture.supplyAsync(
              () -> start(new MiniCluster(cluster)),
              start -> new Thread(start, "replay-flink-start").start());
    }

    private static MiniCluster start(MiniCluster cluster) {
      try {
        cluster.start();
        return cluster;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    MiniCluster started() throws ReplayException, InterruptedException {
      try {
        return starting.get();
      } catch (ExecutionException e) {
        throw new ReplayException("Flink does not start: " + e.getCause().getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        started().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new ReplayException("Flink does not end: " + e.getMessage(), e);
      }
    }
  }
}
