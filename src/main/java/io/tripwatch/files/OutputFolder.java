package io.tripwatch.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * The folder a replay writes to.
 *
 * <p>Files are written in a hidden folder within it, and moved to their names by {@link #publish}
 * when the whole replay has succeeded. Then, and only then, an earlier replay's outputs are
 * removed, all of them: no reader ever finds two replays mixed, nor a file that is half. A replay
 * that fails leaves the folder as it found it. Files that are none of the contract's outputs are
 * never touched.
 */
public final class OutputFolder implements Closeable {
  /** The contract's outputs, as file names without their ending. */
  static final List<String> STEMS =
      List.of(
          "alerts",
          "penalties",
          "compensations",
          "notifications",
          "trips",
          "drivers",
          "blacklist",
          "stats",
          "dead-letters");

  private static final String ENDING = ".ndjson";
  private static final String WORK = ".replay";

  private final Path path;
  private final boolean onlyFinal;
  private final Path lastExisting;
  private final WorkFolder work;
  private final Path finished;
  private final Set<String> written = new TreeSet<>();

  private OutputFolder(Path path, boolean onlyFinal, Path lastExisting, WorkFolder work)
      throws IOException {
    this.path = path;
    this.onlyFinal = onlyFinal;
    this.lastExisting = lastExisting;
    this.work = work;
    this.finished = work.subfolder("finished");
  }

  /**
   * Makes the folder where it is missing, and keeps other replays out of it until closed.
   *
   * @param onlyFinal whether to write of each id only what holds in the end
   * @throws ReplayException if it is the input's folder or within it, or cannot be written
   */
  public static OutputFolder open(Path output, Path input, boolean onlyFinal) throws IOException {
    Path path = output.toAbsolutePath().normalize();
    Path existing = existingPart(path);
    if (!Files.isDirectory(existing)) {
      throw new ReplayException(
          "--output %s: %s is not a folder; name another".formatted(output, existing));
    }
    Path real = existing.toRealPath().resolve(existing.relativize(path));
    if (Files.exists(input) && real.startsWith(input.toRealPath())) {
      throw new ReplayException(
          "--output %s is --input %s or inside it; choose a folder outside"
              .formatted(output, input));
    }
    return new OutputFolder(path, onlyFinal, existing, WorkFolder.open(path.resolve(WORK)));
  }

  /** The folder itself, or the nearest above it that exists. */
  private static Path existingPart(Path path) {
    Path existing = path;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }

  /**
   * The sink of one output, to be used once and with parallelism 1.
   *
   * @param stem of the contract, e.g. {@code alerts}
   */
  public Sink<OutputLine> sink(String stem) {
    if (!STEMS.contains(stem) || !written.add(stem)) {
      throw new IllegalArgumentException(
          stem + " is taken already or none of the outputs " + STEMS);
    }
    return new LinesSink(stem + ENDING, work.path().toString(), finished.toString(), onlyFinal);
  }

  /** Where a replay may put what it needs only while it runs. */
  Path scratch() throws IOException {
    return work.subfolder("scratch");
  }

  /**
   * Replaces the outputs of an earlier replay by this one's. To be called when the job has
   * succeeded.
   */
  public void publish() throws IOException {
    try {
      for (String stem : written) {
        force(finished.resolve(stem + ENDING));
      }
      // All the old ones first: a crash in between leaves too few files, never two replays' files.
      for (String stem : STEMS) {
        Files.deleteIfExists(path.resolve(stem + ENDING));
        Files.deleteIfExists(path.resolve(stem + ENDING + ".gz"));
      }
      for (String stem : written) {
        Files.move(
            finished.resolve(stem + ENDING),
            path.resolve(stem + ENDING),
            StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new ReplayException(
          "cannot put the outputs into %s (%s); make it writable and replay again"
              .formatted(path, FailureReason.of(e)),
          e);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Removes what was not published, and the folder if it was made for nothing. */
  @Override
  public void close() throws IOException {
    work.close();
    for (Path made = path; !made.equals(lastExisting); made = made.getParent()) {
      if (!isEmpty(made)) {
        return;
      }
      Files.delete(made);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var listed = Files.list(folder)) {
      return listed.findAny().isEmpty();
    }
  }
}
