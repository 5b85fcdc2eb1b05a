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

/** {@code S} is away from the pickup point: the ride began without the passenger. */
public final class StartedElsewhere implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("started-elsewhere", Family.BUTTONS, Severity.MAJOR).fined(5_000, 3);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long start = trip.start();
    if (start == NEVER
        || !trip.hasCome(start)
        || trip.nearness(start, Spot.PICKUP) != Nearness.AWAY) {
      return Optional.empty();
    }
    Press press = trip.press(Button.START, start);
    return Optional.of(Pressed.elsewhere(trip, press, Spot.PICKUP, settings));
  }
}
