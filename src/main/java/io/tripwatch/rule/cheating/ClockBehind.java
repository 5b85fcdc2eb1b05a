package io.tripwatch.rule.cheating;

import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.DelayWatch;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripTrack;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The clock of the driver's phone is set back, which would beat every deadline: in order of
 * receipt, a run of its usable fixes over at least five minutes is received at least {@code behind}
 * after their times, each by nearly the same. A phone that was offline uploads fixes of different
 * ages.
 */
public final class ClockBehind implements TripRule {
  static final Setting BEHIND =
      Setting.duration("behind", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofHours(2));

  private static final RuleSpec SPEC =
      RuleSpec.of("clock-behind", Family.CHEATING, Severity.MAJOR)
          .fined(10_000, 6)
          .reviewed()
          .with(BEHIND);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long behindMs = settings.ms(BEHIND);
    Run run = trip.track().longestDelayMs() < behindMs ? null : earliestRun(trip, behindMs);
    if (run == null) {
      trip.watchForDelays(DelayWatch.forRunFrom(behindMs));
      return Optional.empty();
    }
    trip.watchForDelays(DelayWatch.ofRunFoundBy(run.lastReceivedAt()));
    return trip.hasCome(run.moment()) ? Optional.of(run.finding(settings)) : Optional.empty();
  }

  /** Of the first complete run of each phone the one with the earliest moment; null if none is. */
  private static Run earliestRun(Trip trip, long behindMs) {
    TripTrack track = trip.track();
    Map<String, Run> byDevice = new HashMap<>();
    Run earliest = null;
    for (int i : inOrderOfReceipt(trip)) {
      Run run = byDevice.computeIfAbsent(track.deviceId(i), any -> new Run(track));
      if (!run.isComplete()) {
        run.add(i, behindMs);
        if (run.isComplete() && (earliest == null || run.moment() < earliest.moment())) {
          earliest = run;
        }
      }
    }
    return earliest;
  }

  /** The fixes that count, by their index on the track; at one receipt in order of their times. */
  private static List<Integer> inOrderOfReceipt(Trip trip) {
    TripTrack track = trip.track();
    List<Integer> fixes = new ArrayList<>();
    for (int i = track.firstFrom(trip.watchedFrom());
        i < track.size() && track.time(i) <= trip.end();
        i++) {
      fixes.add(i);
    }
    fixes.sort(Comparator.comparingLong(track::receivedAt));
    return fixes;
  }

  /** The longest run of one phone that ends with the fix added last. */
  private static final class Run {
    private final TripTrack track;

    /** By their index on the track, in order of receipt. */
    private final ArrayDeque<Integer> fixes = new ArrayDeque<>();

    /** How many of them have each delay, milliseconds. */
    private final TreeMap<Long, Integer> delays = new TreeMap<>();

    Run(TripTrack track) {
      this.track = track;
    }

    void add(int fix, long behindMs) {
      long delayMs = track.delayMs(fix);
      if (delayMs < behindMs) {
        fixes.clear();
        delays.clear();
        return;
      }
      fixes.add(fix);
      delays.merge(delayMs, 1, Integer::sum);
      while (delays.lastKey() - delays.firstKey() > DelayWatch.RUN_SPREAD_MS) {
        long leftMs = track.delayMs(fixes.remove());
        delays.computeIfPresent(leftMs, (any, many) -> many == 1 ? null : many - 1);
      }
    }

    boolean isComplete() {
      return fixes.size() >= DelayWatch.RUN_FIXES
          && lastReceivedAt() - track.receivedAt(fixes.getFirst()) >= DelayWatch.RUN_MS;
    }

    long lastReceivedAt() {
      return track.receivedAt(fixes.getLast());
    }

    /** The greatest time of its fixes: that of the one farthest on the track. */
    long moment() {
      int latest = fixes.getFirst();
      for (int fix : fixes) {
        latest = Math.max(latest, fix);
      }
      return track.time(latest);
    }

    Finding finding(Values settings) {
      int first = fixes.getFirst();
      int last = fixes.getLast();
      String device = track.deviceId(first);
      String least = Saying.span(delays.firstKey());
      String message =
          "The clock of phone "
              + device
              + " seems "
              + least
              + " behind: "
              + fixes.size()
              + " fixes in a row, from "
              + Saying.instant(track.time(first))
              + " on, came that late.";
      return Finding.at(moment(), settings, message)
          .with("deviceId", device)
          .with("fixes", (long) fixes.size())
          .withInstant("firstFixAt", track.time(first))
          .withInstant("firstReceivedAt", track.receivedAt(first))
          .withPlace("firstPlace", track.lat(first), track.lon(first))
          .withInstant("lastFixAt", track.time(last))
          .withInstant("lastReceivedAt", track.receivedAt(last))
          .withPlace("lastPlace", track.lat(last), track.lon(last))
          .withInstant("latestFixAt", moment())
          .with("leastBehindSeconds", delays.firstKey() / 1_000)
          .with("mostBehindSeconds", delays.lastKey() / 1_000)
          .with("limitSeconds", settings.ms(BEHIND) / 1_000);
    }
  }
}
