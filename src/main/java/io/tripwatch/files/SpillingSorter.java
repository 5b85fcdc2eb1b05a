package io.tripwatch.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts byte strings, as unsigned bytes, on disk: collects them into sorted runs of bounded size,
 * and merges the runs.
 */
final class SpillingSorter {
  /** Memory of one run. Four files are sorted at a time, in a heap of 2 GB or more. */
  static final long RUN_BYTES = 64L << 20;

  // Array header, reference and padding, so that short entries do not break the bound.
  private static final int ENTRY_OVERHEAD_BYTES = 32;
  private static final int IO_BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final String name;
  private final long runBytes;
  private final List<Path> runs = new ArrayList<>();
  private final List<byte[]> entries = new ArrayList<>();
  private long heldBytes;

  /**
   * @param folder where the runs go
   * @param name what the runs' file names begin with, unique within the folder
   */
  SpillingSorter(Path folder, String name, long runBytes) {
    this.folder = folder;
    this.name = name;
    this.runBytes = runBytes;
  }

  void add(byte[] entry) throws IOException {
    entries.add(entry);
    heldBytes += entry.length + ENTRY_OVERHEAD_BYTES;
    if (heldBytes >= runBytes) {
      spill();
    }
  }

  /** Ends the adding. The runs, for {@link #merge}. */
  List<Path> finish() throws IOException {
    if (!entries.isEmpty()) {
      spill();
    }
    return List.copyOf(runs);
  }

  private void spill() throws IOException {
    entries.sort(Arrays::compareUnsigned);
    Path run = folder.resolve(name + ".run-" + runs.size());
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(run), IO_BUFFER_BYTES))) {
      for (byte[] entry : entries) {
        out.writeInt(entry.length);
        out.write(entry);
      }
    } catch (IOException e) {
      throw new ReplayException(
          "cannot write %s (%s); free some space there, or choose another --output"
              .formatted(run, FailureReason.of(e)),
          e);
    }
    runs.add(run);
    entries.clear();
    heldBytes = 0;
  }

  /** The entries of all runs in order. */
  static Merged merge(List<Path> runs) throws IOException {
    return new Merged(runs);
  }

  /** A merge of sorted runs. All of them are open at once, 64 KiB each. */
  static final class Merged implements Closeable {
    private final List<Run> open = new ArrayList<>();
    private final PriorityQueue<Run> heads =
        new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.entry, b.entry));

    private Merged(List<Path> runs) throws IOException {
      try {
        for (Path path : runs) {
          Run run = new Run(path);
          open.add(run);
          if (run.advance()) {
            heads.add(run);
          }
        }
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    /** The next entry, or null at the end. */
    byte[] next() throws IOException {
      Run first = heads.poll();
      if (first == null) {
        return null;
      }
      byte[] entry = first.entry;
      if (first.advance()) {
        heads.add(first);
      }
      return entry;
    }

    @Override
    public void close() throws IOException {
      for (Run run : open) {
        run.close();
      }
    }
  }

  private static final class Run implements Closeable {
    private final DataInputStream in;
    private long leftBytes;
    private byte[] entry;

    Run(Path path) throws IOException {
      leftBytes = Files.size(path);
      in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(path), IO_BUFFER_BYTES));
    }

    boolean advance() throws IOException {
      if (leftBytes == 0) {
        return false;
      }
      entry = new byte[in.readInt()];
      in.readFully(entry);
      leftBytes -= Integer.BYTES + entry.length;
      return true;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
