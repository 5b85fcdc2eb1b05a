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

  /** Adds the fix nearest in time to a press away from a place: its time and its distance. */
  static Finding elsewhere(Finding finding, Trip trip, Press press, Spot spot) {
    TripTrack track = trip.track();
    int after = track.firstFrom(press.time());
    int nearest = after;
    if (after > 0
        && (after == track.size()
            || press.time() - track.time(after - 1) <= track.time(after) - press.time())) {
      nearest = after - 1;
    }
    boolean pickup = spot == Spot.PICKUP;
    Place place = pickup ? trip.booking().pickup() : trip.booking().dropoff();
    return finding
        .withInstant("pressedAt", press.time())
        .withInstant("fixAt", track.time(nearest))
        .with("metresAway", (long) track.metresFrom(nearest, place))
        .with(
            "radiusM",
            pickup ? trip.rules().trip().pickupRadiusM() : trip.rules().trip().dropoffRadiusM())
        .with("windowSeconds", trip.rules().trip().pressWindowMs() / 1000);
  }
}
