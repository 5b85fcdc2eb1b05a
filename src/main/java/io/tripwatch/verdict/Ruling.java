package io.tripwatch.verdict;

import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.Undo;
import java.util.List;

/**
 * The last word on an alert: a person's verdict on it, or that its version of the rules was undone.
 *
 * @param time when it was said last, milliseconds since 1970
 * @param since when it was said first, without another decision of a person since
 * @param decidedBy who said it last
 */
public record Ruling(Decision decision, long time, long since, String decidedBy, boolean byUndo) {
  /**
   * What people said.
   *
   * @param verdicts on one subject, in order
   * @return null for nothing
   */
  static Ruling of(List<HumanVerdict> verdicts) {
    Ruling last = null;
    for (HumanVerdict one : verdicts) {
      boolean isSame = last != null && last.decision == one.verdict();
      long since = isSame ? last.since : one.time();
      last = new Ruling(one.verdict(), one.time(), since, one.decidedBy(), false);
    }
    return last;
  }

  /** An undo rejects. */
  static Ruling of(Undo undo) {
    return new Ruling(Decision.REJECTED, undo.time(), undo.time(), undo.decidedBy(), true);
  }

  /** The later of two, either of which may be null; of two at one time the second. */
  static Ruling later(Ruling first, Ruling second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return second.time >= first.time ? second : first;
  }
}
