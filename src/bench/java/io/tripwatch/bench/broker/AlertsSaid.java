package io.tripwatch.bench.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is written to a topic from now on. */
final class AlertsSaid implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<byte[]> said = new ArrayList<>();

  AlertsSaid(String bootstrap, String topic) {
    Properties p = new Properties();
    p.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    consumer = new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    // Only asking makes it go there.
    all.forEach(consumer::position);
  }

  /** Hears what is new. */
  void hear() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      said.add(record.value());
    }
  }

  List<byte[]> said() {
    return said;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
