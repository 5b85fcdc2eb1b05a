package io.tripwatch.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Exit 0: done; 1: failed, one line says why and what to do; 2: bad usage. */
@Command(
    name = "tripwatch",
    description = "Watches airport and station transfers and says when a promise is not kept.",
    subcommands = {
      Run.class,
      Replay.class,
      Simulate.class,
      RulesCommand.class,
      Bench.class,
      ClusterCommand.class,
      SubmitCommand.class,
      SavepointCommand.class,
      StopCommand.class,
      StatusCommand.class,
      UpgradeCommand.class,
      RescaleCommand.class,
    })
public final class Tripwatch implements Runnable {
  /** Set it to see where a failure comes from. */
  private static final String TRACE = "TRIPWATCH_TRACE";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The commands, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new Tripwatch())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new BadUsage())
        .setExecutionExceptionHandler(Tripwatch::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command is given");
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult given) {
    PrintWriter err = command.getErr();
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    err.println("tripwatch: " + message.replaceAll("\\s*\\R\\s*", " "));
    if (System.getenv(TRACE) != null) {
      e.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
