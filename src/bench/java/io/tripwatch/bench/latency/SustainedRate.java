package io.tripwatch.bench.latency;

import io.tripwatch.bench.Setting;
import io.tripwatch.bench.broker.ThreeRulesKafka;

/** How fast the shipped job reads what lies in the broker. */
final class SustainedRate {
  /** As flink-conf has it. */
  static final String BACKEND = System.getProperty("tripwatch.bench.backend", "rocksdb");

  /** Where it was measured before, so that it need not be each time. */
  private static final String KNOWN = "tripwatch.bench.sustainedRate";

  private SustainedRate() {}

  /** Records a second. */
  static double of(Setting setting) throws Exception {
    String known = System.getProperty(KNOWN);
    return known != null
        ? Double.parseDouble(known)
        : ThreeRulesKafka.allRulesOnRocksdb().run(setting).rate();
  }
}
