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
   * Adds the fix that shows it: the last one up to the press, where none lies in the window the
   * first after it. Later fixes outside the circle do not change that.
   */
  static Finding elsewhere(Finding finding, Trip trip, Press press, Spot spot) {
    TripTrack track = trip.track();
    int shown = track.lastUpTo(press.time());
    long windowMs = trip.rules().trip().pressWindowMs();
    if (shown < 0 || track.time(shown) < press.time() - windowMs) {
      shown++;
    }
    boolean pickup = spot == Spot.PICKUP;
    Place place = pickup ? trip.booking().pickup() : trip.booking().dropoff();
    return finding
        .withInstant("pressedAt", press.time())
        .withInstant("fixAt", track.time(shown))
        .with("metresAway", (long) track.metresFrom(shown, place))
        .with(
            "radiusM",
            pickup ? trip.rules().trip().pickupRadiusM() : trip.rules().trip().dropoffRadiusM())
        .with("windowSeconds", windowMs / 1000);
  }
}
