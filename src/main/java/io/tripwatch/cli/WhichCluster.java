package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import io.tripwatch.cluster.LocalCluster;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which cluster is meant. */
final class WhichCluster {
  private static final String DEFAULT_REST = "127.0.0.1:8081";
  private static final String DEFAULT_BOOTSTRAP = "127.0.0.1:9092";

  @Mixin private WhichDirectory directory;

  @Option(
      names = "--rest",
      paramLabel = "HOST:PORT",
      description =
          "Flink's REST API (default: that of the cluster in --dir, else " + DEFAULT_REST + ").")
  private String rest;

  String rest() throws IOException {
    if (rest != null) {
      return rest;
    }
    return started().map(LocalCluster.Addresses::rest).orElse(DEFAULT_REST);
  }

  /** The Kafka of the cluster in the directory. */
  String bootstrap() throws IOException {
    return started().map(LocalCluster.Addresses::bootstrap).orElse(DEFAULT_BOOTSTRAP);
  }

  FlinkRest connect() throws IOException {
    return new FlinkRest(rest(), told());
  }

  /** Who hears what the command waits for. */
  Consumer<String> told() {
    return directory.told();
  }

  private Optional<LocalCluster.Addresses> started() throws IOException {
    return directory.cluster().addresses();
  }
}
