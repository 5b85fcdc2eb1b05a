package io.tripwatch.bench;

import java.util.List;
import java.util.Map;

/**
 * One figure to reach: what one line of the results does, over what another does.
 *
 * @param perCore whether the upper one is taken for each core it keeps busy
 */
record Ratio(String title, String upper, String lower, boolean perCore, double atLeast) {
  /** The line that has as many drivers as RocksDB can take at their true cadence. */
  static final String HEAP_AS_ROCKSDB = "job-heap-as-rocksdb";

  static final List<Ratio> ALL =
      List.of(
          of("the whole job on heap / decoding with Jackson", "job-heap", "decode-jackson", 1.3),
          of("the whole job on heap / decoding with our decoder", "job-heap", "decode", 0.45),
          of("our decoder / Jackson databind", "decode", "decode-jackson", 3.0),
          of(
              "the whole job on RocksDB / on heap, the same drivers",
              "job-rocksdb",
              HEAP_AS_ROCKSDB,
              0.5),
          of(
              "three rules on heap / Flink CEP, each pattern fed all",
              "three-rules-heap",
              "cep-all",
              20),
          of(
              "three rules on heap / Flink CEP, each fed what it needs",
              "three-rules-heap",
              "cep-needed",
              8),
          of(
              "three rules on RocksDB / the naive job on RocksDB",
              "three-rules-rocksdb",
              "naive-rocksdb",
              8),
          of(
              "three rules from a broker / Kafka Streams",
              "three-rules-kafka",
              "kafka-streams",
              1.5),
          new Ratio(
              "three rules on heap, per core / Esper, one thread",
              "three-rules-heap",
              "esper",
              true,
              0.5));

  private static Ratio of(String title, String upper, String lower, double atLeast) {
    return new Ratio(title, upper, lower, false, atLeast);
  }

  /** Whether both lines were measured. */
  boolean isKnown(Map<String, Entry> entries) {
    return isMeasured(entries.get(upper)) && isMeasured(entries.get(lower));
  }

  private static boolean isMeasured(Entry entry) {
    return entry != null && entry.isMeasured();
  }

  /**
   * The ratio of the medians; the ends are what single rounds would have said at worst and best.
   */
  Spread of(Map<String, Entry> entries) {
    Spread above = perCore ? ratePerCore(entries.get(upper)) : entries.get(upper).rate();
    Spread below = entries.get(lower).rate();
    return new Spread(
        above.median() / below.median(), above.min() / below.max(), above.max() / below.min());
  }

  private static Spread ratePerCore(Entry entry) {
    return Spread.of(
        entry.samples().stream()
            .mapToDouble(sample -> sample.records() * 1e9 / sample.cpuNanos())
            .toArray());
  }
}
