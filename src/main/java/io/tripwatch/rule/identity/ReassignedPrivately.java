package io.tripwatch.rule.identity;

import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.ForeignPress;
import io.tripwatch.trip.TripSummary;
import java.util.List;

/**
 * During the trip someone else presses for the order: the account of a driver who was never
 * assigned it, or a device registered to another driver and not to the presser. The driver passed
 * the order on behind the platform's back (§1.三.4). Whoever is assigned the order at any time,
 * months later too, is no stranger to it: so it is judged by the trip's summary, which outlives its
 * evidence.
 */
public final class ReassignedPrivately implements FeedbackRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("reassigned-privately", Family.IDENTITY, Severity.CRITICAL)
          .fined(20_000, 12)
          .reviewed();

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    for (ForeignPress press : trip.foreignPresses()) {
      return feedback.hasCome(press.at()) ? List.of(finding(settings, press)) : List.of();
    }
    return List.of();
  }

  private static Finding finding(Values settings, ForeignPress press) {
    String what =
        press.isStranger()
            ? ", who was never assigned the order."
            : ", from a device registered to " + String.join(", ", press.holders()) + ".";
    String message =
        press.button()
            + " was pressed at "
            + Saying.instant(press.at())
            + " by driver "
            + press.driverId()
            + what;
    return Finding.at(press.at(), settings, message)
        .withInstant("pressedAt", press.at())
        .with("button", press.button().name())
        .with("pressedBy", press.driverId())
        .with("everAssigned", !press.isStranger())
        .with("deviceId", press.deviceId())
        .with("registeredTo", press.holders());
  }
}
