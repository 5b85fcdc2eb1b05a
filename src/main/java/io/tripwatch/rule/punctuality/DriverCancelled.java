package io.tripwatch.rule.punctuality;

import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.OrderEvent.CancelledBy;
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
 * CANCELLED by the driver, not called off, and not after the free wait: whoever accepted drives
 * (§3.二.15). With more people or luggage than the class takes a person decides.
 */
public final class DriverCancelled implements TripRule {
  static final Setting SHORT_NOTICE =
      Setting.duration("shortNotice", Duration.ofHours(2), Duration.ZERO, Duration.ofDays(2));
  static final Setting SHORT_NOTICE_FINE_CENTS =
      Setting.integer("shortNoticeFineCents", 10_000, 0, RuleSpec.MAX_FINE_CENTS);
  static final Setting SHORT_NOTICE_POINTS =
      Setting.integer("shortNoticePoints", 6, 0, RuleSpec.MAX_POINTS);

  private static final RuleSpec SPEC =
      RuleSpec.of("driver-cancelled", Family.PUNCTUALITY, Severity.MAJOR)
          .fined(5_000, 3)
          .with(SHORT_NOTICE, SHORT_NOTICE_FINE_CENTS, SHORT_NOTICE_POINTS);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    OrderEvent cancellation = trip.cancellation();
    if (cancellation == null || cancellation.cancelledBy() != CancelledBy.DRIVER) {
      return Optional.empty();
    }
    long at = cancellation.time();
    if (!trip.hasCome(at)
        || trip.isCalledOffBy(at)
        || trip.waitedOut(at, PickupAbandoned.freeWaitMs(trip))) {
      return Optional.empty();
    }
    long pickup = trip.pickupTime().at(at);
    long aheadMs = pickup - at;
    String message =
        "The driver cancelled "
            + Saying.span(aheadMs)
            + (aheadMs >= 0 ? " before" : " after")
            + " the pickup time "
            + Saying.instant(pickup)
            + ".";
    Finding finding =
        Finding.at(at, settings, message)
            .withInstant("acceptedAt", trip.openedAt())
            .withInstant("pickupAt", trip.booking().pickupAt())
            .withInstant("pickupTime", pickup)
            .withInstant("cancelledAt", at)
            .with("minutesAhead", aheadMs / 60_000)
            .with("shortNoticeSeconds", settings.ms(SHORT_NOTICE) / 1_000);
    if (trip.presence() <= at) {
      long waitFrom = Math.max(trip.presence(), pickup);
      finding
          .withInstant("presentAt", trip.presence())
          .withInstant("freeWaitEndsAt", waitFrom + PickupAbandoned.freeWaitMs(trip));
    }
    if (cancellation.reason() != null) {
      finding.with("reason", cancellation.reason());
    }
    if (aheadMs <= settings.ms(SHORT_NOTICE)) {
      finding =
          finding.fined(
              settings.integer(SHORT_NOTICE_FINE_CENTS), settings.integer(SHORT_NOTICE_POINTS));
    }
    boolean overCapacity = OrderEvent.OVER_CAPACITY.equals(cancellation.reason());
    return Optional.of(overCapacity ? finding.reviewed() : finding);
  }
}
