package io.tripwatch.bench.scale;

import io.tripwatch.bench.Entry;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Shape;
import io.tripwatch.bench.Spread;
import java.util.Set;

/**
 * One thing to measure, in forks of its own size.
 *
 * @param groups whose tables it is in
 * @param heapGb of each fork
 */
record Line(Set<Group> groups, Entry entry, int heapGb) {
  ScaleTask task() {
    return (ScaleTask) entry.task();
  }

  int drivers() {
    return entry.setting().fleet().drivers();
  }

  Shape shape() {
    return entry.setting().fleet().shape();
  }

  boolean isMeasured() {
    return entry.isMeasured();
  }

  /** Whether the heap has room for the files of all drivers: else each fix waits for the state. */
  boolean holdsAll() {
    return task().holding() == ScaleTask.Holding.ALL
        || ScaleTask.holdingOf(drivers(), (long) heapGb << 30) == ScaleTask.Holding.AS_SHIPPED;
  }

  /** Whether all its forks told a figure. */
  boolean tells(String figure) {
    return isMeasured()
        && entry.samples().stream().allMatch(sample -> sample.extra().containsKey(figure));
  }

  /** The median of a figure. */
  double figure(String name) {
    return Spread.of(
            entry.samples().stream().mapToDouble(sample -> sample.extra().get(name)).toArray())
        .median();
  }

  double cpuNanos() {
    return entry.cpuNanosPerRecord().median();
  }

  double wallNanos() {
    return Spread.of(entry.samples().stream().mapToDouble(Line::wallNanos).toArray()).median();
  }

  private static double wallNanos(Measured sample) {
    return (double) sample.nanos() / Math.max(1, sample.records());
  }
}
