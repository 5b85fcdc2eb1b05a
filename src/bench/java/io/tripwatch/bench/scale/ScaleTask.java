package io.tripwatch.bench.scale;

import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.FlinkRun;
import io.tripwatch.bench.FlinkTask;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Meter;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.ShippedJob;
import io.tripwatch.bench.Task;
import io.tripwatch.job.Pipeline;
import io.tripwatch.rule.Rules;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The shipped job on a fleet of any size: what a record costs once all drivers are known, and then
 * what its state weighs, on the heap and stored, and how soon it is back after an end.
 *
 * @param rules how many are enabled, the first of {@link #enabled}
 * @param holding which drivers' files stay on the heap
 * @param leastFixes of each driver before anything is measured
 * @param parts what is looked at after the measured span
 */
public record ScaleTask(
    FlinkRun.Backend backend, int rules, Holding holding, int leastFixes, Set<Part> parts)
    implements Task {
  private static final String PREFIX = "scale:";
  private static final String SEPARATOR = ":";
  private static final int FIELDS = 6;

  /**
   * A driver's file is counted with about so much: 2,500 bytes and a trip, or half an hour of
   * fixes. All together may take half the heap.
   */
  static final long FILE_BYTES = 12_500;

  /** Of heap for each driver, so that none is let go of: a file with two trips, twice. */
  static final long ROOM_BYTES = 60_000;

  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(15);
  private static final Duration BEFORE_THE_END = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Which drivers' files stay on the heap. */
  public enum Holding {
    /** As many as the shipped job allows itself. */
    AS_SHIPPED,
    /** All of them, by their number: where files are young, they take less than is counted. */
    ALL
  }

  /** What is looked at after the measured span. */
  public enum Part {
    /** A full checkpoint, and one of what changed since. */
    CHECKPOINT,
    /** A savepoint, stage by stage. */
    STATE,
    /** The job is ended, and goes on from its last checkpoint. */
    RESTART
  }

  /** The same for a fleet too large to be counted as held, by number. */
  static Holding holdingOf(int drivers, long heapBytes) {
    return ROOM_BYTES * drivers <= heapBytes ? Holding.AS_SHIPPED : Holding.ALL;
  }

  /** Whether a name is one of such a task. */
  public static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  /** The task of a {@link #name}. */
  public static ScaleTask named(String name) {
    String[] fields = name.split(SEPARATOR, -1);
    if (fields.length != FIELDS || !isName(name)) {
      throw new IllegalArgumentException(
          name + " is no task; give it as scale:HEAP:36:AS_SHIPPED:3:CHECKPOINT+RESTART");
    }
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String part : fields[5].split("\\+")) {
      if (!part.isEmpty()) {
        parts.add(Part.valueOf(part));
      }
    }
    return new ScaleTask(
        FlinkRun.Backend.valueOf(fields[1]),
        Integer.parseInt(fields[2]),
        Holding.valueOf(fields[3]),
        Integer.parseInt(fields[4]),
        parts);
  }

  @Override
  public String name() {
    return PREFIX
        + String.join(
            SEPARATOR,
            backend.name(),
            Integer.toString(rules),
            holding.name(),
            Integer.toString(leastFixes),
            String.join("+", parts.stream().map(Part::name).toList()));
  }

  @Override
  public String title() {
    return "the job with " + rules + " rules, on " + backend.shown();
  }

  @Override
  public boolean onRocksdb() {
    return backend == FlinkRun.Backend.ROCKSDB;
  }

  /** The peers' three rules, then the others as they are listed. */
  static Set<String> enabled(int rules) {
    List<String> all = new ArrayList<>(new LinkedHashSet<>(ShippedJob.THREE_RULES));
    all.sort(null);
    Rules.ALL.stream()
        .map(rule -> rule.spec().id())
        .filter(id -> !ShippedJob.THREE_RULES.contains(id))
        .forEach(all::add);
    if (rules < 1 || rules > all.size()) {
      throw new IllegalArgumentException(
          rules + " rules enabled; there are 1 to " + all.size() + " of them");
    }
    return Set.copyOf(all.subList(0, rules));
  }

  @Override
  public Measured run(Setting setting) throws Exception {
    FlinkRun run = new FlinkRun(setting, backend).keepingCheckpoints().afterFixes(leastFixes);
    Observed observed = new Observed(run, setting);
    return run.observe(
        (env, meter) -> {
          observed.emptyHeap = liveHeap();
          define(setting, env, meter);
        },
        observed::look);
  }

  private void define(Setting setting, StreamExecutionEnvironment env, Meter meter)
      throws Exception {
    env.setMaxParallelism(Pipeline.MAX_PARALLELISM);
    int maxHeld =
        holding == Holding.AS_SHIPPED ? Pipeline.AS_HEAP_ALLOWS : setting.fleet().drivers();
    ShippedJob.build(
        FlinkTask.decoded(setting, env, meter), ShippedJob.only(enabled(rules)), maxHeld, meter);
  }

  /** What of the heap is in use once all garbage is gone. */
  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** One run of it. */
  private final class Observed {
    private final FlinkRun run;
    private final Setting setting;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private long emptyHeap;

    Observed(FlinkRun run, Setting setting) {
      this.run = run;
      this.setting = setting;
    }

    Measured look(FlinkRun.Running running, Meter meter) throws Exception {
      Measured measured = run.measured(running, meter);
      figures.putAll(measured.extra());
      figures.put("eventMinutes", eventMinutes(meter));
      figures.put("maxHeapBytes", (double) Runtime.getRuntime().maxMemory());
      figures.put("heldAtMost", heldAtMost());
      figures.put("liveHeapBytes", (double) liveHeap() - emptyHeap);
      Snapshots snapshots = new Snapshots(running);
      if (parts.contains(Part.STATE)) {
        snapshots.savepoint(figures).describe("savepoint", figures);
      }
      if (parts.contains(Part.CHECKPOINT)) {
        takeCheckpoints(running, meter, snapshots);
      }
      if (parts.contains(Part.RESTART)) {
        restart(running, meter, snapshots);
      }
      return new Measured(measured.records(), measured.nanos(), measured.cpuNanos(), figures);
    }

    private double eventMinutes(Meter meter) {
      return (meter.timeMs() - Fleet.BEGIN.toEpochMilli()) / 60_000.0;
    }

    private double heldAtMost() {
      int drivers = setting.fleet().drivers();
      return holding == Holding.ALL
          ? drivers
          : Math.min(drivers, Runtime.getRuntime().maxMemory() / 2.0 / FILE_BYTES);
    }

    /** Under full load: as fast as the source goes. */
    private void takeCheckpoints(FlinkRun.Running running, Meter meter, Snapshots snapshots)
        throws Exception {
      snapshots.checkpoint(CheckpointType.FULL).describe("full", figures);
      if (onRocksdb()) {
        double before = eventMinutes(meter);
        running.sleep(BETWEEN_CHECKPOINTS);
        figures.put("fixesBetween", (eventMinutes(meter) - before) * 60_000 / Fleet.TICK_MS);
        snapshots.checkpoint(CheckpointType.INCREMENTAL).describe("incremental", figures);
      }
    }

    private void restart(FlinkRun.Running running, Meter meter, Snapshots snapshots)
        throws Exception {
      String checkpoint = snapshots.checkpoint(CheckpointType.CONFIGURED).path();
      running.sleep(BEFORE_THE_END);
      running.cancel();
      long mark = meter.records();
      try (Meter again = Meter.open()) {
        long from = System.nanoTime();
        FlinkRun.Running resumed =
            running.resume(
                (env, counting) -> define(setting, env, counting),
                again,
                setting.parallelism(),
                checkpoint);
        while (again.records() == 0) {
          resumed.sleep(POLL);
        }
        long firstNanos = System.nanoTime() - from - again.leavingOutNanos();
        long behind = mark - again.leftOut();
        while (again.records() < behind) {
          resumed.sleep(POLL);
        }
        long caughtUpNanos = System.nanoTime() - from - again.leavingOutNanos();
        figures.put("behindRecords", (double) behind);
        figures.put("firstRecordAfterS", firstNanos / 1e9);
        figures.put("caughtUpAfterS", caughtUpNanos / 1e9);
        resumed.cancel();
      }
    }
  }
}
