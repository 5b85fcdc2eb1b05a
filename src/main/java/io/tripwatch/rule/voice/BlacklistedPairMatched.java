package io.tripwatch.rule.voice;

import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.TripRules;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.Pairs;
import io.tripwatch.trip.PickupTime;
import io.tripwatch.trip.TripSummary;
import java.time.Duration;
import java.util.List;

/**
 * The trip was accepted by a driver and for a passenger who are on each other's blacklist: each
 * rated the other badly for one trip, less than {@code blacklistFor} ago (§2.三.7). Dispatch's duty,
 * no driver's.
 */
public final class BlacklistedPairMatched implements FeedbackRule {
  private static final Setting BLACKLIST_FOR =
      Setting.duration(
          "blacklistFor", Duration.ofDays(730), Duration.ZERO, Duration.ofMillis(Pairs.KEPT_MS));

  private static final RuleSpec SPEC =
      RuleSpec.of("blacklisted-pair-matched", Family.VOICE, Severity.MAJOR).with(BLACKLIST_FOR);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** How long a pair stays on the blacklist, both ends included. */
  public static long blacklistForMs(TripRules rules) {
    return rules.of(SPEC).ms(BLACKLIST_FOR);
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    long since =
        feedback.pairs().since(trip.passengerId(), trip.openedAt(), settings.ms(BLACKLIST_FOR));
    if (since == PickupTime.NEVER || !feedback.hasCome(trip.openedAt())) {
      return List.of();
    }
    String message =
        "The trip was accepted at "
            + Saying.instant(trip.openedAt())
            + " though the two have blacklisted each other since "
            + Saying.instant(since)
            + ".";
    return List.of(
        Finding.at(trip.openedAt(), settings, message)
            .withInstant("acceptedAt", trip.openedAt())
            .withInstant("blacklistedAt", since)
            .withInstant("blacklistedUntilAt", since + settings.ms(BLACKLIST_FOR)));
  }
}
