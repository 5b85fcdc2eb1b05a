package io.tripwatch.naive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a trip's fixes say of cheating. */
final class NaiveTracks {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private NaiveTracks() {}

  /** The beginning of [max(Tacc, pickupAt − 60 min), Tend]. */
  static long windowStart(NaiveTrip trip) {
    return Math.max(trip.accepted, trip.last.number("pickupAt") - 60 * MINUTE);
  }

  static OptionalLong spoofedAt(NaiveTrip trip) {
    List<NaiveFix> fixes =
        NaiveFacts.within(
            trip.facts.usableOrMock(trip.driverId, trip.set.value("trip.maxAccuracyM")),
            windowStart(trip),
            trip.end);
    int jumps = 0;
    List<NaiveFix> standing = new ArrayList<>();
    NaiveFix before = null;
    for (NaiveFix fix : fixes) {
      if (before != null && before.metresTo(fix) > 300 && before.kmhTo(fix) > 250) {
        jumps++;
      }
      if (before != null && (before.lat != fix.lat || before.lon != fix.lon)
          || !(fix.speedKmh > 20)) {
        standing.clear();
      }
      if (fix.speedKmh > 20) {
        standing.add(fix);
      }
      boolean stands = standing.size() >= 20 && fix.time - standing.get(0).time >= 5 * MINUTE;
      if (fix.mock || jumps >= 3 || stands) {
        return OptionalLong.of(fix.time);
      }
      before = fix;
    }
    return OptionalLong.empty();
  }

  static OptionalLong clockBehindAt(NaiveTrip trip) {
    Map<String, List<NaiveFix>> byPhone = new TreeMap<>();
    for (NaiveFix fix : NaiveFacts.within(trip.track, windowStart(trip), trip.end)) {
      byPhone.computeIfAbsent(fix.deviceId, d -> new ArrayList<>()).add(fix);
    }
    long behind = trip.set.ms("rules.clock-behind.behind");
    return byPhone.values().stream()
        .map(fixes -> clockBehind(fixes, behind))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min();
  }

  private static OptionalLong clockBehind(List<NaiveFix> fixes, long behind) {
    fixes.sort(Comparator.comparingLong((NaiveFix f) -> f.received).thenComparingLong(f -> f.time));
    for (int last = 0; last < fixes.size(); last++) {
      long least = Long.MAX_VALUE;
      long greatest = Long.MIN_VALUE;
      long latest = Long.MIN_VALUE;
      for (int i = last; i >= 0; i--) {
        NaiveFix fix = fixes.get(i);
        long late = fix.received - fix.time;
        least = Math.min(least, late);
        greatest = Math.max(greatest, late);
        latest = Math.max(latest, fix.time);
        if (late < behind || greatest - least > 30 * SECOND) {
          break;
        }
        if (last - i + 1 >= 20 && fixes.get(last).received - fix.received >= 5 * MINUTE) {
          return OptionalLong.of(latest);
        }
      }
    }
    return OptionalLong.empty();
  }
}
