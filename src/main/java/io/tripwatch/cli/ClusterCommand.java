package io.tripwatch.cli;

import io.tripwatch.cluster.Home;
import io.tripwatch.cluster.LocalCluster;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts and stops a Flink cluster of real processes, with a Kafka broker, on this machine. */
@Command(
    name = "cluster",
    description = "A Flink cluster of real processes on this machine, with a Kafka broker.")
final class ClusterCommand implements Runnable {
  private static final int DEFAULT_PARTITIONS = 4;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: start, stop or status");
  }

  @Command(
      name = "start",
      description =
          "Starts a JobManager, two TaskManagers and a broker, and waits until they serve.")
  void start(
      @Mixin WhichDirectory where,
      @Option(
              names = "--rest-port",
              paramLabel = "N",
              defaultValue = "8081",
              description = "Flink's web page and REST API; 0: a free one (default: 8081).")
          int restPort,
      @Option(
              names = "--kafka-port",
              paramLabel = "N",
              defaultValue = "9092",
              description = "The Kafka broker; 0: a free one (default: 9092).")
          int kafkaPort,
      @Option(
              names = "--bootstrap",
              paramLabel = "HOST:PORT",
              description = "A Kafka that exists, instead of a broker started here.")
          String bootstrap,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              defaultValue = "" + DEFAULT_PARTITIONS,
              description = "Of each topic created (default: 4).")
          int partitions)
      throws IOException {
    Bounds.require(spec, "--rest-port", restPort, 0, Bounds.MOST_PORT);
    Bounds.require(spec, "--kafka-port", kafkaPort, 0, Bounds.MOST_PORT);
    Bounds.require(spec, "--partitions", partitions, 1, Bounds.MOST_PARTITIONS);
    LocalCluster.Addresses found =
        where
            .cluster()
            .start(Home.find(), new LocalCluster.Plan(restPort, kafkaPort, bootstrap, partitions));
    spec.commandLine()
        .getOut()
        .printf("Flink runs at http://%s, Kafka at %s%n", found.rest(), found.bootstrap());
  }

  @Command(
      name = "stop",
      description =
          "Stops all of it. A job that still runs can go on from its last checkpoint, but is better"
              + " stopped first: tripwatch stop.")
  void stop(@Mixin WhichDirectory where) throws IOException {
    boolean ran = where.cluster().stop();
    spec.commandLine().getOut().println(ran ? "stopped" : "nothing was running");
  }

  @Command(name = "status", description = "Says which of its processes run.")
  void status(@Mixin WhichDirectory where) {
    where.cluster().describe().forEach(spec.commandLine().getOut()::println);
  }
}
