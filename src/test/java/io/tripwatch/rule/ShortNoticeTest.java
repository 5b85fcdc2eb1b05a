package io.tripwatch.rule;

import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.north;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Confidence.CONFIRMED;
import static io.tripwatch.verdict.Alert.Confidence.UNVERIFIED;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.verdict.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a driver was told too late to keep is held against him only by a person. */
class ShortNoticeTest {
  private static final String LATE = "late-at-pickup";

  /** He is seen all the time, and not there; however late, it is lateness. */
  private static Story seen() {
    Story story = trip().with("rules.no-show.enabled", false).calledAt("8:10");
    return story.away("9:12", "9:21", "9:30", "9:39", "9:48", "9:57", "10:06");
  }

  private static Story train() {
    return seen().scenario(Scenario.STATION_PICKUP).flight("G1");
  }

  /** The pickup time moves from 10:00. */
  private static Story movedTo(String pickupAt, String changedAt) {
    return seen().changedAt(changedAt, it -> it.pickupAt(pickupAt));
  }

  @Test
  void isAPickupTimeMovedForwardLessThanAnHourAhead() {
    movedTo("9:40", "8:39:59.999").judgedAt("10:10").raises(LATE, CONFIRMED);
    movedTo("9:40", "8:40").judgedAt("10:10").raises(LATE, CONFIRMED);
    movedTo("9:40", "8:40:00.001").judgedAt("10:10").raises(LATE, UNVERIFIED);
  }

  @Test
  void isAPickupTimeMovedIntoThePast() {
    Outcome outcome = movedTo("9:20", "9:30").judgedAt("10:10");
    outcome.raises(LATE, "9:30").raises(LATE, UNVERIFIED);
  }

  @Test
  void isNotAPickupTimeThatStaysOrMovesBackward() {
    movedTo("9:59:59.999", "9:50").judgedAt("10:10").raises(LATE, UNVERIFIED);
    movedTo("10:00", "9:50").judgedAt("10:10").raises(LATE, CONFIRMED);
    movedTo("10:05", "9:50").judgedAt("10:10").raises(LATE, CONFIRMED);
  }

  @Test
  void isAPickupPointMovedByMoreThanItsRadius() {
    Story within = seen().with("trip.pickupRadiusM", exactM(600));
    within.changedAt("9:30", it -> it.pickup(north(600))).judgedAt("10:10").raises(LATE, CONFIRMED);
    Story beyond = seen().with("trip.pickupRadiusM", exactM(600));
    beyond.changedAt("9:30", it -> it.pickup(north(600.01)));
    beyond.judgedAt("10:10").raises(LATE, UNVERIFIED);
    Story inTime = seen().changedAt("9:00", it -> it.pickup(north(9_000)));
    inTime.judgedAt("10:10").raises(LATE, CONFIRMED);
  }

  @Test
  void isMeasuredToTheAgreedTimeAndNotToThatOfADelayedTrain() {
    Story delayed = train().status(Status.DELAYED, "8:30", "PT5M");
    delayed.changedAt("9:00:00.001", it -> it.pickup(north(9_000)));
    delayed.judgedAt("10:10").raises(LATE, "10:05").raises(LATE, UNVERIFIED);
  }

  @Test
  void isComparedWithTheOrderEventBefore() {
    Story back = seen().changedAt("8:30", it -> it.pickupAt("11:00"));
    back.changedAt("9:30", it -> it.pickupAt("10:02")).judgedAt("10:10").raises(LATE, UNVERIFIED);
    Story andOn = seen().changedAt("8:30", it -> it.pickupAt("9:50"));
    andOn.changedAt("9:30", it -> it.pickupAt("10:02")).judgedAt("10:10").raises(LATE, CONFIRMED);
  }

  @Test
  void isAlsoGivenByNamingTheDriverAgain() {
    Story again = seen().reassignedTo("d-7", "8:20").pickupAt("9:40").acceptedBy("d-7", "9:00");
    again.judgedAt("10:10").raises(LATE, "9:40").raises(LATE, UNVERIFIED);
  }

  @Test
  void isNotWhatTheDriverAccepted() {
    Story story = seen().notAccepted().placedAt("7:30").pickupAt("9:40");
    story.acceptedBy("d-7", "9:10").judgedAt("10:10").raises(LATE, CONFIRMED);
  }

  @Test
  void countsFromItsOwnInstantOn() {
    Story before = trip().calledAt("8:10").away("9:50").onSiteAt("9:50");
    before.changedAt("9:50:00.001", it -> it.pickup(north(9_000)));
    before.judgedAt("9:55").raises("on-site-pressed-elsewhere", CONFIRMED);
    Story then = trip().calledAt("8:10").away("9:50").onSiteAt("9:50");
    then.changedAt("9:50", it -> it.pickup(north(10_000)));
    then.judgedAt("9:55").raises("on-site-pressed-elsewhere", UNVERIFIED);
  }

  @Test
  void bearsOnPunctualityContactAndButtonsAlone() {
    Story story = seen().changedAt("9:30", it -> it.pickup(north(10_000)));
    story.pressed(Button.START, "9:50").fix(Fixed.at("9:55").mock());
    Outcome outcome = story.cancelledBy(CancelledBy.DRIVER, "9:58").judgedAt("10:10");
    outcome.raises("driver-cancelled", UNVERIFIED);
    outcome.raises("button-out-of-order", UNVERIFIED);
    outcome.raises("gps-spoofed", CONFIRMED);
    Story uncalled = trip().acceptedAt("9:00").changedAt("9:30", it -> it.pickupAt("9:50"));
    uncalled.judgedAt("9:55").raises("no-contact-after-accept", UNVERIFIED);
  }

  @Test
  void isAJourneyReinstatedLessThanAnHourAhead() {
    Story inTime = train().status(Status.CANCELLED, "8:30").status(Status.SCHEDULED, "9:00");
    inTime.judgedAt("10:10").raises(LATE, CONFIRMED);
    Story late = train().status(Status.CANCELLED, "8:30").status(Status.SCHEDULED, "9:00:00.001");
    late.judgedAt("10:10").raises(LATE, UNVERIFIED);
  }

  @Test
  void isMeasuredToThePickupTimeAsItStandsWithTheReinstatement() {
    Story inTime = train().status(Status.CANCELLED, "8:30").status(Status.DELAYED, "9:05", "PT5M");
    inTime.judgedAt("10:10").raises(LATE, "10:05").raises(LATE, CONFIRMED);
    Story late =
        train().status(Status.CANCELLED, "8:30").status(Status.DELAYED, "9:05:00.001", "PT5M");
    late.judgedAt("10:10").raises(LATE, UNVERIFIED);
  }

  @Test
  void isNotAStatusThatReinstatesNothing() {
    Story delayed = train().status(Status.DELAYED, "9:30", "PT5M");
    delayed.judgedAt("10:10").raises(LATE, CONFIRMED);
    Story again = train().status(Status.CANCELLED, "8:30").status(Status.SCHEDULED, "8:40");
    again.status(Status.DEPARTED, "9:30").judgedAt("10:10").raises(LATE, CONFIRMED);
  }

  @Test
  void isNoReinstatementBeforeTheAcceptance() {
    Story before = train().acceptedAt("9:10:00.001").status(Status.CANCELLED, "8:30");
    before.status(Status.SCHEDULED, "9:10").judgedAt("10:10").raises(LATE, CONFIRMED);
    Story then = train().acceptedAt("9:10").status(Status.CANCELLED, "8:30");
    then.status(Status.SCHEDULED, "9:10").judgedAt("10:10").raises(LATE, UNVERIFIED);
  }

  @Test
  void isNoReinstatementAfterTheEnd() {
    Outcome atTheEnd = induced("9:49:59", "9:50").judgedAt("10:30");
    atTheEnd.raises("cancellation-induced", UNVERIFIED);
    Outcome after = induced("9:50:00.001", "9:50:00.002").judgedAt("10:30");
    after.raises("cancellation-induced", CONFIRMED);
  }

  /** The passenger cancels at 9:50, and is driven all the same. */
  private static Story induced(String calledOffAt, String reinstatedAt) {
    Story story = trip().scenario(Scenario.STATION_PICKUP).flight("G1").calledAt("9:40");
    story.status(Status.CANCELLED, calledOffAt).status(Status.DEPARTED, reinstatedAt);
    story.cancelledBy(CancelledBy.PASSENGER, "9:50");
    return story.inside("9:55").atDropoff("10:20");
  }

  @Test
  void leavesThePenaltyToAPerson() {
    assertEquals("REVIEW", movedTo("9:40", "9:00").judgedAt("10:10").penalty(LATE).status());
    assertEquals("PENDING", movedTo("9:40", "8:20").judgedAt("10:10").penalty(LATE).status());
  }

  @Test
  void isUpdatedWhenTheChangeComesInLate() {
    Outcome outcome =
        seen()
            .learnedAt("10:03", it -> it.changedAt("9:55", moved -> moved.pickup(north(9_000))))
            .judgedAt("10:10");
    outcome.raises(LATE, UNVERIFIED);
    List<Alert.Status> revisions = outcome.revisions(LATE);
    assertEquals(List.of(RAISED, UPDATED), revisions);
  }

  @Test
  void isAsLongAsIsSet() {
    Story longer = movedTo("9:40", "8:30").with("cities.chengdu.trip.notice", "71 min");
    longer.judgedAt("10:10").raises(LATE, UNVERIFIED);
    Story none = movedTo("9:40", "9:39").with("trip.notice", "0 min");
    none.judgedAt("10:10").raises(LATE, CONFIRMED);
    Story then = movedTo("9:40", "9:40").with("trip.notice", "0 min");
    then.judgedAt("10:10").raises(LATE, CONFIRMED);
    Story after = movedTo("9:40", "9:40:00.001").with("trip.notice", "0 min");
    after.judgedAt("10:10").raises(LATE, UNVERIFIED);
  }
}
