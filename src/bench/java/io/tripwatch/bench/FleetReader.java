package io.tripwatch.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Hands on a share of the fleet's records. */
final class FleetReader<T> implements SourceReader<T, FleetSplit> {
  // Flink looks after checkpoints and cancellation between two polls.
  private static final int RECORDS_PER_POLL = 256;

  private final Fleet.Plan plan;
  private final long untilMs;
  private final Meter meter;
  private final FleetSource.Opener<T> opener;
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean noMoreSplits;
  private FleetSplit split;
  private Fleet fleet;
  private Meter.Reading reading;
  private long read;
  private boolean begun;

  FleetReader(Fleet.Plan plan, long untilMs, Meter meter, FleetSource.Opener<T> opener) {
    this.plan = plan;
    this.untilMs = untilMs;
    this.meter = meter;
    this.opener = opener;
  }

  @Override
  public void start() {}

  @Override
  public void addSplits(List<FleetSplit> splits) {
    split = splits.get(0);
    fleet = new Fleet(plan, split.share());
    reading = meter.reading(split.share().number());
    long from = System.nanoTime();
    fleet.advance();
    for (read = 0; read < split.read(); read++) {
      fleet.advance();
    }
    reading.leaveOut(read, System.nanoTime() - from);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    if (!noMoreSplits) {
      // A reader that has ended by the time it is told this fails the job.
      available = available.isDone() ? new CompletableFuture<>() : available;
      return InputStatus.NOTHING_AVAILABLE;
    }
    if (fleet == null || meter.isStopped()) {
      return InputStatus.END_OF_INPUT;
    }
    int handedOn = 0;
    while (handedOn < RECORDS_PER_POLL && fleet.time() <= untilMs) {
      output.collect(opener.open(fleet), fleet.receivedAt());
      fleet.advance();
      handedOn++;
    }
    read += handedOn;
    reading.add(handedOn);
    reading.at(fleet.time());
    if (!begun && !fleet.isPrelude()) {
      begun = true;
      reading.begin();
    }
    if (handedOn < RECORDS_PER_POLL) {
      output.emitWatermark(new Watermark(untilMs));
      return InputStatus.END_OF_INPUT;
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<FleetSplit> snapshotState(long checkpointId) {
    return split == null ? List.of() : List.of(new FleetSplit(split.share(), read));
  }

  @Override
  public void close() {}
}
