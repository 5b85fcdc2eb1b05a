package io.tripwatch.rule.buttons;

import static io.tripwatch.trip.PickupTime.NEVER;

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

/**
 * {@code E} is away from the drop-off, and the order was not CHANGED after S (§1.三.3). Without an S
 * nothing was changed on the way.
 */
public final class EndedElsewhere implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("ended-elsewhere", Family.BUTTONS, Severity.WARNING).fined(3_000, 2);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long end = trip.endPress();
    if (end == NEVER
        || !trip.hasCome(end)
        || trip.changedAfter(trip.start())
        || trip.nearness(end, Spot.DROPOFF) != Nearness.AWAY) {
      return Optional.empty();
    }
    Press press = trip.press(Button.END, end);
    return Optional.of(Pressed.elsewhere(trip, press, Spot.DROPOFF, settings));
  }
}
