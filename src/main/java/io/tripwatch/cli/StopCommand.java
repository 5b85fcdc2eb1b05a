package io.tripwatch.cli;

import io.tripwatch.cluster.FlinkRest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the job with a savepoint, and prints its path. */
@Command(
    name = "stop",
    description = "Stops the job with a savepoint, and prints the path to start it from again.")
final class StopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private WhichJob job;

  @Override
  public Integer call() throws IOException {
    try (FlinkRest flink = job.cluster.connect()) {
      spec.commandLine().getOut().println(flink.stop(job.of(flink), job.savepoints));
    }
    return 0;
  }
}
