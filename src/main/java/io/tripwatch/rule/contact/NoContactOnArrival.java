package io.tripwatch.rule.contact;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Stamp;
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

/**
 * The driver is not in touch with the passenger when the flight or train has arrived, or, without
 * one, when he is at the pickup point himself; and the ride does not start either (§1.三.1).
 */
public final class NoContactOnArrival implements TripRule {
  static final Setting WITHIN =
      Setting.duration("within", Duration.ofMinutes(10), Duration.ZERO, Duration.ofHours(6));

  private static final long CONTACT_BEFORE_MS = 10 * 60_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("no-contact-on-arrival", Family.CONTACT, Severity.WARNING)
          .fined(0, 1)
          .with(WITHIN);

  /**
   * @param at A, when flight or driver arrived
   * @param knownAt C, when the driver could act on it
   */
  private record Arrival(long at, long knownAt) {}

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    Arrival arrival = trip.isPickupWithFlight() ? ofFlight(trip) : ofDriver(trip);
    if (arrival == null) {
      return Optional.empty();
    }
    long due = arrival.knownAt() + settings.ms(WITHIN);
    if (trip.start() <= due
        || trip.contactIn(arrival.at() - CONTACT_BEFORE_MS, due)
        || !trip.comes(due)) {
      return Optional.empty();
    }
    return Optional.of(finding(trip, settings, arrival, due));
  }

  private static Finding finding(Trip trip, Values settings, Arrival arrival, long due) {
    long from = arrival.at() - CONTACT_BEFORE_MS;
    boolean ofFlight = trip.isPickupWithFlight();
    String what = ofFlight ? trip.booking().flight().flightNo() + " arrived" : "the driver came";
    String message =
        "No call or text reached the passenger from 10 min before to "
            + Saying.span(due - arrival.at())
            + " after "
            + what
            + " at "
            + Saying.instant(arrival.at())
            + ".";
    Finding finding = Finding.at(due, settings, message);
    if (ofFlight) {
      finding.with("flightNo", trip.booking().flight().flightNo());
    }
    return finding
        .withInstant("arrivedAt", arrival.at())
        .withInstant("knownAt", arrival.knownAt())
        .withInstant("contactFromAt", from)
        .withInstant("dueAt", due)
        .with("attempts", trip.attemptsIn(from, due))
        .withInstant("lastContactAt", trip.lastContactIn(trip.openedAt(), from))
        .withInstant("startedAt", trip.start());
  }

  private static Arrival ofFlight(Trip trip) {
    Arrival last = null;
    for (FlightStatus status : trip.statuses()) {
      if (status.status() == Status.ARRIVED && status.actualArrival() != Stamp.ABSENT) {
        last = new Arrival(status.actualArrival(), Math.max(status.actualArrival(), status.time()));
      }
    }
    return last;
  }

  private static Arrival ofDriver(Trip trip) {
    if (trip.presence() == NEVER) {
      return null;
    }
    long due = trip.deadline(-Trip.DUE_BEFORE_PICKUP_MS);
    return new Arrival(trip.presence(), Math.max(trip.presence(), due));
  }
}
