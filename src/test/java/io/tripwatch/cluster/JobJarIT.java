package io.tripwatch.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class JobJarIT {
  @Test
  void bringsTheConnectorAndNothingThatAClusterHas() throws IOException {
    try (JarFile jar = new JarFile(Home.find().jobJar().toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertTrue(names.contains("org/apache/flink/connector/kafka/source/KafkaSource.class"));
      assertTrue(names.contains("org/apache/kafka/clients/consumer/KafkaConsumer.class"));
      List<String> clusters =
          List.of(
              "org/apache/flink/runtime/",
              "org/apache/flink/streaming/api/",
              "org/apache/flink/core/",
              "org/apache/flink/connector/base/",
              "org/rocksdb/",
              "org/slf4j/",
              "org/apache/logging/",
              "kafka/server/",
              "picocli/");
      assertEquals(
          List.of(),
          names.stream().filter(n -> clusters.stream().anyMatch(n::startsWith)).toList());
      assertEquals(
          "io.tripwatch.job.TripwatchJob",
          jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS));
    }
  }
}
