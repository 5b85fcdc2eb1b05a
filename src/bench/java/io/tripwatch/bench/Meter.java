package io.tripwatch.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what leaves the sources of one job, which find it by its id: Flink serializes sources, and
 * all run in this process.
 */
public final class Meter implements AutoCloseable {
  private static final Map<Integer, Meter> OPEN = new ConcurrentHashMap<>();
  private static final AtomicInteger IDS = new AtomicInteger();

  private final int id = IDS.incrementAndGet();
  private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();
  private final LongAdder said = new LongAdder();
  private volatile boolean stopped;

  /** What one source has handed on. Written by one thread. */
  public static final class Reading {
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong timeMs = new AtomicLong();
    private volatile boolean begun;
    private volatile long leftOut;
    private volatile long leavingOutNanos;

    /** So many records more. */
    public void add(long more) {
      records.lazySet(records.get() + more);
    }

    /** The fleet's prelude is over. */
    public void begin() {
      begun = true;
    }

    /** The fleet has come so far, milliseconds since 1970. */
    void at(long ms) {
      timeMs.lazySet(ms);
    }

    /** A restored source has left out what was read before; a broker needs no time for it. */
    void leaveOut(long read, long nanos) {
      leftOut = read;
      leavingOutNanos = nanos;
    }
  }

  private Meter() {}

  /** One more meter. */
  public static Meter open() {
    Meter meter = new Meter();
    OPEN.put(meter.id, meter);
    return meter;
  }

  /** The meter of an id. */
  public static Meter of(int id) {
    Meter meter = OPEN.get(id);
    if (meter == null) {
      throw new IllegalStateException("there is no meter " + id + " in this process");
    }
    return meter;
  }

  /** Its id. */
  public int id() {
    return id;
  }

  /** Where the source of a share of the fleet counts. */
  public Reading reading(int share) {
    return readings.computeIfAbsent(share, any -> new Reading());
  }

  /** How many records have left all sources. */
  public long records() {
    return readings.values().stream().mapToLong(reading -> reading.records.get()).sum();
  }

  /** The event time that all sources have reached, milliseconds since 1970; 0 before any has. */
  public long timeMs() {
    return readings.values().stream().mapToLong(reading -> reading.timeMs.get()).min().orElse(0);
  }

  /** How many records all restored sources left out as read before. */
  public long leftOut() {
    return readings.values().stream().mapToLong(reading -> reading.leftOut).sum();
  }

  /** The longest that a restored source took for leaving records out. */
  public long leavingOutNanos() {
    return readings.values().stream().mapToLong(reading -> reading.leavingOutNanos).max().orElse(0);
  }

  /** Where what the job says is counted, if its sink does. */
  public LongAdder said() {
    return said;
  }

  /** Whether so many sources are past the fleet's prelude. */
  public boolean haveBegun(int sources) {
    return readings.values().stream().filter(reading -> reading.begun).count() >= sources;
  }

  /** Tells the sources to end. */
  public void stop() {
    stopped = true;
  }

  /** Whether the sources are to end. */
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public void close() {
    stop();
    OPEN.remove(id);
  }
}
