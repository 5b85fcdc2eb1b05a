package io.tripwatch.rule.contact;

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

class NoContactOnArrivalTest implements RuleContract {
  private static final String NO_CONTACT_ON_ARRIVAL = "no-contact-on-arrival";

  @Override
  public String rule() {
    return NO_CONTACT_ON_ARRIVAL;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").onSiteAt("9:55");
  }

  @Override
  public String judgedAt() {
    return "10:10";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 0, 1, false, false);
  }

  @Test
  void holdsTenMinutesAfterTheDriverCame() {
    trip().onSiteAt("9:55").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "10:05");
  }

  @Test
  void givesADriverWhoCameEarlyUntilThePickupTime() {
    trip().onSiteAt("9:30").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "10:00");
    trip().onSiteAt("9:30").calledAt("10:00").judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    trip().onSiteAt("9:30").calledAt("9:20").judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    trip().onSiteAt("9:30").calledAt("9:19:59.999").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void countsContactFromTenMinutesBefore() {
    trip().onSiteAt("9:55").calledAt("9:45").judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    trip().onSiteAt("9:55").calledAt("9:44:59.999").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void countsContactUntilTenMinutesAfter() {
    trip().onSiteAt("9:55").calledAt("10:05").judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    trip()
        .onSiteAt("9:55")
        .calledAt("10:05:00.001")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void staysSilentWhenTheRideStarts() {
    trip().onSiteAt("9:55").startAt("10:05").judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    trip().onSiteAt("9:55").startAt("10:05:00.001").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void staysSilentWhileTheDriverHasNotCome() {
    trip().judgedAt("11:00").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    trip().away("9:55").onSiteAt("9:55").judgedAt("11:00").isSilentOn(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void goesByTheBeginningOfAStay() {
    trip().insideFrom("9:55", "10:00").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "10:05");
  }

  @Test
  void goesByTheArrivalOfATrainHoweverEarlyTheDriverCame() {
    train()
        .arrived("9:30", "9:25")
        .onSiteAt("9:55")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL, "9:40");
    train()
        .arrived("9:30", "9:25")
        .calledAt("9:15")
        .judgedAt("10:10")
        .isSilentOn(NO_CONTACT_ON_ARRIVAL);
    train()
        .arrived("9:30", "9:25")
        .calledAt("9:14:59.999")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL);
    train()
        .arrived("9:30", "9:25")
        .calledAt("9:40")
        .judgedAt("10:10")
        .isSilentOn(NO_CONTACT_ON_ARRIVAL);
    train()
        .arrived("9:30", "9:25")
        .calledAt("9:40:00.001")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void goesByTheArrivalWhenItWasSaidBefore() {
    train().arrived("9:20", "9:40").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "9:50");
  }

  @Test
  void goesByTheLastArrivalThatIsTimed() {
    Story twice = train().arrived("9:30", "9:25").arrived("9:35", "9:33");
    twice.judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "9:45");
    Story untimed = train().arrived("9:30", "9:25").status(Status.ARRIVED, "9:35");
    untimed.judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "9:40");
  }

  @Test
  void staysSilentWhileTheTrainHasNotArrived() {
    train().onSiteAt("9:55").judgedAt("11:00").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    train()
        .status(Status.ARRIVED, "9:30")
        .onSiteAt("9:55")
        .judgedAt("11:00")
        .isSilentOn(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void goesByTheDriverForADeparture() {
    Story departure = trip().scenario(Scenario.AIRPORT_DROPOFF).flight("CA1");
    departure
        .arrived("9:30", "9:25")
        .onSiteAt("9:55")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL, "10:05");
  }

  @Test
  void neverComesOnceTheTripHasEnded() {
    Story ended = trip().onSiteAt("9:55").cancelledBy(CancelledBy.PASSENGER, "10:04:59.999");
    ended.judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    Story then = trip().onSiteAt("9:55").cancelledBy(CancelledBy.PASSENGER, "10:05");
    then.judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void countsArrivalsUntilAMinuteAfterTheEnd() {
    Story within = train().arrived("9:30", "9:25").arrived("9:46", "9:40");
    within
        .cancelledBy(CancelledBy.PASSENGER, "9:45")
        .judgedAt("10:10")
        .isSilentOn(NO_CONTACT_ON_ARRIVAL);
    Story after = train().arrived("9:30", "9:25").arrived("9:46:00.001", "9:40");
    after
        .cancelledBy(CancelledBy.PASSENGER, "9:45")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL, "9:40");
  }

  @Test
  void neverComesOnceTheTrainIsCalledOff() {
    Story returned = train().arrived("9:30", "9:25").status(Status.RETURNED, "9:39:59.999");
    returned.judgedAt("10:10").isSilentOn(NO_CONTACT_ON_ARRIVAL);
    Story then = train().arrived("9:30", "9:25").status(Status.RETURNED, "9:40");
    then.judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void neverComesForADriverWhoAcceptedAfterIt() {
    train()
        .acceptedAt("9:40:00.001")
        .arrived("9:30", "9:25")
        .judgedAt("10:10")
        .isSilentOn(NO_CONTACT_ON_ARRIVAL);
    train()
        .acceptedAt("9:40")
        .arrived("9:30", "9:25")
        .judgedAt("10:10")
        .raises(NO_CONTACT_ON_ARRIVAL);
  }

  @Test
  void isTakenBackWhenTheCallComesInLate() {
    Outcome outcome =
        trip()
            .onSiteAt("9:55")
            .learnedAt("11:40", story -> story.calledAt("10:00"))
            .judgedAt("11:41");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(NO_CONTACT_ON_ARRIVAL).revisions(NO_CONTACT_ON_ARRIVAL));
  }

  @Test
  void movesWhenALateFixShowsThatHeCameEarlier() {
    Outcome outcome =
        trip()
            .onSiteAt("9:58")
            .learnedAt("11:00", story -> story.insideFrom("9:55", "9:57"))
            .judgedAt("11:01");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(NO_CONTACT_ON_ARRIVAL, "10:05").revisions(NO_CONTACT_ON_ARRIVAL));
  }

  @Test
  void isTakenBackWhenALateFixDisprovesThePresence() {
    Outcome outcome =
        trip().onSiteAt("9:55").learnedAt("11:00", story -> story.away("9:56")).judgedAt("11:01");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(NO_CONTACT_ON_ARRIVAL));
  }

  @Test
  void waitsAsLongAsIsSet() {
    Story story =
        trip().with("scenarios.STATION_DROPOFF.rules.no-contact-on-arrival.within", "3 min");
    story.onSiteAt("9:55").judgedAt("10:10").raises(NO_CONTACT_ON_ARRIVAL, "9:58");
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
