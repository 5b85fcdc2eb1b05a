package io.tripwatch.rule.punctuality;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code R} is not by {@code noShowAfter} after P, and the trip has no S and no E (§1.四.3,
 * §3.二.15).
 */
public final class NoShow implements TripRule {
  static final Setting NO_SHOW_AFTER =
      Setting.duration("noShowAfter", Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(12));

  private static final RuleSpec SPEC =
      RuleSpec.of("no-show", Family.PUNCTUALITY, Severity.CRITICAL)
          .fined(20_000, 12)
          .sighted()
          .with(NO_SHOW_AFTER);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** Whether the deadline of this rule came before a time: it may never come. */
  static boolean isDueBefore(Trip trip, long time) {
    long due = deadline(trip);
    return trip.comes(due) && due < time;
  }

  /** The instant at which not having come becomes not coming. */
  private static long deadline(Trip trip) {
    return trip.deadline(trip.rules().of(SPEC).ms(NO_SHOW_AFTER));
  }

  /**
   * Whether the rule holds with consequences: one that is off or on trial takes no other's place.
   */
  static boolean holds(Trip trip) {
    Values settings = trip.rules().of(SPEC);
    return settings.enabled() && !settings.shadow() && isNoShow(trip);
  }

  private static boolean isNoShow(Trip trip) {
    long due = deadline(trip);
    return trip.start() == NEVER
        && trip.endPress() == NEVER
        && trip.presence() > due
        && trip.comes(due);
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (!isNoShow(trip)) {
      return Optional.empty();
    }
    long due = deadline(trip);
    AtPickup atPickup = new AtPickup(trip, due);
    String message =
        "Not at the pickup point "
            + Saying.span(settings.ms(NO_SHOW_AFTER))
            + " after the pickup time "
            + Saying.instant(trip.pickupTime().at(due))
            + ", no START or END"
            + (trip.presence() == NEVER
                ? atPickup.nearest()
                : "; came " + Saying.span(trip.presence() - due) + " after that.");
    return Optional.of(
        atPickup
            .shownBy(Finding.at(due, settings, message))
            .withInstant("lastContactAt", trip.lastContactIn(trip.openedAt(), due)));
  }
}
