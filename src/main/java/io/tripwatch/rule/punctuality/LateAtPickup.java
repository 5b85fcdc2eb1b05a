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
import java.util.Optional;

/**
 * {@code R} is not by P, and {@code no-show} does not hold. Graver when R is known and later than
 * {@code noShowAfter} after P (§1.三.4, §3.二.2).
 */
public final class LateAtPickup implements TripRule {
  static final Setting GRAVE_FINE_CENTS =
      Setting.integer("graveFineCents", 10_000, 0, RuleSpec.MAX_FINE_CENTS);
  static final Setting GRAVE_POINTS = Setting.integer("gravePoints", 6, 0, RuleSpec.MAX_POINTS);

  private static final RuleSpec SPEC =
      RuleSpec.of("late-at-pickup", Family.PUNCTUALITY, Severity.MAJOR)
          .fined(5_000, 3)
          .sighted()
          .with(GRAVE_FINE_CENTS, GRAVE_POINTS);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long due = trip.deadline(0);
    if (trip.presence() <= due || !trip.comes(due) || NoShow.holds(trip)) {
      return Optional.empty();
    }
    long presence = trip.presence();
    boolean grave = presence != NEVER && NoShow.isDueBefore(trip, presence);
    AtPickup atPickup = new AtPickup(trip, due);
    Finding finding = atPickup.shownBy(Finding.at(due, settings, message(atPickup, presence, due)));
    if (presence != NEVER) {
      finding.with("lateBySeconds", Math.floorDiv(presence - due, 1000L));
    }
    return Optional.of(
        grave
            ? finding.fined(settings.integer(GRAVE_FINE_CENTS), settings.integer(GRAVE_POINTS))
            : finding);
  }

  private static String message(AtPickup atPickup, long presence, long due) {
    if (presence == NEVER) {
      return "Not at the pickup point by the pickup time "
          + Saying.instant(due)
          + atPickup.nearest();
    }
    String late = Saying.span(presence - due) + " after the pickup time " + Saying.instant(due);
    return atPickup.isSeen()
        ? "At the pickup point " + late + "."
        : atPickup.presentBy() + " was pressed " + late + ", his position is unknown.";
  }
}
