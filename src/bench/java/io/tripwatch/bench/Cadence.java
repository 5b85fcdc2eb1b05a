package io.tripwatch.bench;

import io.tripwatch.bench.Forks.FailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds how many drivers a task keeps up with: so many that each sends a fix every three seconds of
 * the wall's clock, too. The more drivers, the slower a record may be, so it is looked for step by
 * step.
 */
final class Cadence {
  private static final int FIRST_GUESS = 50_000;
  private static final int LEAST = 1_000;
  private static final int MOST = 2_000_000;
  private static final int STEPS = 4;

  /** Guess and rate this near each other are good enough: rates vary as much. */
  private static final double CLOSE = 0.15;

  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(15);

  private final Forks forks;
  private final Consumer<String> progress;

  Cadence(Forks forks, Consumer<String> progress) {
    this.forks = forks;
    this.progress = progress;
  }

  /** The number of drivers, in thousands; the first guess where nothing can be measured. */
  int find(Entry entry) throws IOException, InterruptedException {
    int guess = FIRST_GUESS;
    for (int step = 1; step <= STEPS; step++) {
      Setting given = entry.setting().withDrivers(guess);
      Setting brief = new Setting(given.fleet(), given.parallelism(), WARM_UP, MEASURED);
      double keptUpWith;
      try {
        keptUpWith = forks.run(entry.task(), brief).rate() * Fleet.TICK_MS / 1_000;
      } catch (FailedException e) {
        progress.accept("with " + guess + " drivers " + entry.label() + ": " + e.getMessage());
        keptUpWith = guess / 4.0;
      }
      progress.accept(
          "%s: with %,d drivers it keeps up with %,.0f"
              .formatted(entry.label(), guess, keptUpWith));
      if (Math.abs(keptUpWith / guess - 1) < CLOSE) {
        break;
      }
      guess = between(guess, keptUpWith);
    }
    return guess;
  }

  /**
   * The geometric mean: where more drivers make it slower, it would swing without end otherwise.
   */
  private static int between(int guess, double keptUpWith) {
    double mean = Math.sqrt(guess * Math.max(keptUpWith, 1));
    int thousands = (int) Math.round(mean / LEAST);
    return Math.max(LEAST, Math.min(MOST, thousands * LEAST));
  }
}
