package io.tripwatch.rule.buttons;

import io.tripwatch.event.Place;
import io.tripwatch.event.Press;
import io.tripwatch.rule.Finding;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.Trip.Spot;
import io.tripwatch.trip.TripTrack;

/** What shows where a button was pressed. */
final class Pressed {
  private Pressed() {}

  /**
   * Adds the fix that speaks most for the driver of those that tell where he pressed: the one least
   * far from the circle, its accuracy allowed for; and how many there are.
   */
  static Finding elsewhere(Finding finding, Trip trip, Press press, Spot spot) {
    TripTrack track = trip.track();
    boolean pickup = spot == Spot.PICKUP;
    Place place = pickup ? trip.booking().pickup() : trip.booking().dropoff();
    long windowMs = trip.rules().trip().pressWindowMs();
    long to = Math.min(press.time() + windowMs, trip.evidenceEnd());
    int first = track.firstFrom(press.time() - windowMs);
    int nearest = first;
    int i = first;
    while (i < track.size() && track.time(i) <= to) {
      if (lessAway(track, i, place) < lessAway(track, nearest, place)) {
        nearest = i;
      }
      i++;
    }
    return finding
        .withInstant("pressedAt", press.time())
        .withInstant("fixAt", track.time(nearest))
        .with("metresAway", (long) track.metresFrom(nearest, place))
        .with("accuracyM", track.accuracyM(nearest))
        .with(
            "radiusM",
            pickup ? trip.rules().trip().pickupRadiusM() : trip.rules().trip().dropoffRadiusM())
        .with("fixes", (long) (i - first))
        .with("windowSeconds", windowMs / 1000);
  }

  private static double lessAway(TripTrack track, int i, Place place) {
    return track.metresFrom(i, place) - track.accuracyM(i);
  }
}
