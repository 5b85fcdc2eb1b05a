package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says how the cluster and its jobs are. */
@Command(name = "status", description = "Says how the cluster and its jobs are.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private WhichCluster cluster;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (FlinkRest flink = cluster.connect()) {
      ClusterOverview overview = flink.overview();
      out.printf(
          "http://%s: %d TaskManagers, %d of %d slots free%n",
          cluster.rest(),
          overview.getNumTaskManagersConnected(),
          overview.getNumSlotsAvailable(),
          overview.getNumSlotsTotal());
      List<JobStatusMessage> jobs = flink.jobs();
      if (jobs.isEmpty()) {
        out.println("no job");
      }
      for (JobStatusMessage job : jobs) {
        out.printf(
            "%s %s %s, parallelism %d, for %d s%n",
            job.getJobId(),
            job.getJobName(),
            job.getJobState(),
            flink.parallelismOf(job.getJobId()),
            Duration.ofMillis(flink.details(job.getJobId()).getDuration()).toSeconds());
        if (flink.isRunning(job.getJobId())) {
          flink.health(job.getJobId()).forEach(line -> out.println("  " + line));
        }
        flink.lastFailure(job.getJobId()).ifPresent(f -> out.println("  last failure: " + f));
      }
    }
    return 0;
  }
}
