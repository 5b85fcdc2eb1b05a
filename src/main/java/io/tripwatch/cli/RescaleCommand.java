package io.tripwatch.cli;

import io.tripwatch.settings.InvalidSettingsException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the running job again at another parallelism, and keeps its state. */
@Command(
    name = "rescale",
    description = "Stops the job with a savepoint and starts it from it at another parallelism.")
final class RescaleCommand implements Callable<Integer> {
  @Mixin private Restart restart;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      required = true,
      description = "Of each of its parts.")
  private int parallelism;

  @Override
  public Integer call() throws IOException, InvalidSettingsException {
    restart.with(parallelism, null);
    return 0;
  }
}
