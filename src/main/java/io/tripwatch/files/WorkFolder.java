package io.tripwatch.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what a replay needs only while it runs. Removed when closed and when the JVM is told
 * to end; what a killed replay left behind is removed by the next one. A lock keeps two replays
 * apart.
 */
final class WorkFolder implements Closeable {
  private static final String LOCK = "lock";

  // At exit the job may still be writing: what comes after one attempt is removed by the next.
  private static final int EXIT_ATTEMPTS = 10;

  private final Path path;
  private final FileChannel lock;
  private final Thread atExit = new Thread(this::removeAtExit, "replay-clean-up");

  private WorkFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder and its missing parents, or empties what is there.
   *
   * @throws ReplayException if another replay holds it, or it cannot be written
   */
  static WorkFolder open(Path path) throws ReplayException {
    try {
      Files.createDirectories(path);
      FileChannel lock =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        lock.close();
        throw new ReplayException(
            "%s is held by another replay; wait for it or choose another --output".formatted(path));
      }
      WorkFolder folder = new WorkFolder(path, lock);
      folder.empty();
      Runtime.getRuntime().addShutdownHook(folder.atExit);
      return folder;
    } catch (ReplayException e) {
      throw e;
    } catch (IOException e) {
      throw new ReplayException(
          "cannot write %s (%s); make it writable or choose another --output"
              .formatted(path, FailureReason.of(e)),
          e);
    }
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** A folder within, made anew. */
  Path subfolder(String name) throws IOException {
    return Files.createDirectories(path.resolve(name));
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already: the hook removes it.
      return;
    }
    remove();
  }

  private void remove() throws IOException {
    empty();
    Files.deleteIfExists(path.resolve(LOCK));
    Files.deleteIfExists(path);
    lock.close();
  }

  private void removeAtExit() {
    IOException last = null;
    for (int attempt = 0; attempt < EXIT_ATTEMPTS; attempt++) {
      try {
        remove();
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    System.err.println(
        "could not remove %s (%s); the next replay into its folder will"
            .formatted(path, FailureReason.of(last)));
  }

  private void empty() throws IOException {
    List<Path> inside;
    try (Stream<Path> walked = Files.walk(path)) {
      inside = walked.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path each : inside) {
      if (!each.equals(path) && !each.equals(path.resolve(LOCK))) {
        Files.deleteIfExists(each);
      }
    }
  }
}
