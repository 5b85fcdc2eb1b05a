package io.tripwatch.event;

/**
 * What a source hands on for one record read: the event, or the dead letter it became.
 *
 * @param event null where the record was refused
 * @param deadLetter null where the record was accepted
 */
public record Incoming(Event event, DeadLetter deadLetter) {
  /** An accepted record. */
  public static Incoming accepted(Event event) {
    return new Incoming(event, null);
  }

  /** A refused record. */
  public static Incoming refused(DeadLetter deadLetter) {
    return new Incoming(null, deadLetter);
  }
}
