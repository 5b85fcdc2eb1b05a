package io.tripwatch.bench.latency;

import io.tripwatch.bench.Fleet;
import io.tripwatch.event.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a fleet's records at their event times, and remembers when the broker appended them. What
 * the fleet says before its fixes begin is sent at once.
 *
 * <p>The drivers come mixed: did they come by stage, all of a second's LOGINs would come at one
 * moment, event time would stand still between, and all that waits for it would come due at once.
 */
final class LiveFleet implements Runnable {
  /**
   * Some seconds of complaints for a partition would make it silent and wake it again and again.
   */
  private static final Set<Topic> LEFT_OUT = EnumSet.of(Topic.COMPLAINTS);

  /** Of what an alert may be about: a record of these topics at its moment. */
  private static final Set<Topic> TOLD = EnumSet.of(Topic.BUTTONS, Topic.ORDERS, Topic.RATINGS);

  private static final Duration PRELUDE_TIME = Duration.ofSeconds(10);
  private static final long NAP_NANOS = 200_000;

  private final Fleet fleet;
  private final String bootstrap;
  private final EventTime eventTime = new EventTime();
  private final Map<String, Long> appendedAt = new HashMap<>();
  private volatile boolean stopped;
  private volatile long sent;
  private volatile long mostBehindMs;
  private volatile Exception failure;

  LiveFleet(Fleet.Plan plan, String bootstrap) {
    this.bootstrap = bootstrap;
    fleet = new Fleet(plan, Fleet.Share.WHOLE, Instant.now().plus(PRELUDE_TIME), Fleet.Turns.MIXED);
  }

  @Override
  public void run() {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      while (!stopped && failure == null) {
        fleet.advance();
        if (!LEFT_OUT.contains(fleet.topic())) {
          awaitTime();
          send(producer);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void awaitTime() {
    long ahead = fleet.time() - System.currentTimeMillis();
    while (ahead > 0) {
      LockSupport.parkNanos(NAP_NANOS);
      ahead = fleet.time() - System.currentTimeMillis();
    }
    if (!fleet.isPrelude() && -ahead > mostBehindMs) {
      mostBehindMs = -ahead;
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer) {
    long time = fleet.time();
    Topic topic = fleet.topic();
    byte[] key = fleet.key();
    String told = TOLD.contains(topic) ? told(new String(key), time) : null;
    producer.send(
        new ProducerRecord<>(topic.topicName(), key, fleet.value()),
        (metadata, exception) -> appended(metadata, exception, time, told));
    sent++;
  }

  private void appended(RecordMetadata metadata, Exception exception, long time, String told) {
    if (exception != null) {
      failure = exception;
      return;
    }
    synchronized (eventTime) {
      eventTime.appended(
          new TopicPartition(metadata.topic(), metadata.partition()), metadata.timestamp(), time);
      if (told != null) {
        appendedAt.put(told, metadata.timestamp());
      }
    }
  }

  private static String told(String orderId, long time) {
    return orderId + "@" + time;
  }

  /** Begins to forget how far behind it was. */
  void beginMeasured() {
    mostBehindMs = 0;
  }

  /** How many records were sent so far. */
  long sent() {
    return sent;
  }

  /** By how much the latest record was sent too late, milliseconds. */
  long mostBehindMs() {
    return mostBehindMs;
  }

  void requireSound() {
    if (failure != null) {
      throw new IllegalStateException("the fleet is not sent: " + failure, failure);
    }
  }

  void stop() {
    stopped = true;
  }

  /** Event time as the input allows it; once it has stopped. */
  EventTime.Course course() {
    synchronized (eventTime) {
      return eventTime.course();
    }
  }

  /** When the record about an order at a time was appended, milliseconds since 1970; or null. */
  Long appendedAt(String orderId, long time) {
    return appendedAt.get(told(orderId, time));
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            128L << 20,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
