package io.tripwatch.rule.buttons;

import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/** A stay begins by P, and there is no ON_SITE press by P: he came but did not say so (§1.三.3). */
public final class OnSiteNotPressed implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("on-site-not-pressed", Family.BUTTONS, Severity.INFO).fined(0, 1);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long due = trip.deadline(0);
    if (trip.firstStay() > due || pressedBy(trip, due) || !trip.comes(due)) {
      return Optional.empty();
    }
    String message =
        "At the pickup point from "
            + Saying.instant(trip.firstStay())
            + ", but ON_SITE was not pressed by the pickup time "
            + Saying.instant(due)
            + ".";
    return Optional.of(
        Finding.at(due, settings, message)
            .withInstant("stayFrom", trip.firstStay())
            .withInstant("pickupTime", due));
  }

  private static boolean pressedBy(Trip trip, long due) {
    for (Press press : trip.presses()) {
      if (press.button() == Button.ON_SITE && press.time() <= due) {
        return true;
      }
    }
    return false;
  }
}
