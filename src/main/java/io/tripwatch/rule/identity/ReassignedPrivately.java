package io.tripwatch.rule.identity;

import io.tripwatch.event.Press;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.List;
import java.util.Optional;

/**
 * During the trip someone else presses for the order: the account of a driver who was never
 * assigned it, or a device registered to another driver and not to the presser. The driver passed
 * the order on behind the platform's back (§1.三.4).
 */
public final class ReassignedPrivately implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("reassigned-privately", Family.IDENTITY, Severity.CRITICAL)
          .fined(20_000, 12)
          .reviewed();

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    // Repeated presses tell who made them, too.
    for (Press press : trip.pressesOfOrder()) {
      if (press.time() < trip.openedAt() || press.time() > trip.end()) {
        continue;
      }
      boolean stranger = !trip.everAssigned(press.driverId());
      List<String> holders = trip.holdersOf(press.deviceId(), press.time());
      boolean foreign = !holders.isEmpty() && !holders.contains(press.driverId());
      if (stranger || foreign) {
        return trip.hasCome(press.time())
            ? Optional.of(finding(settings, press, stranger, holders))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Finding finding(
      Values settings, Press press, boolean stranger, List<String> holders) {
    String what =
        stranger
            ? ", who was never assigned the order."
            : ", from a device registered to " + String.join(", ", holders) + ".";
    String message =
        press.button()
            + " was pressed at "
            + Saying.instant(press.time())
            + " by driver "
            + press.driverId()
            + what;
    return Finding.at(press.time(), settings, message)
        .withInstant("pressedAt", press.time())
        .with("button", press.button().name())
        .with("pressedBy", press.driverId())
        .with("everAssigned", !stranger)
        .with("deviceId", press.deviceId())
        .with("registeredTo", holders);
  }
}
