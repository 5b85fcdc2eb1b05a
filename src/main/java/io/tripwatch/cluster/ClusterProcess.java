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
import java.util.function.Consumer;

/**
 * One process of a local cluster, known by a file with its id: it outlives the command that starts
 * it.
 *
 * @param name e.g. {@code taskmanager-1}
 * @param dir the cluster's state directory
 */
record ClusterProcess(String name, Path dir) {
  /**
   * A process that does not end by itself within this is killed: one that hangs must not keep the
   * others from being stopped. Both Flink and Kafka recover from that.
   */
  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

  /** So many lines of a log tell how a process came to end. */
  private static final int LAST_LINES = 10;

  private static final String STACK_FRAME = "\t";

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

  /**
   * Returns when it has ended, killed if need be.
   *
   * @param tell who is told what is waited for
   */
  void awaitEnd(Consumer<String> tell) throws IOException {
    Optional<ProcessHandle> running = running();
    if (running.isPresent()) {
      ProcessHandle process = running.get();
      long killAtNs = System.nanoTime() + STOP_LIMIT.toNanos();
      Wait.until(
          name + " to end",
          tell,
          () -> {
            if (process.isAlive() && System.nanoTime() - killAtNs > 0) {
              process.destroyForcibly();
            }
            return !process.isAlive();
          });
    }
    Files.deleteIfExists(pidFile());
  }

  /**
   * The last lines of its log without stack frames, or where it did not come as far as logging, of
   * what it printed.
   */
  List<String> lastLines() throws IOException {
    List<String> logged = lines(log());
    List<String> lines =
        (logged.isEmpty() ? lines(printed()) : logged)
            .stream().filter(line -> !line.startsWith(STACK_FRAME)).toList();
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }

  /** The last thing it said of an error, for the one line that says why it ended. */
  String lastWords() throws IOException {
    for (Path file : List.of(printed(), log())) {
      List<String> lines = lines(file);
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
