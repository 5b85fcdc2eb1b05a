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
 * Between S and E no usable fix comes for more than {@code gap}: what is said of the way driven may
 * lack a piece.
 */
public final class TrackSilent implements TripRule {
  static final Setting GAP =
      Setting.duration("gap", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofHours(12));

  private static final RuleSpec SPEC =
      RuleSpec.of("track-silent", Family.DRIVING, Severity.INFO).with(GAP);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** Whether the track has a gap too long, whatever follows from it by the settings. */
  static boolean holds(Trip trip) {
    return Gaps.of(trip, trip.rules().of(SPEC).ms(GAP)).firstEnd() != NEVER;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (trip.start() == NEVER || trip.endPress() == NEVER) {
      return Optional.empty();
    }
    Gaps gaps = Gaps.of(trip, settings.ms(GAP));
    if (gaps.firstEnd() == NEVER || !trip.hasCome(trip.endPress())) {
      return Optional.empty();
    }
    String message =
        "No usable fix for "
            + Saying.span(gaps.longestMs())
            + " of the ride from "
            + Saying.instant(gaps.longestFrom())
            + ".";
    return Optional.of(
        Finding.at(gaps.firstEnd(), settings, message)
            .withInstant("startedAt", trip.start())
            .withInstant("endedAt", trip.endPress())
            .with("fixes", gaps.fixes())
            .withInstant("firstGapToAt", gaps.firstEnd())
            .withInstant("longestGapFromAt", gaps.longestFrom())
            .withInstant("longestGapToAt", gaps.longestFrom() + gaps.longestMs())
            .with("longestGapSeconds", Rounded.secondsUp(gaps.longestMs()))
            .with("limitSeconds", settings.ms(GAP) / 1_000));
  }

  /**
   * What lies between S, the usable fixes from there to E, and E.
   *
   * @param firstEnd the end of the first gap that is too long; NEVER if none is
   * @param longestFrom the beginning of the first of the longest
   */
  private record Gaps(long firstEnd, long longestFrom, long longestMs, long fixes) {
    static Gaps of(Trip trip, long gapMs) {
      TripTrack track = trip.track();
      long firstEnd = NEVER;
      long longestFrom = trip.start();
      long longestMs = 0;
      long from = trip.start();
      int first = track.firstFrom(from);
      int i = first;
      while (from < trip.endPress()) {
        boolean last = i == track.size() || track.time(i) > trip.endPress();
        long to = last ? trip.endPress() : track.time(i);
        if (to - from > gapMs && firstEnd == NEVER) {
          firstEnd = to;
        }
        if (to - from > longestMs) {
          longestMs = to - from;
          longestFrom = from;
        }
        i += last ? 0 : 1;
        from = to;
      }
      return new Gaps(firstEnd, longestFrom, longestMs, i - first);
    }
  }
}
