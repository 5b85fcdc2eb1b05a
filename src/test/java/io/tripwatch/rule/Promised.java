package io.tripwatch.rule;

import io.tripwatch.rule.punctuality.LatenessPredicted;
import io.tripwatch.verdict.Alert;

/** What must not depend on how events arrive: all alerts but what is only expected. */
public final class Promised {
  private Promised() {}

  /** Whether the contract's one promise covers the alerts of a rule. */
  public static boolean covers(String ruleId) {
    return !ruleId.equals(LatenessPredicted.SPEC.id());
  }

  /** Whether something said is an alert the contract's one promise leaves out. */
  static boolean leavesOut(Object said) {
    return said instanceof Alert alert && !covers(alert);
  }

  /** Whether the contract's one promise covers an alert. */
  public static boolean covers(Alert alert) {
    return covers(alert.ruleId());
  }
}
