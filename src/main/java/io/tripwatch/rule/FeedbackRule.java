package io.tripwatch.rule;

import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.TripSummary;
import java.util.List;

/**
 * A statement about one trip and what was said of it afterwards: settlement, ratings, complaints,
 * verdicts. It may come to hold for thirty days after the trip's end.
 */
public non-sealed interface FeedbackRule extends Rule {
  /** The findings; one for each complaint where the rule is about complaints. */
  List<Finding> judge(TripSummary trip, Feedback feedback, Values settings);
}
