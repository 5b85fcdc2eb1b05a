package io.tripwatch.kafka;

import io.tripwatch.codec.DeadLetterJson;
import io.tripwatch.codec.OutputJson;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.verdict.Output;
import java.nio.charset.StandardCharsets;

/**
 * A record on its way to an outbound topic. A Flink POJO: it crosses the network without Kryo.
 *
 * @param topic its Kafka topic, one of {@link Topics#outbound()}
 * @param key its id in UTF-8
 * @param value its JSON in UTF-8
 */
public record OutboundRecord(String topic, byte[] key, byte[] value) {
  /** Something published, keyed by its id. */
  public static OutboundRecord of(Output output) {
    return of(output.topic().topicName(), output.id(), OutputJson.write(output));
  }

  /** A dead letter, keyed by the place its record came from. */
  public static OutboundRecord of(DeadLetter letter) {
    String id = letter.source() + "/" + letter.partition() + "/" + letter.position();
    return of(Topics.DEAD_LETTERS, id, DeadLetterJson.write(letter));
  }

  /** Any output, keyed by its id. */
  public static OutboundRecord of(String topic, String id, byte[] json) {
    return new OutboundRecord(topic, id.getBytes(StandardCharsets.UTF_8), json);
  }
}
