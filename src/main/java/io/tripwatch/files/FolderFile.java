package io.tripwatch.files;

import io.tripwatch.event.Topic;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * One of the contract's files in a replay folder.
 *
 * @param path a string, for the plan of a replay travels into Flink
 * @param bytes as it lies on disk
 */
record FolderFile(Topic topic, String name, String path, long bytes) implements Serializable {
  private static final int IO_BUFFER_BYTES = 1 << 16;

  /** Its lines, as {@link #open(LongConsumer, Runnable)} gives them. */
  LineReader open(LongConsumer counted) throws IOException {
    return open(counted, () -> {});
  }

  /**
   * Its lines, unzipped where it is gzipped.
   *
   * @param counted is told of the bytes read from disk, as they are read
   * @param padded is told at the end when there were zeros behind what is gzipped
   */
  LineReader open(LongConsumer counted, Runnable padded) throws IOException {
    BufferedInputStream file =
        new BufferedInputStream(
            new Counted(Files.newInputStream(Path.of(path)), counted), IO_BUFFER_BYTES);
    if (!name.endsWith(".gz")) {
      return new LineReader(file);
    }
    try {
      return new LineReader(new GzipMembers(file, padded));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** What to tell people when reading it fails. */
  ReplayException failure(long afterLine, IOException e) {
    String remedy =
        name.endsWith(".gz")
            ? "check it with gzip -t and fetch it again"
            : "check the disk and the permissions";
    return new ReplayException(
        "cannot read %s after line %d (%s); %s"
            .formatted(path, afterLine, FailureReason.of(e), remedy),
        e);
  }

  private static final class Counted extends FilterInputStream {
    private final LongConsumer counted;

    Counted(InputStream in, LongConsumer counted) {
      super(in);
      this.counted = counted;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      counted.accept(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = in.read(into, offset, length);
      counted.accept(Math.max(read, 0));
      return read;
    }
  }
}
