package io.tripwatch.bench.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.bench.ShippedJob;
import io.tripwatch.bench.Task;
import io.tripwatch.bench.peers.Found;
import io.tripwatch.job.JobOptions;
import io.tripwatch.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The shipped job from a real broker to the same. */
public final class ThreeRulesKafka extends FromBroker {
  /** The partitions of topics without a record must not hold up a time that flies. */
  private static final Duration IDLENESS = Duration.ofSeconds(1);

  private static final Duration AS_SHIPPED = null;
  private static final Duration NEVER = Duration.ofDays(1);

  private final String name;
  private final String title;
  private final String rulesYaml;
  private final String backend;
  private final Duration checkpointEvery;

  private ThreeRulesKafka(
      String name, String title, String rulesYaml, String backend, Duration checkpointEvery) {
    this.name = name;
    this.title = title;
    this.rulesYaml = rulesYaml;
    this.backend = backend;
    this.checkpointEvery = checkpointEvery;
  }

  /** Three rules in memory, and nothing to start again from, as the other tasks on heap. */
  public static Task threeRules() {
    return new ThreeRulesKafka(
        "three-rules-kafka",
        "three rules, the shipped job from a broker, on heap",
        onlyThreeRules(),
        "hashmap",
        NEVER);
  }

  /** The same with checkpoints as shipped, which on heap are whole copies. */
  public static Task threeRulesWithCheckpoints() {
    return new ThreeRulesKafka(
        "three-rules-kafka-checkpoints",
        "three rules, the shipped job from a broker, on heap, with checkpoints",
        onlyThreeRules(),
        "hashmap",
        AS_SHIPPED);
  }

  /** JSON is YAML. */
  private static String onlyThreeRules() {
    try {
      return new ObjectMapper().writeValueAsString(ShippedJob.onlyThreeRules());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All rules, on heap. */
  public static Task allRules() {
    return new ThreeRulesKafka(
        "job-kafka-heap",
        "all rules, the shipped job from a broker, on heap",
        null,
        "hashmap",
        AS_SHIPPED);
  }

  /** All rules, on RocksDB. */
  public static Task allRulesOnRocksdb() {
    return new ThreeRulesKafka(
        "job-kafka-rocksdb",
        "all rules, the shipped job from a broker, on RocksDB",
        null,
        "rocksdb",
        AS_SHIPPED);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  String alertsTopic() {
    return Topics.ALERTS;
  }

  /** Of each alert of the three rules its last revision, unless that takes it back. */
  @Override
  Set<String> found(List<byte[]> said) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, JsonNode> last = new HashMap<>();
    for (byte[] value : said) {
      JsonNode alert = mapper.readTree(value);
      last.put(alert.get("alertId").textValue(), alert);
    }
    Set<String> found = new TreeSet<>();
    for (JsonNode alert : last.values()) {
      String rule = alert.get("ruleId").textValue();
      if (ShippedJob.THREE_RULES.contains(rule)
          && !alert.get("status").textValue().equals("RETRACTED")) {
        found.add(Found.of(rule, alert.get("orderId").textValue()));
      }
    }
    return found;
  }

  @Override
  Reading start(String bootstrap, String unique, int parallelism, Path dir) throws Exception {
    KafkaJob job =
        KafkaJob.start(
            new JobOptions(bootstrap, unique, 1, rulesYaml),
            new KafkaJob.Settings(parallelism, backend, checkpointEvery, null, null, IDLENESS),
            dir);
    return new Reading() {
      @Override
      public void requireRunning() throws Exception {
        job.requireRunning();
      }

      @Override
      public void close() throws IOException {
        job.close();
      }
    };
  }
}
