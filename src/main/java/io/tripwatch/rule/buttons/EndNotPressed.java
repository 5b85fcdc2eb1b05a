package io.tripwatch.rule.buttons;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/**
 * {@code S}, and no {@code E} by twice the estimated time or two hours more than it, whichever is
 * longer (§1.三.3).
 */
public final class EndNotPressed implements TripRule {
  private static final long LEAST_SLACK_MS = 2 * 3_600_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("end-not-pressed", Family.BUTTONS, Severity.INFO).fined(0, 1);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (trip.start() == NEVER) {
      return Optional.empty();
    }
    long estimatedMs = trip.estimatedMs();
    long due = trip.start() + Math.max(2 * estimatedMs, estimatedMs + LEAST_SLACK_MS);
    if (trip.endPress() <= due || !trip.comes(due)) {
      return Optional.empty();
    }
    String message =
        "END was not pressed in the "
            + Saying.span(due - trip.start())
            + " after START at "
            + Saying.instant(trip.start())
            + "; the estimate was "
            + Saying.span(estimatedMs)
            + ".";
    return Optional.of(
        Finding.at(due, settings, message)
            .withInstant("startedAt", trip.start())
            .withInstant("dueAt", due)
            .with("estimatedSeconds", Math.round(trip.booking().estimatedSeconds()))
            .withInstant("endedAt", trip.endPress()));
  }
}
