package io.tripwatch.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;

/** Reads, unzips and merges on a thread of its own, while the caller decodes. */
final class LookAhead implements Closeable {
  private static final int BATCH_LINES = 1024;
  // So that a batch of the longest lines stays small, too.
  private static final int BATCH_BYTES = 1 << 20;
  private static final int BATCHES_AHEAD = 8;

  private final ReplayOrder order;
  private final LongConsumer counted;
  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread;

  /** Lines read, or what ended the reading. No lines and no failure: the end. */
  private record Batch(List<Line> lines, Throwable failure) {}

  /**
   * Begins to read.
   *
   * @param skipped lines to leave out, as they were handed on before a restore
   */
  LookAhead(ReplayOrder order, long skipped, LongConsumer counted) {
    this.order = order;
    this.counted = counted;
    this.thread = new Thread(() -> readAll(skipped), "replay-look-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next lines, waiting for them; none at the end. */
  List<Line> next() throws IOException, InterruptedException {
    Batch batch = batches.take();
    if (batch.failure() instanceof IOException io) {
      throw io;
    }
    if (batch.failure() != null) {
      throw new IllegalStateException(batch.failure());
    }
    return batch.lines();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void readAll(long skipped) {
    try {
      try (MergedLines lines = order.open(counted)) {
        for (long i = 0; i < skipped; i++) {
          lines.next();
        }
        List<Line> batch;
        do {
          batch = nextBatch(lines);
          batches.put(new Batch(batch, null));
        } while (!batch.isEmpty());
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) {
        // Whatever it is, it fails the replay on the caller's thread.
        batches.put(new Batch(List.of(), e));
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for lines any more.
      Thread.currentThread().interrupt();
    }
  }

  private static List<Line> nextBatch(MergedLines lines) throws IOException {
    List<Line> batch = new ArrayList<>(BATCH_LINES);
    long bytes = 0;
    while (batch.size() < BATCH_LINES && bytes < BATCH_BYTES) {
      Line line = lines.next();
      if (line == null) {
        break;
      }
      batch.add(line);
      bytes += line.bytes().length;
    }
    return batch;
  }
}
