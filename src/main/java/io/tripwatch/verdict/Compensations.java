package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.trip.TripSummary;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is owed to the passenger of one order, over all its trips. It rests on findings, so it holds
 * though a person rejected the alert, and goes when the finding does.
 */
public final class Compensations {
  static final String DUE = "DUE";
  static final String REVIEW = "REVIEW";
  static final String CANCELLATION_FEE = "CANCELLATION_FEE";
  private static final String FULL_REFUND = "FULL_REFUND";
  private static final String TAXI_REIMBURSEMENT = "TAXI_REIMBURSEMENT";
  private static final String REFUND_DIFFERENCE = "REFUND_DIFFERENCE";
  private static final String COMPLAINT = "COMPLAINT";

  /** Until so long before the pickup time the passenger cancels for nothing. */
  private static final long FREE_UNTIL_MS = 60 * 60_000L;

  private static final Comparator<TripClaim> FIRST_TO_LAST =
      Comparator.comparing((TripClaim claim) -> claim.trip().ordersLast())
          .thenComparingLong(claim -> claim.trip().openedAt())
          .thenComparing(TripClaim::tripId);

  private final TripClaim last;
  private final int epoch;
  private final Map<String, Statement> owed = new TreeMap<>();

  private Compensations(TripClaim last, int epoch) {
    this.last = last;
    this.epoch = epoch;
  }

  /**
   * What is owed, one for each kind.
   *
   * @param claims of all trips of one order
   */
  public static List<Statement> of(Collection<TripClaim> claims, int epoch) {
    TripClaim last = lastOf(claims);
    if (last == null) {
      return List.of();
    }
    Compensations order = new Compensations(last, epoch);
    order.forNoShow();
    order.forCancellation(claims);
    order.forSettlement();
    order.forComplaints(claims);
    return List.copyOf(order.owed.values());
  }

  /** The order's last trip; null if it has none. */
  static TripClaim lastOf(Collection<TripClaim> claims) {
    return claims.stream().filter(claim -> claim.trip() != null).max(FIRST_TO_LAST).orElse(null);
  }

  private void forNoShow() {
    if (last.noShowAt() != NEVER) {
      String reason = "the driver did not come";
      owe(FULL_REFUND, DUE, price(), reason, last.noShowAt());
      owe(TAXI_REIMBURSEMENT, DUE, null, reason, last.noShowAt());
    }
  }

  private void forCancellation(Collection<TripClaim> claims) {
    CancelledBy by = last.trip().cancelledBy();
    if (by == CancelledBy.PASSENGER) {
      cancelledByPassenger(claims);
    } else if (by == CancelledBy.DRIVER && last.trip().freeWaitOver()) {
      keepFee(last.trip().seenAt(), "the driver cancelled after the free wait");
    } else if (by != null) {
      String who = by == CancelledBy.DRIVER ? "the driver" : "the platform";
      owe(FULL_REFUND, DUE, price(), who + " cancelled", last.trip().cancelledAt());
    }
  }

  private void cancelledByPassenger(Collection<TripClaim> claims) {
    TripSummary trip = last.trip();
    long cancelledAt = trip.cancelledAt();
    boolean isEarly = cancelledAt <= trip.pickupAtCancellation() - FREE_UNTIL_MS;
    boolean isDue = cancelledAt > trip.pickupTime();
    boolean isLate = isDue && earliest(claims, TripSummary::presence) > cancelledAt;
    String late = "cancelled, the driver had not come by the pickup time";
    if (isEarly) {
      String early = "cancelled an hour or more before the pickup time";
      owe(FULL_REFUND, DUE, price(), early, cancelledAt);
    } else if (trip.calledOff()) {
      owe(FULL_REFUND, DUE, price(), "cancelled, the journey was called off", cancelledAt);
    } else if (isLate) {
      owe(FULL_REFUND, DUE, price(), late, cancelledAt);
    } else {
      // Before the pickup time is over nobody asks whether the driver is there.
      long seenAt = isDue ? earliest(claims, TripSummary::seenAt) : cancelledAt;
      keepFee(seenAt, "the passenger cancelled less than an hour before the pickup time or later");
    }
    if (isLate && !trip.calledOff()) {
      owe(TAXI_REIMBURSEMENT, DUE, null, late, cancelledAt);
    }
  }

  /** An instant of a trip. */
  private interface Instance {
    long of(TripSummary trip);
  }

  private static long earliest(Collection<TripClaim> claims, Instance instant) {
    long earliest = NEVER;
    for (TripClaim claim : claims) {
      if (claim.trip() != null) {
        earliest = Math.min(earliest, instant.of(claim.trip()));
      }
    }
    return earliest;
  }

  private void keepFee(long seenAt, String reason) {
    if (last.noShowAt() == NEVER) {
      long cancelledAt = last.trip().cancelledAt();
      String status = seenAt <= cancelledAt ? DUE : REVIEW;
      owe(CANCELLATION_FEE, status, price(), reason, cancelledAt);
    }
  }

  private void forSettlement() {
    if (last.overchargedAt() != NEVER) {
      owe(
          REFUND_DIFFERENCE,
          DUE,
          last.overchargeCents(),
          "charged above the fixed price",
          last.overchargedAt());
    }
  }

  private void forComplaints(Collection<TripClaim> claims) {
    long first = claims.stream().mapToLong(TripClaim::upheldAt).min().orElse(NEVER);
    if (first != NEVER) {
      owe(COMPLAINT, DUE, null, "a complaint was upheld", first);
    }
  }

  private long price() {
    return last.trip().fixedPriceCents() - last.trip().couponCents();
  }

  /** Of two causes the earlier one counts. */
  private void owe(String kind, String status, Long amountCents, String reason, long occurredAt) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("orderId", last.orderId());
    fields.put("passengerId", last.trip().passengerId());
    fields.put("kind", kind);
    if (amountCents != null) {
      fields.put("amountCents", amountCents);
    }
    fields.put("reason", reason);
    fields.put("occurredAt", Instant.ofEpochMilli(occurredAt));
    String id = last.orderId() + "/" + kind;
    Statement owing = Statement.of(OutputTopic.COMPENSATIONS, id, epoch, status, fields);
    owed.merge(kind, owing, (a, b) -> momentOf(b).isBefore(momentOf(a)) ? b : a);
  }

  private static Instant momentOf(Statement owing) {
    return (Instant) owing.fields().get("occurredAt");
  }
}
