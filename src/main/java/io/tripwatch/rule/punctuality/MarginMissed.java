package io.tripwatch.rule.punctuality;

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
 * {@code R} is not by {@code margin} before P, but by P; until P has come: {@code R} is not by the
 * margin. The driver is promised ten minutes early (§1.三.3, §3.二.9).
 */
public final class MarginMissed implements TripRule {
  static final Setting MARGIN =
      Setting.duration(
          "margin",
          Duration.ofMinutes(10),
          Duration.ZERO,
          Duration.ofMillis(Trip.EARLIEST_DEADLINE_MS));

  private static final RuleSpec SPEC =
      RuleSpec.of("margin-missed", Family.PUNCTUALITY, Severity.INFO)
          .fined(0, 1)
          .sighted()
          .with(MARGIN);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long marginMs = settings.ms(MARGIN);
    long due = trip.deadline(-marginMs);
    if (trip.presence() <= due || !trip.comes(due)) {
      return Optional.empty();
    }
    long pickup = trip.deadline(0);
    if (trip.comes(pickup) && trip.presence() > pickup) {
      return Optional.empty();
    }
    AtPickup atPickup = new AtPickup(trip, due);
    boolean known = trip.presence() != PickupTime.NEVER;
    String message =
        "Not at the pickup point "
            + Saying.span(marginMs)
            + " before the pickup time "
            + Saying.instant(trip.pickupTime().at(due))
            + (known
                ? "; came " + Saying.span(trip.presence() - due) + " after that."
                : atPickup.nearest());
    return Optional.of(atPickup.shownBy(Finding.at(due, settings, message)));
  }
}
