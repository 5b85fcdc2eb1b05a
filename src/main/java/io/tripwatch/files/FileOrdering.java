package io.tripwatch.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Finds out whether a file is in order of arrival, and sorts it if it is not. */
final class FileOrdering implements Callable<ReplayOrder.Part> {
  private final FolderFile file;
  private final Path workFolder;
  private final long runBytes;
  private final ReplayCounters counters;
  private long lookedBytes;

  FileOrdering(FolderFile file, Path workFolder, long runBytes, ReplayCounters counters) {
    this.file = file;
    this.workFolder = workFolder;
    this.runBytes = runBytes;
    this.counters = counters;
  }

  @Override
  public ReplayOrder.Part call() throws IOException {
    ReplayOrder.Part inOrder = lookThrough();
    if (inOrder != null) {
      return inOrder;
    }
    // Sorting begins again from the file's first byte: there is so much more to do.
    counters.bytesToOrder.addAndGet(lookedBytes);
    return sort();
  }

  /** The file as it is, or null at its first line that came before its predecessor. */
  private ReplayOrder.Part lookThrough() throws IOException {
    long number = 0;
    try (LineReader lines = file.open(this::look, this::warn)) {
      long first = ArrivalTime.NONE;
      long previous = ArrivalTime.NONE;
      while (lines.advance()) {
        long arrival = arrivalOf(lines, previous);
        if (arrival < previous) {
          return null;
        }
        first = number == 0 ? arrival : first;
        previous = arrival;
        number = lines.number();
        stopIfInterrupted();
      }
      return new ReplayOrder.Part(file, List.of(), first, file.bytes());
    } catch (ReplayException e) {
      throw e;
    } catch (IOException e) {
      throw file.failure(number, e);
    }
  }

  private void look(long bytes) {
    lookedBytes += bytes;
    counters.bytesOrdered.addAndGet(bytes);
  }

  private void warn() {
    counters.padded.add(file.name());
  }

  private ReplayOrder.Part sort() throws IOException {
    SpillingSorter sorter = new SpillingSorter(workFolder, file.name(), runBytes);
    long number = 0;
    long bytes = 0;
    long first = Long.MAX_VALUE;
    long previous = ArrivalTime.NONE;
    try (LineReader lines = file.open(counters.bytesOrdered::addAndGet, this::warn)) {
      while (lines.advance()) {
        number = lines.number();
        previous = arrivalOf(lines, previous);
        first = Math.min(first, previous);
        byte[] entry = SortedLine.encode(previous, lines);
        bytes += entry.length;
        sorter.add(entry);
        stopIfInterrupted();
      }
    } catch (ReplayException e) {
      throw e;
    } catch (IOException e) {
      throw file.failure(number, e);
    }
    List<String> runs = sorter.finish().stream().map(Path::toString).toList();
    return new ReplayOrder.Part(file, runs, first, bytes);
  }

  /** A line that tells no time stays behind its predecessor. */
  static long arrivalOf(LineReader lines, long previous) {
    long arrival = ArrivalTime.of(lines.buffer(), lines.from(), lines.to());
    return arrival == ArrivalTime.NONE ? previous : arrival;
  }

  private void stopIfInterrupted() throws ReplayException {
    if (Thread.currentThread().isInterrupted()) {
      throw new ReplayException("stopped while reading " + file.path());
    }
  }
}
