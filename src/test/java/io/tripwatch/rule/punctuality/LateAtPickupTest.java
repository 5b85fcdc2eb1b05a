package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Confidence.CONFIRMED;
import static io.tripwatch.verdict.Alert.Confidence.UNVERIFIED;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateAtPickupTest implements RuleContract {
  private static final String LATE_AT_PICKUP = "late-at-pickup";

  @Override
  public String rule() {
    return LATE_AT_PICKUP;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").away("9:55").onSiteAt("10:05").startAt("10:10");
  }

  @Override
  public String judgedAt() {
    return "10:20";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 3, false, true);
  }

  @Test
  void staysSilentWhenThePressComesExactlyAtThePickupTime() {
    trip().onSiteAt("10:00").judgedAt("10:20").isSilentOn(LATE_AT_PICKUP);
  }

  @Test
  void holdsWhenThePressComesAMillisecondLater() {
    trip().onSiteAt("10:00:00.001").judgedAt("10:20").raises(LATE_AT_PICKUP, "10:00");
  }

  @Test
  void holdsAloneOfTheThree() {
    Outcome outcome = trip().onSiteAt("10:05").judgedAt("11:00").raises(LATE_AT_PICKUP);
    outcome.isSilentOn("margin-missed").isSilentOn("no-show");
  }

  @Test
  void saysHowLateOnceItIsKnown() {
    Outcome unknown = trip().judgedAt("10:20").raises(LATE_AT_PICKUP);
    assertNull(unknown.evidence(LATE_AT_PICKUP, "lateBySeconds"));
    Outcome known = trip().onSiteAt("10:05:00.999").judgedAt("10:20");
    assertEquals(300L, known.evidence(LATE_AT_PICKUP, "lateBySeconds"));
    String when = "the pickup time 2026-11-22T10:00:00Z";
    assertEquals("Not at the pickup point by " + when + ".", said(unknown));
    String claimed = "ON_SITE was pressed 5 min after " + when + ", his position is unknown.";
    assertEquals(claimed, said(known));
    assertEquals(List.of(RAISED, UPDATED), known.revisions(LATE_AT_PICKUP));
    Outcome seen = trip().away("9:55").insideFrom("10:05", "10:08").judgedAt("10:20");
    assertEquals("At the pickup point 5 min after " + when + ".", said(seen));
    assertEquals(at("10:05"), seen.evidence(LATE_AT_PICKUP, "seenAt"));
    assertEquals("STAY", seen.evidence(LATE_AT_PICKUP, "presentBy"));
  }

  private static String said(Outcome outcome) {
    return outcome.finding(LATE_AT_PICKUP).message();
  }

  @Test
  void saysHowNearHeCameByThePickupTime() {
    Story away = trip().fix("9:30", 4_000).fix("9:40", 3_000).fix("9:59", 3_500).fix("10:01", 600);
    Outcome outcome = away.judgedAt("10:20");
    String said = "Not at the pickup point by the pickup time 2026-11-22T10:00:00Z";
    assertEquals(said + "; nearest 3000 m.", outcome.alert(LATE_AT_PICKUP).message());
    assertEquals(at("9:40"), outcome.evidence(LATE_AT_PICKUP, "nearestAt"));
    assertEquals(3L, outcome.evidence(LATE_AT_PICKUP, "fixes"));
    assertEquals(0L, outcome.evidence(LATE_AT_PICKUP, "fixesInside"));
    assertEquals(at("9:59"), outcome.evidence(LATE_AT_PICKUP, "lastFixAt"));
  }

  @Test
  void saysThatHeWasThereAndLeft() {
    Story left = trip().insideFrom("9:20", "9:30").away("9:55");
    Outcome outcome = left.judgedAt("10:20").raises(LATE_AT_PICKUP);
    String said = "Not at the pickup point by the pickup time 2026-11-22T10:00:00Z";
    assertEquals(
        said + "; last there 30 min before that, for 10 min.",
        outcome.alert(LATE_AT_PICKUP).message());
    assertEquals(at("9:30"), outcome.evidence(LATE_AT_PICKUP, "lastInsideAt"));
    assertEquals(600L, outcome.evidence(LATE_AT_PICKUP, "lastInsideSeconds"));
    assertEquals(at("9:45"), outcome.evidence(LATE_AT_PICKUP, "stayUntilAt"));
  }

  @Test
  void isNotRevisedForEveryFixAfterThePickupTime() {
    Story on = trip().away("9:55", "10:01", "10:02", "10:03").fix("10:04", 700);
    assertEquals(List.of(RAISED), on.judgedAt("10:20").revisions(LATE_AT_PICKUP));
  }

  @Test
  void showsThePressesMadeElsewhere() {
    Story pressed = trip().away("9:50").onSiteAt("9:50").away("9:59");
    assertEquals(
        List.of(at("9:50")),
        pressed.judgedAt("10:20").evidence(LATE_AT_PICKUP, "onSiteElsewhereAt"));
  }

  @Test
  void isUpdatedWhenALateFixShowsThatHeCameEarlier() {
    Outcome outcome =
        trip()
            .onSiteAt("10:25")
            .learnedAt("11:00", story -> story.insideFrom("10:04", "10:08"))
            .judgedAt("11:01");
    assertEquals(List.of(RAISED, UPDATED, UPDATED), outcome.revisions(LATE_AT_PICKUP));
    assertEquals(240L, outcome.evidence(LATE_AT_PICKUP, "lateBySeconds"));
  }

  @Test
  void isRetractedWhenALatePressShowsPresence() {
    Outcome outcome = trip().learnedAt("11:55", story -> story.onSiteAt("10:00")).judgedAt("11:56");
    assertEquals(RETRACTED, outcome.isSilentOn(LATE_AT_PICKUP).revisions(LATE_AT_PICKUP).get(1));
  }

  @Test
  void isRaisedAgainWhenThatPressProvesToBeMadeElsewhere() {
    Outcome outcome =
        trip()
            .learnedAt("10:10", story -> story.onSiteAt("9:58"))
            .learnedAt("10:12", story -> story.away("9:57"))
            .judgedAt("10:15");
    assertEquals(List.of(RAISED, RETRACTED, RAISED), outcome.revisions(LATE_AT_PICKUP));
  }

  @Test
  void countsAStartWherePresenceIsNotDisproved() {
    trip().startAt("10:00").judgedAt("10:20").isSilentOn(LATE_AT_PICKUP);
    trip().away("9:59:30").startAt("10:00").judgedAt("10:20").raises(LATE_AT_PICKUP);
    trip().inside("9:59:30").startAt("10:00").judgedAt("10:20").isSilentOn(LATE_AT_PICKUP);
  }

  @Test
  void isGraverWhenHeCameAfterTheTimeOfANoShow() {
    Outcome just = trip().startAt("10:30").judgedAt("11:00");
    assertEquals(5_000, just.finding(LATE_AT_PICKUP).fineCents());
    assertEquals(3, just.finding(LATE_AT_PICKUP).points());
    Outcome later = trip().startAt("10:30:00.001").judgedAt("11:00");
    assertEquals(10_000, later.finding(LATE_AT_PICKUP).fineCents());
    assertEquals(6, later.finding(LATE_AT_PICKUP).points());
  }

  @Test
  void isNotGraverWhileItIsNotKnownWhenHeCame() {
    Outcome outcome = trip().away("10:40").startAt("10:40").judgedAt("11:00");
    assertEquals(5_000, outcome.finding(LATE_AT_PICKUP).fineCents());
  }

  @Test
  void takesTheGraverConsequencesFromTheSettings() {
    Story story = trip().startAt("10:40").with("rules.late-at-pickup.graveFineCents", 1L);
    Outcome outcome = story.with("rules.late-at-pickup.gravePoints", 2L).judgedAt("11:00");
    assertEquals(1, outcome.finding(LATE_AT_PICKUP).fineCents());
    assertEquals(2, outcome.finding(LATE_AT_PICKUP).points());
    Story patient = trip().startAt("10:40").with("rules.no-show.noShowAfter", "45 min");
    assertEquals(5_000, patient.judgedAt("11:00").finding(LATE_AT_PICKUP).fineCents());
  }

  @Test
  void standsInForANoShowThatIsOffOrOnTrial() {
    trip().with("rules.no-show.enabled", false).judgedAt("11:00").raises(LATE_AT_PICKUP);
    trip()
        .with("rules.no-show.shadow", true)
        .judgedAt("11:00")
        .raises(LATE_AT_PICKUP)
        .raises("no-show");
  }

  @Test
  void holdsAgainWhenALateStartTakesTheNoShowBack() {
    Outcome outcome = trip().learnedAt("12:00", story -> story.startAt("10:50")).judgedAt("12:01");
    assertEquals(List.of(RAISED, RETRACTED, RAISED), outcome.revisions(LATE_AT_PICKUP));
    assertEquals(3_000L, outcome.evidence(LATE_AT_PICKUP, "lateBySeconds"));
  }

  @Test
  void isMovedByADelayKnownWhenItComes() {
    train().status(Status.DELAYED, "10:00", "PT15M").judgedAt("10:14").isSilentOn(LATE_AT_PICKUP);
    train()
        .status(Status.DELAYED, "10:00", "PT15M")
        .judgedAt("10:15")
        .raises(LATE_AT_PICKUP, "10:15");
    train()
        .status(Status.DELAYED, "10:00:00.001", "PT15M")
        .judgedAt("10:15")
        .raises(LATE_AT_PICKUP, "10:00");
  }

  @Test
  void neverComesOnceTheTripHasEndedOrTheTrainIsCalledOff() {
    trip()
        .cancelledBy(CancelledBy.PASSENGER, "9:59:59.999")
        .judgedAt("11:00")
        .isSilentOn(LATE_AT_PICKUP);
    trip().cancelledBy(CancelledBy.PASSENGER, "10:00").judgedAt("11:00").raises(LATE_AT_PICKUP);
    trip().reassignedTo("d-8", "9:59").judgedAt("11:00").isSilentOn(LATE_AT_PICKUP);
    train().status(Status.RETURNED, "9:59:59.999").judgedAt("10:10").isSilentOn(LATE_AT_PICKUP);
    train().status(Status.RETURNED, "10:00").judgedAt("10:10").raises(LATE_AT_PICKUP);
  }

  @Test
  void isNotStoppedByACancelledFlightThatComesBackOnlyForDepartures() {
    Story departure = trip().scenario(Scenario.AIRPORT_DROPOFF).flight("CA1");
    departure.status(Status.DIVERTED, "9:00").judgedAt("10:10").raises(LATE_AT_PICKUP);
    Story calledOff = trip().scenario(Scenario.AIRPORT_DROPOFF).flight("CA1");
    calledOff.status(Status.CANCELLED, "9:00").judgedAt("10:10").isSilentOn(LATE_AT_PICKUP);
  }

  @Test
  void comesNotForADriverWhoAcceptedAfterIt() {
    trip().placedAt("7:00").acceptedAt("10:00:00.001").judgedAt("10:20").isSilentOn(LATE_AT_PICKUP);
    trip().placedAt("7:00").acceptedAt("10:00").judgedAt("10:20").raises(LATE_AT_PICKUP);
  }

  @Test
  void isUnverifiedWithoutAFixInTheTenMinutesBefore() {
    trip().away("9:49:59.999").judgedAt("10:20").raises(LATE_AT_PICKUP, UNVERIFIED);
    trip().away("9:50").judgedAt("10:20").raises(LATE_AT_PICKUP, CONFIRMED);
    trip().away("10:00").judgedAt("10:20").raises(LATE_AT_PICKUP, CONFIRMED);
  }

  @Test
  void isNotConfirmedByAFixThatIsNotUsable() {
    trip().fix(Fixed.at("9:55").mock()).judgedAt("10:20").raises(LATE_AT_PICKUP, UNVERIFIED);
    trip()
        .fix(Fixed.at("9:55").accuracyM(100.1))
        .judgedAt("10:20")
        .raises(LATE_AT_PICKUP, UNVERIFIED);
    trip().fix(Fixed.at("9:55").accuracyM(100)).judgedAt("10:20").raises(LATE_AT_PICKUP, CONFIRMED);
  }

  @Test
  void isUpdatedWhenALateFixConfirmsIt() {
    Outcome outcome = trip().learnedAt("10:10", story -> story.away("9:55")).judgedAt("10:11");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(LATE_AT_PICKUP, CONFIRMED).revisions(LATE_AT_PICKUP));
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
