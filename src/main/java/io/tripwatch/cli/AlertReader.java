package io.tripwatch.cli;

import io.tripwatch.codec.AlertJson;
import io.tripwatch.verdict.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the alerts of a topic from its beginning, as far as their transactions are committed. */
final class AlertReader implements Runnable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrap;
  private final String topic;
  private final Consumer<Alert> heard;
  private volatile boolean stopped;

  AlertReader(String bootstrap, String topic, Consumer<Alert> heard) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.heard = heard;
  }

  @Override
  public void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      // Assigned, not subscribed: a group's coordination would cost seconds and gain nothing.
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        hear(consumer.poll(POLL));
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        hear(consumer.poll(POLL));
      }
    }
  }

  private void hear(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> each : records) {
      heard.accept(AlertJson.read(each.value()));
    }
  }

  /** Makes it end when it has read all there is. */
  void stop() {
    stopped = true;
  }
}
