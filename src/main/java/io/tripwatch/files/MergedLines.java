package io.tripwatch.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** The lines of all parts of a replay in order of arrival. */
final class MergedLines implements Closeable {
  private final List<Head> heads = new ArrayList<>();
  private final PriorityQueue<Head> waiting = new PriorityQueue<>();
  private Head current;

  MergedLines(List<ReplayOrder.Part> parts, LongConsumer counted) throws IOException {
    for (int i = 0; i < parts.size(); i++) {
      ReplayOrder.Part part = parts.get(i);
      Head head =
          part.runs().isEmpty() ? new FileHead(i, part, counted) : new RunsHead(i, part, counted);
      heads.add(head);
      waiting.add(head);
    }
  }

  /** The next line, or null at the end. */
  Line next() throws IOException {
    for (Head head = first(); head != null; head = first()) {
      if (head.opened) {
        Line line = head.line();
        advance(head);
        return line;
      }
      // Files are opened only when their time has come: a month in daily files is many.
      head.opened = true;
      advance(head);
    }
    return null;
  }

  /** Whose turn it is. Mostly whose it was: only then nothing is queued. */
  private Head first() {
    if (current == null) {
      current = waiting.poll();
    } else if (!waiting.isEmpty() && current.compareTo(waiting.peek()) > 0) {
      waiting.add(current);
      current = waiting.poll();
    }
    return current;
  }

  private void advance(Head head) throws IOException {
    if (!head.advance()) {
      head.close();
      current = null;
    }
  }

  @Override
  public void close() throws IOException {
    for (Head head : heads) {
      head.close();
    }
  }

  /** One part, standing at its next line. */
  private abstract static class Head implements Comparable<Head>, Closeable {
    final int rank;
    final ReplayOrder.Part part;
    long arrivalMs;
    boolean opened;

    Head(int rank, ReplayOrder.Part part) {
      this.rank = rank;
      this.part = part;
      this.arrivalMs = part.firstMs();
    }

    /** Moves on to the next line, at first opening the part; false at the end. */
    abstract boolean advance() throws IOException;

    /** The line it stands at. */
    abstract Line line();

    @Override
    public int compareTo(Head other) {
      int byTime = Long.compare(arrivalMs, other.arrivalMs);
      return byTime == 0 ? Integer.compare(rank, other.rank) : byTime;
    }
  }

  private static final class FileHead extends Head {
    private final LongConsumer counted;
    private LineReader lines;

    FileHead(int rank, ReplayOrder.Part part, LongConsumer counted) {
      super(rank, part);
      this.counted = counted;
    }

    @Override
    boolean advance() throws IOException {
      try {
        if (lines == null) {
          lines = part.file().open(counted);
          arrivalMs = ArrivalTime.NONE;
        }
        if (!lines.advance()) {
          return false;
        }
        long arrival = FileOrdering.arrivalOf(lines, arrivalMs);
        if (arrival < arrivalMs) {
          throw new ReplayException(
              part.file().path() + " was changed while it was read; replay it again");
        }
        arrivalMs = arrival;
        return true;
      } catch (ReplayException e) {
        throw e;
      } catch (IOException e) {
        throw part.file().failure(lines == null ? 0 : lines.number(), e);
      }
    }

    @Override
    Line line() {
      FolderFile file = part.file();
      return new Line(file.topic(), file.name(), lines.number(), lines.bytes(), lines.length());
    }

    @Override
    public void close() throws IOException {
      if (lines != null) {
        lines.close();
      }
    }
  }

  private static final class RunsHead extends Head {
    private final LongConsumer counted;
    private SpillingSorter.Merged merged;
    private byte[] entry;

    RunsHead(int rank, ReplayOrder.Part part, LongConsumer counted) {
      super(rank, part);
      this.counted = counted;
    }

    @Override
    boolean advance() throws IOException {
      if (merged == null) {
        merged = SpillingSorter.merge(part.runs().stream().map(Path::of).toList());
      }
      entry = merged.next();
      if (entry == null) {
        return false;
      }
      counted.accept(entry.length);
      arrivalMs = SortedLine.arrivalMs(entry);
      return true;
    }

    @Override
    Line line() {
      return SortedLine.decode(part.file(), entry);
    }

    @Override
    public void close() throws IOException {
      if (merged != null) {
        merged.close();
      }
    }
  }
}
