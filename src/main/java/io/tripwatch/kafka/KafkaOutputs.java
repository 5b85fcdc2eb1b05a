package io.tripwatch.kafka;

import java.time.Duration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How the job writes to Kafka: exactly once, through transactions. */
public final class KafkaOutputs {
  /**
   * How long the broker keeps an open transaction; also the longest most brokers allow. What was
   * written in a transaction that a savepoint holds open is lost, silently, when the job comes back
   * later than this.
   */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  /**
   * The greatest record written: a dead letter of {@link KafkaInputs#MAX_DEAD_BYTES}, which base64
   * makes a third longer, and its other fields.
   */
  static final int MAX_RECORD_BYTES = 2 << 20;

  private KafkaOutputs() {}

  /**
   * One sink for all outbound topics: one transaction per task and checkpoint, not one per topic,
   * so that what belongs together becomes visible together.
   *
   * @param transactionalIdPrefix unique among the jobs that write to this broker: of two with the
   *     same the one shuts the other out
   */
  public static KafkaSink<OutboundRecord> exactlyOnce(
      String bootstrap, String transactionalIdPrefix) {
    return KafkaSink.<OutboundRecord>builder()
        .setBootstrapServers(bootstrap)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        // POOLING leaves transactions open after a downscale, and readers wait for them for ever.
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(TRANSACTION_TIMEOUT.toMillis()))
        .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
        // An alert is not to wait for others: while one request is on its way, the next fills.
        .setProperty(ProducerConfig.LINGER_MS_CONFIG, "0")
        .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_RECORD_BYTES))
        .setRecordSerializer(new AsIs())
        .build();
  }

  /** Writes a record's bytes to its topic. */
  private static final class AsIs implements KafkaRecordSerializationSchema<OutboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        OutboundRecord out, KafkaSinkContext context, Long timestamp) {
      // The broker's retention goes by when a record was written, so event time stays out of it.
      return new ProducerRecord<>(out.topic(), out.key(), out.value());
    }
  }
}
