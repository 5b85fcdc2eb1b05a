package io.tripwatch.kafka;

/**
 * A record on its way to an outbound topic. A Flink POJO: it crosses the network without Kryo.
 *
 * @param topic its Kafka topic, one of {@link Topics#outbound()}
 * @param key its id in UTF-8
 * @param value its JSON in UTF-8
 */
public record OutboundRecord(String topic, byte[] key, byte[] value) {}
