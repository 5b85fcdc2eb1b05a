package io.tripwatch.trip;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Story;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PickupTimeTest {
  private static final long MINUTE = 60_000;

  private static PickupTime of(Story story) {
    return story.judgedAt("12:00").trip().pickupTime();
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }

  @Test
  void isWhatWasAgreedWithoutAFlight() {
    PickupTime pickup = of(trip());
    assertEquals(ms("10:00"), pickup.at(ms("8:00")));
    assertEquals(ms("10:00"), pickup.at(ms("11:00")));
    assertEquals(ms("9:50"), pickup.deadline(-10 * MINUTE));
    assertEquals(ms("10:30"), pickup.deadline(30 * MINUTE));
  }

  @Test
  void isUnknownBeforeTheOrderIs() {
    assertEquals(PickupTime.NEVER, of(trip()).at(ms("7:59:59.999")));
    assertEquals(ms("10:00"), of(trip().placedAt("7:00")).at(ms("7:00")));
  }

  @Test
  void isDueBeforeAnOrderThatIsFirstHeardOfLater() {
    Story story = trip().acceptedAt("10:31");
    assertEquals(ms("10:00"), of(story).deadline(0));
    assertEquals(Set.of(), trip().acceptedAt("10:31").judgedAt("11:00").rules());
  }

  @Test
  void movesWithADelayFromTheMomentOfItsStatus() {
    PickupTime pickup = of(train().status(Status.DELAYED, "9:00", "PT40M"));
    assertEquals(ms("10:00"), pickup.at(ms("8:59:59.999")));
    assertEquals(ms("10:40"), pickup.at(ms("9:00")));
    assertEquals(40 * MINUTE, pickup.delayAt(ms("9:00")));
    assertEquals(0, pickup.delayAt(ms("8:59:59.999")));
  }

  @Test
  void knowsADelayAnnouncedBeforeTheOrder() {
    PickupTime pickup = of(train().status(Status.DELAYED, "7:00", "PT40M"));
    assertEquals(ms("10:40"), pickup.at(ms("8:00")));
    assertEquals(40 * MINUTE, pickup.delayAt(ms("8:00")));
    assertEquals(0, pickup.delayAt(ms("7:59")));
  }

  @Test
  void isNeverMovedForward() {
    assertEquals(ms("10:00"), of(train().arrived("9:10", "9:05")).at(ms("9:20")));
  }

  @Test
  void goesByActualThenEstimatedThenScheduledArrival() {
    PickupTime pickup =
        of(
            train()
                .status(Status.DELAYED, "8:10", "PT40M")
                .status(Status.DEPARTED, "8:20")
                .status(Status.DELAYED, "8:30", "PT20M")
                .arrived("9:40", "9:35"));
    assertEquals(ms("10:40"), pickup.at(ms("8:10")));
    assertEquals(ms("10:00"), pickup.at(ms("8:20")));
    assertEquals(ms("10:20"), pickup.at(ms("8:30")));
    assertEquals(ms("10:05"), pickup.at(ms("9:40")));
  }

  @Test
  void tellsWhenItIsNextAnother() {
    PickupTime pickup =
        of(
            train()
                .status(Status.DELAYED, "8:10", "PT40M")
                .status(Status.DELAYED, "8:20", "PT40M")
                .status(Status.DELAYED, "8:30", "PT20M"));
    assertEquals(ms("8:10"), pickup.nextChange(ms("8:09:59.999")));
    assertEquals(ms("8:30"), pickup.nextChange(ms("8:10")));
    assertEquals(PickupTime.NEVER, pickup.nextChange(ms("8:30")));
  }

  @Test
  void takesTheGraverOfTwoStatusesAtOneTime() {
    Story story = train().status(Status.DEPARTED, "9:00", "PT20M");
    assertEquals(ms("10:20"), of(story.status(Status.DELAYED, "9:00", "PT40M")).at(ms("9:00")));
  }

  @Test
  void staysForADeparture() {
    Story story = trip().scenario(Scenario.AIRPORT_DROPOFF).flight("CA1");
    assertEquals(ms("10:00"), of(story.status(Status.DELAYED, "9:00", "PT40M")).at(ms("9:30")));
  }

  @Test
  void followsAChangeOfTheAgreedTimeAndOfTheFlight() {
    Story story = train().status(Status.DELAYED, "8:30", "PT40M");
    story.changedAt("9:00", it -> it.pickupAt("10:10"));
    story.changedAt("9:10", it -> it.flight("G2")).status(Status.DELAYED, "9:20", "PT5M");
    PickupTime pickup = of(story);
    assertEquals(ms("10:50"), pickup.at(ms("9:00")));
    assertEquals(ms("10:10"), pickup.at(ms("9:10")));
    assertEquals(ms("10:15"), pickup.at(ms("9:20")));
  }

  @Test
  void followsAChangeWhoeverDrives() {
    Story story = trip().reassignedTo("d-8", "9:00");
    story.changedAt("9:30", it -> it.pickupAt("11:00"));
    assertEquals(ms("11:00"), of(story).at(ms("9:30")));
  }

  @Test
  void bringsADeadlineOnceAndDoesNotTakeItBack() {
    PickupTime announcedAfter = of(train().status(Status.DELAYED, "9:50:00.001", "PT40M"));
    assertEquals(ms("9:50"), announcedAfter.deadline(-10 * MINUTE));
    assertEquals(ms("10:40"), announcedAfter.deadline(0));
  }

  @Test
  void bringsADeadlineNotBeforeTheDelayIsWithdrawn() {
    Story story = train().status(Status.DELAYED, "9:00", "PT40M");
    PickupTime pickup = of(story.status(Status.DELAYED, "10:10", "PT0M"));
    assertEquals(ms("10:10"), pickup.deadline(-10 * MINUTE));
    assertEquals(ms("10:10"), pickup.deadline(0));
    assertEquals(ms("10:30"), pickup.deadline(30 * MINUTE));
  }

  @Test
  void countsADelayThatIsAnnouncedExactlyAtTheDeadline() {
    PickupTime pickup = of(train().status(Status.DELAYED, "10:00", "PT15M"));
    assertEquals(ms("10:15"), pickup.deadline(0));
  }

  @Test
  void passesOverADeadlineThatMovesAheadOfItselfAgainAndAgain() {
    Story story = train();
    for (int minute = 0; minute < 50; minute += 5) {
      story.status(
          Status.DELAYED, "10:" + (minute < 10 ? "0" : "") + minute, "PT" + (minute + 5) + "M");
    }
    assertEquals(ms("10:50"), of(story).deadline(0));
  }
}
