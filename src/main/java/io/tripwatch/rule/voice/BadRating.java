package io.tripwatch.rule.voice;

import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.event.Rating;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.TripSummary;
import java.util.List;

/**
 * The passenger's latest rating of the trip has {@code stars} or fewer, and nobody found it
 * unjustified (§2.三.3–5). A rating given again takes the place of the one before.
 */
public final class BadRating implements FeedbackRule {
  private static final Setting STARS = Setting.integer("stars", 3, 1, 5);

  private static final RuleSpec SPEC =
      RuleSpec.of("bad-rating", Family.VOICE, Severity.WARNING)
          .fined(1_000, 2)
          .reviewed()
          .with(STARS);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    Rating rating = given(feedback);
    if (rating == null || feedback.isLast(Decision.REJECTED, Subject.RATING, trip.orderId())) {
      return List.of();
    }
    String message =
        "The passenger rated the trip with "
            + rating.stars()
            + " of 5 stars at "
            + Saying.instant(rating.time())
            + ".";
    return List.of(
        Finding.at(rating.time(), settings, message)
            .withInstant("ratedAt", rating.time())
            .with("stars", (long) rating.stars())
            .with("limitStars", settings.integer(STARS)));
  }

  /** The passenger's latest rating if it is bad, else null. */
  static Rating given(Feedback feedback) {
    Rating rating = feedback.passengersRating();
    return rating == null || rating.stars() > feedback.rules().of(SPEC).integer(STARS)
        ? null
        : rating;
  }
}
