package io.tripwatch.rule.driving;

import static io.tripwatch.trip.PickupTime.NEVER;

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
import java.util.Optional;

/**
 * The way driven from S to E is longer than {@code factor} times the estimate, of 500 m or more,
 * and a kilometre, no piece of it is out of sight, and the order was not CHANGED after S: the
 * passenger was driven around.
 */
public final class Detour implements TripRule {
  static final Setting FACTOR = Setting.number("factor", 1.5, 1, 100);

  /** A shorter estimate is none to measure a way by: that of a ride from A to A is 0. */
  private static final double LEAST_ESTIMATE_M = 500;

  /** The way around a closed street is no detour. */
  private static final double SLACK_M = 1_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("detour", Family.DRIVING, Severity.WARNING)
          .fined(3_000, 2)
          .reviewed()
          .with(FACTOR);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long start = trip.start();
    long end = trip.endPress();
    double estimatedM = trip.booking().estimatedMeters();
    if (start == NEVER
        || end == NEVER
        || estimatedM < LEAST_ESTIMATE_M
        || trip.changedAfter(start)
        || TrackSilent.holds(trip)) {
      return Optional.empty();
    }
    double drivenM = trip.metresDriven(start, end, Trip.FASTEST_KMH);
    double allowedM = settings.number(FACTOR) * estimatedM + SLACK_M;
    if (!(drivenM > allowedM) || !trip.hasCome(end)) {
      return Optional.empty();
    }
    int fixes = trip.track().firstFrom(end + 1) - trip.track().firstFrom(start);
    String message =
        "Drove "
            + Rounded.up(drivenM)
            + " m in "
            + Saying.span(end - start)
            + " where "
            + Math.round(estimatedM)
            + " m were estimated and "
            + Rounded.down(allowedM)
            + " m are allowed.";
    return Optional.of(
        Finding.at(end, settings, message)
            .withInstant("startedAt", start)
            .withInstant("endedAt", end)
            .with("fixes", (long) fixes)
            .with("metersDriven", Rounded.up(drivenM))
            .with("estimatedMeters", Math.round(estimatedM))
            .with("factor", settings.number(FACTOR))
            .with("allowedMeters", Rounded.down(allowedM)));
  }
}
