package io.tripwatch.files;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** Decodes the folder's lines, counts them, and tells how far event time has come. */
final class FolderReader implements SourceReader<Incoming, FolderSplit> {
  /** How far event time may run ahead of an event that is still in time. The live job's bound. */
  static final Duration OUT_OF_ORDER = Duration.ofSeconds(5);

  /** Watermarks less apart would cost more than they tell. */
  static final Duration WATERMARK_STEP = Duration.ofSeconds(1);

  /** Nor does one tell much for a handful of records, */
  static final int RECORDS_PER_WATERMARK = 100;

  /** unless a deadline would be judged late by it. */
  static final Duration LONGEST_STEP = Duration.ofSeconds(10);

  // The contract's. Decoders hold to it; here it is only told.
  private static final int MAX_RECORD_BYTES = 1 << 16;

  private static final int PARTITION_OF_FILES = -1;

  // Flink looks after checkpoints and cancellation between two polls.
  private static final int RECORDS_PER_POLL = 256;

  private final ReplayOrder order;
  private final RecordDecoder decoder;
  private final Long untilMs;
  private final ReplayCounters counters;
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean noMoreSplits;

  private boolean assigned;
  private LookAhead lookAhead;
  private List<Line> batch = List.of();
  private int inBatch;

  private long read;
  private long accepted;
  private long deadLettered;
  private long afterUntil;
  private long greatestMs;
  private long watermarkMs = ReplayCounters.NO_TIME;
  private int sinceWatermark;

  FolderReader(
      ReplayOrder order,
      RecordDecoder decoder,
      Long untilMs,
      ReplayCounters counters,
      SourceReaderMetricGroup metrics) {
    this.order = order;
    this.decoder = decoder;
    this.untilMs = untilMs;
    this.counters = counters;
    metrics.gauge("recordsRead", counters::read);
    metrics.gauge("recordsAccepted", counters::accepted);
    metrics.gauge("recordsDeadLettered", counters::deadLettered);
    metrics.gauge("eventsAfterUntil", counters::afterUntil);
    metrics.gauge("bytesReplayed", counters::bytesReplayed);
    metrics.gauge("bytesToReplay", counters::bytesToReplay);
  }

  @Override
  public void start() {}

  @Override
  public void addSplits(List<FolderSplit> splits) {
    for (FolderSplit split : splits) {
      assigned = true;
      counters.start();
      read = split.read();
      accepted = split.accepted();
      deadLettered = split.deadLettered();
      afterUntil = split.afterUntil();
      greatestMs = split.greatestMs();
      lookAhead = new LookAhead(order, read, counters.bytesReplayed::addAndGet);
    }
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
  public InputStatus pollNext(ReaderOutput<Incoming> output)
      throws IOException, InterruptedException {
    if (!noMoreSplits) {
      // A reader that has ended by the time it is told this fails the job.
      return waitToBeTold();
    }
    if (!assigned) {
      return InputStatus.END_OF_INPUT;
    }
    if (inBatch == batch.size()) {
      batch = lookAhead.next();
      inBatch = 0;
      if (batch.isEmpty()) {
        end(output);
        return InputStatus.END_OF_INPUT;
      }
    }
    int stop = Math.min(batch.size(), inBatch + RECORDS_PER_POLL);
    while (inBatch < stop) {
      handOn(batch.get(inBatch++), output);
    }
    count();
    return InputStatus.MORE_AVAILABLE;
  }

  private InputStatus waitToBeTold() {
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  private void handOn(Line line, ReaderOutput<Incoming> output) {
    read++;
    Incoming record = line.cut() ? tooLong(line) : decode(line);
    Event event = record.event();
    if (event == null) {
      deadLettered++;
      output.collect(record, greatestMs);
      return;
    }
    long timeMs = event.time();
    if (untilMs != null && timeMs > untilMs) {
      afterUntil++;
      return;
    }
    accepted++;
    greatestMs = Math.max(greatestMs, timeMs);
    output.collect(record, timeMs);
    advanceWatermark(output);
  }

  private Incoming decode(Line line) {
    return decoder.decode(
        line.topic(), line.file(), PARTITION_OF_FILES, line.number(), line.bytes());
  }

  private static Incoming tooLong(Line line) {
    return Incoming.refused(
        new DeadLetter(
            line.file(),
            PARTITION_OF_FILES,
            line.number(),
            DeadLetter.Reason.TOO_LARGE,
            "the record has %d bytes; the limit is %d; the first %d are kept here"
                .formatted(line.length(), MAX_RECORD_BYTES, line.bytes().length),
            line.bytes()));
  }

  private void advanceWatermark(ReaderOutput<Incoming> output) {
    long nextMs = greatestMs - OUT_OF_ORDER.toMillis();
    boolean first = watermarkMs == ReplayCounters.NO_TIME;
    long step = first ? Long.MAX_VALUE : nextMs - watermarkMs;
    sinceWatermark++;
    if (step >= LONGEST_STEP.toMillis()
        || (step >= WATERMARK_STEP.toMillis() && sinceWatermark >= RECORDS_PER_WATERMARK)) {
      sinceWatermark = 0;
      watermarkMs = nextMs;
      output.emitWatermark(new Watermark(nextMs));
    }
  }

  private void end(ReaderOutput<Incoming> output) {
    count();
    long endMs = untilMs == null ? greatestMs : untilMs;
    if (endMs != ReplayCounters.NO_TIME) {
      counters.until.set(endMs);
      output.emitWatermark(new Watermark(endMs));
    }
  }

  private void count() {
    counters.read.lazySet(read);
    counters.accepted.lazySet(accepted);
    counters.deadLettered.lazySet(deadLettered);
    counters.afterUntil.lazySet(afterUntil);
  }

  @Override
  public List<FolderSplit> snapshotState(long checkpointId) {
    return assigned
        ? List.of(new FolderSplit(read, accepted, deadLettered, afterUntil, greatestMs))
        : List.of();
  }

  @Override
  public void close() {
    if (lookAhead != null) {
      lookAhead.close();
    }
  }
}
