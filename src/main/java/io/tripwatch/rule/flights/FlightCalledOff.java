package io.tripwatch.rule.flights;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/** The flight or train was cancelled, diverted or turned back before the trip ended (§3.二.5). */
public final class FlightCalledOff implements TripRule {
  private static final RuleSpec SPEC =
      RuleSpec.of("flight-called-off", Family.FLIGHTS, Severity.INFO);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    long calledOffAt = trip.calledOffAt();
    if (calledOffAt == NEVER || calledOffAt > trip.end()) {
      return Optional.empty();
    }
    long moment = Math.max(calledOffAt, trip.openedAt());
    if (!trip.hasCome(moment)) {
      return Optional.empty();
    }
    String flightNo = trip.booking().flight().flightNo();
    String message =
        flightNo
            + " was called off at "
            + Saying.instant(calledOffAt)
            + " ("
            + trip.calledOffStatus()
            + "): the passenger may cancel free of charge.";
    return Optional.of(
        Finding.at(moment, settings, message)
            .with("flightNo", flightNo)
            .with("status", trip.calledOffStatus().name())
            .withInstant("calledOffAt", calledOffAt)
            .withInstant("acceptedAt", trip.openedAt()));
  }
}
