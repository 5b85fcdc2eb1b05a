package io.tripwatch.rule.identity;

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
import io.tripwatch.trip.VehicleTrack;
import java.time.Duration;
import java.util.Optional;

/**
 * During the ride the driver's phone and the trip's vehicle are apart: a run of at least three
 * neighbouring usable fixes over at least {@code for}, each farther than {@code apartM} from the
 * vehicle's fix nearest in time, and than a car goes between the two. The passenger rides in
 * another car than the one that was checked (§1.三.4, §3.二.13).
 */
public final class VehicleSwapped implements TripRule {
  static final Setting FOR =
      Setting.duration("for", Duration.ofMinutes(3), Duration.ZERO, Duration.ofHours(12));

  static final Setting APART_M = Setting.number("apartM", 500, 50, 50_000);

  /** Farther in time a vehicle's fix tells nothing of a phone's. */
  private static final long WINDOW_MS = 30_000;

  /** A car may go so far between the two fixes, metres a second. */
  private static final double GOES_M_PER_S = 50;

  private static final int LEAST_FIXES = 3;

  private static final RuleSpec SPEC =
      RuleSpec.of("vehicle-swapped", Family.IDENTITY, Severity.CRITICAL)
          .fined(20_000, 12)
          .reviewed()
          .with(FOR, APART_M);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (trip.start() == NEVER) {
      return Optional.empty();
    }
    int last = -1;
    if (trip.vehicle().firstFrom(trip.start() - WINDOW_MS) >= 0) {
      last = completing(trip, settings);
    }
    if (last < 0) {
      trip.watchForVehicle(settings.number(APART_M), NEVER);
      return Optional.empty();
    }
    long at = trip.track().time(last);
    trip.watchForVehicle(settings.number(APART_M), at);
    return trip.hasCome(at) ? Optional.of(finding(trip, settings, last)) : Optional.empty();
  }

  /** The first fix that makes a run apart long enough; -1 if none does. */
  private static int completing(Trip trip, Values settings) {
    TripTrack track = trip.track();
    int first = -1;
    for (int i = track.firstFrom(trip.start());
        i < track.size() && track.time(i) <= trip.end();
        i++) {
      if (!isApart(trip, i, settings.number(APART_M))) {
        first = -1;
        continue;
      }
      first = first < 0 ? i : first;
      if (i - first + 1 >= LEAST_FIXES && track.time(i) - track.time(first) >= settings.ms(FOR)) {
        return i;
      }
    }
    return -1;
  }

  private static int firstOfRun(Trip trip, int last, double apartM) {
    int first = last;
    while (first > trip.track().firstFrom(trip.start()) && isApart(trip, first - 1, apartM)) {
      first--;
    }
    return first;
  }

  private static boolean isApart(Trip trip, int i, double apartM) {
    TripTrack track = trip.track();
    VehicleTrack vehicle = trip.vehicle();
    int nearest = vehicle.nearest(track.time(i), WINDOW_MS);
    if (nearest < 0) {
      return false;
    }
    double allowedM = apartM + roamM(track.time(i), vehicle.time(nearest));
    // Nearly always the two are together, which is told without trigonometry.
    return vehicle.isFartherThan(nearest, track.lat(i), track.lon(i), allowedM)
        && vehicle.metresFrom(nearest, track.lat(i), track.lon(i)) > allowedM;
  }

  /** How far a car may go between two times, metres. */
  private static double roamM(long time, long other) {
    return GOES_M_PER_S * Math.abs(time - other) / 1_000;
  }

  private static Finding finding(Trip trip, Values settings, int last) {
    int first = firstOfRun(trip, last, settings.number(APART_M));
    TripTrack track = trip.track();
    long at = track.time(last);
    Pair end = new Pair(trip, last);
    double leastOverM = Double.POSITIVE_INFINITY;
    for (int i = first; i <= last; i++) {
      Pair pair = new Pair(trip, i);
      leastOverM = Math.min(leastOverM, pair.metres() - pair.allowedM(settings));
    }
    String message =
        "Phone and vehicle "
            + trip.opening().plate()
            + " were apart for "
            + Saying.span(at - track.time(first))
            + " of the ride, at "
            + Saying.instant(at)
            + " by "
            + Rounded.up(end.metres())
            + " m; "
            + Rounded.down(end.allowedM(settings))
            + " m are allowed.";
    Finding finding =
        Finding.at(at, settings, message)
            .with("plate", trip.opening().plate())
            .withInstant("startedAt", trip.start());
    new Pair(trip, first).addTo(finding, "first", settings);
    end.addTo(finding, "last", settings);
    return finding
        .with("fixes", (long) (last - first + 1))
        .with("leastOverMeters", Rounded.up(leastOverM))
        .with("limitSeconds", settings.ms(FOR) / 1_000);
  }

  /** A fix of the phone, and the vehicle's nearest in time. */
  private record Pair(Trip trip, int phone, int vehicle) {
    Pair(Trip trip, int phone) {
      this(trip, phone, trip.vehicle().nearest(trip.track().time(phone), WINDOW_MS));
    }

    double metres() {
      TripTrack track = trip.track();
      return trip.vehicle().metresFrom(vehicle, track.lat(phone), track.lon(phone));
    }

    double allowedM(Values settings) {
      return settings.number(APART_M)
          + roamM(trip.track().time(phone), trip.vehicle().time(vehicle));
    }

    void addTo(Finding finding, String which, Values settings) {
      TripTrack track = trip.track();
      VehicleTrack terminal = trip.vehicle();
      finding
          .withInstant(which + "PhoneAt", track.time(phone))
          .withPlace(which + "Phone", track.lat(phone), track.lon(phone))
          .withInstant(which + "VehicleAt", terminal.time(vehicle))
          .withPlace(which + "Vehicle", terminal.lat(vehicle), terminal.lon(vehicle))
          .with(which + "ApartMeters", Rounded.up(metres()))
          .with(which + "AllowedMeters", Rounded.down(allowedM(settings)));
    }
  }
}
