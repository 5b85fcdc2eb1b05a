package io.tripwatch.files;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a running replay has done so far, for its progress bar and its summary.
 *
 * <p>A source runs inside Flink and can hand nothing back to whoever started it but through the JVM
 * they share: counters are found by the replay's id. A replay always runs in one JVM.
 */
public final class ReplayCounters implements AutoCloseable {
  /** {@link #untilMs} of a replay that has not ended, or that accepted nothing. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final long NOT_STARTED = Long.MIN_VALUE;
  private static final Map<String, ReplayCounters> RUNNING = new ConcurrentHashMap<>();
  private static final AtomicLong REPLAYS = new AtomicLong();

  final AtomicLong bytesToOrder = new AtomicLong();
  final AtomicLong bytesOrdered = new AtomicLong();
  final AtomicLong bytesToReplay = new AtomicLong();
  final AtomicLong bytesReplayed = new AtomicLong();
  final AtomicLong read = new AtomicLong();
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong deadLettered = new AtomicLong();
  final AtomicLong afterUntil = new AtomicLong();

  /** Names of gzipped files with zeros behind them. */
  final Set<String> padded = new ConcurrentSkipListSet<>();

  final AtomicLong until = new AtomicLong(NO_TIME);

  private volatile long startedNanos = NOT_STARTED;
  private final String id = "replay-" + REPLAYS.incrementAndGet();

  private ReplayCounters() {}

  /** New counters at nought, findable until closed. */
  public static ReplayCounters open() {
    ReplayCounters counters = new ReplayCounters();
    RUNNING.put(counters.id, counters);
    return counters;
  }

  /** Those of a replay in this JVM. */
  static ReplayCounters of(String id) {
    ReplayCounters counters = RUNNING.get(id);
    if (counters == null) {
      throw new IllegalStateException(
          id + " does not run in this JVM; a replay folder is read only by a local replay");
    }
    return counters;
  }

  String id() {
    return id;
  }

  /** The second reading begins. */
  void start() {
    startedNanos = System.nanoTime();
  }

  /** How long the second reading has taken; nothing before it begins. */
  public Duration replaying() {
    return startedNanos == NOT_STARTED
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /**
   * Bytes of the folder's files, as they lie on disk; more where some are read once more to sort.
   */
  public long bytesToOrder() {
    return bytesToOrder.get();
  }

  /** Of them, those looked through for their order. */
  public long bytesOrdered() {
    return bytesOrdered.get();
  }

  /** Bytes to be read in the second reading. */
  public long bytesToReplay() {
    return bytesToReplay.get();
  }

  /** Of them, those read. */
  public long bytesReplayed() {
    return bytesReplayed.get();
  }

  /** Records read: accepted, refused and left out. */
  public long read() {
    return read.get();
  }

  /** Events handed on. */
  public long accepted() {
    return accepted.get();
  }

  /** Records refused. */
  public long deadLettered() {
    return deadLettered.get();
  }

  /** Events left out as they happened after {@code --until}. */
  public long afterUntil() {
    return afterUntil.get();
  }

  /** Where event time ended, milliseconds since 1970; {@link #NO_TIME} before the end. */
  public long untilMs() {
    return until.get();
  }

  @Override
  public void close() {
    RUNNING.remove(id);
  }
}
