package io.tripwatch.rule.fees;

import io.tripwatch.event.OrderEvent;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.TripSummary;
import java.util.List;

/**
 * The order was settled, as last heard, for more than its fixed price: the passenger agreed to one
 * price, and no toll, parking or waiting may come on top (§3.二.1).
 */
public final class ChargedAboveFixedPrice implements FeedbackRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("charged-above-fixed-price", Family.FEES, Severity.MAJOR).fined(10_000, 6);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(TripSummary trip, Feedback feedback, Values settings) {
    OrderEvent settlement = feedback.settlement();
    if (settlement == null || settlement.chargedCents() <= trip.fixedPriceCents()) {
      return List.of();
    }
    long excessCents = settlement.chargedCents() - trip.fixedPriceCents();
    String message =
        "The passenger was charged "
            + settlement.chargedCents()
            + " cents, "
            + excessCents
            + " above the fixed price of "
            + trip.fixedPriceCents()
            + " cents.";
    return List.of(
        Finding.at(settlement.time(), settings, message)
            .withInstant("settledAt", settlement.time())
            .with("chargedCents", settlement.chargedCents())
            .with("fixedPriceCents", trip.fixedPriceCents())
            .with("excessCents", excessCents));
  }
}
