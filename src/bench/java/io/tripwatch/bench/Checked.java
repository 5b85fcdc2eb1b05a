package io.tripwatch.bench;

import java.util.Set;

/** A task that finds what the three rules look for, and can be asked what it found. */
public interface Checked extends Task {
  /**
   * What it finds in a fleet's records up to a time: {@code margin-missed o-0000001-00001}. Of
   * trips that are not over by then it may find anything.
   *
   * @param untilMs milliseconds since 1970
   */
  Set<String> found(Fleet.Plan fleet, long untilMs) throws Exception;
}
