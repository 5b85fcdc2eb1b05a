package io.tripwatch.files;

import io.tripwatch.event.Incoming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * A replay folder as a bounded source of decoded records, in order of arrival.
 *
 * <p>It makes its own watermarks, so use it with {@code WatermarkStrategy.noWatermarks()}: one
 * follows the greatest event time seen by {@link FolderReader#OUT_OF_ORDER}, and the last one is
 * exactly {@code until}. (Flink adds its own at the end of any bounded input, which means nothing
 * here.) One reader reads it all; further subtasks end at once.
 *
 * <p>It runs only in the JVM that holds its {@link ReplayCounters} and its ordered files.
 */
public final class FolderSource implements Source<Incoming, FolderSplit, FolderSource.Unassigned> {
  private final ReplayOrder order;
  private final SerializableSupplier<RecordDecoder> decoders;
  private final Long untilMs;
  private final String countersId;

  /**
   * @param untilMs where event time ends, milliseconds since 1970; null: at the greatest event time
   *     of an accepted record
   */
  public FolderSource(
      ReplayOrder order,
      SerializableSupplier<RecordDecoder> decoders,
      Long untilMs,
      ReplayCounters counters) {
    this.order = order;
    this.decoders = decoders;
    this.untilMs = untilMs;
    this.countersId = counters.id();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<Incoming, FolderSplit> createReader(SourceReaderContext context) {
    return new FolderReader(
        order, decoders.get(), untilMs, ReplayCounters.of(countersId), context.metricGroup());
  }

  @Override
  public SplitEnumerator<FolderSplit, Unassigned> createEnumerator(
      SplitEnumeratorContext<FolderSplit> context) {
    return new OneReader(context, List.of(FolderSplit.START));
  }

  @Override
  public SplitEnumerator<FolderSplit, Unassigned> restoreEnumerator(
      SplitEnumeratorContext<FolderSplit> context, Unassigned unassigned) {
    return new OneReader(context, unassigned.splits());
  }

  @Override
  public SimpleVersionedSerializer<FolderSplit> getSplitSerializer() {
    return new FolderSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Unassigned> getEnumeratorCheckpointSerializer() {
    return new UnassignedSerializer();
  }

  /** What no reader has yet: the folder, or nothing. */
  record Unassigned(List<FolderSplit> splits) {}

  /** Gives the folder to the first subtask and lets the others end. */
  private static final class OneReader implements SplitEnumerator<FolderSplit, Unassigned> {
    private static final int SUBTASK = 0;

    private final SplitEnumeratorContext<FolderSplit> context;
    private final List<FolderSplit> unassigned;

    OneReader(SplitEnumeratorContext<FolderSplit> context, List<FolderSplit> unassigned) {
      this.context = context;
      this.unassigned = new ArrayList<>(unassigned);
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
      if (subtask == SUBTASK) {
        unassigned.forEach(split -> context.assignSplit(split, SUBTASK));
        unassigned.clear();
      }
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
      // Readers ask for nothing: they are given what there is as they register.
    }

    @Override
    public void addSplitsBack(List<FolderSplit> splits, int subtask) {
      unassigned.addAll(splits);
    }

    @Override
    public Unassigned snapshotState(long checkpointId) {
      return new Unassigned(List.copyOf(unassigned));
    }

    @Override
    public void close() {}
  }

  private static final class UnassignedSerializer implements SimpleVersionedSerializer<Unassigned> {
    private final FolderSplit.Serializer splits = new FolderSplit.Serializer();

    @Override
    public int getVersion() {
      return splits.getVersion();
    }

    @Override
    public byte[] serialize(Unassigned unassigned) {
      return unassigned.splits().isEmpty()
          ? new byte[0]
          : splits.serialize(unassigned.splits().get(0));
    }

    @Override
    public Unassigned deserialize(int version, byte[] bytes) throws IOException {
      return new Unassigned(
          bytes.length == 0 ? List.of() : List.of(splits.deserialize(version, bytes)));
    }
  }
}
