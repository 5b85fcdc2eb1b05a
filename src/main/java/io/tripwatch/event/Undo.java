package io.tripwatch.event;

/**
 * Takes back what a version of the rules said, or lets it stand again. Of the records with one
 * undoId the last counts.
 *
 * @param version the ruleVersion of the alerts taken back
 * @param ruleId of which rule alone, or null for all
 * @param from alerts with an earlier moment are not taken back: milliseconds since 1970, or {@link
 *     Stamp#ABSENT}
 * @param until nor are those with a later one: milliseconds since 1970, or {@link Stamp#ABSENT}
 * @param note or null
 */
public record Undo(
    Stamp stamp,
    String undoId,
    String version,
    String ruleId,
    long from,
    long until,
    State state,
    String decidedBy,
    String note)
    implements Event {

  /** Whether the alerts are taken back. */
  public enum State {
    UNDONE,
    /** As though there had never been an undo. */
    RESTORED
  }

  @Override
  public Topic topic() {
    return Topic.UNDO;
  }
}
