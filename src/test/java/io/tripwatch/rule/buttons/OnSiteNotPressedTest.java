package io.tripwatch.rule.buttons;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnSiteNotPressedTest implements RuleContract {
  private static final String ON_SITE_NOT_PRESSED = "on-site-not-pressed";

  @Override
  public String rule() {
    return ON_SITE_NOT_PRESSED;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").insideFrom("9:45", "9:59");
  }

  @Override
  public String judgedAt() {
    return "10:10";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.INFO, 0, 1, false, false);
  }

  @Test
  void staysSilentWhenThePressComesExactlyAtThePickupTime() {
    stayed().onSiteAt("10:00").judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
  }

  @Test
  void holdsWhenThePressComesAMillisecondLater() {
    stayed().onSiteAt("10:00:00.001").judgedAt("10:10").raises(ON_SITE_NOT_PRESSED, "10:00");
  }

  @Test
  void countsAPressMadeElsewhere() {
    stayed().away("8:30").onSiteAt("8:30").judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
  }

  @Test
  void doesNotCountTheOtherButtonsOrAnothersPress() {
    stayed().startAt("9:50").judgedAt("10:10").raises(ON_SITE_NOT_PRESSED);
    stayed().pressedBy("d-8", Button.ON_SITE, "9:50").judgedAt("10:10").raises(ON_SITE_NOT_PRESSED);
  }

  @Test
  void countsAStayThatBeginsExactlyAtThePickupTime() {
    trip().inside("10:00", "10:01").judgedAt("10:10").raises(ON_SITE_NOT_PRESSED);
    trip().inside("10:00:00.001", "10:01:00.001").judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
  }

  @Test
  void staysSilentWithoutAStay() {
    trip().judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
    trip().inside("9:50").judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
  }

  @Test
  void neverComesOnceTheTripHasEndedOrTheTrainIsCalledOff() {
    stayed()
        .cancelledBy(CancelledBy.PASSENGER, "9:59:59.999")
        .judgedAt("10:10")
        .isSilentOn(ON_SITE_NOT_PRESSED);
    stayed()
        .cancelledBy(CancelledBy.PASSENGER, "10:00")
        .judgedAt("10:10")
        .raises(ON_SITE_NOT_PRESSED);
    Story train = stayed().scenario(Scenario.STATION_PICKUP).flight("G1");
    train.status(Status.CANCELLED, "9:59").judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
  }

  @Test
  void isTakenBackWhenThePressComesInLate() {
    Outcome outcome =
        stayed().learnedAt("11:50", story -> story.onSiteAt("9:50")).judgedAt("11:51");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(ON_SITE_NOT_PRESSED).revisions(ON_SITE_NOT_PRESSED));
  }

  @Test
  void isRaisedWhenTheFixesComeInLate() {
    Outcome outcome =
        trip().learnedAt("11:30", story -> story.insideFrom("9:45", "9:59")).judgedAt("11:31");
    outcome.raises(ON_SITE_NOT_PRESSED, "10:00");
  }

  @Test
  void isUpdatedWhenALateFixShowsThatHeCameEarlier() {
    Outcome outcome = stayed().learnedAt("11:30", story -> story.inside("9:44")).judgedAt("11:31");
    assertEquals(List.of(RAISED, UPDATED), outcome.revisions(ON_SITE_NOT_PRESSED));
    assertEquals(at("9:44"), outcome.evidence(ON_SITE_NOT_PRESSED, "stayFromAt"));
  }

  @Test
  void isMovedWithThePickupTime() {
    Story delayed = stayed().scenario(Scenario.STATION_PICKUP).flight("G1");
    delayed.status(Status.DELAYED, "9:50", "PT20M").insideFrom("10:00", "10:10");
    delayed.judgedAt("10:20").raises(ON_SITE_NOT_PRESSED, "10:20");
  }

  @Test
  void goesByTheRadiusOfTheScenarioAndTheCity() {
    Story airport = trip().scenario(Scenario.AIRPORT_PICKUP).fix("9:50", 900).fix("9:52", 900);
    airport.judgedAt("10:10").raises(ON_SITE_NOT_PRESSED);
    trip().fix("9:50", 900).fix("9:52", 900).judgedAt("10:10").isSilentOn(ON_SITE_NOT_PRESSED);
    Story wide = trip().with("cities.chengdu.trip.pickupRadiusM", 901L);
    wide.fix("9:50", 900).fix("9:52", 900).judgedAt("10:10").raises(ON_SITE_NOT_PRESSED);
  }

  private static Story stayed() {
    return trip().calledAt("8:10").insideFrom("9:45", "9:59");
  }
}
