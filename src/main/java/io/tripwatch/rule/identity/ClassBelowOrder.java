package io.tripwatch.rule.identity;

import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/**
 * The car is of a lower class than was ordered when the trip is accepted: dispatch's duty, no
 * driver's (§3.二.7).
 */
public final class ClassBelowOrder implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("class-below-order", Family.IDENTITY, Severity.MAJOR);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    OrderEvent opening = trip.opening();
    VehicleClass ordered = opening.booking().orderedClass();
    VehicleClass sent = opening.vehicleClass();
    if (sent.compareTo(ordered) >= 0 || !trip.hasCome(opening.time())) {
      return Optional.empty();
    }
    String message =
        "The car sent, plate "
            + opening.plate()
            + ", is "
            + sent
            + " where "
            + ordered
            + " was ordered.";
    return Optional.of(
        Finding.at(opening.time(), settings, message)
            .withInstant("acceptedAt", opening.time())
            .with("orderedClass", ordered.name())
            .with("vehicleClass", sent.name())
            .with("plate", opening.plate()));
  }
}
