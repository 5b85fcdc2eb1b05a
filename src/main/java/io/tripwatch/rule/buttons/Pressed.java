package io.tripwatch.rule.buttons;

import io.tripwatch.event.Place;
import io.tripwatch.event.Press;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.Trip.Spot;
import io.tripwatch.trip.TripTrack;

/** What shows that a button was pressed away from where it belongs. */
final class Pressed {
  private final Trip trip;
  private final TripTrack track;
  private final Press press;
  private final boolean atPickup;
  private final Place place;

  private final long windowMs;

  /** The first of the fixes in the window of time around the press, and the first after them. */
  private final int first;

  private final int end;

  private Pressed(Trip trip, Press press, Spot spot) {
    this.trip = trip;
    this.track = trip.track();
    this.press = press;
    atPickup = spot == Spot.PICKUP;
    place = trip.placeAt(press.time(), spot);
    windowMs = trip.rules().trip().pressWindowMs();
    first = track.firstFrom(press.time() - windowMs);
    long until = Math.min(press.time() + windowMs, trip.evidenceEnd());
    // Until then by the press, so that not each fix to come makes another revision.
    long to = trip.hasCome(until) ? until : Math.max(press.time(), track.time(first));
    end = track.firstFrom(to + 1);
  }

  /**
   * A button pressed away from where it belongs, with two of the fixes that tell where he pressed:
   * the nearest in time, and the one that speaks most for the driver, the least far from the
   * circle, its accuracy allowed for.
   */
  static Finding elsewhere(Trip trip, Press press, Spot spot, Values settings) {
    return new Pressed(trip, press, spot).finding(settings);
  }

  private Finding finding(Values settings) {
    int then = first;
    int nearest = first;
    for (int i = first; i < end; i++) {
      then = fromPressMs(i) < fromPressMs(then) ? i : then;
      nearest = metresOutside(i) < metresOutside(nearest) ? i : nearest;
    }
    double radiusM =
        atPickup ? trip.rules().trip().pickupRadiusM() : trip.rules().trip().dropoffRadiusM();
    Finding finding =
        Finding.at(press.time(), settings, message(then, nearest, radiusM))
            .with("button", press.button().name())
            .withInstant("pressedAt", press.time())
            .withPlace(atPickup ? "pickup" : "dropoff", place)
            .withExact("radiusMeters", radiusM)
            .with("windowSeconds", windowMs / 1_000)
            .with("fixes", (long) (end - first));
    addFix(finding, "pressFix", then);
    addFix(finding, "nearest", nearest);
    return finding;
  }

  private String message(int then, int nearest, double radiusM) {
    long afterMs = track.time(then) - press.time();
    String when =
        afterMs / 1_000 == 0 ? "then" : Saying.span(afterMs) + (afterMs < 0 ? " before" : " after");
    String atBest = then == nearest ? "" : ", " + metresAway(nearest) + " m at best";
    return "Pressed "
        + press.button()
        + " at "
        + Saying.instant(press.time())
        + ": "
        + metresAway(then)
        + " m from the "
        + (atPickup ? "pickup point " : "drop-off ")
        + when
        + atBest
        + "; "
        + (long) radiusM
        + " m are allowed.";
  }

  private void addFix(Finding finding, String name, int fix) {
    finding
        .withInstant(name + "At", track.time(fix))
        .withPlace(name, track.lat(fix), track.lon(fix))
        .with(name + "Meters", metresAway(fix))
        .with(name + "AccuracyMeters", Rounded.down(track.accuracyM(fix)));
  }

  private long fromPressMs(int fix) {
    return Math.abs(track.time(fix) - press.time());
  }

  private long metresAway(int fix) {
    return Rounded.up(track.metresFrom(fix, place));
  }

  private double metresOutside(int fix) {
    return track.metresFrom(fix, place) - track.accuracyM(fix);
  }
}
