package io.tripwatch.rule;

import io.tripwatch.settings.RuleSpec;

/**
 * A statement that holds or does not, given all that is known up to a time. Pure: the same
 * knowledge gives the same findings. A rule that waits for an instant asks whether it has come, and
 * so is asked again when it has. It asks that last, so that no one is woken for what is settled
 * already.
 */
public sealed interface Rule permits TripRule, FeedbackRule, DayRule, LoginRule {
  /** Its id, family, consequences and settings. */
  RuleSpec spec();

  /** Whether its alert is UNVERIFIED for what the finding rests on, whoever was in sight. */
  default boolean isUnverified(Finding finding) {
    return false;
  }
}
