package io.tripwatch.bench;

import io.tripwatch.bench.broker.KafkaStreamsTask;
import io.tripwatch.bench.broker.ThreeRulesKafka;
import io.tripwatch.bench.esper.EsperPeer;
import io.tripwatch.bench.latency.Latency;
import io.tripwatch.bench.peers.Peers;
import io.tripwatch.bench.scale.ScaleTask;
import java.util.List;
import java.util.stream.Stream;

/** All there is to measure. */
public final class Tasks {
  /** The job, whole and in parts. */
  private static final List<Task> OURS =
      List.of(
          Decoding.none(),
          Decoding.ours(),
          Decoding.jackson(),
          ShippedJob.whole(FlinkRun.Backend.HEAP),
          ShippedJob.whole(FlinkRun.Backend.ROCKSDB),
          ShippedJob.threeRules(FlinkRun.Backend.HEAP),
          ShippedJob.threeRules(FlinkRun.Backend.ROCKSDB));

  /** The same three rules in what Flink itself offers for it. */
  private static final List<Task> OF_FLINK = Peers.ALL;

  /** The same in engines of others. */
  private static final List<Task> OF_OTHERS =
      List.of(
          new EsperPeer(),
          ThreeRulesKafka.threeRules(),
          KafkaStreamsTask.databind(),
          KafkaStreamsTask.ourDecoder());

  /** Measured only when asked for by name: no ratio asks for them, and they take another hour. */
  static final List<Task> WHEN_ASKED =
      List.of(
          ThreeRulesKafka.threeRulesWithCheckpoints(),
          KafkaStreamsTask.databindWithChangelog(),
          ThreeRulesKafka.allRules(),
          ThreeRulesKafka.allRulesOnRocksdb(),
          Latency.at(50),
          Latency.at(80));

  /** All there is, in the order of the results. */
  public static final List<Task> KNOWN =
      Stream.of(OURS, OF_FLINK, OF_OTHERS, WHEN_ASKED).flatMap(List::stream).toList();

  private Tasks() {}

  /**
   * The task of a name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Task named(String name) {
    if (ScaleTask.isName(name)) {
      return ScaleTask.named(name);
    }
    return KNOWN.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no task " + name + "; there are " + names()));
  }

  private static String names() {
    return String.join(", ", KNOWN.stream().map(Task::name).toList());
  }
}
