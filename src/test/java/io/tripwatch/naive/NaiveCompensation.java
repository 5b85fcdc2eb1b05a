package io.tripwatch.naive;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the passenger of one order is owed. */
final class NaiveCompensation {
  private static final long NEVER = NaiveTrip.NEVER;
  private static final long HOUR = 3_600_000;

  private final NaiveOrder order;
  private final NaiveTrip trip;
  private final NaiveFacts facts;
  private final Map<String, NaiveFinding> findings;
  private Map<String, Map<String, Object>> rows;

  NaiveCompensation(NaiveFacts facts, NaiveOrder order, Map<String, NaiveFinding> findings) {
    this.facts = facts;
    this.order = order;
    this.trip = order.lastTrip();
    this.findings = findings;
  }

  void judge(Map<String, Map<String, Object>> into) {
    rows = into;
    if (trip == null) {
      return;
    }
    boolean noShow = held(trip.id + "/no-show") != null;
    if (trip.cancelled != null && trip.cancelledAt == trip.end) {
      cancelled(noShow);
    }
    if (noShow) {
      NaiveFinding finding = held(trip.id + "/no-show");
      add("FULL_REFUND", "DUE", price(), "no-show", finding.moment());
      add("TAXI_REIMBURSEMENT", "DUE", null, "no-show", finding.moment());
    }
    NaiveFinding charged = held(trip.id + "/charged-above-fixed-price");
    if (charged != null) {
      long excess =
          order.settled(trip).number("chargedCents") - trip.last.number("fixedPriceCents");
      add("REFUND_DIFFERENCE", "DUE", excess, "charged-above-fixed-price", charged.moment());
    }
    for (NaiveFinding finding : findings.values()) {
      if (finding.rule().equals("complaint-upheld")
          && finding.trip().orderId.equals(order.id)
          && !finding.shadow()) {
        add("COMPLAINT", "DUE", null, "complaint-upheld", finding.moment());
      }
    }
  }

  private NaiveFinding held(String alertId) {
    NaiveFinding finding = findings.get(alertId);
    return finding == null || finding.shadow() ? null : finding;
  }

  private void cancelled(boolean noShow) {
    long k = trip.cancelledAt;
    long pk = trip.pickupTime.at(k);
    boolean overdue = k > trip.pickupTime.deadline(0);
    boolean present = order.trips.stream().anyMatch(t -> t.presence <= k);
    boolean late = overdue && !present;
    boolean off = offBy(k) || offBy(Math.max(k, pk));
    String by = trip.cancelled.text("cancelledBy");
    boolean waited = by.equals("DRIVER") && trip.waitedInVain(k);
    String refund = null;
    boolean seen = true;
    if (by.equals("PLATFORM") || by.equals("DRIVER") && !waited) {
      refund = "cancelled by " + by;
    } else if (by.equals("DRIVER")) {
      seen = trip.seenBy(k);
    } else if (k <= pk - HOUR) {
      refund = "an hour or more before";
    } else if (off) {
      refund = "called off";
    } else if (late) {
      refund = "late";
    } else {
      seen = !overdue || order.trips.stream().anyMatch(t -> t.seenBy(k));
    }
    if (refund != null) {
      add("FULL_REFUND", "DUE", price(), refund, k);
    } else if (!noShow) {
      add("CANCELLATION_FEE", seen ? "DUE" : "REVIEW", price(), "cancelled by " + by, k);
    }
    if (by.equals("PASSENGER") && late && !off) {
      add("TAXI_REIMBURSEMENT", "DUE", null, "late", k);
    }
  }

  private boolean offBy(long time) {
    return trip.calledOffBy(Math.min(time, facts.now)) != NEVER;
  }

  private long price() {
    long coupon = trip.last.has("couponCents") ? trip.last.number("couponCents") : 0;
    return trip.last.number("fixedPriceCents") - coupon;
  }

  /** With two causes the earlier one stays. */
  private void add(String kind, String status, Long cents, String reason, long moment) {
    String id = order.id + "/" + kind;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("compensationId", id);
    row.put("status", status);
    if (cents != null) {
      row.put("amountCents", cents);
    }
    row.put("reason", reason);
    row.put("occurredAt", NaiveJudge.iso(moment));
    rows.merge(
        id,
        row,
        (a, b) ->
            b.get("occurredAt").toString().compareTo(a.get("occurredAt").toString()) < 0 ? b : a);
  }
}
