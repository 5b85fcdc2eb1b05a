package io.tripwatch.simulate;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A clock that starts at a given time and runs faster than the wall's. Safe between threads. */
public final class SimulatedClock {
  /** Waits are cut at this, so that whoever waits can be told to end. */
  private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Waits for so many nanoseconds, or less. */
  @FunctionalInterface
  interface Nap {
    void take(long nanos) throws InterruptedException;
  }

  private final long startMs;
  private final double speed;
  private final LongSupplier nanoTime;
  private final Nap nap;
  private final long startNanos;

  /**
   * A clock that starts now.
   *
   * @param start the time it shows now
   * @param speed how many of its seconds pass in one; above 0
   */
  public SimulatedClock(Instant start, double speed) {
    this(start, speed, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  SimulatedClock(Instant start, double speed, LongSupplier nanoTime, Nap nap) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("the speed is " + speed + "; set it above 0, e.g. 60");
    }
    this.startMs = start.toEpochMilli();
    this.speed = speed;
    this.nanoTime = nanoTime;
    this.nap = nap;
    this.startNanos = nanoTime.getAsLong();
  }

  /** The time it shows, milliseconds since 1970. */
  public long nowMs() {
    return startMs + (long) ((nanoTime.getAsLong() - startNanos) * speed / 1_000_000);
  }

  /** Waits a little, at most until the clock shows this time; returns whether it does. */
  boolean awaits(long atMs) throws InterruptedException {
    long missingMs = atMs - nowMs();
    if (missingMs <= 0) {
      return true;
    }
    long nanos = (long) Math.ceil(missingMs * 1_000_000.0 / speed);
    nap.take(Math.min(nanos, LONGEST_NAP_NANOS));
    return nowMs() >= atMs;
  }
}
