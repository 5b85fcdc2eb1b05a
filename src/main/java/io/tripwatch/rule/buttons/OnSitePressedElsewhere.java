package io.tripwatch.rule.buttons;

import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.Trip.Nearness;
import io.tripwatch.trip.Trip.Spot;
import java.util.Optional;

/** An ON_SITE press away from the pickup point: he said he was there, and was not. */
public final class OnSitePressedElsewhere implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("on-site-pressed-elsewhere", Family.BUTTONS, Severity.MAJOR).fined(5_000, 3);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    for (Press press : trip.presses()) {
      if (press.button() == Button.ON_SITE
          && press.time() <= trip.end()
          && trip.nearness(press, Spot.PICKUP) == Nearness.AWAY) {
        return trip.hasCome(press.time())
            ? Optional.of(Pressed.elsewhere(trip, press, Spot.PICKUP, settings))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
