package io.tripwatch.event;

/**
 * A step in a complaint's life.
 *
 * @param category or null
 */
public record Complaint(
    Stamp stamp,
    String complaintId,
    String orderId,
    String driverId,
    String passengerId,
    Type type,
    String category)
    implements Event {

  /** The steps. */
  public enum Type {
    OPENED,
    REPLIED,
    RESOLVED
  }

  @Override
  public Topic topic() {
    return Topic.COMPLAINTS;
  }
}
