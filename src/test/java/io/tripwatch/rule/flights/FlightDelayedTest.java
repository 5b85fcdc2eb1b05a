package io.tripwatch.rule.flights;

import static io.tripwatch.rule.Story.at;
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
import org.junit.jupiter.api.Test;

class FlightDelayedTest implements RuleContract {
  private static final String FLIGHT_DELAYED = "flight-delayed";

  @Override
  public String rule() {
    return FLIGHT_DELAYED;
  }

  @Override
  public Story broken() {
    return train().calledAt("8:10").status(Status.DELAYED, "8:30", "PT40M");
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
  void holdsForADelayOfExactlyAQuarterOfAnHour() {
    train().status(Status.DELAYED, "8:30", "PT15M").judgedAt("9:00").raises(FLIGHT_DELAYED, "8:30");
    train()
        .status(Status.DELAYED, "8:30", "PT14M59.999S")
        .judgedAt("9:00")
        .isSilentOn(FLIGHT_DELAYED);
  }

  @Test
  void saysTheDelayAndBothPickupTimes() {
    Outcome outcome = broken().judgedAt("9:00");
    assertEquals(2_400L, outcome.evidence(FLIGHT_DELAYED, "delaySeconds"));
    assertEquals(at("10:00"), outcome.evidence(FLIGHT_DELAYED, "oldPickupTime"));
    assertEquals(at("10:40"), outcome.evidence(FLIGHT_DELAYED, "newPickupTime"));
  }

  @Test
  void isUpdatedByAnotherDelayButKeepsItsMoment() {
    Outcome outcome = broken().status(Status.DELAYED, "9:00", "PT55M").judgedAt("9:10");
    assertEquals(
        List.of(RAISED, UPDATED), outcome.raises(FLIGHT_DELAYED, "8:30").revisions(FLIGHT_DELAYED));
    assertEquals(3_300L, outcome.evidence(FLIGHT_DELAYED, "delaySeconds"));
  }

  @Test
  void staysWhenTheDelayIsMadeUpFor() {
    Outcome outcome = broken().status(Status.DELAYED, "9:00", "PT0M").judgedAt("9:10");
    assertEquals(
        2_400L, outcome.raises(FLIGHT_DELAYED, "8:30").evidence(FLIGHT_DELAYED, "delaySeconds"));
  }

  @Test
  void goesByTheActualArrivalWhereThereIsOne() {
    train().arrived("9:50", "9:45").judgedAt("9:55").raises(FLIGHT_DELAYED, "9:50");
    train().arrived("9:50", "9:44:59.999").judgedAt("9:55").isSilentOn(FLIGHT_DELAYED);
  }

  @Test
  void holdsFromTheAcceptanceOfAnOrderForADelayedTrain() {
    train().status(Status.DELAYED, "7:00", "PT40M").judgedAt("9:00").raises(FLIGHT_DELAYED, "8:00");
  }

  @Test
  void isAboutPickupsOnly() {
    Story departure = trip().scenario(Scenario.AIRPORT_DROPOFF).flight("CA1");
    departure.status(Status.DELAYED, "8:30", "PT40M").judgedAt("9:00").isSilentOn(FLIGHT_DELAYED);
  }

  @Test
  void countsStatusesBeforeTheEndOnly() {
    Story ended = train().status(Status.DELAYED, "8:30", "PT40M");
    ended.cancelledBy(CancelledBy.PASSENGER, "8:30").judgedAt("9:00").isSilentOn(FLIGHT_DELAYED);
    Story before = train().status(Status.DELAYED, "8:30", "PT40M");
    before
        .cancelledBy(CancelledBy.PASSENGER, "8:30:00.001")
        .judgedAt("9:00")
        .raises(FLIGHT_DELAYED);
  }

  @Test
  void isAboutTheOrdersOwnFlight() {
    Story changed = train().status(Status.DELAYED, "8:30", "PT40M");
    changed
        .changedAt("8:40", story -> story.flight("G2"))
        .judgedAt("9:00")
        .isSilentOn(FLIGHT_DELAYED);
  }

  @Test
  void isRaisedWhenTheStatusComesInLate() {
    Outcome outcome =
        train()
            .learnedAt("10:00", story -> story.status(Status.DELAYED, "8:30", "PT40M"))
            .judgedAt("10:01");
    assertEquals(List.of(RAISED), outcome.raises(FLIGHT_DELAYED, "8:30").revisions(FLIGHT_DELAYED));
  }

  @Test
  void movesWhenAnEarlierStatusComesInLate() {
    Outcome outcome =
        broken()
            .learnedAt("10:00", story -> story.status(Status.DELAYED, "8:20", "PT20M"))
            .judgedAt("10:01");
    assertEquals(
        List.of(RAISED, UPDATED), outcome.raises(FLIGHT_DELAYED, "8:20").revisions(FLIGHT_DELAYED));
    assertEquals(2_400L, outcome.evidence(FLIGHT_DELAYED, "delaySeconds"));
  }

  @Test
  void isTakenBackWhenTheEndProvesToHaveComeBefore() {
    Outcome outcome =
        broken()
            .learnedAt("8:35", story -> story.cancelledBy(CancelledBy.PLATFORM, "8:29"))
            .judgedAt("9:00");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(FLIGHT_DELAYED));
  }

  @Test
  void takesItsBoundFromTheSettings() {
    Story city = train().with("cities.chengdu.rules.flight-delayed.delay", "41 min");
    city.status(Status.DELAYED, "8:30", "PT40M").judgedAt("9:00").isSilentOn(FLIGHT_DELAYED);
    Story scenario = train().with("scenarios.STATION_PICKUP.rules.flight-delayed.delay", "1 min");
    scenario.status(Status.DELAYED, "8:30", "PT1M").judgedAt("9:00").raises(FLIGHT_DELAYED);
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
