package io.tripwatch.rule.punctuality;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Booking;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Place;
import io.tripwatch.geo.GreatCircle;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripTrack;
import java.util.Optional;

/**
 * CANCELLED by the passenger soon after a call by the driver, and the cancelled ride driven all the
 * same: the driver talked him into paying cash (§1.四.3).
 */
public final class CancellationInduced implements TripRule {
  private static final long CALL_BEFORE_MS = 15 * 60_000;
  private static final long PICKUP_AFTER_MS = 60 * 60_000;
  private static final long DROPOFF_SLACK_MS = 15 * 60_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("cancellation-induced", Family.PUNCTUALITY, Severity.CRITICAL)
          .fined(20_000, 12)
          .reviewed();

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    OrderEvent cancellation = trip.cancellation();
    if (cancellation == null || cancellation.cancelledBy() != CancelledBy.PASSENGER) {
      return Optional.empty();
    }
    long at = cancellation.time();
    long calledAt = trip.lastDriverCallIn(at - CALL_BEFORE_MS, at);
    if (calledAt == NEVER || trip.isCalledOffBy(at) || circlesMeet(trip)) {
      return Optional.empty();
    }
    long latestRideMs = 2 * trip.estimatedMs() + DROPOFF_SLACK_MS;
    TripTrack track = trip.track();
    int pickedUp = -1;
    for (int i = track.firstFrom(at - CALL_BEFORE_MS); i < track.size(); i++) {
      long time = track.time(i);
      // The latest time at the pickup point leaves the drop-off the most time to follow.
      if (pickedUp >= 0 && track.inDropoff(i) && time - track.time(pickedUp) <= latestRideMs) {
        return trip.hasCome(time)
            ? Optional.of(finding(trip, settings, at, calledAt, pickedUp, i))
            : Optional.empty();
      }
      if (time <= at + PICKUP_AFTER_MS && track.inPickup(i)) {
        pickedUp = i;
      }
    }
    return Optional.empty();
  }

  private static Finding finding(
      Trip trip, Values settings, long at, long calledAt, int pickedUp, int droppedOff) {
    TripTrack track = trip.track();
    Booking booking = trip.booking();
    String message =
        "Cancelled by the passenger "
            + Saying.span(at - calledAt)
            + " after the driver's call, then driven from pickup to drop-off in "
            + Saying.span(track.time(droppedOff) - track.time(pickedUp))
            + ".";
    Finding finding =
        Finding.at(track.time(droppedOff), settings, message)
            .withInstant("calledAt", calledAt)
            .withInstant("cancelledAt", at)
            .withPlace("pickup", booking.pickup())
            .withExact("pickupRadiusMeters", trip.rules().trip().pickupRadiusM())
            .withPlace("dropoff", booking.dropoff())
            .withExact("dropoffRadiusMeters", trip.rules().trip().dropoffRadiusM())
            .with("estimatedSeconds", Math.round(booking.estimatedSeconds()));
    addFix(finding, track, "pickedUp", pickedUp, booking.pickup());
    addFix(finding, track, "droppedOff", droppedOff, booking.dropoff());
    return finding;
  }

  /** Adds when and where a fix was, and how far from a place. */
  private static void addFix(Finding finding, TripTrack track, String name, int fix, Place place) {
    finding
        .withInstant(name + "At", track.time(fix))
        .withPlace(name, track.lat(fix), track.lon(fix))
        .with(name + "Meters", Rounded.down(track.metresFrom(fix, place)))
        .with(name + "AccuracyMeters", Rounded.up(track.accuracyM(fix)));
  }

  private static boolean circlesMeet(Trip trip) {
    Booking booking = trip.booking();
    double apartM =
        GreatCircle.metres(
            booking.pickup().lat(),
            booking.pickup().lon(),
            booking.dropoff().lat(),
            booking.dropoff().lon());
    return apartM <= trip.rules().trip().pickupRadiusM() + trip.rules().trip().dropoffRadiusM();
  }
}
