package io.tripwatch.rule.identity;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import io.tripwatch.event.Press;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/**
 * From an hour before the agreed pickup time to the trip's end the driver logs in on, or presses
 * for the trip from, a device that is registered to nobody, while he has registered phones: who
 * sits at the wheel is anyone's guess (§1.五.2).
 */
public final class UnregisteredDevice implements TripRule {
  private static final long BEFORE_PICKUP_MS = 60 * 60_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("unregistered-device", Family.IDENTITY, Severity.MAJOR)
          .fined(5_000, 3)
          .reviewed();

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long from = trip.booking().pickupAt() - BEFORE_PICKUP_MS;
    Use first = firstLogin(trip, from);
    Use press = firstPress(trip, from);
    // Of two at one time the login is named.
    first = press != null && (first == null || press.at < first.at) ? press : first;
    return first != null && trip.hasCome(first.at)
        ? Optional.of(finding(trip, settings, first))
        : Optional.empty();
  }

  /** That a device was used. */
  private record Use(long at, String what, String deviceId) {}

  private static Use firstLogin(Trip trip, long from) {
    for (Login login : trip.loginsIn(from, trip.end())) {
      if (isNobodys(trip, login.deviceId(), login.time())) {
        return new Use(login.time(), "LOGIN", login.deviceId());
      }
    }
    return null;
  }

  /** Repeated presses tell of a device, too. */
  private static Use firstPress(Trip trip, long from) {
    for (Press press : trip.pressesOfOrder()) {
      if (press.driverId().equals(trip.driverId())
          && press.time() >= Math.max(from, trip.openedAt())
          && press.time() <= trip.end()
          && isNobodys(trip, press.deviceId(), press.time())) {
        return new Use(press.time(), press.button().name(), press.deviceId());
      }
    }
    return null;
  }

  private static boolean isNobodys(Trip trip, String deviceId, long time) {
    FleetRecord held = trip.registeredAt(time);
    return held != null && !held.phones().isEmpty() && trip.holdersOf(deviceId, time).isEmpty();
  }

  private static Finding finding(Trip trip, Values settings, Use use) {
    String done = use.what.equals("LOGIN") ? "Logged in on" : "Pressed " + use.what + " from";
    String message =
        done
            + " device "
            + use.deviceId
            + " at "
            + Saying.instant(use.at)
            + ", which is registered to nobody.";
    return Finding.at(use.at, settings, message)
        .withInstant("usedAt", use.at)
        .with("use", use.what)
        .with("deviceId", use.deviceId)
        .with("registeredPhones", trip.registeredAt(use.at).phones())
        .withInstant("pickupAt", trip.booking().pickupAt());
  }
}
