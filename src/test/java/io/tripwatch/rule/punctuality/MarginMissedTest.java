package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Confidence.CONFIRMED;
import static io.tripwatch.verdict.Alert.Confidence.UNVERIFIED;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginMissedTest implements RuleContract {
  private static final String MARGIN_MISSED = "margin-missed";

  @Override
  public String rule() {
    return MARGIN_MISSED;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").away("9:45").onSiteAt("9:55").startAt("9:59");
  }

  @Override
  public String judgedAt() {
    return "10:20";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.INFO, 0, 1, false, true);
  }

  @Test
  void staysSilentWhenThePressComesExactlyTenMinutesBefore() {
    trip().onSiteAt("9:50").judgedAt("10:20").isSilentOn(MARGIN_MISSED);
  }

  @Test
  void holdsWhenThePressComesAMillisecondLater() {
    trip().onSiteAt("9:50:00.001").judgedAt("10:20").raises(MARGIN_MISSED, "9:50");
  }

  @Test
  void givesWayToLatenessAMillisecondAfterThePickupTime() {
    trip().onSiteAt("10:00").judgedAt("10:20").raises(MARGIN_MISSED).isSilentOn("late-at-pickup");
    Outcome late = trip().onSiteAt("10:00:00.001").judgedAt("10:20").raises("late-at-pickup");
    assertEquals(
        List.of(RAISED, RETRACTED), late.isSilentOn(MARGIN_MISSED).revisions(MARGIN_MISSED));
  }

  @Test
  void countsTheBeginningOfAStay() {
    trip().insideFrom("9:50", "9:55").judgedAt("10:20").isSilentOn(MARGIN_MISSED);
    trip().insideFrom("9:50:30", "9:55").judgedAt("10:20").raises(MARGIN_MISSED);
  }

  @Test
  void saysWhenHeCameOnceItIsKnown() {
    Outcome outcome = trip().onSiteAt("9:55").judgedAt("9:56");
    assertEquals(List.of(RAISED, UPDATED), outcome.revisions(MARGIN_MISSED));
    assertEquals(at("9:55"), outcome.evidence(MARGIN_MISSED, "presentAt"));
    assertEquals(at("9:50"), outcome.evidence(MARGIN_MISSED, "dueAt"));
    assertEquals(at("10:00"), outcome.evidence(MARGIN_MISSED, "pickupTime"));
    String said = "Not at the pickup point 10 min before the pickup time 2026-11-22T10:00:00Z";
    String unverified = " (not verified: no usable fix in the 10 min before).";
    assertEquals(
        said + "; came 5 min after that" + unverified, outcome.alert(MARGIN_MISSED).message());
    assertEquals(said + unverified, trip().judgedAt("9:55").alert(MARGIN_MISSED).message());
  }

  @Test
  void isTakenBackForGoodWhenALatePressShowsThatHeCameInTime() {
    Outcome outcome = trip().learnedAt("9:58", story -> story.onSiteAt("9:40")).judgedAt("10:20");
    assertEquals(
        List.of(RAISED, RETRACTED), outcome.isSilentOn(MARGIN_MISSED).revisions(MARGIN_MISSED));
  }

  @Test
  void isRaisedAgainWhenALatePressShowsThatHeCameByThePickupTime() {
    Outcome outcome = trip().learnedAt("11:30", story -> story.onSiteAt("9:55")).judgedAt("11:31");
    assertEquals(
        List.of(RAISED, RETRACTED, RAISED), outcome.raises(MARGIN_MISSED).revisions(MARGIN_MISSED));
  }

  @Test
  void staysWhenThePickupTimeNeverComes() {
    trip().cancelledBy(CancelledBy.PASSENGER, "9:55").judgedAt("11:00").raises(MARGIN_MISSED);
    train().status(Status.CANCELLED, "9:55").judgedAt("11:00").raises(MARGIN_MISSED);
  }

  @Test
  void neverComesOnceTheTripHasEndedOrTheTrainIsCalledOff() {
    trip()
        .cancelledBy(CancelledBy.PASSENGER, "9:49:59.999")
        .judgedAt("11:00")
        .isSilentOn(MARGIN_MISSED);
    trip().cancelledBy(CancelledBy.PASSENGER, "9:50").judgedAt("11:00").raises(MARGIN_MISSED);
    train().status(Status.DIVERTED, "9:49:59.999").judgedAt("9:55").isSilentOn(MARGIN_MISSED);
    train().status(Status.DIVERTED, "9:50").judgedAt("9:55").raises(MARGIN_MISSED);
  }

  @Test
  void comesNotForADriverWhoAcceptedAfterIt() {
    Story tooLate = trip().placedAt("7:00").acceptedAt("9:50:00.001");
    tooLate.judgedAt("9:55").isSilentOn(MARGIN_MISSED);
    trip().placedAt("7:00").acceptedAt("9:50").judgedAt("9:55").raises(MARGIN_MISSED);
  }

  @Test
  void isMovedByADelayKnownWhenItComes() {
    train()
        .status(Status.DELAYED, "9:50", "PT40M")
        .judgedAt("10:30")
        .raises(MARGIN_MISSED, "10:30");
    train().status(Status.DELAYED, "9:50", "PT40M").judgedAt("10:29").isSilentOn(MARGIN_MISSED);
  }

  @Test
  void isNotExcusedByADelayAnnouncedLater() {
    Story announced = train().status(Status.DELAYED, "9:50:00.001", "PT40M");
    announced.judgedAt("10:00").raises(MARGIN_MISSED, "9:50");
  }

  @Test
  void comesWhenADelayIsWithdrawnNotBefore() {
    Story withdrawn =
        train().status(Status.DELAYED, "9:00", "PT40M").status(Status.DELAYED, "10:10", "PT0M");
    withdrawn.onSiteAt("10:10:00.001").judgedAt("10:20").raises("late-at-pickup", "10:10");
    Story inTime =
        train().status(Status.DELAYED, "9:00", "PT40M").status(Status.DELAYED, "10:10", "PT0M");
    inTime
        .onSiteAt("10:10")
        .judgedAt("10:20")
        .isSilentOn(MARGIN_MISSED)
        .isSilentOn("late-at-pickup");
  }

  @Test
  void isNotMovedForwardByAnEarlyTrain() {
    train()
        .status(Status.SCHEDULED, "8:30", "-PT20M")
        .judgedAt("9:55")
        .raises(MARGIN_MISSED, "9:50");
  }

  @Test
  void followsAChangeOfTheOrder() {
    Story changed = trip().changedAt("9:30", story -> story.pickupAt("11:00"));
    changed.judgedAt("10:50").raises(MARGIN_MISSED, "10:50");
  }

  @Test
  void isUnverifiedWithoutAFixInTheTenMinutesBefore() {
    trip().away("9:39:59.999").judgedAt("9:55").raises(MARGIN_MISSED, UNVERIFIED);
    trip().away("9:40").judgedAt("9:55").raises(MARGIN_MISSED, CONFIRMED);
  }

  @Test
  void takesItsMarginFromTheSettings() {
    Story wider = trip().with("rules.margin-missed.margin", "15 min");
    wider.onSiteAt("9:46").judgedAt("10:20").raises(MARGIN_MISSED, "9:45");
    Story narrower =
        trip()
            .with("rules.margin-missed.margin", "15 min")
            .with("cities.chengdu.scenarios.STATION_DROPOFF.rules.margin-missed.margin", "5 min");
    narrower.onSiteAt("9:55").judgedAt("10:20").isSilentOn(MARGIN_MISSED);
  }

  @Test
  void doesNotHoldWithoutAMargin() {
    Story none = trip().with("rules.margin-missed.margin", "0 s").onSiteAt("10:00:01");
    none.judgedAt("10:20").isSilentOn(MARGIN_MISSED).raises("late-at-pickup");
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
