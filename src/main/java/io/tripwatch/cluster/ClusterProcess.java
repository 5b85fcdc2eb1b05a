package io.tripwatch.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process of a local cluster, known by a file with its id: it outlives the command that starts
 * it.
 *
 * @param name e.g. {@code taskmanager-1}
 * @param dir the cluster's state directory
 */
record ClusterProcess(String name, Path dir) {
  /** A process that does not end by itself within this is killed. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** The clock's seconds that processes' starts are told in may be moved while they run. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

  Path log() {
    return dir.resolve("log").resolve(name + ".log");
  }

  /** What the process printed itself, of use when it does not come as far as logging. */
  Path printed() {
    return dir.resolve("log").resolve(name + ".out");
  }

  private Path pidFile() {
    return dir.resolve("pid").resolve(name + ".pid");
  }

  /** Starts it in the background, deaf to the terminal's hanging up. */
  void start(List<String> command, Map<String, String> environment) throws IOException {
    Files.createDirectories(pidFile().getParent());
    Files.createDirectories(log().getParent());
    List<String> deaf = new ArrayList<>(List.of("nohup"));
    deaf.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(deaf);
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(printed().toFile());
    ProcessHandle started = builder.start().toHandle();
    String startedAt = started.info().startInstant().map(Instant::toString).orElse("");
    Files.writeString(pidFile(), started.pid() + " " + startedAt + "\n");
  }

  /** Whether it was started and not stopped since, be it alive or not. */
  boolean wasStarted() {
    return Files.exists(pidFile());
  }

  /** The process while it runs. The system may have given its id to another since. */
  Optional<ProcessHandle> running() {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    String[] words;
    try {
      words = Files.readString(pidFile()).trim().split(" ");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pidFile() + ": " + e.getMessage(), e);
    }
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(p -> words.length < 2 || startedAt(p, Instant.parse(words[1])));
  }

  private static boolean startedAt(ProcessHandle process, Instant expected) {
    return process
        .info()
        .startInstant()
        .map(s -> Duration.between(s, expected).abs().compareTo(START_TOLERANCE) <= 0)
        .orElse(true);
  }

  /** Asks it to end; whether it was running. */
  boolean askToEnd() {
    return running().map(ProcessHandle::destroy).isPresent();
  }

  /** Returns when it has ended, killed if need be. */
  void awaitEnd() throws IOException {
    Optional<ProcessHandle> running = running();
    if (running.isPresent() && !endsWithin(running.get(), STOP_LIMIT)) {
      running.get().destroyForcibly();
      endsWithin(running.get(), STOP_LIMIT);
    }
    Files.deleteIfExists(pidFile());
  }

  private static boolean endsWithin(ProcessHandle process, Duration limit) throws IOException {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("cannot await the end of process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while awaiting the end of process " + process.pid(), e);
    }
  }

  /** The last thing it said of an error, for the one line that says why it ended. */
  String lastWords() throws IOException {
    for (Path file : List.of(printed(), log())) {
      if (!Files.exists(file)) {
        continue;
      }
      List<String> lines =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      for (int i = lines.size() - 1; i >= 0; i--) {
        String line = lines.get(i).strip();
        if (line.contains("Exception: ") || line.contains("Error: ") || line.contains("ERROR")) {
          return line;
        }
      }
    }
    return "it said nothing";
  }
}
