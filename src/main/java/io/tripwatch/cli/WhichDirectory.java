package io.tripwatch.cli;

import io.tripwatch.cluster.LocalCluster;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says where a cluster on this machine keeps its things. */
final class WhichDirectory {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".tripwatch",
      description = "Where the cluster keeps its state and logs (default: ${DEFAULT-VALUE}).")
  private Path dir;

  LocalCluster cluster() {
    return new LocalCluster(dir, told());
  }

  /** Who hears what a command waits for: not those who read what comes of it. */
  Consumer<String> told() {
    return spec.root().commandLine().getErr()::println;
  }
}
