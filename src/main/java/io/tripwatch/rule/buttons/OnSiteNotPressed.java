package io.tripwatch.rule.buttons;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
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

/** A stay begins by P, and there is no ON_SITE press by P: he came but did not say so (§1.三.3). */
public final class OnSiteNotPressed implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("on-site-not-pressed", Family.BUTTONS, Severity.INFO).fined(0, 1);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long due = trip.deadline(0);
    if (trip.firstStay() > due || firstOnSite(trip) <= due || !trip.comes(due)) {
      return Optional.empty();
    }
    return Optional.of(finding(trip, settings, due));
  }

  private static Finding finding(Trip trip, Values settings, long due) {
    long from = trip.firstStay();
    long shownAt = trip.stayShownAt();
    TripTrack track = trip.track();
    int nearest = trip.pickupSighting(from, shownAt).nearest();
    double metres = track.metresFrom(nearest, trip.booking().pickup());
    String message =
        "At the pickup point from "
            + Saying.instant(from)
            + ", but ON_SITE was not pressed by the pickup time "
            + Saying.span(due - from)
            + " later.";
    return Finding.at(due, settings, message)
        .withPlace("pickup", trip.booking().pickup())
        .withExact("radiusMeters", trip.rules().trip().pickupRadiusM())
        .withInstant("pickupTime", trip.pickupTime().at(due))
        .withInstant("dueAt", due)
        .withInstant("stayFromAt", from)
        .withInstant("stayShownAt", shownAt)
        .with("nearestMeters", Rounded.down(metres))
        .with("nearestAccuracyMeters", Rounded.up(track.accuracyM(nearest)))
        .withInstant("nearestAt", track.time(nearest))
        .withPlace("nearest", track.lat(nearest), track.lon(nearest))
        .withInstant("pressedAt", firstOnSite(trip));
  }

  private static long firstOnSite(Trip trip) {
    for (Press press : trip.presses()) {
      if (press.button() == Button.ON_SITE && press.time() <= trip.end()) {
        return press.time();
      }
    }
    return NEVER;
  }
}
