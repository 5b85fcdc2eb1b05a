package io.tripwatch.bench;

import java.time.Duration;

/**
 * Under what a task is measured.
 *
 * @param parallelism of the job, and of its source; what knows but one thread has 1
 * @param warmUp from the end of the fleet's prelude to the beginning of the measured span
 * @param measured the measured span
 */
public record Setting(Fleet.Plan fleet, int parallelism, Duration warmUp, Duration measured) {
  /** The same for another number of drivers. */
  public Setting withDrivers(int drivers) {
    return new Setting(
        new Fleet.Plan(fleet.shape(), drivers, fleet.seed()), parallelism, warmUp, measured);
  }
}
