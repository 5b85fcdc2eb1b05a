package io.tripwatch.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the alerts and remembers when each was first raised, and when this reader saw it. */
final class AlertWatch implements Runnable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrap;
  private final String isolation;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, Raised> raised = new HashMap<>();
  private volatile boolean stopped;
  private volatile RuntimeException failure;

  /**
   * An alert's first revision.
   *
   * @param moment when it holds, milliseconds since 1970
   * @param appendedAt by the broker's clock, milliseconds since 1970
   * @param seenAt by this process's clock, milliseconds since 1970
   */
  record Raised(String ruleId, String orderId, long moment, long appendedAt, long seenAt) {}

  /**
   * @param isolation {@code read_committed} or {@code read_uncommitted}
   */
  AlertWatch(String bootstrap, String isolation) {
    this.bootstrap = bootstrap;
    this.isolation = isolation;
  }

  @Override
  public void run() {
    Properties p = new Properties();
    p.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(Topics.ALERTS).stream()
              .map(partition -> new TopicPartition(Topics.ALERTS, partition.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (!stopped) {
        var records = consumer.poll(POLL);
        long seenAt = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          hear(record, seenAt);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void hear(ConsumerRecord<byte[], byte[]> record, long seenAt) {
    try {
      JsonNode alert = mapper.readTree(record.value());
      if (alert.get("revision").asInt() == 1 && alert.has("orderId")) {
        raised.put(
            alert.get("alertId").textValue(),
            new Raised(
                alert.get("ruleId").textValue(),
                alert.get("orderId").textValue(),
                Instant.parse(alert.get("occurredAt").textValue()).toEpochMilli(),
                record.timestamp(),
                seenAt));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void requireSound() {
    if (failure != null) {
      throw failure;
    }
  }

  void stop() {
    stopped = true;
  }

  /** The alerts by id; once it has stopped. */
  Map<String, Raised> raised() {
    return raised;
  }
}
