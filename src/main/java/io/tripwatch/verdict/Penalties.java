package io.tripwatch.verdict;

import io.tripwatch.rule.Saying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What drivers pay and lose. Every alert of a rule with a fine or points gives one penalty, with
 * the alert's id; of one family in one trip only the gravest counts. It is final a day after the
 * alert's moment, or when a person upholds it; those that need a person are waived when none has
 * decided for thirty days. A retracted alert takes its penalty back by itself: none is stated.
 */
final class Penalties {
  static final String PENDING = "PENDING";
  static final String REVIEW = "REVIEW";
  static final String FINAL = "FINAL";
  static final String WAIVED = "WAIVED";

  /** A person has so long to decide. */
  static final long REVIEW_MS = 30 * 24 * 3_600_000L;

  private static final Comparator<Holding> GRAVEST_FIRST =
      Comparator.comparingLong(Holding::points)
          .thenComparingLong(Holding::fineCents)
          .reversed()
          .thenComparing(holding -> holding.alert().ruleId())
          .thenComparing(holding -> holding.alert().alertId());

  private Penalties() {}

  /** The penalties of all that holds in one file. */
  static List<Statement> of(List<Holding> holds, int epoch, Awaited awaited) {
    List<Holding> fined = new ArrayList<>();
    for (Holding holding : holds) {
      boolean costs = holding.fineCents() > 0 || holding.points() > 0;
      if (costs && !holding.alert().shadow() && !holding.isRejected()) {
        fined.add(holding);
      }
    }
    fined.sort(GRAVEST_FIRST);
    Map<String, Holding> gravest = new HashMap<>();
    List<Statement> penalties = new ArrayList<>();
    for (Holding holding : fined) {
      // What concerns no trip competes with nothing.
      String contest =
          holding.tripId() == null
              ? holding.alert().alertId()
              : holding.tripId() + " " + holding.alert().family();
      Holding graver = gravest.putIfAbsent(contest, holding);
      penalties.add(
          graver == null
              ? counting(holding, epoch, awaited)
              : statement(holding, epoch, WAIVED, null, waived(holding, graver)));
    }
    return penalties;
  }

  /** Of two that cost the same neither is graver. */
  private static String waived(Holding holding, Holding other) {
    boolean isGraver =
        other.points() != holding.points() || other.fineCents() != holding.fineCents();
    return "one of the "
        + holding.alert().family()
        + " family counts for a trip: "
        + other.alert().alertId()
        + (isGraver ? " is graver" : " stands");
  }

  private static Statement counting(Holding holding, int epoch, Awaited awaited) {
    long moment = holding.alert().occurredAt();
    if (holding.isUpheld() && isInTime(holding)) {
      long decided = holding.ruling().since();
      boolean byItself = !holding.review() && moment + holding.settleAfterMs() <= decided;
      return byItself
          ? settled(holding, epoch)
          : statement(holding, epoch, FINAL, decided, "upheld by " + holding.ruling().decidedBy());
    }
    if (holding.review()) {
      return awaited.hasCome(moment + REVIEW_MS)
          ? statement(holding, epoch, WAIVED, null, "nobody decided within 30 d")
          : statement(holding, epoch, REVIEW, null, review(holding));
    }
    return awaited.hasCome(moment + holding.settleAfterMs())
        ? settled(holding, epoch)
        : statement(holding, epoch, PENDING, null, pending(holding));
  }

  private static String review(Holding holding) {
    boolean isVerified = holding.alert().confidence() == Alert.Confidence.CONFIRMED;
    return isVerified ? "a person decides" : "a person decides: the alert is not verified";
  }

  private static String pending(Holding holding) {
    long finalAt = holding.alert().occurredAt() + holding.settleAfterMs();
    return "final at " + Saying.instant(finalAt) + " if the alert stands until then";
  }

  /** What a person must decide on is waived in the end, and stays so. */
  private static boolean isInTime(Holding holding) {
    return !holding.review()
        || holding.ruling().since() <= holding.alert().occurredAt() + REVIEW_MS;
  }

  private static Statement settled(Holding holding, int epoch) {
    long at = holding.alert().occurredAt() + holding.settleAfterMs();
    return statement(holding, epoch, FINAL, at, "the alert stood until then");
  }

  private static Statement statement(
      Holding holding, int epoch, String status, Long finalAt, String reason) {
    Alert alert = holding.alert();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ruleId", alert.ruleId());
    fields.put("ruleVersion", alert.ruleVersion());
    fields.put("driverId", alert.driverId());
    if (alert.orderId() != null) {
      fields.put("orderId", alert.orderId());
    }
    fields.put("fineCents", holding.fineCents());
    fields.put("points", holding.points());
    fields.put("occurredAt", Instant.ofEpochMilli(alert.occurredAt()));
    if (finalAt != null) {
      fields.put("finalAt", Instant.ofEpochMilli(finalAt));
    }
    fields.put("reason", reason);
    return Statement.of(OutputTopic.PENALTIES, alert.alertId(), epoch, status, fields);
  }
}
