package io.tripwatch.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests put into Kafka and find there. */
public final class KafkaRecords {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private KafkaRecords() {}

  /** Sends records to one partition and returns when they are stored. */
  public static void send(String bootstrap, String topic, int partition, List<byte[]> values) {
    send(
        bootstrap,
        values.stream().map(value -> new ProducerRecord<>(topic, partition, null, value)));
  }

  /** Sends records and returns when they are stored. */
  public static void send(String bootstrap, Stream<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "max.request.size", 4 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sending = records.map(producer::send).toList();
      for (Future<RecordMetadata> sent : sending) {
        sent.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads what is committed from the beginning up to these offsets. */
  public static List<ConsumerRecord<byte[], byte[]>> upTo(
      String bootstrap, Map<TopicPartition, Long> ends, Duration limit) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long deadlineNs = System.nanoTime() + limit.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        if (System.nanoTime() > deadlineNs) {
          throw new AssertionError("not within " + limit + ": all up to " + ends);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  /** Reads what is committed from the beginning until enough is there. */
  public static List<ConsumerRecord<byte[], byte[]>> until(
      String bootstrap, String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    return until(bootstrap, topic, LIMIT, enough);
  }

  /** The same, within a time. */
  public static List<ConsumerRecord<byte[], byte[]>> until(
      String bootstrap,
      String topic,
      Duration limit,
      Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadlineNs = System.nanoTime() + limit.toNanos();
      while (!enough.test(read)) {
        if (System.nanoTime() > deadlineNs) {
          throw new AssertionError("not within " + limit + " in " + topic + ": " + texts(read));
        }
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  /** The values, sorted, as text. */
  public static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(r -> text(r.value())).sorted().toList();
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
