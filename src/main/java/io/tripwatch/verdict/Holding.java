package io.tripwatch.verdict;

import io.tripwatch.event.HumanVerdict.Decision;

/**
 * A rule that holds, and what follows from it.
 *
 * @param alert its first revision
 * @param tripId of the trip it is about; null where it is about the driver's day
 * @param review whether its penalty waits for a person
 * @param settleAfterMs how long after its moment a penalty is final by itself
 * @param ruling the last word on it; null while there is none
 */
public record Holding(
    Alert alert,
    String tripId,
    long fineCents,
    long points,
    boolean review,
    long settleAfterMs,
    Ruling ruling) {

  /** Whether it was found wrong: its alert is retracted, though the rule holds. */
  public boolean isRejected() {
    return ruling != null && ruling.decision() == Decision.REJECTED;
  }

  /** Whether a person found it right. */
  public boolean isUpheld() {
    return ruling != null && ruling.decision() == Decision.UPHELD;
  }

  /** The same, decided. */
  Holding decided(Ruling decision) {
    return new Holding(alert, tripId, fineCents, points, review, settleAfterMs, decision);
  }
}
