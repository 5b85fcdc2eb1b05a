package io.tripwatch.bench.latency;

import java.util.Arrays;
import java.util.Map;

/** Delays of one sort, in milliseconds. */
final class Delays {
  private double[] ms = new double[1024];
  private int size;

  void add(double delayMs) {
    if (size == ms.length) {
      ms = Arrays.copyOf(ms, 2 * size);
    }
    ms[size++] = delayMs;
  }

  /** Median, 99th percentile, greatest, and how many, under a name. */
  void tell(String name, Map<String, Double> figures) {
    figures.put(name + "Count", (double) size);
    if (size == 0) {
      return;
    }
    double[] sorted = Arrays.copyOf(ms, size);
    Arrays.sort(sorted);
    figures.put(name + "P50Ms", sorted[rank(0.5)]);
    figures.put(name + "P99Ms", sorted[rank(0.99)]);
    figures.put(name + "MaxMs", sorted[size - 1]);
  }

  private int rank(double share) {
    return Math.max(0, (int) Math.ceil(share * size) - 1);
  }
}
