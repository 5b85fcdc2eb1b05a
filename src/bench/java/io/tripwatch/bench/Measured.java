package io.tripwatch.bench;

import java.util.Map;

/**
 * What a task did in the measured span.
 *
 * @param records how many left the source
 * @param nanos how long the span was
 * @param cpuNanos the time that the whole process computed in it: collecting garbage, compiling and
 *     taking checkpoints are in it
 * @param extra other figures, by a name that ends in the unit
 */
public record Measured(long records, long nanos, long cpuNanos, Map<String, Double> extra) {
  /** Records a second. */
  public double rate() {
    return records * 1e9 / nanos;
  }
}
