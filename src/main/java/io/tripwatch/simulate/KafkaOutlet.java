package io.tripwatch.simulate;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes deliveries to the inbound topics, each under its contract's key. */
public final class KafkaOutlet implements Consumer<Delivery>, AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile Exception failure;

  /** An outlet to these brokers. */
  public KafkaOutlet(String bootstrap) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends one delivery. Its time in Kafka is the simulated time of its arrival: whoever bounds
   * event time by Kafka's then does so in the city's time, too.
   *
   * @throws IllegalStateException if an earlier one could not be sent
   */
  @Override
  public void accept(Delivery delivery) {
    if (failure != null) {
      throw new IllegalStateException(
          "the broker did not take a record: " + failure.getMessage(), failure);
    }
    producer.send(
        new ProducerRecord<>(
            delivery.topic().topicName(),
            null,
            delivery.arrivalMs(),
            delivery.key().getBytes(StandardCharsets.UTF_8),
            delivery.json()),
        (metadata, exception) -> failure = exception == null ? failure : exception);
  }

  /** Sends what is still in hand, as long as that may take a slow broker, and closes. */
  @Override
  public void close() {
    producer.close();
  }
}
