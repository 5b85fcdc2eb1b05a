package io.tripwatch.rule.driving;

import static io.tripwatch.trip.PickupTime.NEVER;

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
import io.tripwatch.trip.TripTrack;
import java.time.Duration;
import java.util.Optional;

/**
 * During the ride at least three neighbouring usable fixes over at least {@code for} each report
 * more than {@code kmh}: one alone may be wrong (§1.三.5).
 */
public final class Speeding implements TripRule {
  static final Setting KMH = Setting.number("kmh", 120, 1, 1_000);
  static final Setting FOR =
      Setting.duration("for", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1));

  private static final int LEAST_FIXES = 3;

  private static final RuleSpec SPEC =
      RuleSpec.of("speeding", Family.DRIVING, Severity.WARNING).fined(2_000, 2).with(KMH, FOR);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (trip.start() == NEVER) {
      return Optional.empty();
    }
    double kmh = settings.number(KMH);
    TripTrack track = trip.track();
    int first = -1;
    for (int i = track.firstFrom(trip.start());
        i < track.size() && track.time(i) <= trip.end();
        i++) {
      // NaN, no speed reported, is not greater than anything.
      if (!(track.speedKmh(i) > kmh)) {
        first = -1;
        continue;
      }
      first = first < 0 ? i : first;
      if (i - first + 1 >= LEAST_FIXES && track.time(i) - track.time(first) >= settings.ms(FOR)) {
        return trip.hasCome(track.time(i))
            ? Optional.of(finding(trip, settings, first, i))
            : Optional.empty();
      }
    }
    trip.watchForSpeedAbove(kmh);
    return Optional.empty();
  }

  private static Finding finding(Trip trip, Values settings, int first, int last) {
    TripTrack track = trip.track();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    double metres = 0;
    for (int i = first; i <= last; i++) {
      least = Math.min(least, track.speedKmh(i));
      most = Math.max(most, track.speedKmh(i));
      metres += i == first ? 0 : track.metresBetween(i - 1, i);
    }
    long ms = track.time(last) - track.time(first);
    double ofPositions = Rounded.tenth(metres / ms * Trip.MS_AND_M_PER_KMH);
    String message =
        "The phone reported up to "
            + Math.round(most)
            + " km/h for "
            + Saying.span(ms)
            + " from "
            + Saying.instant(track.time(first))
            + ", "
            + (long) settings.number(KMH)
            + " are allowed; its positions make "
            + Math.round(ofPositions)
            + " km/h.";
    return Finding.at(track.time(last), settings, message)
        .withInstant("startedAt", trip.start())
        .withInstant("fromAt", track.time(first))
        .withPlace("from", track.lat(first), track.lon(first))
        .withInstant("toAt", track.time(last))
        .withPlace("to", track.lat(last), track.lon(last))
        .with("fixes", (long) (last - first + 1))
        .with("leastReportedKmh", Rounded.tenthUp(least))
        .with("mostReportedKmh", Rounded.tenthUp(most))
        .with("positionsKmh", ofPositions)
        .withExact("limitKmh", settings.number(KMH))
        .with("limitSeconds", settings.ms(FOR) / 1_000);
  }
}
