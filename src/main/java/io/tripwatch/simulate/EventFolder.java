package io.tripwatch.simulate;

import io.tripwatch.event.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a city's events as a folder of the contract's files, one for each topic that has any.
 *
 * <p>Files appear under their names only when all are whole: a reader never sees half a city, and
 * whoever is interrupted leaves nothing that looks like one.
 */
public final class EventFolder implements AutoCloseable {
  private static final String ENDING = ".ndjson";
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final Map<Topic, OutputStream> streams = new EnumMap<>(Topic.class);
  private final Map<Topic, Long> counts = new EnumMap<>(Topic.class);
  private boolean committed;

  /**
   * Opens the folder, creating it where it is absent.
   *
   * @throws IOException if it cannot be written, or holds input files that are not to be replaced:
   *     a replay would read both cities
   */
  public EventFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    for (Topic topic : Topic.values()) {
      refuseOtherFilesOf(topic);
    }
  }

  private void refuseOtherFilesOf(Topic topic) throws IOException {
    String ours = topic.fileStem() + ENDING;
    try (Stream<Path> files = Files.list(folder)) {
      List<String> others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches(topic.fileStem() + "(-\\d+)?\\.ndjson(\\.gz)?"))
              .filter(name -> !name.equals(ours))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new IOException(
            folder
                + " already holds "
                + others.get(0)
                + ", which a replay would read together with the new "
                + ours
                + "; remove it or give another --output");
      }
    }
  }

  /** Appends one record to its topic's file. */
  public void write(Delivery delivery) throws IOException {
    OutputStream stream = streams.get(delivery.topic());
    if (stream == null) {
      stream =
          new BufferedOutputStream(Files.newOutputStream(part(delivery.topic())), BUFFER_BYTES);
      streams.put(delivery.topic(), stream);
    }
    stream.write(delivery.json());
    stream.write('\n');
    counts.merge(delivery.topic(), 1L, Long::sum);
  }

  /** Gives the files their names, and removes those of an earlier city that this one has not. */
  public void commit() throws IOException {
    for (OutputStream stream : streams.values()) {
      stream.close();
    }
    for (Topic topic : Topic.values()) {
      if (streams.containsKey(topic)) {
        Files.move(
            part(topic),
            whole(topic),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } else if (topic != Topic.RULES && topic != Topic.UNDO) {
        // A city has no rules of its own: who puts a file of them beside it means to keep it.
        Files.deleteIfExists(whole(topic));
      }
    }
    committed = true;
  }

  /** How many records each topic got. */
  public Map<Topic, Long> counts() {
    return counts;
  }

  private Path whole(Topic topic) {
    return folder.resolve(topic.fileStem() + ENDING);
  }

  private Path part(Topic topic) {
    return folder.resolve("." + topic.fileStem() + ENDING + ".part");
  }

  /** Closes the files, and removes them unless they were committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      for (Map.Entry<Topic, OutputStream> entry : streams.entrySet()) {
        entry.getValue().close();
        Files.deleteIfExists(part(entry.getKey()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the unfinished files of " + folder, e);
    }
  }
}
