package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.north;
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
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PickupAbandonedTest implements RuleContract {
  private static final String PICKUP_ABANDONED = "pickup-abandoned";

  @Override
  public String rule() {
    return PICKUP_ABANDONED;
  }

  @Override
  public Story broken() {
    return arrived().away("9:55", "9:56");
  }

  @Override
  public String judgedAt() {
    return "10:20";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 10_000, 6, false, false);
  }

  @Test
  void holdsWhenTheRunOutsideLastsAMinute() {
    arrived().away("9:55", "9:56").judgedAt("10:20").raises(PICKUP_ABANDONED, "9:56");
  }

  @Test
  void saysHowFarHeWas() {
    Story left = arrived().away("9:55").fix(Fixed.at("9:55:30").metres(2_500).accuracyM(90));
    Outcome outcome = left.fix("9:56", 3_000).fix("9:57", 9_000).judgedAt("10:20");
    assertEquals(
        "Drove off: 3000 m from pickup 6 min after ON_SITE at 2026-11-22T09:50:00Z, 34 min before the"
            + " free wait ended.",
        outcome.alert(PICKUP_ABANDONED).message());
    assertEquals(at("9:55"), outcome.evidence(PICKUP_ABANDONED, "outsideFromAt"));
    assertEquals(5_000L, outcome.evidence(PICKUP_ABANDONED, "outsideFromMeters"));
    assertEquals(2_500L, outcome.evidence(PICKUP_ABANDONED, "nearestMeters"));
    assertEquals(90L, outcome.evidence(PICKUP_ABANDONED, "nearestAccuracyMeters"));
    assertEquals(5_000L, outcome.evidence(PICKUP_ABANDONED, "farthestMeters"));
    assertEquals(3L, outcome.evidence(PICKUP_ABANDONED, "fixes"));
  }

  @Test
  void staysSilentWhenItLastsAMillisecondLess() {
    arrived().away("9:55", "9:55:59.999").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void measuresTheRunFromItsFirstFix() {
    arrived()
        .away("9:55", "9:55:30", "9:56:10", "9:57")
        .judgedAt("10:20")
        .raises(PICKUP_ABANDONED, "9:56:10");
  }

  @Test
  void staysSilentWhenAFixInsideInterruptsTheRun() {
    arrived()
        .away("9:55")
        .inside("9:55:30")
        .away("9:56")
        .judgedAt("10:20")
        .isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void countsTheRadiusItself() {
    double leftM = exactM(2_100);
    Story atTheRim = arrived().fix("9:55", 2_100).fix("9:56", 2_100);
    atTheRim
        .with("rules.pickup-abandoned.leftM", leftM)
        .judgedAt("10:20")
        .isSilentOn(PICKUP_ABANDONED);
    Story outside = arrived().fix("9:55", 2_100.01).fix("9:56", 2_100.01);
    outside.with("rules.pickup-abandoned.leftM", leftM).judgedAt("10:20").raises(PICKUP_ABANDONED);
  }

  @Test
  void givesTheDriverTheBenefitOfInaccurateFixes() {
    arrived()
        .fix(vague("9:55", 51))
        .fix(vague("9:56", 51))
        .judgedAt("10:20")
        .isSilentOn(PICKUP_ABANDONED);
    arrived()
        .fix(vague("9:55", 49))
        .fix(vague("9:56", 49))
        .judgedAt("10:20")
        .raises(PICKUP_ABANDONED);
  }

  @Test
  void leavesOutFixesThatAreNotUsable() {
    Story mock = arrived().away("9:55").fix(Fixed.at("9:56").metres(5_000).mock());
    mock.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story interrupted = arrived().away("9:55", "9:56").fix(Fixed.at("9:55:30").accuracyM(101));
    interrupted.judgedAt("10:20").raises(PICKUP_ABANDONED);
  }

  @Test
  void countsFixesAfterThePressOnly() {
    Story atThePress = trip().onSiteAt("9:50").inside("9:49:30").away("9:50", "9:51");
    atThePress.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story after = trip().onSiteAt("9:50").inside("9:49:30").away("9:50:00.001", "9:51:00.001");
    after.judgedAt("10:20").raises(PICKUP_ABANDONED);
  }

  @Test
  void staysSilentWhenTheRideHasStarted() {
    arrived().startAt("9:56").away("9:55", "9:56").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    arrived()
        .startAt("9:56:00.001")
        .away("9:55", "9:56")
        .judgedAt("10:20")
        .raises(PICKUP_ABANDONED);
  }

  @Test
  void staysSilentWhenTheFreeWaitIsOver() {
    arrived().away("10:29", "10:30").judgedAt("10:40").isSilentOn(PICKUP_ABANDONED);
    arrived().away("10:28:59.999", "10:29:59.999").judgedAt("10:40").raises(PICKUP_ABANDONED);
  }

  @Test
  void waitsAnHourAtAnAirport() {
    Story airport = arrived().scenario(Scenario.AIRPORT_PICKUP);
    airport.away("10:58:59.999", "10:59:59.999").judgedAt("11:10").raises(PICKUP_ABANDONED);
    Story over = arrived().scenario(Scenario.AIRPORT_PICKUP);
    over.away("10:59", "11:00").judgedAt("11:10").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void waitsFromThePressWhenHeCameLate() {
    Story late = trip().onSiteAt("10:10").away("10:38:59.999", "10:39:59.999");
    late.judgedAt("10:50").raises(PICKUP_ABANDONED);
    trip().onSiteAt("10:10").away("10:39", "10:40").judgedAt("10:50").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void waitsForADelayedTrain() {
    Story delayed = train().status(Status.DELAYED, "9:30", "PT20M").onSiteAt("9:50");
    delayed.away("10:48:59.999", "10:49:59.999").judgedAt("11:10").raises(PICKUP_ABANDONED);
    Story over = train().status(Status.DELAYED, "9:30", "PT20M").onSiteAt("9:50");
    over.away("10:49", "10:50").judgedAt("11:10").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void staysSilentWhenTheTrainIsCalledOff() {
    Story before = train().onSiteAt("9:50").status(Status.CANCELLED, "9:55:59.999");
    before.away("9:55", "9:56").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story after = train().onSiteAt("9:50").status(Status.CANCELLED, "9:56");
    after.away("9:55", "9:56").judgedAt("10:20").raises(PICKUP_ABANDONED);
    Story reinstated = train().onSiteAt("9:50").status(Status.CANCELLED, "9:54");
    reinstated.away("9:55", "9:56").status(Status.DELAYED, "10:05");
    reinstated.judgedAt("10:20").raises(PICKUP_ABANDONED, "9:56");
  }

  @Test
  void countsFixesByTheEndOfTheTripOnly() {
    Story ended = arrived().away("9:55", "9:56").cancelledBy(CancelledBy.PASSENGER, "9:55:59.999");
    ended.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story endedThen = arrived().away("9:55", "9:56").cancelledBy(CancelledBy.PASSENGER, "9:56");
    endedThen.judgedAt("10:20").raises(PICKUP_ABANDONED);
  }

  @Test
  void staysSilentWhenTheRideEndedAtTheDropoff() {
    Story there = arrived().away("9:55", "9:56").atDropoff("10:10").endAt("10:10");
    there.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story perhapsThere = arrived().away("9:55", "9:56").endAt("10:10");
    perhapsThere.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story elsewhere = arrived().away("9:55", "9:56", "10:10").endAt("10:10");
    elsewhere.judgedAt("10:20").raises(PICKUP_ABANDONED);
  }

  @Test
  void countsFromTheFirstPressThatIsNotAway() {
    Story twice = trip().onSiteAt("9:40").away("9:40", "9:43", "9:44").onSiteAt("9:50");
    twice.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void staysSilentWhenThePassengerMovesOnByMoreThanTheRadius() {
    Story within = arrived().with("trip.pickupRadiusM", exactM(600)).away("9:55", "9:56");
    within.changedAt("9:52", story -> story.pickup(north(600)));
    within.judgedAt("10:20").raises(PICKUP_ABANDONED);
    Story beyond = arrived().with("trip.pickupRadiusM", exactM(600)).away("9:55", "9:56");
    beyond.changedAt("9:52", story -> story.pickup(north(600.01)));
    beyond.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void measuresEachMoveFromTheOrderEventBefore() {
    Story bySteps = arrived().away("9:55", "9:56");
    bySteps.changedAt("9:52", story -> story.pickup(north(400)));
    bySteps.changedAt("9:53", story -> story.pickup(north(800)));
    bySteps.judgedAt("10:20").raises(PICKUP_ABANDONED);
    Story andBack = arrived().away("9:55", "9:56");
    andBack.changedAt("9:52", story -> story.pickup(north(800)));
    andBack.changedAt("9:53", story -> story.pickup(north(0)));
    andBack.judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
  }

  @Test
  void asksForAMoveAfterThePressAndByTheEnd() {
    moved("9:50").judgedAt("10:20").raises(PICKUP_ABANDONED);
    moved("9:50:00.001").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    moved("10:10").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    moved("10:10:00.001").judgedAt("10:20").raises(PICKUP_ABANDONED);
  }

  /**
   * The pickup point moves by 600 m, of which he was less than the radius away before and after.
   */
  private static Story moved(String time) {
    Story story = trip().calledAt("9:45").fix("9:50", 400).onSiteAt("9:50").away("9:55", "9:56");
    story.cancelledBy(CancelledBy.PASSENGER, "10:10");
    return story.changedAt(time, it -> it.pickup(north(600)));
  }

  @Test
  void isRetractedWhenThePassengerMovesOnAfterwards() {
    Outcome outcome =
        arrived()
            .away("9:55", "9:56")
            .learnedAt("10:03", it -> it.changedAt("10:00", moved -> moved.pickup(north(600))))
            .judgedAt("10:20");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(PICKUP_ABANDONED).revisions(PICKUP_ABANDONED));
  }

  @Test
  void isRetractedWhenALateFixShowsThatHeCameBack() {
    Outcome outcome =
        arrived()
            .away("9:55", "9:56")
            .learnedAt("11:30", story -> story.inside("9:55:30"))
            .judgedAt("11:31");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(PICKUP_ABANDONED).revisions(PICKUP_ABANDONED));
  }

  @Test
  void movesWhenALateFixShowsThatHeLeftEarlier() {
    Outcome outcome =
        arrived()
            .away("9:55", "9:56")
            .learnedAt("11:30", story -> story.away("9:54"))
            .judgedAt("11:31");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(PICKUP_ABANDONED, "9:55").revisions(PICKUP_ABANDONED));
  }

  @Test
  void takesItsBoundsFromTheSettings() {
    Story near = arrived().with("rules.pickup-abandoned.leftM", 100L);
    near.fix("9:55", 300).fix("9:56", 300).judgedAt("10:20").raises(PICKUP_ABANDONED);
    Story far = arrived().with("cities.chengdu.rules.pickup-abandoned.leftM", 6_000L);
    far.away("9:55", "9:56").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
    Story shortWait =
        arrived().with("scenarios.STATION_DROPOFF.rules.pickup-abandoned.freeWait", "5 min");
    shortWait.away("10:04", "10:05").judgedAt("10:20").isSilentOn(PICKUP_ABANDONED);
  }

  private static Story arrived() {
    return trip().calledAt("9:45").inside("9:50").onSiteAt("9:50");
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }

  private static Fixed vague(String time, double accuracyM) {
    return Fixed.at(time).metres(2_050).accuracyM(accuracyM);
  }
}
