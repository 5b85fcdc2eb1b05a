package io.tripwatch.rule.flights;

import io.tripwatch.event.FlightStatus;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.time.Duration;
import java.util.Optional;

/** A status of the pickup's flight or train says it is late by {@code delay} or more (§3.二.5). */
public final class FlightDelayed implements TripRule {
  static final Setting DELAY =
      Setting.duration("delay", Duration.ofMinutes(15), Duration.ofMillis(1), Duration.ofHours(24));

  private static final RuleSpec SPEC =
      RuleSpec.of("flight-delayed", Family.FLIGHTS, Severity.INFO).with(DELAY);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (!trip.isPickupWithFlight()) {
      return Optional.empty();
    }
    FlightStatus first = null;
    FlightStatus last = null;
    for (FlightStatus status : trip.statuses()) {
      if (status.time() < trip.end() && status.delayMs() >= settings.ms(DELAY)) {
        first = first == null ? status : first;
        last = status;
      }
    }
    if (first == null) {
      return Optional.empty();
    }
    long moment = Math.max(first.time(), trip.openedAt());
    if (!trip.hasCome(moment)) {
      return Optional.empty();
    }
    long agreed = trip.booking().pickupAt();
    String message =
        trip.booking().flight().flightNo()
            + " is "
            + Saying.span(last.delayMs())
            + " late: the pickup moves from "
            + Saying.instant(agreed)
            + " to "
            + Saying.instant(agreed + last.delayMs())
            + ".";
    return Optional.of(
        Finding.at(moment, settings, message)
            .with("flightNo", trip.booking().flight().flightNo())
            .withInstant("acceptedAt", trip.openedAt())
            .withInstant("firstStatusAt", first.time())
            .withInstant("statusAt", last.time())
            .with("status", last.status().name())
            .withInstant("scheduledArrivalAt", last.scheduledArrival())
            .withInstant("expectedArrivalAt", last.scheduledArrival() + last.delayMs())
            .with("delaySeconds", Math.floorDiv(last.delayMs(), 1000L))
            .withInstant("oldPickupTime", agreed)
            .withInstant("newPickupTime", agreed + last.delayMs()));
  }
}
