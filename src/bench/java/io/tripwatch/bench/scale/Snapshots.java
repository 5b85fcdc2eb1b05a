package io.tripwatch.bench.scale;

import io.tripwatch.bench.FlinkRun;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;

/** Takes checkpoints and savepoints of a running job, and weighs them. */
final class Snapshots {
  private static final double BYTES_PER_MB = 1e6;

  private final FlinkRun.Running running;

  Snapshots(FlinkRun.Running running) {
    this.running = running;
  }

  /** One that was completed. */
  record Stored(CompletedCheckpointStats stats) {
    /** Written for it: of an incremental one what is new. */
    long bytes() {
      return stats.getCheckpointedSize();
    }

    /** From the order to take it until all of it was stored. */
    long tookMs() {
      return stats.getEndToEndDuration();
    }

    String path() {
      return stats.getExternalPath();
    }

    void describe(String name, Map<String, Double> figures) {
      figures.put(name + "Bytes", (double) bytes());
      figures.put(name + "Ms", (double) tookMs());
      figures.put(name + "MBPerSecond", bytes() / BYTES_PER_MB * 1_000 / Math.max(1, tookMs()));
    }
  }

  /** Takes a checkpoint and waits until it is stored. */
  Stored checkpoint(CheckpointType type) throws Exception {
    long id = running.flink().triggerCheckpoint(running.job(), type).get();
    AbstractCheckpointStats stats =
        graph().getCheckpointStatsSnapshot().getHistory().getCheckpointById(id);
    if (stats instanceof CompletedCheckpointStats completed) {
      return new Stored(completed);
    }
    throw new IllegalStateException(
        "checkpoint " + id + " is " + (stats == null ? "not known" : stats.getStatus()));
  }

  /** Takes a savepoint in the canonical form, and says what each stage has in it. */
  Stored savepoint(Map<String, Double> figures) throws Exception {
    String directory = running.settings().get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    running
        .flink()
        .triggerSavepoint(running.job(), directory, false, SavepointFormatType.CANONICAL)
        .get();
    AccessExecutionGraph graph = graph();
    Stored savepoint =
        new Stored(graph.getCheckpointStatsSnapshot().getHistory().getLatestSavepoint());
    for (TaskStateStats stage : savepoint.stats().getAllTaskStateStats()) {
      AccessExecutionJobVertex vertex = graph.getJobVertex(stage.getJobVertexId());
      if (stage.getStateSize() > 0) {
        figures.merge(
            "savepointBytes of " + vertex.getName(), (double) stage.getStateSize(), Double::sum);
      }
    }
    return savepoint;
  }

  private AccessExecutionGraph graph() throws Exception {
    return running.flink().getExecutionGraph(running.job()).get();
  }
}
