package io.tripwatch.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command's words; the help would make it scroll away. */
public final class BadUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] words) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println("tripwatch: " + e.getMessage() + "; try " + name + " --help");
    UnmatchedArgumentException.printSuggestions(e, err);
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
