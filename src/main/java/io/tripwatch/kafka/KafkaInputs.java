package io.tripwatch.kafka;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** How the job reads from Kafka: one source over all inbound topics, and its watermarks. */
public final class KafkaInputs {
  /** How far the records of one partition may be out of order without any being late. */
  public static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);

  /** After so long without a record a partition holds up event time no more. */
  public static final Duration IDLENESS = Duration.ofSeconds(30);

  /**
   * Dead letters keep no more bytes than this of their record, so that no record of any size can
   * make a dead letter that the broker refuses, which would stop the job. Brokers take 1 MiB unless
   * told otherwise, so hardly any is ever cut.
   */
  public static final int MAX_DEAD_BYTES = 1 << 20;

  private static final Duration PARTITION_DISCOVERY = Duration.ofMinutes(1);

  /**
   * So far ahead of Kafka's timestamp a record's time may be: clocks that run ahead, and time zones
   * mistaken for one another, are not further off.
   */
  static final Duration MAX_AHEAD = Duration.ofDays(1);

  /** The name of the count of records without receivedAt whose Kafka timestamp is not believed. */
  static final String TIMESTAMPS_PASSED_OVER = "timestampsPassedOver";

  /** The years 2000 to 2099, as of eventTime. */
  private static final long MIN_TIMESTAMP_MS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private static final long MAX_TIMESTAMP_MS =
      Instant.parse("2099-12-31T23:59:59.999Z").toEpochMilli();

  private KafkaInputs() {}

  /**
   * The source over all inbound topics. It goes on where the group last committed, at first from
   * the earliest record; reads only what transactions committed; and finds new partitions.
   *
   * @param groupId the consumer group that offsets are committed to, for lag monitors to see
   * @param type the serializer of what flows, for the sealed events must not fall to Kryo
   */
  @SuppressWarnings("deprecation") // The connector's own interface asks for this type of Kafka's.
  public static KafkaSource<Incoming> source(
      String bootstrap, String groupId, TypeInformation<Incoming> type) {
    return KafkaSource.<Incoming>builder()
        .setBootstrapServers(bootstrap)
        .setGroupId(groupId)
        .setTopics(Topics.inbound())
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            Long.toString(PARTITION_DISCOVERY.toMillis()))
        .setDeserializer(new ByTopic(type))
        .build();
  }

  /**
   * The watermarks of {@link #source}, by partition: {@link #OUT_OF_ORDERNESS} behind the greatest
   * time seen, partitions silent for {@code idleness} left out. No alignment: with idle partitions
   * it can leave one paused for good.
   */
  public static WatermarkStrategy<Incoming> watermarks(Duration idleness) {
    return WatermarkStrategy.<Incoming>forGenerator(
            context ->
                new OfAccepted(
                    new WatermarksWithIdleness<>(
                        new Behind(), idleness, context.getInputActivityClock())))
        .withTimestampAssigner((incoming, kafkaTimestamp) -> timeOf(incoming, kafkaTimestamp));
  }

  /**
   * A record's time as far as it moves event time. A record with receivedAt is mended by that
   * already. One without may claim any time, so Kafka's own timestamp bounds it, if it is one: then
   * no clock that runs ahead moves time for anyone.
   */
  static long timeOf(Incoming incoming, long kafkaTimestamp) {
    Event event = incoming.event();
    if (event == null) {
      return kafkaTimestamp;
    }
    boolean bounds = isBounded(event) && isTimestamp(kafkaTimestamp);
    return bounds ? Math.min(event.time(), kafkaTimestamp) : event.time();
  }

  private static boolean isBounded(Event event) {
    return event.stamp().receivedAt() == Stamp.ABSENT;
  }

  /** Producers that stamp seconds, or nothing, would hold event time back for ever. */
  private static boolean isTimestamp(long kafkaTimestamp) {
    return kafkaTimestamp >= MIN_TIMESTAMP_MS && kafkaTimestamp <= MAX_TIMESTAMP_MS;
  }

  /**
   * Whether a record's time, as {@link #timeOf} tells it, is that far behind what the record claims
   * that one of the two clocks must be wrong. Which one cannot be told, so the record moves no
   * time.
   */
  private static boolean isDoubtful(Event event, long time) {
    return event.time() - time > MAX_AHEAD.toMillis();
  }

  /** Whether a record's Kafka timestamp should bound its time, and cannot be trusted to. */
  private static boolean passesOver(Event event, long kafkaTimestamp) {
    return isBounded(event) && (!isTimestamp(kafkaTimestamp) || isDoubtful(event, kafkaTimestamp));
  }

  /**
   * Lets only accepted records be heard: refused ones neither move time nor keep their partition
   * from being idle, for a partition of nothing but rubbish would stop time for all. Nor do those
   * whose time is doubtful.
   */
  private record OfAccepted(WatermarkGenerator<Incoming> generator)
      implements WatermarkGenerator<Incoming> {
    @Override
    public void onEvent(Incoming incoming, long time, WatermarkOutput output) {
      if (incoming.event() != null && !isDoubtful(incoming.event(), time)) {
        generator.onEvent(incoming, time, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      generator.onPeriodicEmit(output);
    }
  }

  /** Stays {@link #OUT_OF_ORDERNESS} behind the greatest time. */
  private static final class Behind implements WatermarkGenerator<Incoming> {
    private long watermark = Long.MIN_VALUE;

    @Override
    public void onEvent(Incoming incoming, long time, WatermarkOutput output) {
      watermark = Math.max(watermark, time - OUT_OF_ORDERNESS.toMillis());
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(watermark));
    }
  }

  /** Decodes a record as its topic asks. */
  static final class ByTopic implements KafkaRecordDeserializationSchema<Incoming> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<Incoming> type;
    private transient EventDecoder decoder;
    private transient Map<String, Topic> topics;
    private transient Counter refused;
    private transient Counter passedOver;

    ByTopic(TypeInformation<Incoming> type) {
      this.type = type;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      decoder = new EventDecoder();
      refused = context.getMetricGroup().counter("refused");
      passedOver = context.getMetricGroup().counter(TIMESTAMPS_PASSED_OVER);
      topics = new HashMap<>();
      for (Topic topic : Topic.values()) {
        topics.put(topic.topicName(), topic);
      }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
      Topic topic = topics.get(record.topic());
      Incoming incoming =
          decoder.decode(
              topic, record.topic(), record.partition(), record.offset(), record.value());
      if (incoming.deadLetter() != null) {
        refused.inc();
        incoming = Incoming.refused(withinLimit(incoming.deadLetter()));
      } else if (passesOver(incoming.event(), record.timestamp())) {
        passedOver.inc();
      }
      out.collect(incoming);
    }

    private static DeadLetter withinLimit(DeadLetter letter) {
      if (letter.value().length <= MAX_DEAD_BYTES) {
        return letter;
      }
      return new DeadLetter(
          letter.source(),
          letter.partition(),
          letter.position(),
          letter.reason(),
          letter.detail()
              + " (the first "
              + MAX_DEAD_BYTES
              + " of "
              + letter.value().length
              + " bytes are kept)",
          Arrays.copyOf(letter.value(), MAX_DEAD_BYTES));
    }

    @Override
    public TypeInformation<Incoming> getProducedType() {
      return type;
    }
  }
}
