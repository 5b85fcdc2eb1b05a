package io.tripwatch.bench.broker;

import io.tripwatch.bench.Fleet;
import io.tripwatch.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker whose inbound topics hold a fleet's first records. To fill them takes longer than to
 * measure, so the next run over the same records finds them there.
 */
public final class Filled implements AutoCloseable {
  private static final String COMPLETE = "filled";

  private final BrokerProcess broker;
  private final long records;

  private Filled(BrokerProcess broker, long records) {
    this.broker = broker;
    this.records = records;
  }

  /**
   * Which records.
   *
   * @param partitions of each topic
   * @param records how many at most, the prelude included
   * @param untilMs none of later event times, milliseconds since 1970
   */
  record Plan(Fleet.Plan fleet, int partitions, long records, long untilMs) {
    private Path dir() {
      return Path.of(
          System.getProperty("tripwatch.home", "."),
          "target",
          "bench-broker",
          String.join(
              "-",
              fleet.shape().name(),
              Integer.toString(fleet.drivers()),
              Long.toString(fleet.seed()),
              Integer.toString(partitions),
              Long.toString(records),
              Long.toString(untilMs)));
    }

    /** The next record is not of the plan. */
    private boolean ends(Fleet before, long sent) {
      return sent == records || before.time() > untilMs;
    }
  }

  /** Starts a broker and fills it, unless it was filled before. */
  static Filled start(Plan plan) throws IOException, InterruptedException {
    Path dir = plan.dir();
    boolean complete = Files.exists(dir.resolve(COMPLETE));
    if (!complete) {
      deleteAll(dir);
    }
    BrokerProcess broker = BrokerProcess.start(dir.resolve("kafka"));
    try {
      if (!complete) {
        createTopics(broker.bootstrap(), plan.partitions());
        Files.writeString(dir.resolve(COMPLETE), Long.toString(fill(broker.bootstrap(), plan)));
      }
      return new Filled(broker, Long.parseLong(Files.readString(dir.resolve(COMPLETE))));
    } catch (IOException | InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  BrokerProcess broker() {
    return broker;
  }

  /** How many records it holds. */
  long records() {
    return records;
  }

  @Override
  public void close() {
    broker.close();
  }

  private static void createTopics(String bootstrap, int partitions)
      throws IOException, InterruptedException {
    // The records bear the times of the fleet, which are not now.
    Topics.ensure(bootstrap, partitions, Topics.Retention.FOREVER);
    Map<String, String> forever = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
    List<NewTopic> ofStreams =
        Stream.of(KafkaStreamsJob.BY_DRIVER, KafkaStreamsJob.ALERTS)
            .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
            .map(topic -> topic.configs(forever))
            .toList();
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrap))) {
      admin.createTopics(ofStreams).all().get();
    } catch (ExecutionException e) {
      throw new IOException("the broker takes no topics: " + e.getCause().getMessage(), e);
    }
  }

  private static long fill(String bootstrap, Plan plan) throws IOException {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Fleet fleet = new Fleet(plan.fleet());
    long sent = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
      for (fleet.advance(); !plan.ends(fleet, sent) && failure.get() == null; fleet.advance()) {
        sent++;
        producer.send(
            new ProducerRecord<>(
                fleet.topic().topicName(), null, fleet.receivedAt(), fleet.key(), fleet.value()),
            (metadata, exception) -> {
              if (exception != null) {
                failure.set(exception);
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new IOException("the broker takes no records: " + failure.get().getMessage());
    }
    return sent;
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 17,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64L << 20,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Deletes a folder and what is in it. */
  public static void deleteAll(Path dir) throws IOException {
    if (!Files.exists(dir)) {
      return;
    }
    try (Stream<Path> all = Files.walk(dir)) {
      all.sorted(java.util.Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.deleteIfExists(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
