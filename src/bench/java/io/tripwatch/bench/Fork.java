package io.tripwatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * A process that measures one task once: {@code Fork <task> <shape> <drivers> <parallelism>
 * <warm-up s> <measured s> <seed>}. It prints one line of JSON, and nothing else, to standard
 * output.
 */
public final class Fork {
  private static final int ARGUMENTS = 7;

  private Fork() {}

  static List<String> arguments(Task task, Setting setting) {
    return List.of(
        task.name(),
        setting.fleet().shape().name(),
        Integer.toString(setting.fleet().drivers()),
        Integer.toString(setting.parallelism()),
        Long.toString(setting.warmUp().toSeconds()),
        Long.toString(setting.measured().toSeconds()),
        Long.toString(setting.fleet().seed()));
  }

  private static Setting setting(String[] args) {
    Shape shape = Shape.valueOf(args[1]);
    return new Setting(
        new Fleet.Plan(shape, Integer.parseInt(args[2]), Long.parseLong(args[6])),
        Integer.parseInt(args[3]),
        Duration.ofSeconds(Long.parseLong(args[4])),
        Duration.ofSeconds(Long.parseLong(args[5])));
  }

  /** Runs the task. */
  public static void main(String[] args) throws Exception {
    if (args.length != ARGUMENTS) {
      throw new IllegalArgumentException(
          "a fork was given " + args.length + " arguments; it takes " + ARGUMENTS);
    }
    // Whatever a library prints must not be taken for the result.
    PrintStream results = System.out;
    System.setOut(System.err);
    int status = 1;
    try {
      Measured measured = Tasks.named(args[0]).run(setting(args));
      results.println(new ObjectMapper().writeValueAsString(measured));
      results.flush();
      status = 0;
    } catch (Exception e) {
      System.err.println("task " + String.join(" ", args) + " failed:");
      e.printStackTrace();
    }
    // Threads that libraries leave behind must not keep the process.
    System.exit(status);
  }
}
