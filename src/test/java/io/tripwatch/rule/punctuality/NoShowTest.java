package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Confidence.CONFIRMED;
import static io.tripwatch.verdict.Alert.Confidence.UNVERIFIED;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NoShowTest implements RuleContract {
  private static final String NO_SHOW = "no-show";

  @Override
  public String rule() {
    return NO_SHOW;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").away("10:25");
  }

  @Override
  public String judgedAt() {
    return "10:40";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.CRITICAL, 20_000, 12, false, true);
  }

  @Test
  void isTheOnlyOneOfTheThree() {
    Outcome outcome = broken().judgedAt("10:40").raises(NO_SHOW, "10:30");
    Set<String> held = new TreeSet<>(outcome.rules());
    held.retainAll(Set.of("margin-missed", "late-at-pickup", NO_SHOW));
    assertEquals(Set.of(NO_SHOW), held);
  }

  @Test
  void holdsForTheSecondTurnOfADriverWhoCancelledTheFirst() {
    Story story = trip().cancelledBy(CancelledBy.DRIVER, "8:10").acceptedBy("d-7", "8:15");
    Outcome outcome = story.judgedAt("10:40");
    assertEquals(Story.ms("10:30"), outcome.alertOf("o-1/d-7~2/no-show").occurredAt());
    outcome.raises("driver-cancelled", "8:10").isSilentOn(NO_SHOW);
  }

  @Test
  void takesThePlaceOfLatenessWhenItsMomentComes() {
    Outcome outcome = broken().judgedAt("10:40");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions("margin-missed"));
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions("late-at-pickup"));
    assertEquals(List.of(RAISED), outcome.revisions(NO_SHOW));
  }

  @Test
  void staysSilentWhenThePressComesExactlyAtTheDeadline() {
    trip().onSiteAt("10:30").judgedAt("11:00").isSilentOn(NO_SHOW);
  }

  @Test
  void holdsWhenThePressComesAMillisecondLater() {
    trip().onSiteAt("10:30:00.001").judgedAt("11:00").raises(NO_SHOW);
  }

  @Test
  void holdsWhenThePressWasMadeElsewhere() {
    trip().away("10:20").onSiteAt("10:20").judgedAt("11:00").raises(NO_SHOW, CONFIRMED);
  }

  @Test
  void staysSilentForAnyStartOrEnd() {
    trip().startAt("10:45").judgedAt("11:00").isSilentOn(NO_SHOW).raises("late-at-pickup");
    trip().endAt("10:45").judgedAt("11:00").isSilentOn(NO_SHOW).raises("late-at-pickup");
    trip().away("10:45").startAt("10:45").judgedAt("11:00").isSilentOn(NO_SHOW);
  }

  @Test
  void isNotMovedByAnEndTooEarlyToBeOne() {
    trip().endAt("9:49:59").judgedAt("10:30").raises(NO_SHOW);
  }

  @Test
  void isTakenBackWhenALatePressShowsPresence() {
    Outcome outcome = trip().learnedAt("11:30", story -> story.onSiteAt("10:29")).judgedAt("11:31");
    outcome.isSilentOn(NO_SHOW).raises("late-at-pickup", "10:00");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(NO_SHOW));
  }

  @Test
  void isRaisedAgainWhenTheLatePressProvesToBeMadeElsewhere() {
    Outcome outcome =
        trip()
            .learnedAt("11:00", story -> story.onSiteAt("10:29"))
            .learnedAt("11:30", story -> story.away("10:29:30"))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED, RAISED), outcome.revisions(NO_SHOW));
  }

  @Test
  void isUnverifiedWithoutAFixInTheTenMinutesBefore() {
    trip().judgedAt("10:30").raises(NO_SHOW, UNVERIFIED);
    trip().away("10:19:59.999").judgedAt("10:30").raises(NO_SHOW, UNVERIFIED);
    trip().away("10:20").judgedAt("10:30").raises(NO_SHOW, CONFIRMED);
    trip().away("10:30").judgedAt("10:30").raises(NO_SHOW, CONFIRMED);
    trip().away("10:30:00.001").judgedAt("10:31").raises(NO_SHOW, UNVERIFIED);
  }

  @Test
  void isConfirmedWhenTheFixComesInLate() {
    Outcome outcome = trip().learnedAt("11:50", story -> story.away("10:25")).judgedAt("11:51");
    outcome.raises(NO_SHOW, CONFIRMED);
  }

  @Test
  void waitsForADelayedFlight() {
    Story delayed =
        trip()
            .scenario(Scenario.AIRPORT_PICKUP)
            .flight("CA1")
            .status(Status.DELAYED, "9:00", "PT40M");
    delayed.judgedAt("11:09:59.999").isSilentOn(NO_SHOW);
    delayed.judgedAt("11:10").raises(NO_SHOW, "11:10");
  }

  @Test
  void neverComesOnceTheTripHasEnded() {
    Story cancelled = trip().cancelledBy(CancelledBy.PASSENGER, "10:29:59.999");
    cancelled.judgedAt("11:00").isSilentOn(NO_SHOW).raises("late-at-pickup");
    trip().cancelledBy(CancelledBy.PASSENGER, "10:30").judgedAt("11:00").raises(NO_SHOW);
    trip().reassignedTo("d-8", "10:29").judgedAt("11:00").isSilentOn(NO_SHOW);
  }

  @Test
  void neverComesOnceTheFlightIsCalledOff() {
    Story story = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
    story.status(Status.CANCELLED, "10:29:59.999").judgedAt("11:00").isSilentOn(NO_SHOW);
    Story justAfter = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
    justAfter.status(Status.CANCELLED, "10:30").judgedAt("11:00").raises(NO_SHOW);
  }

  @Test
  void comesNotForADriverWhoAcceptedAfterIt() {
    trip().placedAt("7:00").acceptedAt("10:30:00.001").judgedAt("11:00").isSilentOn(NO_SHOW);
    trip().placedAt("7:00").acceptedAt("10:30").judgedAt("11:00").raises(NO_SHOW);
  }

  @Test
  void waitsAsLongAsIsSetForTheScenarioAndTheCity() {
    Story story =
        trip()
            .with("rules.no-show.noShowAfter", "20 min")
            .with("scenarios.STATION_DROPOFF.rules.no-show.noShowAfter", "40 min")
            .with("cities.chengdu.rules.no-show.noShowAfter", "50 min");
    story.judgedAt("10:49:59.999").isSilentOn(NO_SHOW);
    story.judgedAt("10:50").raises(NO_SHOW, "10:50");
  }
}
