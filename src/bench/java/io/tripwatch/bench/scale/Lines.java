package io.tripwatch.bench.scale;

import io.tripwatch.bench.Entry;
import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.FlinkRun.Backend;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.Shape;
import io.tripwatch.bench.scale.ScaleTask.Holding;
import io.tripwatch.bench.scale.ScaleTask.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is measured for some groups. */
final class Lines {
  private static final int ALL_RULES = 36;

  /** The job has heard of each driver, and of each again. */
  private static final int LEAST_FIXES = 3;

  private static final int FLOOR_GB = 3;

  private static final int SMALLER = 10;

  /** For Flink, its buffers and all stages but the drivers'. */
  private static final int BESIDES_GB = 2;

  private static final double BYTES_PER_GB = 1L << 30;

  /** RocksDB has memory of its own, and wants its files in the system's cache. */
  private static final int BESIDES_ROCKSDB_GB = 3;

  /** So many more drivers than fit a heap of {@link #FLOOR_GB}. */
  private static final int TOO_MANY_FOR_THE_FLOOR = 300_000;

  private final Set<Group> groups;
  private final Sizes sizes;
  private final List<Line> lines = new ArrayList<>();

  /**
   * How much of it.
   *
   * @param drivers the fleets, the smallest first
   * @param middle drivers where something else grows
   * @param weighed drivers whose state is weighed
   * @param weighedFixes of each of them before that
   * @param mostHeapGb of a fork
   * @param tooMany whether a fleet that does not fit its heap is measured, too
   */
  record Sizes(
      Shape shape,
      long seed,
      List<Integer> drivers,
      int middle,
      int weighed,
      int weighedFixes,
      int mostHeapGb,
      Spans spans,
      boolean tooMany) {
    private static final int WEIGHED = 2_000;
    private static final int TWO_AND_A_HALF_HOURS = 3_000;
    private static final int MIDDLE = 50_000;

    static Sizes whole(Shape shape, long seed, List<Integer> drivers, int mostHeapGb, Spans spans) {
      return new Sizes(
          shape, seed, drivers, MIDDLE, WEIGHED, TWO_AND_A_HALF_HOURS, mostHeapGb, spans, true);
    }

    /** Tells whether it works. */
    static Sizes quick(Shape shape, long seed) {
      return new Sizes(
          shape, seed, List.of(1_000, 5_000), 2_000, 500, 100, FLOOR_GB, Spans.QUICK, false);
    }
  }

  private Lines(Set<Group> groups, Sizes sizes) {
    this.groups = groups;
    this.sizes = sizes;
  }

  static List<Line> of(Set<Group> groups, Sizes sizes) {
    Lines lines = new Lines(groups, sizes);
    lines.growFleet();
    lines.growRest();
    lines.weighState();
    return lines.lines;
  }

  private void growFleet() {
    Set<Group> here = asked(Group.DRIVERS, Group.CHECKPOINT, Group.RESTART);
    if (here.isEmpty()) {
      return;
    }
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (here.contains(Group.CHECKPOINT)) {
      parts.add(Part.CHECKPOINT);
    }
    if (here.contains(Group.RESTART)) {
      parts.add(Part.RESTART);
    }
    for (Backend backend : Backend.values()) {
      for (int drivers : sizes.drivers) {
        int heapGb = heapGb(drivers, backend);
        Holding holding = ScaleTask.holdingOf(drivers, (long) heapGb << 30);
        ScaleTask task = new ScaleTask(backend, ALL_RULES, holding, LEAST_FIXES, parts);
        add(here, task, fleet(sizes.shape, drivers), 1, heapGb);
      }
    }
    if (sizes.tooMany && groups.contains(Group.DRIVERS)) {
      ScaleTask task =
          new ScaleTask(Backend.ROCKSDB, ALL_RULES, Holding.AS_SHIPPED, LEAST_FIXES, Set.of());
      add(Set.of(Group.DRIVERS), task, fleet(sizes.shape, TOO_MANY_FOR_THE_FLOOR), 1, FLOOR_GB);
    }
  }

  /** Trips, rules and parallelism have one line in common. */
  private void growRest() {
    Set<Group> here = asked(Group.TRIPS, Group.RULES, Group.PARALLELISM);
    if (here.isEmpty()) {
      return;
    }
    if (here.contains(Group.TRIPS)) {
      for (Shape shape : new Shape[] {Shape.IDLE, Shape.SPARSE, Shape.HALF}) {
        add(Set.of(Group.TRIPS), onHeap(ALL_RULES), middle(shape), 1, FLOOR_GB);
      }
    }
    if (here.contains(Group.RULES)) {
      for (int rules : new int[] {1, 3, 12}) {
        add(Set.of(Group.RULES), onHeap(rules), middle(Shape.DENSE), 1, FLOOR_GB);
      }
    }
    add(here, onHeap(ALL_RULES), middle(Shape.DENSE), 1, FLOOR_GB);
    if (here.contains(Group.PARALLELISM)) {
      for (int parallelism : new int[] {2, 4}) {
        add(
            Set.of(Group.PARALLELISM),
            onHeap(ALL_RULES),
            middle(Shape.DENSE),
            parallelism,
            FLOOR_GB);
      }
    }
  }

  private void weighState() {
    if (groups.contains(Group.STATE)) {
      for (Backend backend : Backend.values()) {
        for (Shape shape : new Shape[] {Shape.IDLE, Shape.SPARSE, Shape.CITY, Shape.DENSE}) {
          weighState(backend, shape);
        }
      }
    }
  }

  private void weighState(Backend backend, Shape shape) {
    ScaleTask task =
        new ScaleTask(
            backend, ALL_RULES, Holding.AS_SHIPPED, sizes.weighedFixes, Set.of(Part.STATE));
    Setting setting =
        new Setting(fleet(shape, sizes.weighed), 1, Duration.ZERO, Duration.ofSeconds(1));
    if (shape == Shape.IDLE) {
      // What the job takes on the heap without any driver is told from two fleets.
      add(Set.of(Group.STATE), task, setting.withDrivers(sizes.weighed / SMALLER), FLOOR_GB);
    }
    add(Set.of(Group.STATE), task, setting, FLOOR_GB);
  }

  private static ScaleTask onHeap(int rules) {
    return new ScaleTask(Backend.HEAP, rules, Holding.AS_SHIPPED, LEAST_FIXES, Set.of());
  }

  private Fleet.Plan middle(Shape shape) {
    return fleet(shape, sizes.middle);
  }

  private Fleet.Plan fleet(Shape shape, int drivers) {
    return new Fleet.Plan(shape, drivers, sizes.seed);
  }

  private Set<Group> asked(Group... some) {
    Set<Group> asked = EnumSet.noneOf(Group.class);
    for (Group group : some) {
      if (groups.contains(group)) {
        asked.add(group);
      }
    }
    return asked;
  }

  private int heapGb(int drivers, Backend backend) {
    int wanted =
        BESIDES_GB + (int) Math.ceil((double) ScaleTask.ROOM_BYTES * drivers / BYTES_PER_GB);
    int most = sizes.mostHeapGb - (backend == Backend.ROCKSDB ? BESIDES_ROCKSDB_GB : 0);
    return Math.max(FLOOR_GB, Math.min(wanted, most));
  }

  private void add(Set<Group> here, ScaleTask task, Fleet.Plan fleet, int parallelism, int heapGb) {
    Setting setting =
        new Setting(fleet, parallelism, sizes.spans.warmUp(), sizes.spans.measured(task.backend()));
    add(here, task, setting, heapGb);
  }

  private void add(Set<Group> here, ScaleTask task, Setting setting, int heapGb) {
    Fleet.Plan fleet = setting.fleet();
    String label =
        "%s, %,d drivers %s, %d rules, parallelism %d, heap %d GB"
            .formatted(
                task.backend().shown(),
                fleet.drivers(),
                fleet.shape().shown(),
                task.rules(),
                setting.parallelism(),
                heapGb);
    lines.add(new Line(here, new Entry(label, task, setting), heapGb));
  }
}
