package io.tripwatch.rule.voice;

import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.event.Rating;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.TripSummary;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Nobody decided on a bad rating by the end of the local day after it: the platform's duty, no
 * driver's (§2.三.4). A rating is bad by the {@code stars} of {@code bad-rating}.
 */
public final class RatingUnverified implements FeedbackRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("rating-unverified", Family.VOICE, Severity.WARNING);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    Rating rating = BadRating.given(feedback);
    if (rating == null) {
      return List.of();
    }
    long due = endOfNextDay(rating.time(), feedback.rules().zone());
    if (feedback.isDecidedBy(due, Subject.RATING, trip.orderId()) || !feedback.hasCome(due)) {
      return List.of();
    }
    String message =
        "Nobody had decided by "
            + Saying.instant(due)
            + " on the passenger's rating of "
            + rating.stars()
            + " stars at "
            + Saying.instant(rating.time())
            + ".";
    return List.of(
        Finding.at(due, settings, message)
            .withInstant("ratedAt", rating.time())
            .with("stars", (long) rating.stars())
            .withInstant("dueAt", due));
  }

  /** The midnight at which the local day after that of an instant is over. */
  private static long endOfNextDay(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time)
        .atZone(zone)
        .toLocalDate()
        .plusDays(2)
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }
}
