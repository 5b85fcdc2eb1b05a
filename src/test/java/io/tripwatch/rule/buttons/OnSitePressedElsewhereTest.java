package io.tripwatch.rule.buttons;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.north;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnSitePressedElsewhereTest implements RuleContract {
  private static final String ON_SITE_PRESSED_ELSEWHERE = "on-site-pressed-elsewhere";

  @Override
  public String rule() {
    return ON_SITE_PRESSED_ELSEWHERE;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").away("9:50").onSiteAt("9:50:10");
  }

  @Override
  public String judgedAt() {
    return "10:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 3, false, false);
  }

  @Test
  void goesByFixesWithinAMinute() {
    trip().away("9:49").onSiteAt("9:50").judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE, "9:50");
    trip()
        .away("9:48:59.999")
        .onSiteAt("9:50")
        .judgedAt("9:55")
        .isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    trip().away("9:51").onSiteAt("9:50").judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
    trip()
        .away("9:51:00.001")
        .onSiteAt("9:50")
        .judgedAt("9:55")
        .isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void staysSilentWhenAnyFixWithinAMinuteIsInside() {
    Story near = trip().away("9:49:30", "9:50").inside("9:51").onSiteAt("9:50");
    near.judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story tooLate = trip().away("9:49:30", "9:50").inside("9:51:00.001").onSiteAt("9:50");
    tooLate.judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void countsTheRadiusItself() {
    Story atTheRim = trip().with("trip.pickupRadiusM", exactM(600)).fix("9:50", 600);
    atTheRim.onSiteAt("9:50").judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story outside = trip().with("trip.pickupRadiusM", exactM(600)).fix("9:50", 600.01);
    outside.onSiteAt("9:50").judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void givesTheDriverTheBenefitOfInaccurateFixes() {
    Story within = trip().fix(Fixed.at("9:50").metres(590).accuracyM(91)).onSiteAt("9:50");
    within.judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story outside = trip().fix(Fixed.at("9:50").metres(590).accuracyM(89)).onSiteAt("9:50");
    outside.judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void reachesAKilometreAtAnAirport() {
    Story airport = trip().scenario(Scenario.AIRPORT_PICKUP).fix("9:50", 999);
    airport.onSiteAt("9:50").judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story outside = trip().scenario(Scenario.AIRPORT_PICKUP).fix("9:50", 1_001);
    outside.onSiteAt("9:50").judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void goesByThePickupPointAsItStoodAtThePress() {
    Story before = trip().inside("9:50").onSiteAt("9:50");
    before.changedAt("9:50:00.001", story -> story.pickup(north(5_000)));
    before.judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story then = trip().inside("9:50").onSiteAt("9:50");
    then.changedAt("9:50", story -> story.pickup(north(5_000)));
    then.judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void measuresFromThePickupPointAsItStoodAtThePress() {
    Story moved = trip().fix("9:50", 600).onSiteAt("9:50");
    moved.changedAt("9:52", story -> story.pickup(north(5_000)));
    Outcome outcome = moved.judgedAt("9:55");
    assertEquals(600L, outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "pressFixMeters"));
  }

  @Test
  void asksOfEachPressForItselfWhereThePickupPointWas() {
    Story twice = trip().inside("9:40").onSiteAt("9:40");
    twice.changedAt("9:45", story -> story.pickup(north(5_000)));
    twice.inside("9:50").onSiteAt("9:50");
    twice.judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE, "9:50");
  }

  @Test
  void goesByTheEarliestSuchPress() {
    Story twice = trip().inside("9:30").onSiteAt("9:30").away("9:40", "9:50");
    twice
        .onSiteAt("9:40")
        .onSiteAt("9:50")
        .judgedAt("9:55")
        .raises(ON_SITE_PRESSED_ELSEWHERE, "9:40");
  }

  @Test
  void leavesOutARepeatedPress() {
    Story repeated = trip().inside("9:49").onSiteAt("9:50").away("9:51:03");
    repeated.onSiteAt("9:50:05").judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story another = trip().inside("9:49").onSiteAt("9:50").away("9:51:03");
    another.onSiteAt("9:50:05.001").judgedAt("9:55").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void leavesOutAPressAfterTheEnd() {
    Story after = trip().onSiteAt("9:50").startAt("10:00").endAt("10:30").away("10:30:10");
    after.onSiteAt("10:30:10").judgedAt("10:40").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void showsTheFixNearestInTimeAndTheOneLeastFarAwayOfThoseInTheWindow() {
    Story story = trip().away("9:48", "9:49", "9:50:30").onSiteAt("9:50");
    story.fix(Fixed.at("9:50:45").metres(700).accuracyM(40));
    Outcome outcome = story.judgedAt("9:55");
    assertEquals(at("9:50:30"), outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "pressFixAt"));
    assertEquals(5_000L, outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "pressFixMeters"));
    assertEquals(at("9:50:45"), outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "nearestAt"));
    assertEquals(700L, outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "nearestMeters"));
    assertEquals(40L, outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "nearestAccuracyMeters"));
    assertEquals(3L, outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "fixes"));
  }

  @Test
  void countsAPressExactlyAtTheEnd() {
    Story atTheEnd = trip().away("9:50").onSiteAt("9:50");
    atTheEnd
        .cancelledBy(CancelledBy.PASSENGER, "9:50")
        .judgedAt("9:55")
        .raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void leavesOutWhatIsNotOfTheTrip() {
    Story another = trip().away("9:50").pressedBy("d-8", Button.ON_SITE, "9:50");
    another.judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    trip().away("7:59").onSiteAt("7:59").judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void isTakenBackWhenALateFixShowsThatHeWasNear() {
    Outcome outcome =
        trip()
            .away("9:50")
            .onSiteAt("9:50:10")
            .learnedAt("11:40", story -> story.inside("9:51:10"))
            .judgedAt("11:41");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(ON_SITE_PRESSED_ELSEWHERE).revisions(ON_SITE_PRESSED_ELSEWHERE));
  }

  @Test
  void isRaisedWhenTheFixComesAfterThePress() {
    Outcome outcome = trip().onSiteAt("9:50").away("9:50:59").judgedAt("9:55");
    assertEquals(
        at("9:50:59"),
        outcome
            .raises(ON_SITE_PRESSED_ELSEWHERE, "9:50")
            .evidence(ON_SITE_PRESSED_ELSEWHERE, "pressFixAt"));
    assertEquals(500L, outcome.evidence(ON_SITE_PRESSED_ELSEWHERE, "radiusMeters"));
  }

  @Test
  void takesItsWindowFromTheSettings() {
    Story narrow = trip().with("scenarios.STATION_DROPOFF.trip.pressWindow", "10 s").away("9:50");
    narrow.onSiteAt("9:50:10.001").judgedAt("9:55").isSilentOn(ON_SITE_PRESSED_ELSEWHERE);
    Story wide = trip().with("cities.chengdu.trip.pressWindow", "5 min").away("9:50");
    wide.onSiteAt("9:55").judgedAt("9:56").raises(ON_SITE_PRESSED_ELSEWHERE);
  }

  @Test
  void countsRepeatedPressesAsIsSet() {
    Story never = trip().with("trip.repeat", "0 s").inside("9:49").onSiteAt("9:50");
    never
        .away("9:51:00.001")
        .onSiteAt("9:50:00.001")
        .judgedAt("9:55")
        .raises(ON_SITE_PRESSED_ELSEWHERE);
  }
}
