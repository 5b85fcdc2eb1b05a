package io.tripwatch.bench;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Incoming;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A fleet as a source: each subtask reads a share of the drivers, as fast as what follows takes it,
 * until the meter is stopped or the fleet's time is over. The timestamp it gives is receivedAt, as
 * Kafka's would be.
 *
 * <p>It runs only in the process of its {@link Meter}.
 *
 * @param <T> what it hands on
 */
public final class FleetSource<T> implements Source<T, FleetSplit, Boolean> {
  private static final long serialVersionUID = 1L;

  /** Hands on records without end. */
  public static final long WITHOUT_END = Long.MAX_VALUE;

  private final Shape shape;
  private final int drivers;
  private final long seed;
  private final long untilMs;
  private final int meterId;
  private final Openers<T> openers;

  /** Turns the record that a fleet stands at into what is handed on. Used by one thread. */
  @FunctionalInterface
  public interface Opener<T> {
    /** Never null. */
    T open(Fleet record);
  }

  /** Makes an opener for each reader. */
  @FunctionalInterface
  public interface Openers<T> extends Serializable {
    /** A new one. */
    Opener<T> opener();
  }

  /**
   * A source.
   *
   * @param untilMs records of later event times are not handed on, and a watermark of this time
   *     ends what is, milliseconds since 1970; or {@link #WITHOUT_END}
   */
  public FleetSource(Fleet.Plan fleet, long untilMs, Meter meter, Openers<T> openers) {
    this.shape = fleet.shape();
    this.drivers = fleet.drivers();
    this.seed = fleet.seed();
    this.untilMs = untilMs;
    this.meterId = meter.id();
    this.openers = openers;
  }

  /** A fleet without end, decoded as the shipped sources decode. */
  public static FleetSource<Incoming> decoded(Fleet.Plan fleet, Meter meter) {
    return decoded(fleet, WITHOUT_END, meter);
  }

  /** A fleet up to a time, decoded as the shipped sources decode. */
  public static FleetSource<Incoming> decoded(Fleet.Plan fleet, long untilMs, Meter meter) {
    return new FleetSource<>(fleet, untilMs, meter, FleetSource::decoding);
  }

  private static Opener<Incoming> decoding() {
    EventDecoder decoder = new EventDecoder();
    return record ->
        decoder.decode(record.topic(), record.topic().topicName(), 0, 0, record.value());
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, FleetSplit> createReader(SourceReaderContext context) {
    return new FleetReader<>(
        new Fleet.Plan(shape, drivers, seed), untilMs, Meter.of(meterId), openers.opener());
  }

  @Override
  public SplitEnumerator<FleetSplit, Boolean> createEnumerator(
      SplitEnumeratorContext<FleetSplit> context) {
    return new Sharing(context, false);
  }

  @Override
  public SplitEnumerator<FleetSplit, Boolean> restoreEnumerator(
      SplitEnumeratorContext<FleetSplit> context, Boolean isShared) {
    return new Sharing(context, isShared);
  }

  @Override
  public SimpleVersionedSerializer<FleetSplit> getSplitSerializer() {
    return new FleetSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new IsShared();
  }

  /** Gives each subtask its share as it registers. */
  private static final class Sharing implements SplitEnumerator<FleetSplit, Boolean> {
    private final SplitEnumeratorContext<FleetSplit> context;
    private final boolean isRestored;

    Sharing(SplitEnumeratorContext<FleetSplit> context, boolean isRestored) {
      this.context = context;
      this.isRestored = isRestored;
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
      if (!isRestored) {
        Fleet.Share share = new Fleet.Share(subtask, context.currentParallelism());
        context.assignSplit(new FleetSplit(share, 0), subtask);
      }
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
      // Readers ask for nothing: they are given what there is as they register.
    }

    @Override
    public void addSplitsBack(List<FleetSplit> splits, int subtask) {
      splits.forEach(split -> context.assignSplit(split, subtask));
    }

    @Override
    public Boolean snapshotState(long checkpointId) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static final class IsShared implements SimpleVersionedSerializer<Boolean> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Boolean isShared) {
      return new byte[] {(byte) (isShared ? 1 : 0)};
    }

    @Override
    public Boolean deserialize(int version, byte[] bytes) {
      return bytes[0] == 1;
    }
  }
}
