package io.tripwatch.rule.punctuality;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.trip.PickupSighting;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripTrack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What shows that the driver was not at the pickup point by a deadline. */
final class AtPickup {
  private final Trip trip;
  private final long due;
  private final long after;
  private final PickupSighting seen;

  AtPickup(Trip trip, long due) {
    this.trip = trip;
    this.due = due;
    this.after = trip.staysAfter();
    this.seen = trip.pickupSighting(after + 1, Math.max(after, due));
  }

  /** How near he came by the deadline, as the end of a message. */
  String nearest() {
    if (seen.fixes() == 0) {
      return ".";
    } else if (seen.inside() > 0) {
      long leftMs = due - trip.track().time(seen.lastInside());
      return "; last there "
          + Saying.span(leftMs)
          + " before that, for "
          + Saying.span(seen.lastInsideMs())
          + ".";
    }
    return "; nearest " + nearestMeters() + " m.";
  }

  private long nearestMeters() {
    return Rounded.up(trip.track().metresFrom(seen.nearest(), trip.booking().pickup()));
  }

  /** Whether the presence is seen, and not merely claimed by a press. */
  boolean isSeen() {
    return trip.seenAt() <= trip.presence();
  }

  /** The button whose press tells of the presence, or {@code STAY}. */
  String presentBy() {
    for (Press press : trip.presses()) {
      boolean tells = trip.presence() < trip.firstStay() && press.button() != Button.END;
      if (tells && press.time() == trip.presence()) {
        return press.button().name();
      }
    }
    return "STAY";
  }

  /** Adds the deadline, the presence and the sighting to the evidence. */
  Finding shownBy(Finding finding) {
    finding
        .withPlace("pickup", trip.booking().pickup())
        .withExact("radiusMeters", trip.rules().trip().pickupRadiusM())
        .withInstant("pickupAt", trip.booking().pickupAt())
        .withInstant("pickupTime", trip.pickupTime().at(due))
        .withInstant("dueAt", due);
    if (trip.presence() != NEVER) {
      finding.withInstant("presentAt", trip.presence()).with("presentBy", presentBy());
    }
    finding.withInstant("seenAt", trip.seenAt());
    List<Object> elsewhere = onSiteElsewhere();
    if (!elsewhere.isEmpty()) {
      finding.with("onSiteElsewhereAt", elsewhere);
    }
    return withSighting(finding);
  }

  /** By the deadline only those made away do not tell of a presence. */
  private List<Object> onSiteElsewhere() {
    List<Object> times = new ArrayList<>();
    for (Press press : trip.presses()) {
      if (press.button() == Button.ON_SITE && press.time() <= due) {
        times.add(Instant.ofEpochMilli(press.time()));
      }
    }
    return times;
  }

  private Finding withSighting(Finding finding) {
    TripTrack track = trip.track();
    finding.withInstant("sightAfterAt", after).with("fixes", (long) seen.fixes());
    if (seen.fixes() == 0) {
      return finding;
    }
    int nearest = seen.nearest();
    finding
        .withInstant("firstFixAt", track.time(seen.first()))
        .withInstant("lastFixAt", track.time(seen.end() - 1))
        .with("nearestMeters", nearestMeters())
        .with("nearestAccuracyMeters", Rounded.down(track.accuracyM(nearest)))
        .withInstant("nearestAt", track.time(nearest))
        .withPlace("nearest", track.lat(nearest), track.lon(nearest))
        .with("fixesInside", (long) seen.inside());
    return seen.inside() == 0
        ? finding
        : finding
            .withInstant("lastInsideAt", track.time(seen.lastInside()))
            .with("lastInsideSeconds", seen.lastInsideMs() / 1_000)
            .with("staySeconds", trip.rules().trip().stayMs() / 1_000)
            .withInstant("stayUntilAt", trip.stayLastsUntil());
  }
}
