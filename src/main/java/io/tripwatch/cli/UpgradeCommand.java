package io.tripwatch.cli;

import io.tripwatch.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replaces the running job by the one built here, and keeps its state. */
@Command(
    name = "upgrade",
    description =
        "Stops the job with a savepoint and starts the one built here from it, with the same"
            + " settings.")
final class UpgradeCommand implements Callable<Integer> {
  @Mixin private Restart restart;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Of each of its parts (default: as it is).")
  private Integer parallelism;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The rules' settings (default: as they are).")
  private Path rules;

  @Override
  public Integer call() throws IOException, InvalidSettingsException {
    restart.with(parallelism, SubmitCommand.text(rules));
    return 0;
  }
}
