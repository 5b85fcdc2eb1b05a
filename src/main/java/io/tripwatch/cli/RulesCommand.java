package io.tripwatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with rule settings. */
@Command(
    name = "rules",
    description = "Works with rule settings.",
    subcommands = RulesCommand.Check.class)
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: rules check FILE");
  }

  /** Validates a file of settings. */
  @Command(
      name = "check",
      description = "Validates a rules file: each error with its path, value, limit and remedy.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the settings, as YAML")
    private Path file;

    @Override
    public Integer call() throws IOException {
      List<String> errors = RulesFile.errors(file);
      if (errors.isEmpty()) {
        spec.commandLine().getOut().println(file + " is valid");
        return 0;
      }
      PrintWriter err = spec.commandLine().getErr();
      errors.forEach(error -> err.println(file + ": " + error));
      err.flush();
      return 1;
    }
  }
}
