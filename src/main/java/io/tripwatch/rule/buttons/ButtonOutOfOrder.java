package io.tripwatch.rule.buttons;

import static io.tripwatch.trip.PickupTime.NEVER;

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

/** A START with no ON_SITE before or at it, or an END with no START before or at it (§1.三.3). */
public final class ButtonOutOfOrder implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("button-out-of-order", Family.BUTTONS, Severity.INFO).fined(0, 1);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long firstOnSite = first(trip, Button.ON_SITE);
    long firstStart = first(trip, Button.START);
    for (Press press : trip.presses()) {
      long time = press.time();
      boolean early =
          (press.button() == Button.START && firstOnSite > time)
              || (press.button() == Button.END && firstStart > time);
      if (early && time <= trip.end()) {
        return trip.hasCome(time) ? Optional.of(finding(trip, settings, press)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static long first(Trip trip, Button button) {
    for (Press press : trip.presses()) {
      if (press.button() == button && press.time() <= trip.end()) {
        return press.time();
      }
    }
    return NEVER;
  }

  private static Finding finding(Trip trip, Values settings, Press press) {
    Button missing = press.button() == Button.START ? Button.ON_SITE : Button.START;
    String message =
        "Pressed "
            + press.button()
            + " at "
            + Saying.instant(press.time())
            + " without "
            + missing
            + " before it.";
    return Finding.at(press.time(), settings, message)
        .with("button", press.button().name())
        .withInstant("pressedAt", press.time())
        .with("missing", missing.name())
        .withInstant("missingPressedAt", first(trip, missing));
  }
}
