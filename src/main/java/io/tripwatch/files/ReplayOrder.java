package io.tripwatch.files;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How the lines of a replay folder are to be read so that they come in order of arrival. Ties
 * follow the topics' order, then the files' names, then the lines'.
 *
 * @param parts in the order that breaks ties
 */
public record ReplayOrder(List<Part> parts) implements Serializable {
  /**
   * The lines of one file.
   *
   * @param runs the sorted runs on disk; none when the file itself is in order
   * @param firstMs arrival of its first line; less than any other where it has none
   * @param bytes to be read
   */
  record Part(FolderFile file, List<String> runs, long firstMs, long bytes)
      implements Serializable {}

  /** Bytes to be read. */
  long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  /**
   * All lines in order.
   *
   * @param counted is told of the bytes read, as they are read
   */
  MergedLines open(LongConsumer counted) throws IOException {
    return new MergedLines(parts, counted);
  }
}
