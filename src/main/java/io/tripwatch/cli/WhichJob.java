package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import java.io.IOException;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which job is meant, and where its savepoint goes. */
final class WhichJob {
  @Mixin WhichCluster cluster;

  @Option(
      names = "--job",
      paramLabel = "ID",
      description = "The job's id; needed only where several run.")
  private String id;

  @Option(
      names = "--savepoints",
      paramLabel = "DIR",
      description = "Where the savepoint goes (default: as the cluster is set).")
  String savepoints;

  JobID of(FlinkRest flink) throws IOException {
    return flink.job(id);
  }
}
