package io.tripwatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a process for each measurement, so that none finds the compiled code of another. */
public final class Forks {
  /** Beyond its spans: for the prelude of a large fleet, and for brokers to start. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static final long DUMP_SECONDS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> flags;
  private final Path log;
  private volatile Process running;

  /** A fork that gave no result. */
  public static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  /**
   * Forks of one kind.
   *
   * @param heap as {@code -Xmx} takes it
   * @param log where their standard errors go
   */
  public Forks(String heap, Path log) {
    flags = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch"));
    // As scripts/tripwatch starts whatever is measured.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-XX:"))
        .forEach(flags::add);
    this.log = log;
    // Whoever ends this process ends what it measures with.
    Runtime.getRuntime().addShutdownHook(new Thread(this::endRunning));
  }

  private void endRunning() {
    if (running != null) {
      running.destroyForcibly();
    }
  }

  /** The flags that bear on speed. */
  public List<String> flags() {
    return List.copyOf(flags);
  }

  /** Measures once. */
  public Measured run(Task task, Setting setting)
      throws IOException, InterruptedException, FailedException {
    return run(task, setting, PATIENCE.plus(setting.warmUp()).plus(setting.measured()));
  }

  /** Measures once, in a time at most. */
  public Measured run(Task task, Setting setting, Duration limit)
      throws IOException, InterruptedException, FailedException {
    Path output = Files.createTempFile("tripwatch-bench-", ".json");
    Process process =
        new ProcessBuilder(command(task, setting))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    running = process;
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        logThreads(process);
        throw new FailedException("took more than " + limit.toSeconds() + " s, see " + log);
      }
      String result = Files.readString(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0 || result.isBlank()) {
        throw new FailedException("exit " + process.exitValue() + ", see " + log);
      }
      return JSON.readValue(result, Measured.class);
    } finally {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(output);
    }
  }

  /** What a process that does not end is waiting for. */
  private void logThreads(Process process) throws IOException, InterruptedException {
    Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
    if (Files.isExecutable(jstack)) {
      new ProcessBuilder(jstack.toString(), Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start()
          .waitFor(DUMP_SECONDS, TimeUnit.SECONDS);
    }
  }

  private List<String> command(Task task, Setting setting) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    // What this process was opened with, its properties too; but not its size.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fork.class.getName()));
    command.addAll(Fork.arguments(task, setting));
    return command;
  }
}
