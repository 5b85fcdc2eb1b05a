package io.tripwatch.rule.punctuality;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.geo.Circle;
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
import io.tripwatch.trip.Trip.Nearness;
import io.tripwatch.trip.Trip.Spot;
import io.tripwatch.trip.TripTrack;
import java.time.Duration;
import java.util.Optional;

/**
 * After an ON_SITE press that is not away from the pickup point the driver goes more than {@code
 * leftM} from it for a minute, before the free wait is over and without the passenger (§3.二.4).
 */
public final class PickupAbandoned implements TripRule {
  static final Setting LEFT_M = Setting.number("leftM", 2_000, 1, 50_000);
  static final Setting FREE_WAIT =
      Setting.duration("freeWait", Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(12))
          .in(Scenario.AIRPORT_PICKUP, Duration.ofMinutes(60));

  private static final long RUN_MS = 60_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("pickup-abandoned", Family.PUNCTUALITY, Severity.MAJOR)
          .fined(10_000, 6)
          .with(LEFT_M, FREE_WAIT);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** How long the passenger may let the driver wait. */
  public static long freeWaitMs(Trip trip) {
    return trip.rules().of(SPEC).ms(FREE_WAIT);
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long arrived = firstArrival(trip);
    // Whoever follows the passenger to where he moved the pickup point does not leave it.
    if (arrived == NEVER || endedAtDropoff(trip) || trip.movedPickupAfter(arrived)) {
      return Optional.empty();
    }
    Circle around =
        new Circle(
            trip.booking().pickup().lat(), trip.booking().pickup().lon(), settings.number(LEFT_M));
    long leftAt = firstLeaving(trip, arrived, around, settings);
    if (leftAt == NEVER && trip.start() > trip.now()) {
      trip.watchForLeaving(around);
    }
    if (leftAt == NEVER || !trip.hasCome(leftAt)) {
      return Optional.empty();
    }
    long waitUntil = Math.max(arrived, trip.pickupTime().at(leftAt)) + settings.ms(FREE_WAIT);
    return Optional.of(finding(trip, settings, arrived, leftAt, waitUntil, around));
  }

  private static Finding finding(
      Trip trip, Values settings, long arrived, long leftAt, long waitUntil, Circle around) {
    TripTrack track = trip.track();
    int last = track.firstFrom(leftAt);
    int first = last;
    while (first > track.firstFrom(arrived + 1) && !track.isIn(first - 1, around)) {
      first--;
    }
    int nearest = first;
    double farthestM = 0;
    for (int i = first; i <= last; i++) {
      nearest = metresOutside(trip, i) < metresOutside(trip, nearest) ? i : nearest;
      farthestM = Math.max(farthestM, metresAway(trip, i));
    }
    String message =
        "Drove off: "
            + Rounded.up(metresAway(trip, last))
            + " m from pickup "
            + Saying.span(leftAt - arrived)
            + " after ON_SITE at "
            + Saying.instant(arrived)
            + ", "
            + Saying.span(waitUntil - leftAt)
            + " before the free wait ended.";
    return Finding.at(leftAt, settings, message)
        .withPlace("pickup", trip.booking().pickup())
        .withInstant("pickupTime", trip.pickupTime().at(leftAt))
        .withInstant("onSiteAt", arrived)
        .withInstant("outsideFromAt", track.time(first))
        .with("outsideFromMeters", Rounded.up(metresAway(trip, first)))
        .withPlace("outsideFrom", track.lat(first), track.lon(first))
        .withInstant("leftAt", leftAt)
        .with("leftMeters", Rounded.up(metresAway(trip, last)))
        .withPlace("left", track.lat(last), track.lon(last))
        .with("fixes", (long) (last - first + 1))
        .with("nearestMeters", Rounded.up(metresAway(trip, nearest)))
        .with("nearestAccuracyMeters", Rounded.down(track.accuracyM(nearest)))
        .with("farthestMeters", Rounded.up(farthestM))
        .withExact("limitMeters", settings.number(LEFT_M))
        .withInstant("freeWaitEndsAt", waitUntil);
  }

  private static double metresAway(Trip trip, int fix) {
    return trip.track().metresFrom(fix, trip.booking().pickup());
  }

  /** How far away he was at least, by the accuracy of the fix. */
  private static double metresOutside(Trip trip, int fix) {
    return metresAway(trip, fix) - trip.track().accuracyM(fix);
  }

  private static long firstArrival(Trip trip) {
    for (Press press : trip.presses()) {
      if (press.button() == Button.ON_SITE
          && press.time() <= trip.end()
          && trip.nearness(press, Spot.PICKUP) != Nearness.AWAY) {
        return press.time();
      }
    }
    return NEVER;
  }

  private static boolean endedAtDropoff(Trip trip) {
    return trip.endPress() != NEVER
        && trip.nearness(trip.endPress(), Spot.DROPOFF) != Nearness.AWAY;
  }

  /** The first fix that makes a run outside a minute long while the passenger may still come. */
  private static long firstLeaving(Trip trip, long arrived, Circle around, Values settings) {
    TripTrack track = trip.track();
    long runFrom = NEVER;
    boolean told = false;
    for (int i = track.firstFrom(arrived + 1);
        i < track.size() && track.time(i) <= trip.end();
        i++) {
      long time = track.time(i);
      if (track.isIn(i, around)) {
        runFrom = NEVER;
        told = false;
        continue;
      }
      runFrom = runFrom == NEVER ? time : runFrom;
      if (!told && time - runFrom >= RUN_MS) {
        told = true;
        long waitUntil = Math.max(arrived, trip.pickupTime().at(time)) + settings.ms(FREE_WAIT);
        if (trip.start() > time && time < waitUntil && time <= trip.calledOffAt()) {
          return time;
        }
      }
    }
    return NEVER;
  }
}
