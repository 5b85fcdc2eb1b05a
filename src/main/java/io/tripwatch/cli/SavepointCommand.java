package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes a savepoint of the running job, and prints its path. */
@Command(
    name = "savepoint",
    description = "Takes a savepoint while the job goes on, and prints its path.")
final class SavepointCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private WhichJob job;

  @Override
  public Integer call() throws IOException {
    try (FlinkRest flink = job.cluster.connect()) {
      spec.commandLine().getOut().println(flink.savepoint(job.of(flink), job.savepoints));
    }
    return 0;
  }
}
