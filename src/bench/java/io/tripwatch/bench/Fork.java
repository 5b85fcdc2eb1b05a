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

  /** At its true cadence a great fleet takes minutes for what a small one asks in seconds. */
  private static final int COMPILED_BY_DRIVERS = 10_000;

  private static final Duration COMPILED_AFTER = Duration.ofSeconds(30);

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

  /** What has the code compiled before a great fleet is measured. */
  private static Setting compiling(Setting setting) {
    Setting small = setting.withDrivers(COMPILED_BY_DRIVERS);
    return new Setting(small.fleet(), small.parallelism(), COMPILED_AFTER, Duration.ofSeconds(1));
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
      Task task = Tasks.named(args[0]);
      Setting setting = setting(args);
      if (setting.fleet().drivers() > COMPILED_BY_DRIVERS) {
        task.run(compiling(setting));
      }
      Measured measured = task.run(setting);
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
