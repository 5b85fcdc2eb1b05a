package io.tripwatch.rule.contact;

import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.PickupTime;
import io.tripwatch.trip.Trip;
import java.time.Duration;
import java.util.Optional;

/**
 * No contact from acceptance until {@code within} later or the deadline P, whichever is earlier
 * (§1.三.1, §3.二.10).
 */
public final class NoContactAfterAccept implements TripRule {
  static final Setting WITHIN =
      Setting.duration("within", Duration.ofMinutes(60), Duration.ZERO, Duration.ofHours(24));

  private static final RuleSpec SPEC =
      RuleSpec.of("no-contact-after-accept", Family.CONTACT, Severity.WARNING)
          .fined(0, 1)
          .with(WITHIN);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** By when there is to be contact; NEVER where the rule is off. */
  public static long dueAt(Trip trip) {
    Values settings = trip.rules().of(SPEC);
    return settings.enabled() ? dueAt(trip, settings) : PickupTime.NEVER;
  }

  private static long dueAt(Trip trip, Values settings) {
    return Math.min(trip.openedAt() + settings.ms(WITHIN), trip.deadline(0));
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long due = dueAt(trip, settings);
    if (trip.contactIn(trip.openedAt(), due) || !trip.comes(due)) {
      return Optional.empty();
    }
    String message =
        "No call or text reached the passenger in the "
            + Saying.span(due - trip.openedAt())
            + " after the driver accepted at "
            + Saying.instant(trip.openedAt())
            + ".";
    return Optional.of(
        Finding.at(due, settings, message)
            .withInstant("acceptedAt", trip.openedAt())
            .withInstant("pickupTime", trip.pickupTime().at(due))
            .withInstant("dueAt", due)
            .with("attempts", trip.attemptsIn(trip.openedAt(), due)));
  }
}
