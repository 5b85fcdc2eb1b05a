package io.tripwatch.event;

/**
 * A person's decision on an alert, a rating or a complaint.
 *
 * @param subjectId alertId, orderId or complaintId: 1 to 512 characters
 * @param note or null
 */
public record HumanVerdict(
    Stamp stamp,
    Subject subject,
    String subjectId,
    String driverId,
    Decision verdict,
    String decidedBy,
    String note)
    implements Event {

  /** What it is about. */
  public enum Subject {
    ALERT,
    RATING,
    COMPLAINT
  }

  /** What was decided. */
  public enum Decision {
    UPHELD,
    REJECTED
  }

  @Override
  public Topic topic() {
    return Topic.VERDICTS;
  }
}
