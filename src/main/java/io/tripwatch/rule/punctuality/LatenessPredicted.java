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
import io.tripwatch.trip.Forecast;
import io.tripwatch.trip.Trip;
import java.time.Duration;
import java.util.Optional;

/**
 * At some time in the 90 min before P the expected arrival is later than P + {@code tolerance}, R
 * not yet. Withdrawn when no longer expected: he comes nearer, or came by then after all, or the
 * trip is over before P. While there is time, someone can still be sent in his place.
 *
 * <p>Best effort, and outside the one promise: it depends on when events arrive.
 */
public final class LatenessPredicted implements TripRule {
  static final Setting TOLERANCE =
      Setting.duration("tolerance", Duration.ofMinutes(5), Duration.ZERO, Duration.ofHours(1));

  /** Where it is asked for nowhere, nothing need be learned for it. */
  public static final RuleSpec SPEC =
      RuleSpec.of("lateness-predicted", Family.PUNCTUALITY, Severity.WARNING).with(TOLERANCE);

  private static final String POSITION_AGE = "positionAgeSeconds";
  private static final long MS_PER_MIN = 60_000;
  private static final double KMH_PER_M_PER_S = 3.6;

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long tolerance = settings.ms(TOLERANCE);
    Forecast.Raising raising = trip.latenessPredicted(tolerance);
    if (raising == null
        || hasCome(trip, trip.presence(), trip.deadline(tolerance))
        || hasCome(trip, Math.min(trip.end(), trip.calledOffAt()), trip.deadline(0) - 1)) {
      return Optional.empty();
    }
    return Optional.of(
        raising.positionAt() == NEVER ? unseen(raising, settings) : seen(raising, settings));
  }

  /**
   * Of one whose position is unknown nothing more is known: an expected arrival would be made up.
   */
  @Override
  public boolean isUnverified(Finding finding) {
    return !finding.evidence().containsKey(POSITION_AGE);
  }

  private static Finding unseen(Forecast.Raising raising, Values settings) {
    String message =
        "His position is unknown "
            + Saying.span(raising.pickupTime() - raising.at())
            + " before the pickup time "
            + Saying.instant(raising.pickupTime())
            + ".";
    return Finding.at(raising.at(), settings, message)
        .withInstant("pickupTime", raising.pickupTime());
  }

  /** Of what happens later it is not to be known, though it may be. */
  private static boolean hasCome(Trip trip, long instant, long by) {
    return instant <= by && trip.hasCome(instant);
  }

  private static Finding seen(Forecast.Raising raising, Values settings) {
    long late = Math.round((raising.expectedAt() - raising.pickupTime()) / (double) MS_PER_MIN);
    long kmh = Math.round(raising.metresPerSecond() * KMH_PER_M_PER_S);
    double km = Math.round(raising.metresToGo() / 100) / 10.0;
    String message =
        "Expected about "
            + Saying.span(late * MS_PER_MIN)
            + " after the pickup time "
            + Saying.instant(raising.pickupTime())
            + ": "
            + km
            + " km to go at "
            + kmh
            + " km/h.";
    return Finding.at(raising.at(), settings, message)
        .withInstant("pickupTime", raising.pickupTime())
        .withInstant("expectedAt", raising.expectedAt())
        .with(POSITION_AGE, Math.floorDiv(raising.at() - raising.positionAt(), 1000L))
        .with("metresToGo", Math.round(raising.metresToGo()))
        .with("speedKmh", kmh)
        .with("smoothedExcessSeconds", Math.floorDiv(raising.excessMs(), 1000L));
  }
}
