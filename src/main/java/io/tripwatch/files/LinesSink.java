package io.tripwatch.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes the lines of one output. Its file lies in {@code finished} only once the input has come to
 * its end, whole.
 *
 * <p>It knows of no checkpoints: a replay that fails is replayed from its start.
 *
 * @param name the file's
 * @param work a folder on the same file system as {@code finished}
 */
record LinesSink(String name, String work, String finished, boolean onlyFinal)
    implements Sink<OutputLine> {
  private static final int IO_BUFFER_BYTES = 1 << 16;

  // Each of nine outputs may hold one such run.
  private static final long RUN_BYTES = 16L << 20;

  @Override
  public SinkWriter<OutputLine> createWriter(WriterInitContext context) throws IOException {
    int subtasks = context.getTaskInfo().getNumberOfParallelSubtasks();
    if (subtasks != 1) {
      throw new IllegalArgumentException(
          "the sink of %s has parallelism %d; one file takes 1".formatted(name, subtasks));
    }
    return onlyFinal ? new FinalVerdicts(this) : new Revisions(this);
  }

  private Path unfinished() {
    return Path.of(work, name);
  }

  private void finish() throws IOException {
    Files.move(unfinished(), Path.of(finished, name));
  }

  private ReplayException failure(IOException e) {
    return new ReplayException(
        "cannot write %s (%s); free some space there, or choose another --output"
            .formatted(unfinished(), FailureReason.of(e)),
        e);
  }

  /** Every revision, as it comes. */
  private static final class Revisions implements SinkWriter<OutputLine> {
    private final LinesSink sink;
    private final OutputStream file;
    private final OutputStream out;

    Revisions(LinesSink sink) throws IOException {
      this.sink = sink;
      try {
        this.file = Files.newOutputStream(sink.unfinished());
        this.out = new BufferedOutputStream(file, IO_BUFFER_BYTES);
      } catch (IOException e) {
        throw sink.failure(e);
      }
    }

    @Override
    public void write(OutputLine line, Context context) throws IOException {
      try {
        out.write(line.json());
        out.write('\n');
      } catch (IOException e) {
        throw sink.failure(e);
      }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      try {
        out.flush();
        if (endOfInput) {
          sink.finish();
        }
      } catch (IOException e) {
        throw sink.failure(e);
      }
    }

    @Override
    public void close() throws IOException {
      // Not the buffer: on a full disk it would fail once more, which Flink takes for its own end.
      file.close();
    }
  }

  /** Of each id the highest (epoch, revision), unless it is gone; by id. Memory is bounded. */
  private static final class FinalVerdicts implements SinkWriter<OutputLine> {
    private final LinesSink sink;
    private final SpillingSorter sorter;

    FinalVerdicts(LinesSink sink) {
      this.sink = sink;
      this.sorter = new SpillingSorter(Path.of(sink.work), sink.name, RUN_BYTES);
    }

    @Override
    public void write(OutputLine line, Context context) throws IOException {
      sorter.add(FinalEntry.encode(line));
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      if (!endOfInput) {
        return;
      }
      try {
        writeLastOfEach(sorter.finish());
        sink.finish();
      } catch (ReplayException e) {
        throw e;
      } catch (IOException e) {
        throw sink.failure(e);
      }
    }

    private void writeLastOfEach(List<Path> runs) throws IOException {
      try (SpillingSorter.Merged entries = SpillingSorter.merge(runs);
          OutputStream out =
              new BufferedOutputStream(Files.newOutputStream(sink.unfinished()), IO_BUFFER_BYTES)) {
        byte[] last = entries.next();
        while (last != null) {
          byte[] next = entries.next();
          if (next == null || !FinalEntry.sameId(last, next)) {
            FinalEntry.write(last, out);
          }
          last = next;
        }
      }
    }

    @Override
    public void close() {}
  }

  /** id, a zero byte, epoch, revision, gone, json: sorted as bytes, the last of an id holds. */
  private static final class FinalEntry {
    // No id contains it, and it comes before all that ids contain.
    private static final byte END_OF_ID = 0;
    private static final int NUMBER_BYTES = 2 * Integer.BYTES;

    static byte[] encode(OutputLine line) {
      byte[] id = line.id().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(id.length + 1 + NUMBER_BYTES + 1 + line.json().length)
          .put(id)
          .put(END_OF_ID)
          .putInt(line.epoch())
          .putInt(line.revision())
          .put((byte) (line.gone() ? 1 : 0))
          .put(line.json())
          .array();
    }

    static boolean sameId(byte[] one, byte[] other) {
      int end = endOfId(one);
      return Arrays.equals(one, 0, end + 1, other, 0, Math.min(end + 1, other.length));
    }

    static void write(byte[] entry, OutputStream out) throws IOException {
      int gone = endOfId(entry) + 1 + NUMBER_BYTES;
      if (entry[gone] == 0) {
        out.write(entry, gone + 1, entry.length - gone - 1);
        out.write('\n');
      }
    }

    private static int endOfId(byte[] entry) {
      int at = 0;
      while (entry[at] != END_OF_ID) {
        at++;
      }
      return at;
    }
  }
}
