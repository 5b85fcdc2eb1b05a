package io.tripwatch.verdict;

import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.event.Stamp;
import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert.Confidence;
import io.tripwatch.verdict.Alert.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A rule that holds, told in the contract's words: of trip o-1/d-7, family punctuality, at {@link
 * #MOMENT}, with 5,000 cents and 3 points, unless told otherwise.
 */
final class Held {
  /** The moment of all that holds, until told otherwise. */
  static final long MOMENT = 1_763_800_000_000L;

  private final String ruleId;
  private String tripId = "o-1/d-7";
  private String alertId;
  private String family = "punctuality";
  private long fineCents = 5_000;
  private long points = 3;
  private boolean review;
  private boolean shadow;
  private long moment = MOMENT;
  private Duration settleAfter = Duration.ofHours(24);
  private HumanVerdict verdict;

  private Held(String ruleId) {
    this.ruleId = ruleId;
  }

  static Held rule(String ruleId) {
    return new Held(ruleId);
  }

  Held ofTrip(String value) {
    tripId = value;
    return this;
  }

  /** It is about the driver's day and no trip. */
  Held ofDay(String subject) {
    tripId = null;
    alertId = "-/d-7/" + ruleId + "/" + subject;
    return this;
  }

  Held alertId(String value) {
    alertId = value;
    return this;
  }

  Held family(String value) {
    family = value;
    return this;
  }

  Held costs(long cents, long pointsDeducted) {
    fineCents = cents;
    points = pointsDeducted;
    return this;
  }

  Held review() {
    review = true;
    return this;
  }

  Held shadow() {
    shadow = true;
    return this;
  }

  Held at(long time) {
    moment = time;
    return this;
  }

  Held settledAfter(Duration value) {
    settleAfter = value;
    return this;
  }

  /** A person decided so long after the moment. */
  Held decided(Decision decision, Duration after) {
    verdict = verdict(alertId(), decision, moment + after.toMillis());
    return this;
  }

  static HumanVerdict verdict(String alertId, Decision decision, long time) {
    Stamp stamp = new Stamp(time, Stamp.ABSENT, null, alertId + "|" + decision + "|" + time);
    return new HumanVerdict(stamp, Subject.ALERT, alertId, "d-7", decision, "qc-3", null);
  }

  private String alertId() {
    return alertId == null ? tripId + "/" + ruleId : alertId;
  }

  Holding holding() {
    Alert alert =
        new Alert(
            alertId(),
            1,
            1,
            Status.RAISED,
            ruleId,
            "default",
            family,
            Severity.MAJOR,
            Confidence.CONFIRMED,
            shadow,
            tripId == null ? null : "o-1",
            "d-7",
            null,
            null,
            null,
            moment,
            "It holds.",
            Map.of());
    return new Holding(
        alert,
        tripId,
        fineCents,
        points,
        review,
        settleAfter.toMillis(),
        Ruling.of(verdict == null ? List.of() : List.of(verdict)));
  }
}
