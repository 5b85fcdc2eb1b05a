package io.tripwatch.rule.buttons;

import io.tripwatch.event.Place;
import io.tripwatch.event.Press;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.Trip.Spot;
import io.tripwatch.trip.TripTrack;

/** What shows where a button was pressed. */
final class Pressed {
  private Pressed() {}

  /**
   * A button pressed away from where it belongs, with the fix that speaks most for the driver of
   * those that tell where he pressed: the one least far from the circle, its accuracy allowed for;
   * and how many there are.
   */
  static Finding elsewhere(Trip trip, Press press, Spot spot, Values settings) {
    TripTrack track = trip.track();
    boolean pickup = spot == Spot.PICKUP;
    Place place = trip.placeAt(press.time(), spot);
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
    long metres = (long) track.metresFrom(nearest, place);
    double radiusM =
        pickup ? trip.rules().trip().pickupRadiusM() : trip.rules().trip().dropoffRadiusM();
    String message =
        "Pressed "
            + press.button()
            + " at "
            + Saying.instant(press.time())
            + ", "
            + metres
            + " m from the "
            + (pickup ? "pickup point" : "drop-off")
            + " where "
            + (long) radiusM
            + " m are allowed.";
    return Finding.at(press.time(), settings, message)
        .withInstant("pressedAt", press.time())
        .withInstant("fixAt", track.time(nearest))
        .with("metresAway", metres)
        .with("accuracyM", track.accuracyM(nearest))
        .with("radiusM", radiusM)
        .with("fixes", (long) (i - first))
        .with("windowSeconds", windowMs / 1000);
  }

  private static double lessAway(TripTrack track, int i, Place place) {
    return track.metresFrom(i, place) - track.accuracyM(i);
  }
}
