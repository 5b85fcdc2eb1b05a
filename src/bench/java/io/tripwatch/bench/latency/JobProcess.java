package io.tripwatch.bench.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The shipped job in a process of its own, which tells each second how far it is. */
final class JobProcess implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(60);

  private final Process process;
  private final Thread listening;
  private volatile long consumed;
  private volatile long cpuNanos;

  private JobProcess(Process process) {
    this.process = process;
    listening = new Thread(this::listen, "job-told");
    listening.setDaemon(true);
    listening.start();
  }

  /**
   * Starts the job, with the flags of this process.
   *
   * @param job what {@link JobMain} takes
   */
  static JobProcess start(List<String> job, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(JobMain.class.getName());
    command.addAll(job);
    return new JobProcess(new ProcessBuilder(command).redirectError(log.toFile()).start());
  }

  private void listen() {
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        String[] words = line.split(" ");
        consumed = Long.parseLong(words[0]);
        cpuNanos = Long.parseLong(words[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records the job had read when it last told. */
  long consumed() {
    return consumed;
  }

  /** The processor time the job had taken when it last told, nanoseconds. */
  long cpuNanos() {
    return cpuNanos;
  }

  void requireRunning() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the job has ended by itself; see its log");
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      listening.join(FAREWELL.toMillis());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
