package io.tripwatch.cli;

import io.tripwatch.cluster.LocalCluster;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where a cluster on this machine keeps its things. */
final class WhichDirectory {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".tripwatch",
      description = "Where the cluster keeps its state and logs (default: ${DEFAULT-VALUE}).")
  private Path dir;

  LocalCluster cluster() {
    return new LocalCluster(dir);
  }
}
