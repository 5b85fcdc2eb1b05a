package io.tripwatch.rule.cheating;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.FixChoice;
import io.tripwatch.trip.Trip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The driver's phone reports where it is not: a fix it calls mock itself, three jumps no car can
 * make, or a car that moves for five minutes and stays in one place. Counted are the fixes that are
 * usable or would be but for {@code mock} (§1.四.5).
 */
public final class GpsSpoofed implements TripRule {
  private static final double JUMP_M = 300;
  private static final int JUMPS = 3;
  private static final int STANDING_FIXES = 20;
  private static final long STANDING_MS = 5 * 60_000;
  private static final double STANDING_KMH = 20;

  private static final RuleSpec SPEC =
      RuleSpec.of("gps-spoofed", Family.CHEATING, Severity.MAJOR).fined(10_000, 6).reviewed();

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** When it first holds, where it is enabled and not on trial; NEVER if it does not. */
  static long heldAt(Trip trip) {
    Values settings = trip.rules().of(SPEC);
    if (!settings.enabled() || settings.shadow()) {
      return NEVER;
    }
    Search search = new Search(trip);
    return search.found() ? search.fixes.time(search.at) : NEVER;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    Search search = new Search(trip);
    if (!search.found()) {
      trip.watchForMocking();
      return Optional.empty();
    }
    long moment = search.fixes.time(search.at);
    return trip.hasCome(moment)
        ? Optional.of(search.evidence(Finding.at(moment, settings, search.message())))
        : Optional.empty();
  }

  /** Goes through the fixes up to the one that completes a proof. */
  private static final class Search {
    private final FixChoice fixes;
    private int at;
    private int jumps;

    /** The fixes after the jumps. */
    private final int[] jumpedTo = new int[JUMPS];

    /** The first of the run of fixes in one place up to the present one; -1 in none. */
    private int standsFrom = -1;

    private boolean found;

    Search(Trip trip) {
      boolean looks = trip.looksSpoofed();
      fixes = looks ? trip.fixesEvenMock(trip.watchedFrom(), trip.end()) : null;
      for (int i = 0; looks && !found && i < fixes.size(); i++) {
        at = i;
        found = completes(i);
      }
    }

    boolean found() {
      return found;
    }

    private boolean completes(int i) {
      if (i > 0 && isJump(i)) {
        jumpedTo[jumps++] = i;
      }
      standsFrom = standsFrom(i);
      return fixes.mock(i) || jumps == JUMPS || standsLong(i);
    }

    private boolean isJump(int i) {
      double metres = fixes.metresBetween(i - 1, i);
      return metres > JUMP_M && kmh(i) > Trip.FASTEST_KMH;
    }

    /** How fast one gets to a fix from the one before. */
    private double kmh(int i) {
      long ms = fixes.time(i) - fixes.time(i - 1);
      return fixes.metresBetween(i - 1, i) / ms * Trip.MS_AND_M_PER_KMH;
    }

    private int standsFrom(int i) {
      // NaN, no speed reported, is not greater than anything.
      if (!(fixes.speedKmh(i) > STANDING_KMH)) {
        return -1;
      }
      boolean samePlace =
          standsFrom >= 0
              && fixes.reportedLat(i) == fixes.reportedLat(i - 1)
              && fixes.reportedLon(i) == fixes.reportedLon(i - 1);
      return samePlace ? standsFrom : i;
    }

    private boolean standsLong(int i) {
      return standsFrom >= 0
          && i - standsFrom + 1 >= STANDING_FIXES
          && fixes.time(i) - fixes.time(standsFrom) >= STANDING_MS;
    }

    String message() {
      if (fixes.mock(at)) {
        return "The phone itself called its position at "
            + Saying.instant(fixes.time(at))
            + " mock.";
      }
      if (jumps == JUMPS) {
        return "The position jumped "
            + JUMPS
            + " times, at "
            + Saying.instant(fixes.time(at))
            + " by "
            + Rounded.up(fixes.metresBetween(at - 1, at))
            + " m at "
            + Rounded.up(kmh(at))
            + " km/h.";
      }
      return "The position did not move for "
          + Saying.span(fixes.time(at) - fixes.time(standsFrom))
          + " up to "
          + Saying.instant(fixes.time(at))
          + ", while the phone reported over "
          + (long) STANDING_KMH
          + " km/h.";
    }

    Finding evidence(Finding finding) {
      finding
          .withInstant("fixAt", fixes.time(at))
          .with("deviceId", fixes.deviceId(at))
          .withPlace("place", fixes.lat(at), fixes.lon(at));
      if (fixes.mock(at)) {
        return finding.with("proof", "mock");
      }
      if (jumps == JUMPS) {
        List<Object> shown = new ArrayList<>(JUMPS);
        for (int i : jumpedTo) {
          shown.add(jump(i));
        }
        return finding.with("proof", "jumps").with("jumps", shown);
      }
      double leastKmh = Double.POSITIVE_INFINITY;
      for (int i = standsFrom; i <= at; i++) {
        leastKmh = Math.min(leastKmh, fixes.speedKmh(i));
      }
      return finding
          .with("proof", "standing")
          .withInstant("standingFromAt", fixes.time(standsFrom))
          .with("fixes", (long) (at - standsFrom + 1))
          .with("leastReportedKmh", Rounded.tenthUp(leastKmh));
    }

    private Map<String, Object> jump(int i) {
      Map<String, Object> jump = new LinkedHashMap<>();
      jump.put("fromAt", Instant.ofEpochMilli(fixes.time(i - 1)));
      jump.put("from", Finding.place(fixes.lat(i - 1), fixes.lon(i - 1)));
      jump.put("toAt", Instant.ofEpochMilli(fixes.time(i)));
      jump.put("to", Finding.place(fixes.lat(i), fixes.lon(i)));
      jump.put("meters", Rounded.up(fixes.metresBetween(i - 1, i)));
      jump.put("kmh", Rounded.tenthUp(kmh(i)));
      return jump;
    }
  }
}
