package io.tripwatch.cluster;

import io.tripwatch.job.JobOptions;
import io.tripwatch.kafka.Topics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.client.JobStatusMessage;

/**
 * What earlier runs of a job left: savepoints, retained checkpoints, and offsets in Kafka. A job
 * started without its state goes on where its offsets are and forgets every open trip, so that must
 * not happen unasked.
 *
 * <p>Looks where Flink is set to write, by the cluster's settings and by those sent with the job,
 * and at what the cluster tells of the jobs it remembers. State that is not known to be of a job of
 * another name counts: of a cluster that was started anew nobody knows whose it is.
 */
public final class EarlierRuns {
  private final JobOptions options;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final Set<String> unseen = new LinkedHashSet<>();
  private final Set<Path> folders = new LinkedHashSet<>();
  private boolean hasOffsets;
  private OptionalInt epoch = OptionalInt.empty();

  /** A savepoint or retained checkpoint, and when it was written. */
  private record Snapshot(String path, Instant takenAt, boolean isSavepoint) {
    @Override
    public String toString() {
      return path + " of " + takenAt.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  private EarlierRuns(JobOptions options) {
    this.options = options;
  }

  /**
   * Looks for what earlier runs of the job left.
   *
   * @param options of the job that is to be started
   * @param tell who is told, line by line, what is waited for
   * @throws IOException if Flink or Kafka does not answer
   */
  public static EarlierRuns of(
      JobOptions options, FlinkRest flink, Home home, Consumer<String> tell) throws IOException {
    EarlierRuns runs = new EarlierRuns(options);
    List<String> others = new ArrayList<>();
    for (JobStatusMessage job : flink.allJobs()) {
      if (job.getJobName().equals(options.name())) {
        runs.note(flink, job);
      } else {
        others.add(job.getJobId().toHexString());
      }
    }
    for (Configuration conf : List.of(flink.configuration(), home.flinkConfiguration())) {
      runs.lookInto(conf.get(CheckpointingOptions.SAVEPOINT_DIRECTORY), others);
      runs.lookInto(conf.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY), others);
    }
    runs.hasOffsets = Topics.hasOffsets(options.bootstrap(), options.name(), tell);
    return runs;
  }

  /**
   * Sees to it that nothing is forgotten by a start without state.
   *
   * @throws IOException if there was an earlier run, with the newest state it left
   */
  public void requireNone() throws IOException {
    if (hasOffsets || !snapshots.isEmpty()) {
      throw new IOException(
          (hasOffsets
                  ? options.name() + " ran before, for it has offsets in Kafka"
                  : "there is state that may be of an earlier run of " + options.name())
              + ", and without its state it would forget the trips that are open: "
              + whatWasFound()
              + ", or start without state by --without-state --epoch "
              + (epoch.isPresent() ? epoch.getAsInt() + 1 : "N, N greater than it was"));
    }
  }

  /**
   * Sees to it that what a start without state publishes goes before what was published earlier.
   *
   * @throws IOException if the epoch is known not to be greater than the last
   */
  public void requireGreaterEpoch() throws IOException {
    if (epoch.isPresent() && options.epoch() <= epoch.getAsInt()) {
      throw new IOException(
          "epoch is "
              + options.epoch()
              + ", and an earlier run of "
              + options.name()
              + " had "
              + epoch.getAsInt()
              + "; give --epoch a greater number, or readers would keep what that run said");
    }
  }

  /** The folders that cannot be looked into from here, each with the reason. */
  public Set<String> unseen() {
    return unseen;
  }

  private String whatWasFound() {
    Optional<Snapshot> newest = newest(snapshots.stream());
    if (newest.isEmpty()) {
      return "no savepoint or checkpoint was found"
          + (folders.isEmpty() ? "" : " in " + join(folders))
          + (unseen.isEmpty() ? "" : ", and not looked into " + join(unseen))
          + "; give --from the one it was stopped with";
    }
    return Stream.of(
                newest(snapshots.stream().filter(Snapshot::isSavepoint))
                    .map(s -> "the newest savepoint is " + s),
                newest(snapshots.stream().filter(s -> !s.isSavepoint()))
                    .map(s -> "the newest checkpoint is " + s))
            .flatMap(Optional::stream)
            .reduce((savepoint, checkpoint) -> savepoint + ", " + checkpoint)
            .orElseThrow()
        + "; go on from it by --from "
        + newest.get().path();
  }

  private static String join(Set<?> all) {
    return String.join(", ", all.stream().map(Object::toString).toList());
  }

  private static Optional<Snapshot> newest(Stream<Snapshot> some) {
    return some.max(Comparator.comparing(Snapshot::takenAt));
  }

  /** A job of this name that the cluster remembers. */
  private void note(FlinkRest flink, JobStatusMessage job) throws IOException {
    int had = JobOptions.ofParameters(flink.parametersOf(job.getJobId())).epoch();
    epoch = OptionalInt.of(Math.max(had, epoch.orElse(had)));
    // Its checkpoints are in the folders, its last savepoint may be anywhere.
    Optional<String> savepoint = flink.lastSavepoint(job.getJobId());
    if (savepoint.isPresent()) {
      look(savepoint.get(), () -> note(new Path(savepoint.get()), true));
    }
  }

  /** Savepoints lie in a folder, or a job's folder of checkpoints does. */
  private void lookInto(String folder, List<String> others) {
    if (folder == null || !folders.add(new Path(folder))) {
      return;
    }
    look(
        folder,
        () -> {
          for (Path child : foldersIn(new Path(folder))) {
            if (others.stream().noneMatch(other -> isOf(other, child.getName()))) {
              note(child, true);
              for (Path checkpoint : foldersIn(child)) {
                note(checkpoint, false);
              }
            }
          }
        });
  }

  private interface Look {
    void take() throws IOException;
  }

  private void look(String folder, Look look) {
    try {
      look.take();
    } catch (IOException e) {
      unseen.add(folder + " (" + FlinkRest.reason(e) + ")");
    }
  }

  /** Flink names the folder of checkpoints by the job's id, a savepoint by its first six digits. */
  private static boolean isOf(String job, String folder) {
    return folder.equals(job) || folder.startsWith("savepoint-" + job.substring(0, 6) + "-");
  }

  private void note(Path folder, boolean isSavepoint) throws IOException {
    for (FileStatus file : list(folder)) {
      if (file.getPath().getName().equals("_metadata")) {
        snapshots.add(
            new Snapshot(
                folder.toString(), Instant.ofEpochMilli(file.getModificationTime()), isSavepoint));
      }
    }
  }

  private static List<Path> foldersIn(Path folder) throws IOException {
    return list(folder).stream().filter(FileStatus::isDir).map(FileStatus::getPath).toList();
  }

  private static List<FileStatus> list(Path folder) throws IOException {
    FileSystem files = folder.getFileSystem();
    try {
      FileStatus[] found = files.listStatus(folder);
      return found == null ? List.of() : List.of(found);
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
