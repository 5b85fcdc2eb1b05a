package io.tripwatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process that measures one task once: {@code Fork <task> <shape> <drivers> <parallelism>
 * <warm-up s> <measured s> <seed>}. It prints one line of JSON, and nothing else, to standard
 * output.
 */
public final class Fork {
  private static final int ARGUMENTS = 7;

  private Fork() {}

  /** Runs the task. */
  public static void main(String[] args) throws Exception {
    if (args.length != ARGUMENTS) {
      throw new IllegalArgumentException(
          "a fork takes " + ARGUMENTS + " arguments: see its Javadoc");
    }
    // Whatever a library prints must not be taken for the result.
    PrintStream results = System.out;
    System.setOut(System.err);
    Task task = Tasks.named(args[0]);
    Fleet.Plan fleet =
        new Fleet.Plan(Shape.valueOf(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[6]));
    Setting setting =
        new Setting(
            fleet,
            Integer.parseInt(args[3]),
            Duration.ofSeconds(Long.parseLong(args[4])),
            Duration.ofSeconds(Long.parseLong(args[5])));
    Measured measured = task.run(setting);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", task.name());
    result.put("records", measured.records());
    result.put("nanos", measured.nanos());
    result.put("cpuNanos", measured.cpuNanos());
    result.put("extra", measured.extra());
    results.println(new ObjectMapper().writeValueAsString(result));
    results.flush();
    // Threads that libraries leave behind must not keep the process.
    System.exit(0);
  }
}
