package io.tripwatch.event;

/**
 * What a source hands on for one record read: the event, or the dead letter it became.
 *
 * @param event null where the record was refused
 * @param origin where an accepted record came from; null for a fix, which no stage ever refuses
 * @param deadLetter null where the record was accepted
 */
public record Incoming(Event event, Origin origin, DeadLetter deadLetter) {
  /** An accepted record of which only the event is known. */
  public static Incoming accepted(Event event) {
    return new Incoming(event, null, null);
  }

  /** An accepted record. */
  public static Incoming accepted(Event event, Origin origin) {
    return new Incoming(event, origin, null);
  }

  /** A refused record. */
  public static Incoming refused(DeadLetter deadLetter) {
    return new Incoming(null, null, deadLetter);
  }
}
