package io.tripwatch.bench.broker;

import io.tripwatch.bench.JacksonDecoder;
import io.tripwatch.bench.Task;
import io.tripwatch.codec.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The three rules on Kafka Streams, from the same broker and topics. */
public final class KafkaStreamsTask extends FromBroker {
  private final String name;
  private final String title;
  private final Supplier<KafkaStreamsJob.Decoding> decoding;
  private final boolean changelog;

  private KafkaStreamsTask(
      String name, String title, Supplier<KafkaStreamsJob.Decoding> decoding, boolean changelog) {
    this.name = name;
    this.title = title;
    this.decoding = decoding;
    this.changelog = changelog;
  }

  /** With Jackson databind, in memory, and nothing to start again from. */
  public static Task databind() {
    return new KafkaStreamsTask(
        "kafka-streams",
        "three rules, Kafka Streams in memory, Jackson databind",
        () -> new JacksonDecoder()::decode,
        false);
  }

  /** The same with our decoder. */
  public static Task ourDecoder() {
    return new KafkaStreamsTask(
        "kafka-streams-our-decoder",
        "three rules, Kafka Streams in memory, our decoder",
        KafkaStreamsTask::ours,
        false);
  }

  /** As {@link #databind}, and as Kafka Streams does unless told otherwise: with a changelog. */
  public static Task databindWithChangelog() {
    return new KafkaStreamsTask(
        "kafka-streams-changelog",
        "three rules, Kafka Streams in memory with a changelog, Jackson databind",
        () -> new JacksonDecoder()::decode,
        true);
  }

  private static KafkaStreamsJob.Decoding ours() {
    EventDecoder decoder = new EventDecoder();
    return (topic, value) -> decoder.decode(topic, value).event();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  String alertsTopic() {
    return KafkaStreamsJob.ALERTS;
  }

  @Override
  Set<String> found(List<byte[]> said) {
    return said.stream()
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  Reading start(String bootstrap, String unique, int parallelism, Path dir) throws Exception {
    KafkaStreamsJob job =
        KafkaStreamsJob.start(
            bootstrap,
            unique,
            new KafkaStreamsJob.Settings(parallelism, decoding, changelog),
            dir.resolve("streams"));
    return new Reading() {
      @Override
      public void requireRunning() {
        if (!job.isRunning()) {
          throw new IllegalStateException("Kafka Streams has stopped; see the log");
        }
      }

      @Override
      public void close() {
        job.close();
      }
    };
  }
}
