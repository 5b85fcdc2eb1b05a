package io.tripwatch.bench;

import io.tripwatch.event.Incoming;
import io.tripwatch.job.Pipeline;
import io.tripwatch.kafka.OutboundRecord;
import io.tripwatch.rule.Rule;
import io.tripwatch.rule.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The shipped job between a fleet and a sink that counts. Its outputs are made into the bytes that
 * would go to Kafka.
 */
public final class ShippedJob {
  /** The three rules that the peers know, too. */
  public static final Set<String> THREE_RULES =
      Set.of("margin-missed", "on-site-pressed-elsewhere", "fake-order");

  private static final int EPOCH = 1;

  private ShippedJob() {}

  /** The whole job, all rules and all that follows from them. */
  static Task whole(FlinkRun.Backend backend) {
    return task("job-", "the whole job, all rules, on ", backend, Map.of());
  }

  /** The same job with all but three rules disabled. */
  static Task threeRules(FlinkRun.Backend backend) {
    return task("three-rules-", "the job with three rules, on ", backend, onlyThreeRules());
  }

  private static Task task(
      String prefix, String title, FlinkRun.Backend backend, Map<String, Object> settings) {
    return new FlinkTask(
        prefix + backend.shown(),
        title + backend.shown(),
        backend,
        (setting, env, meter) -> {
          env.setMaxParallelism(Pipeline.MAX_PARALLELISM);
          build(FlinkTask.decoded(setting, env, meter), settings, Pipeline.AS_HEAP_ALLOWS, meter);
        });
  }

  /** Settings, as read from {@code rules.yaml}, that disable all rules but the three. */
  public static Map<String, Object> onlyThreeRules() {
    return only(THREE_RULES);
  }

  /** Settings, as read from {@code rules.yaml}, that disable all rules but these. */
  public static Map<String, Object> only(Set<String> enabled) {
    Map<String, Object> rules = new LinkedHashMap<>();
    for (Rule rule : Rules.ALL) {
      if (!enabled.contains(rule.spec().id())) {
        rules.put(rule.spec().id(), Map.of("enabled", false));
      }
    }
    return Map.of("rules", rules);
  }

  /**
   * Defines the job.
   *
   * @param settings as read from {@code rules.yaml}
   * @param maxHeld as {@link Pipeline#define} takes it
   */
  public static void build(
      DataStream<Incoming> incoming, Map<String, Object> settings, int maxHeld, Meter meter) {
    Pipeline.Outputs outputs = Pipeline.define(incoming, settings, EPOCH, maxHeld);
    DataStream<OutboundRecord> said =
        outputs
            .said()
            .map(OutboundRecord::of)
            .returns(OutboundRecord.class)
            .name("said")
            .uid("said");
    DataStream<OutboundRecord> deadLetters =
        outputs
            .deadLetters()
            .map(OutboundRecord::of)
            .returns(OutboundRecord.class)
            .name("dead-letters")
            .uid("dead-letters");
    said.union(deadLetters).sinkTo(new CountingSink<>(meter)).uid("outputs").name("outputs");
  }
}
