package io.tripwatch.verdict;

import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.Undo;

/**
 * The last word on an alert: a person's verdict on it, or that its version of the rules was undone.
 *
 * @param time milliseconds since 1970
 */
public record Ruling(Decision decision, long time, String decidedBy, boolean byUndo) {
  /** What a person said; null for nothing. */
  static Ruling of(HumanVerdict verdict) {
    return verdict == null
        ? null
        : new Ruling(verdict.verdict(), verdict.time(), verdict.decidedBy(), false);
  }

  /** An undo rejects. */
  static Ruling of(Undo undo) {
    return new Ruling(Decision.REJECTED, undo.time(), undo.decidedBy(), true);
  }

  /** The later of two, either of which may be null; of two at one time the second. */
  static Ruling later(Ruling first, Ruling second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return second.time >= first.time ? second : first;
  }
}
