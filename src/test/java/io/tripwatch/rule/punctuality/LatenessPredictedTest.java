package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where nothing is learned, at 25 km/h. */
class LatenessPredictedTest implements RuleContract {
  private static final String PREDICTED = "lateness-predicted";

  @Override
  public String rule() {
    return PREDICTED;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").away("9:40");
  }

  @Override
  public String judgedAt() {
    return "9:59";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 0, 0, false, false);
  }

  @Test
  void isRaisedAsTimePassesForOneWhoStandsFarAway() {
    Story stands = trip();
    for (int minute = 10; minute < 60; minute += 2) {
      stands.away("9:" + minute);
    }
    Alert alert = stands.judgedAt("9:59").alert(PREDICTED);
    assertBetween("9:43", Instant.ofEpochMilli(alert.occurredAt()), "9:52");
  }

  @Test
  void isRaisedAsTimePassesForOneWhoIsSilent() {
    Alert alert = broken().judgedAt("9:59").alert(PREDICTED);
    assertBetween("9:43", Instant.ofEpochMilli(alert.occurredAt()), "9:52");
    assertEquals(List.of(RAISED), broken().judgedAt("9:59").revisions(PREDICTED));
  }

  @Test
  void isRaisedForOneNeverSeenShortlyBeforeThePickupTime() {
    Outcome unseen = trip().judgedAt("9:59:59");
    assertBetween("9:50", Instant.ofEpochMilli(unseen.alert(PREDICTED).occurredAt()), "9:58");
  }

  @Test
  void ofOneNeverSeenItSaysThatHisPositionIsUnknownAndMakesNothingUp() {
    Alert unseen = trip().judgedAt("9:59:59").alert(PREDICTED);
    assertTrue(
        unseen
            .message()
            .matches(
                "His position is unknown \\d+ min( \\d+ s)? before the pickup time"
                    + " 2026-11-22T10:00:00Z \\(not verified: no usable fix of him yet\\)."),
        unseen.message());
    assertEquals(Map.of("pickupTime", at("10:00")), unseen.evidence());
    assertEquals(Alert.Confidence.UNVERIFIED, unseen.confidence());
  }

  @Test
  void ofOneSeenOnceItIsConfirmed() {
    Alert seen = broken().judgedAt("9:59").alert(PREDICTED);
    assertEquals(Alert.Confidence.CONFIRMED, seen.confidence());
    assertTrue((Long) seen.evidence().get("positionAgeSeconds") > 0);
  }

  @Test
  void staysSilentForOneWhoApproachesInTime() {
    comes(30_000, "9:00", 10).judgedAt("9:59").isSilentOn(PREDICTED);
  }

  @Test
  void isRaisedEarlyForOneTooFarAwayWhoGoesOn() {
    Outcome far = comes(40_000, "9:20", 10).judgedAt("9:59");
    assertBetween("9:20", Instant.ofEpochMilli(far.alert(PREDICTED).occurredAt()), "9:40");
  }

  @Test
  void isWithdrawnWhenHeComesNearer() {
    Story story = trip().fix("9:10", 6_500).fix("9:30", 6_500).fix("9:50", 6_500);
    for (int minute = 51; minute < 60; minute++) {
      story.fix("9:" + minute, Math.max(600, 5_000 - (minute - 50) * 1_100));
    }
    Outcome outcome = story.judgedAt("9:59:30").isSilentOn(PREDICTED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(PREDICTED));
  }

  @Test
  void isWithdrawnWhenHeIsThereByTheToleranceAfterThePickupTime() {
    Outcome there = broken().onSiteAt("10:05").judgedAt("10:20").isSilentOn(PREDICTED);
    assertEquals(List.of(RAISED, RETRACTED), there.revisions(PREDICTED));
  }

  @Test
  void staysWhenHeComesAMillisecondLaterOrNever() {
    assertEquals(
        List.of(RAISED),
        broken().onSiteAt("10:05:00.001").judgedAt("10:20").raises(PREDICTED).revisions(PREDICTED));
    broken().judgedAt("11:00").raises(PREDICTED);
  }

  @Test
  void isWithdrawnWhenTheTripIsOverBeforeThePickupTime() {
    broken().cancelledBy(CancelledBy.PASSENGER, "9:58").judgedAt("9:59").isSilentOn(PREDICTED);
    broken().cancelledBy(CancelledBy.PASSENGER, "10:00").judgedAt("10:01").raises(PREDICTED);
  }

  @Test
  void saysNothingBeforeItsWindow() {
    Story early = trip().acceptedAt("6:00").pickupAt("12:00").fix("8:00", 400_000);
    early.judgedAt("10:29:59.999").isSilentOn(PREDICTED);
  }

  @Test
  void doesNotBeginAfterThePickupTime() {
    trip().acceptedAt("10:00").away("9:59").judgedAt("10:30").isSilentOn(PREDICTED);
  }

  @Test
  void goesByThePickupTimeAsItMoves() {
    Story delayed =
        trip().scenario(Scenario.STATION_PICKUP).flight("G1").away("9:40", "9:55", "10:05");
    delayed.status(Status.DELAYED, "9:41", "PT60M");
    delayed.judgedAt("10:10").isSilentOn(PREDICTED);
    Story late = trip().scenario(Scenario.STATION_PICKUP).flight("G1").away("9:40");
    late.status(Status.DELAYED, "9:55", "PT60M");
    Outcome outcome = late.judgedAt("10:20").isSilentOn(PREDICTED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(PREDICTED));
  }

  @Test
  void takesItsToleranceFromTheSettings() {
    Outcome tolerant = broken().with("rules.lateness-predicted.tolerance", "1 h").judgedAt("9:59");
    tolerant.isSilentOn(PREDICTED);
    Instant strict = raisedAt(broken().with("rules.lateness-predicted.tolerance", "1 min"));
    assertTrue(strict.isBefore(raisedAt(broken())), strict::toString);
  }

  @Test
  void saysWhatItExpectsAndWhy() {
    Alert alert = broken().judgedAt("9:59").alert(PREDICTED);
    assertEquals(at("10:00"), alert.evidence().get("pickupTime"));
    assertEquals(4_500, (long) (Long) alert.evidence().get("metresToGo"), 15);
    assertEquals(12L, alert.evidence().get("speedKmh"));
    String message = alert.message();
    assertTrue(
        message.matches(
            "Expected about \\d+ min after the pickup time 2026-11-22T10:00:00Z:"
                + " 4.5 km to go at 12 km/h."),
        message);
  }

  @Test
  void sinksNoOtherVerdict() {
    Outcome with = broken().onSiteAt("10:10").startAt("10:11").judgedAt("11:00");
    Outcome without =
        broken()
            .with("rules.lateness-predicted.enabled", false)
            .onSiteAt("10:10")
            .startAt("10:11")
            .judgedAt("11:00");
    var others = with.rules();
    assertTrue(others.remove(PREDICTED));
    assertEquals(without.rules(), others);
  }

  /** A fix each minute, so many metres nearer each second. */
  private static Story comes(double metres, String from, double metresPerSecond) {
    Story story = trip();
    long begin = Story.ms(from);
    for (int minute = 0; begin + minute * 60_000L < Story.ms("9:59"); minute++) {
      double left = Math.max(0, metres - minute * 60 * metresPerSecond);
      Instant time = Instant.ofEpochMilli(begin + minute * 60_000L);
      story.fix(time.toString().substring(11, 19), left);
    }
    return story;
  }

  private static Instant raisedAt(Story story) {
    return Instant.ofEpochMilli(story.judgedAt("9:59").alert(PREDICTED).occurredAt());
  }

  private static void assertBetween(String from, Instant instant, String to) {
    assertTrue(!instant.isBefore(at(from)) && !instant.isAfter(at(to)), instant::toString);
  }
}
