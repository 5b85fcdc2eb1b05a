package io.tripwatch.verdict;

import io.tripwatch.settings.Severity;
import java.util.Map;

/**
 * A finding made public, in one of its revisions.
 *
 * @param alertId {@code <tripId>/<ruleId>} and the other forms of the contract
 * @param epoch raised by hand when the job is started without its state
 * @param revision 1, 2, … within an epoch, without gaps
 * @param ruleVersion {@code default} while no rules record applies
 * @param shadow whether the rule is on trial: its alerts lead to nothing
 * @param orderId or null
 * @param passengerId or null
 * @param plate or null
 * @param city or null
 * @param occurredAt the rule's moment, milliseconds since 1970
 * @param message one English sentence with the figures that matter
 * @param evidence figures that suffice to check the verdict by hand, in a fixed order; values are
 *     String, Long, Double, Boolean, java.time.Instant, or Lists or Maps of these
 * @param cause why it was taken back; null unless it was
 */
public record Alert(
    String alertId,
    int epoch,
    int revision,
    Status status,
    String ruleId,
    String ruleVersion,
    String family,
    Severity severity,
    Confidence confidence,
    boolean shadow,
    String orderId,
    String driverId,
    String passengerId,
    String plate,
    String city,
    long occurredAt,
    String message,
    Map<String, Object> evidence,
    Cause cause)
    implements Output {

  /** An alert that was not taken back. */
  public Alert(
      String alertId,
      int epoch,
      int revision,
      Status status,
      String ruleId,
      String ruleVersion,
      String family,
      Severity severity,
      Confidence confidence,
      boolean shadow,
      String orderId,
      String driverId,
      String passengerId,
      String plate,
      String city,
      long occurredAt,
      String message,
      Map<String, Object> evidence) {
    this(
        alertId,
        epoch,
        revision,
        status,
        ruleId,
        ruleVersion,
        family,
        severity,
        confidence,
        shadow,
        orderId,
        driverId,
        passengerId,
        plate,
        city,
        occurredAt,
        message,
        evidence,
        null);
  }

  @Override
  public OutputTopic topic() {
    return OutputTopic.ALERTS;
  }

  @Override
  public String id() {
    return alertId;
  }

  @Override
  public boolean isGone() {
    return status == Status.RETRACTED;
  }

  @Override
  public Alert revised(int newRevision, Change change) {
    return revised(
        newRevision,
        switch (change) {
          case SAID -> Status.RAISED;
          case CORRECTED -> Status.UPDATED;
        },
        null);
  }

  @Override
  public Alert takenBack(int newRevision, Cause why) {
    return revised(newRevision, Status.RETRACTED, why);
  }

  @Override
  public boolean saysTheSameAs(Output other) {
    return other instanceof Alert alert
        && revised(alert.revision, alert.status, alert.cause).equals(alert);
  }

  /** The same alert in another revision. */
  private Alert revised(int newRevision, Status newStatus, Cause why) {
    return new Alert(
        alertId,
        epoch,
        newRevision,
        newStatus,
        ruleId,
        ruleVersion,
        family,
        severity,
        confidence,
        shadow,
        orderId,
        driverId,
        passengerId,
        plate,
        city,
        occurredAt,
        message,
        evidence,
        why);
  }

  /** What the revision says of its alert. */
  public enum Status {
    RAISED,
    UPDATED,
    RETRACTED
  }

  /** Whether the driver was in sight when a rule that needs sight was judged. */
  public enum Confidence {
    CONFIRMED,
    UNVERIFIED
  }
}
