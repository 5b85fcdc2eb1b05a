package io.tripwatch.job;

import java.io.DataOutput;
import java.io.IOException;

/** What a stage knows of one key. */
interface Desk {
  /** What a desk made of a record. */
  enum Outcome {
    NEW,
    REPEATED,
    /** It is beyond a bound: nothing was learned. */
    TOO_MANY
  }

  /**
   * Drops what no record that can still arrive may ask for.
   *
   * @param now the event time up to which everything is known, milliseconds since 1970
   */
  void dropExpired(long now);

  /** When there will be something to drop though nothing is learned; NEVER if nothing will. */
  long expiresAt();

  /** Whether nothing is known. */
  boolean isEmpty();

  /** Writes it. */
  void write(DataOutput out) throws IOException;
}
