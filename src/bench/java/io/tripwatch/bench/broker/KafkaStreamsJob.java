package io.tripwatch.bench.broker;

import io.tripwatch.event.Event;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The three rules on Kafka Streams: what is keyed by order is put under its driver's key through a
 * topic between, where it meets his fixes. Stores in memory.
 *
 * <p>With several partitions it finds other alerts while it catches up: the tasks that read the
 * orders go on at their own paces, and nothing puts what they pass on in order of time again.
 */
final class KafkaStreamsJob implements AutoCloseable {
  /** Where what is keyed by order lies by driver; it is to have the partitions of the fixes. */
  static final String BY_DRIVER = "streams.by-driver";

  /** Where the alerts go. */
  static final String ALERTS = "streams.alerts";

  /**
   * So long the tasks wait for a partition that has nothing, that they may take what they are given
   * in order of time: without it fixes overtake the orders on their longer way.
   */
  private static final long MAX_TASK_IDLE_MS = 5_000;

  private final KafkaStreams streams;

  private KafkaStreamsJob(KafkaStreams streams) {
    this.streams = streams;
  }

  /** Makes an event of a record's value, or null of a refused one. */
  interface Decoding extends BiFunction<Topic, byte[], Event> {}

  /**
   * What may differ.
   *
   * @param decoding makes the decoder of a thread
   * @param changelog whether the stores are written to topics too, as Kafka Streams does unless
   *     told otherwise; without it nothing survives a crash
   */
  record Settings(int threads, Supplier<Decoding> decoding, boolean changelog) {}

  /**
   * Starts it.
   *
   * @param dir for what it keeps of its own
   */
  static KafkaStreamsJob start(String bootstrap, String applicationId, Settings settings, Path dir)
      throws IOException {
    Files.createDirectories(dir);
    Properties p = new Properties();
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    p.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, MAX_TASK_IDLE_MS);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    KafkaStreams streams = new KafkaStreams(topology(settings), p);
    streams.setUncaughtExceptionHandler(
        failure -> {
          failure.printStackTrace();
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return new KafkaStreamsJob(streams);
  }

  private static Topology topology(Settings settings) {
    Deserializer<String> key = new StringDeserializer();
    Topology topology = new Topology();
    topology.addSource(
        "keyed-by-order",
        key,
        new ByteArrayDeserializer(),
        Topic.ORDERS.topicName(),
        Topic.BUTTONS.topicName());
    topology.addProcessor(
        "find-driver", () -> new FindDriver(settings.decoding().get()), "keyed-by-order");
    topology.addSink(
        "to-driver", BY_DRIVER, new StringSerializer(), new ByteArraySerializer(), "find-driver");
    topology.addSource(
        "keyed-by-driver",
        key,
        new Decoder(settings.decoding().get()),
        BY_DRIVER,
        Topic.GPS.topicName());
    topology.addProcessor("rules", StreamsRules::new, "keyed-by-driver");
    topology.addStateStore(
        logged(
            settings,
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StreamsRules.ORDERS),
                Serdes.String(),
                StreamsOrder.serde())),
        "rules");
    topology.addStateStore(
        logged(
            settings,
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StreamsRules.DEADLINES),
                Serdes.Bytes(),
                Serdes.String())),
        "rules");
    topology.addSink("alerts", ALERTS, new StringSerializer(), new StringSerializer(), "rules");
    return topology;
  }

  private static StoreBuilder<?> logged(Settings settings, StoreBuilder<?> store) {
    return settings.changelog() ? store : store.withLoggingDisabled();
  }

  /** Whether it is at work, or about to be. */
  boolean isRunning() {
    return streams.state().isRunningOrRebalancing()
        || streams.state() == KafkaStreams.State.CREATED;
  }

  @Override
  public void close() {
    streams.close();
  }

  /** Puts orders and presses under their driver's key, with the topic they are of in front. */
  private static final class FindDriver
      extends ContextualProcessor<String, byte[], String, byte[]> {
    private final Decoding decoding;

    FindDriver(Decoding decoding) {
      this.decoding = decoding;
    }

    @Override
    public void process(Record<String, byte[]> record) {
      Topic topic = topicOf(context().recordMetadata().orElseThrow().topic());
      String driver = driverOf(decoding.apply(topic, record.value()));
      if (driver == null) {
        return;
      }
      byte[] marked = new byte[record.value().length + 1];
      marked[0] = (byte) topic.ordinal();
      System.arraycopy(record.value(), 0, marked, 1, record.value().length);
      context().forward(record.withKey(driver).withValue(marked));
    }

    /** The driver where the event names one: none cancels in the generated input. */
    private static String driverOf(Event event) {
      if (event instanceof OrderEvent order) {
        return order.driverId();
      }
      return event instanceof Press press ? press.driverId() : null;
    }

    private static Topic topicOf(String name) {
      return name.equals(Topic.ORDERS.topicName()) ? Topic.ORDERS : Topic.BUTTONS;
    }
  }

  /** Of both topics that are keyed by driver. */
  private record Decoder(Decoding decoding) implements Deserializer<Event> {
    @Override
    public Event deserialize(String topic, byte[] value) {
      if (topic.equals(BY_DRIVER)) {
        return decoding.apply(Topic.values()[value[0]], Arrays.copyOfRange(value, 1, value.length));
      }
      return decoding.apply(Topic.GPS, value);
    }
  }
}
