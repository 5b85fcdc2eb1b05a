package io.tripwatch.rule.identity;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.VehicleTrack;
import java.time.Duration;
import java.util.Optional;

/**
 * The terminal the registry names for the driver's vehicle at S is silent for more than {@code gap}
 * between S and E: nobody can tell which car was driven (§4.四.7).
 */
public final class VehicleSilent implements TripRule {
  static final Setting GAP =
      Setting.duration("gap", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(12));

  private static final RuleSpec SPEC =
      RuleSpec.of("vehicle-silent", Family.IDENTITY, Severity.INFO).with(GAP);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (trip.start() == NEVER || trip.endPress() == NEVER) {
      return Optional.empty();
    }
    FleetRecord held = trip.registeredAt(trip.start());
    if (held == null || held.vehicleDeviceId() == null) {
      return Optional.empty();
    }
    long gapMs = settings.ms(GAP);
    long firstEnd = NEVER;
    long longestFrom = trip.start();
    long longestMs = 0;
    long fixes = 0;
    VehicleTrack vehicle = trip.vehicle();
    int next = vehicle.firstFrom(trip.start());
    long from = trip.start();
    while (from < trip.endPress()) {
      boolean last = next < 0 || vehicle.time(next) > trip.endPress();
      long to = last ? trip.endPress() : vehicle.time(next);
      if (to - from > gapMs && firstEnd == NEVER) {
        firstEnd = to;
      }
      if (to - from > longestMs) {
        longestMs = to - from;
        longestFrom = from;
      }
      fixes += last ? 0 : 1;
      next = last ? next : vehicle.after(next);
      from = to;
    }
    if (firstEnd == NEVER || !trip.hasCome(trip.endPress())) {
      return Optional.empty();
    }
    String plate = trip.opening().plate();
    String message =
        "The terminal of vehicle "
            + plate
            + " was silent for "
            + Saying.span(longestMs)
            + " of the ride from "
            + Saying.instant(longestFrom)
            + ".";
    return Optional.of(
        Finding.at(firstEnd, settings, message)
            .with("plate", plate)
            .with("vehicleDeviceId", held.vehicleDeviceId())
            .withInstant("startedAt", trip.start())
            .withInstant("endedAt", trip.endPress())
            .with("fixes", fixes)
            .withInstant("firstGapToAt", firstEnd)
            .withInstant("longestGapFromAt", longestFrom)
            .withInstant("longestGapToAt", longestFrom + longestMs)
            .with("longestGapSeconds", Rounded.secondsUp(longestMs))
            .with("limitSeconds", gapMs / 1_000));
  }
}
