package io.tripwatch.files;

import io.tripwatch.event.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with the contract's inputs: {@code gps.ndjson}, {@code gps.ndjson.gz}, {@code
 * gps-0001.ndjson} and so on, for any of the topics.
 *
 * <p>Where a topic has files of several of these kinds, all are read: a record that is in two of
 * them is one event all the same.
 */
public final class ReplayFolder {
  private static final Pattern NAME = Pattern.compile("([a-z]+)(-[0-9]+)?\\.ndjson(\\.gz)?");
  private static final Pattern LOOKS_LIKE_INPUT = Pattern.compile(".*\\.(nd)?jsonl?(\\.\\w+)?");

  // Each may hold one run of the sorter: more would need a larger heap than a replay's default.
  private static final int MAX_FILES_AT_A_TIME = 4;

  private final Path path;
  private final List<FolderFile> files;
  private final List<String> unknown;

  private ReplayFolder(Path path, List<FolderFile> files, List<String> unknown) {
    this.path = path;
    this.files = files;
    this.unknown = unknown;
  }

  /**
   * Finds the files; reads none.
   *
   * @throws ReplayException if there is no such folder, or nothing of the contract in it
   */
  public static ReplayFolder open(Path path) throws ReplayException {
    if (!Files.isDirectory(path)) {
      throw new ReplayException(
          "--input %s is %s; name a folder with files such as gps.ndjson or orders.ndjson.gz"
              .formatted(path, Files.exists(path) ? "not a folder" : "not there"));
    }
    List<FolderFile> files = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    try (Stream<Path> listed = Files.list(path)) {
      for (Path file : listed.sorted().toList()) {
        String name = file.getFileName().toString();
        Topic topic = topicOf(name);
        if (topic != null) {
          requireRegular(file);
          files.add(new FolderFile(topic, name, file.toString(), Files.size(file)));
        } else if (LOOKS_LIKE_INPUT.matcher(name).matches()) {
          unknown.add(name);
        }
      }
    } catch (ReplayException e) {
      throw e;
    } catch (IOException e) {
      throw new ReplayException(
          "cannot list --input %s (%s)".formatted(path, FailureReason.of(e)), e);
    }
    if (files.isEmpty()) {
      throw new ReplayException(
          "--input %s holds none of the inputs; it needs at least one of %s.ndjson, each may be"
                  .formatted(path, stems())
              + " gzipped (gps.ndjson.gz) or split (gps-0001.ndjson)");
    }
    files.sort(Comparator.comparing(FolderFile::topic).thenComparing(FolderFile::name));
    return new ReplayFolder(path, List.copyOf(files), List.copyOf(unknown));
  }

  /** The folder's path. */
  public Path path() {
    return path;
  }

  /** Names of JSON files that are none of the contract's inputs: they are not read. */
  public List<String> unknown() {
    return unknown;
  }

  /** The contract's files, in the order that breaks ties: by topic, then by name. */
  List<FolderFile> files() {
    return files;
  }

  /**
   * The first reading: finds out which files are in order of arrival and sorts the others.
   *
   * @param workFolder where sorted lines are put; not emptied here
   * @throws ReplayException if a file cannot be read to its end
   */
  public ReplayOrder order(Path workFolder, ReplayCounters counters)
      throws IOException, InterruptedException {
    return order(workFolder, SpillingSorter.RUN_BYTES, counters);
  }

  ReplayOrder order(Path workFolder, long runBytes, ReplayCounters counters)
      throws IOException, InterruptedException {
    counters.bytesToOrder.set(files.stream().mapToLong(FolderFile::bytes).sum());
    int threads = Math.min(MAX_FILES_AT_A_TIME, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<ReplayOrder.Part>> found = new ArrayList<>();
      for (FolderFile file : files) {
        found.add(pool.submit(new FileOrdering(file, workFolder, runBytes, counters)));
      }
      List<ReplayOrder.Part> parts = new ArrayList<>();
      for (Future<ReplayOrder.Part> part : found) {
        parts.add(part.get());
      }
      ReplayOrder order = new ReplayOrder(parts);
      counters.bytesToReplay.set(order.bytes());
      return order;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      stop(pool);
    }
  }

  /** Waits: nobody may write into the work folder once it is being removed. */
  private static void stop(ExecutorService pool) throws InterruptedException {
    pool.shutdownNow();
    while (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
      // Each thread looks for the interrupt at every line.
    }
  }

  private static void requireRegular(Path file) throws ReplayException {
    if (!Files.isRegularFile(file)) {
      throw new ReplayException(
          file + " is no regular file, and it is to be read twice; put a file there or remove it");
    }
  }

  private static Topic topicOf(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    for (Topic topic : Topic.values()) {
      if (topic.fileStem().equals(matcher.group(1))) {
        return topic;
      }
    }
    return null;
  }

  private static String stems() {
    return Stream.of(Topic.values()).map(Topic::fileStem).collect(Collectors.joining("|"));
  }
}
