package io.tripwatch.rule.flights;

import static io.tripwatch.rule.Story.trip;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlightCalledOffTest implements RuleContract {
  private static final String FLIGHT_CALLED_OFF = "flight-called-off";

  @Override
  public String rule() {
    return FLIGHT_CALLED_OFF;
  }

  @Override
  public Story broken() {
    return train().calledAt("8:10").status(Status.CANCELLED, "8:30");
  }

  @Override
  public String judgedAt() {
    return "9:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.INFO, 0, 0, false, false);
  }

  @Test
  void holdsForAnyWayOfNotComing() {
    for (Status status : Status.values()) {
      Outcome outcome = train().status(status, "8:30").judgedAt("9:00");
      boolean calledOff =
          List.of(Status.CANCELLED, Status.DIVERTED, Status.RETURNED).contains(status);
      assertEquals(calledOff, outcome.holds(FLIGHT_CALLED_OFF), status::name);
    }
  }

  @Test
  void holdsForADepartureOnlyWhenItIsCancelled() {
    for (Status status : Status.values()) {
      Story departure = trip().scenario(Scenario.AIRPORT_DROPOFF).flight("CA1");
      Outcome outcome = departure.status(status, "8:30").judgedAt("9:00");
      assertEquals(status == Status.CANCELLED, outcome.holds(FLIGHT_CALLED_OFF), status::name);
    }
  }

  @Test
  void goesByTheFirstSuchStatus() {
    Story twice = train().status(Status.DIVERTED, "8:30").status(Status.CANCELLED, "8:40");
    assertEquals(
        "DIVERTED",
        twice
            .judgedAt("9:00")
            .raises(FLIGHT_CALLED_OFF, "8:30")
            .evidence(FLIGHT_CALLED_OFF, "status"));
  }

  @Test
  void staysSilentWhenALaterStatusReinstatesTheJourney() {
    Set<Status> reinstate = Set.of(Status.SCHEDULED, Status.DELAYED, Status.DEPARTED);
    for (Status status : Status.values()) {
      Outcome outcome =
          train().status(Status.DIVERTED, "8:30").status(status, "8:40").judgedAt("9:00");
      assertEquals(!reinstate.contains(status), outcome.holds(FLIGHT_CALLED_OFF), status::name);
    }
  }

  @Test
  void isRetractedWhenTheJourneyIsReinstated() {
    Outcome outcome = broken().status(Status.DEPARTED, "8:40").judgedAt("9:00");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(FLIGHT_CALLED_OFF).revisions(FLIGHT_CALLED_OFF));
  }

  @Test
  void ofTwoStatusesAtOneTimeCallingOffIsTheLater() {
    Story atOnce = train().status(Status.CANCELLED, "8:30").status(Status.DEPARTED, "8:30");
    atOnce.judgedAt("9:00").raises(FLIGHT_CALLED_OFF, "8:30");
    Story after = train().status(Status.CANCELLED, "8:30").status(Status.DEPARTED, "8:30:00.001");
    after.judgedAt("9:00").isSilentOn(FLIGHT_CALLED_OFF);
  }

  @Test
  void holdsFromWhenItWasCalledOffAgain() {
    Story again = train().status(Status.CANCELLED, "8:30").status(Status.DELAYED, "8:40");
    again.status(Status.RETURNED, "8:50").status(Status.CANCELLED, "8:55");
    Outcome outcome = again.judgedAt("9:00").raises(FLIGHT_CALLED_OFF, "8:50");
    assertEquals("RETURNED", outcome.evidence(FLIGHT_CALLED_OFF, "status"));
  }

  @Test
  void isReinstatedUntilAMinuteAfterTheEnd() {
    Story within = train().status(Status.CANCELLED, "8:30").status(Status.DELAYED, "8:41");
    within.cancelledBy(CancelledBy.PASSENGER, "8:40");
    within.judgedAt("9:00").isSilentOn(FLIGHT_CALLED_OFF);
    Story after = train().status(Status.CANCELLED, "8:30").status(Status.DELAYED, "8:41:00.001");
    after.cancelledBy(CancelledBy.PASSENGER, "8:40");
    after.judgedAt("9:00").raises(FLIGHT_CALLED_OFF);
  }

  @Test
  void holdsFromTheAcceptanceOfAnOrderForACancelledTrain() {
    train().status(Status.CANCELLED, "7:00").judgedAt("9:00").raises(FLIGHT_CALLED_OFF, "8:00");
  }

  @Test
  void holdsWhenItIsCalledOffExactlyAtTheEnd() {
    Story atTheEnd = train().status(Status.CANCELLED, "8:30");
    atTheEnd.cancelledBy(CancelledBy.PASSENGER, "8:30").judgedAt("9:00").raises(FLIGHT_CALLED_OFF);
    Story after = train().status(Status.CANCELLED, "8:30");
    after
        .cancelledBy(CancelledBy.PASSENGER, "8:29:59.999")
        .judgedAt("9:00")
        .isSilentOn(FLIGHT_CALLED_OFF);
  }

  @Test
  void isAboutTheOrdersOwnFlight() {
    Story changed = train().status(Status.CANCELLED, "8:30");
    changed
        .changedAt("8:40", story -> story.flight("G2"))
        .judgedAt("9:00")
        .isSilentOn(FLIGHT_CALLED_OFF);
    trip().judgedAt("9:00").isSilentOn(FLIGHT_CALLED_OFF);
  }

  @Test
  void movesWhenAnEarlierStatusComesInLate() {
    Outcome outcome =
        broken()
            .learnedAt("10:00", story -> story.status(Status.RETURNED, "8:20"))
            .judgedAt("10:01");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(FLIGHT_CALLED_OFF, "8:20").revisions(FLIGHT_CALLED_OFF));
  }

  @Test
  void isTakenBackWhenTheEndProvesToHaveComeBefore() {
    Outcome outcome =
        broken()
            .learnedAt("8:35", story -> story.cancelledBy(CancelledBy.PLATFORM, "8:29"))
            .judgedAt("9:00");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(FLIGHT_CALLED_OFF));
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
