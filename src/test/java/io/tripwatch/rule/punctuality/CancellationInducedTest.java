package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.north;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Call;
import io.tripwatch.event.Call.Caller;
import io.tripwatch.event.Call.Channel;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CancellationInducedTest implements RuleContract {
  private static final String CANCELLATION_INDUCED = "cancellation-induced";

  @Override
  public String rule() {
    return CANCELLATION_INDUCED;
  }

  @Override
  public Story broken() {
    return called().inside("9:55").atDropoff("10:20");
  }

  @Override
  public String judgedAt() {
    return "10:30";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.CRITICAL, 20_000, 12, true, false);
  }

  @Test
  void holdsFromTheFirstFixAtTheDropoff() {
    Outcome outcome = called().inside("9:55").atDropoff("10:20", "10:21").judgedAt("10:30");
    assertEquals(
        at("9:55"),
        outcome.raises(CANCELLATION_INDUCED, "10:20").evidence(CANCELLATION_INDUCED, "pickedUpAt"));
    assertEquals(at("10:20"), outcome.evidence(CANCELLATION_INDUCED, "droppedOffAt"));
    assertEquals(
        Map.of("lat", 30.0, "lon", 104.0), outcome.evidence(CANCELLATION_INDUCED, "pickedUp"));
    assertEquals(
        Map.of("lat", 30.1799, "lon", 104.0), outcome.evidence(CANCELLATION_INDUCED, "droppedOff"));
  }

  @Test
  void needsTheDropoffWithinTwiceTheEstimateAndAQuarterOfAnHour() {
    called().inside("9:55").atDropoff("10:50").judgedAt("11:10").raises(CANCELLATION_INDUCED);
    called()
        .inside("9:55")
        .atDropoff("10:50:00.001")
        .judgedAt("11:10")
        .isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void measuresFromTheLatestFixAtThePickupPoint() {
    called()
        .inside("9:55", "9:56")
        .atDropoff("10:51")
        .judgedAt("11:10")
        .raises(CANCELLATION_INDUCED);
  }

  @Test
  void needsTheDriverAtThePickupPointInAQuarterOfAnHourBeforeOrAnHourAfter() {
    called().inside("9:35").atDropoff("10:20").judgedAt("11:10").raises(CANCELLATION_INDUCED);
    called()
        .inside("9:34:59.999")
        .atDropoff("10:20")
        .judgedAt("11:10")
        .isSilentOn(CANCELLATION_INDUCED);
    called().inside("10:50").atDropoff("11:10").judgedAt("11:20").raises(CANCELLATION_INDUCED);
    called()
        .inside("10:50:00.001")
        .atDropoff("11:10")
        .judgedAt("11:20")
        .isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void needsTheDropoffAfterThePickup() {
    called().atDropoff("9:55").inside("10:20").judgedAt("11:10").isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void needsACallInTheQuarterOfAnHourBefore() {
    ridden(trip().calledAt("9:35")).judgedAt("10:30").raises(CANCELLATION_INDUCED);
    ridden(trip().calledAt("9:34:59.999")).judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
    ridden(trip().calledAt("9:50")).judgedAt("10:30").raises(CANCELLATION_INDUCED);
    ridden(trip().calledAt("9:50:00.001")).judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
    ridden(trip()).judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void needsACallByTheDriverThatWasConnected() {
    ridden(call(Channel.CALL, Caller.PASSENGER, Call.Outcome.CONNECTED))
        .judgedAt("10:30")
        .isSilentOn(CANCELLATION_INDUCED);
    ridden(call(Channel.CALL, Caller.DRIVER, Call.Outcome.NO_ANSWER))
        .judgedAt("10:30")
        .isSilentOn(CANCELLATION_INDUCED);
    ridden(call(Channel.SMS, Caller.DRIVER, Call.Outcome.SENT))
        .judgedAt("10:30")
        .isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void needsACallOfTheTrip() {
    Story others =
        trip().calledOf("d-8", Channel.CALL, Caller.DRIVER, Call.Outcome.CONNECTED, "9:40");
    ridden(others).judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
    ridden(trip().acceptedAt("9:41").calledAt("9:40"))
        .judgedAt("10:30")
        .isSilentOn(CANCELLATION_INDUCED);
    ridden(trip().acceptedAt("9:40").calledAt("9:40"))
        .judgedAt("10:30")
        .raises(CANCELLATION_INDUCED);
  }

  @Test
  void needsAPassengerWhoCancels() {
    Story driver = trip().calledAt("9:40").cancelledBy(CancelledBy.DRIVER, "9:50");
    driver.inside("9:55").atDropoff("10:20").judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void staysSilentWhenCalledOffByThen() {
    Story calledOff = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
    ridden(calledOff.calledAt("9:40").status(Status.CANCELLED, "9:50"))
        .judgedAt("10:30")
        .isSilentOn(CANCELLATION_INDUCED);
    Story justAfter = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
    ridden(justAfter.calledAt("9:40").status(Status.CANCELLED, "9:50:00.001"))
        .judgedAt("10:30")
        .raises(CANCELLATION_INDUCED);
  }

  @Test
  void goesByWhatWasKnownOfTheTrainAtTheCancellation() {
    Story after = trip().scenario(Scenario.STATION_PICKUP).flight("G1").calledAt("9:40");
    ridden(after.status(Status.CANCELLED, "9:45").status(Status.DELAYED, "9:50:00.001"))
        .judgedAt("10:30")
        .isSilentOn(CANCELLATION_INDUCED);
    Story then = trip().scenario(Scenario.STATION_PICKUP).flight("G1").calledAt("9:40");
    ridden(then.status(Status.CANCELLED, "9:45").status(Status.DELAYED, "9:50"))
        .judgedAt("10:30")
        .raises(CANCELLATION_INDUCED);
  }

  @Test
  void staysSilentWhereTheCirclesMeet() {
    Story apart = trip().dropoff(north(1_500.1)).calledAt("9:40");
    apart.cancelledBy(CancelledBy.PASSENGER, "9:50").inside("9:55").fix("10:20", 1_500);
    apart.judgedAt("10:30").raises(CANCELLATION_INDUCED);
    Story meeting = trip().dropoff(north(1_499.9)).calledAt("9:40");
    meeting.cancelledBy(CancelledBy.PASSENGER, "9:50").inside("9:55").fix("10:20", 1_500);
    meeting.judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
    Story touching = trip().dropoff(north(1_500)).calledAt("9:40");
    touching.with("trip.pickupRadiusM", exactM(1_500) / 2);
    touching.with("trip.dropoffRadiusM", exactM(1_500) / 2);
    touching.cancelledBy(CancelledBy.PASSENGER, "9:50").inside("9:55").fix("10:20", 1_500);
    touching.judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void leavesOutFixesThatAreNotUsable() {
    Story vague = called().inside("9:55");
    vague.fix(Fixed.at("10:20").metres(Story.DROPOFF_M).accuracyM(101));
    vague.judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void seesARideLongBeforeThePickupTime() {
    Story early = trip().pickupAt("20:00").calledAt("8:55");
    early.cancelledBy(CancelledBy.PASSENGER, "9:00").inside("8:45").atDropoff("9:30");
    early.judgedAt("9:40").raises(CANCELLATION_INDUCED, "9:30");
  }

  @Test
  void seesALongRideToItsEnd() {
    Story far = trip().estimatedSeconds(7_200).calledAt("9:40");
    far.cancelledBy(CancelledBy.PASSENGER, "9:50").inside("10:50");
    for (int hour = 11; hour < 15; hour++) {
      far.away(hour + ":20", hour + ":40");
    }
    far.atDropoff("15:05").judgedAt("15:06").raises(CANCELLATION_INDUCED, "15:05");
  }

  @Test
  void changesNothingAfterTheEnd() {
    Story reassigned = trip().calledAt("9:40").reassignedTo("d-8", "9:45");
    ridden(reassigned).judgedAt("10:30").isSilentOn(CANCELLATION_INDUCED);
  }

  @Test
  void isRaisedWhenTheFixesComeInLate() {
    Outcome outcome =
        called()
            .atDropoff("10:20")
            .learnedAt("11:50", story -> story.inside("9:55"))
            .judgedAt("11:51");
    assertEquals(
        List.of(RAISED),
        outcome.raises(CANCELLATION_INDUCED, "10:20").revisions(CANCELLATION_INDUCED));
  }

  @Test
  void isUpdatedWhenALateFixShowsTheDropoffEarlier() {
    Outcome outcome =
        called()
            .inside("9:55")
            .atDropoff("10:20")
            .learnedAt("11:50", story -> story.atDropoff("10:15"))
            .judgedAt("11:51");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(CANCELLATION_INDUCED, "10:15").revisions(CANCELLATION_INDUCED));
  }

  private static Story called() {
    return trip().calledAt("9:40").cancelledBy(CancelledBy.PASSENGER, "9:50");
  }

  private static Story call(Channel channel, Caller by, Call.Outcome outcome) {
    return trip().called(channel, by, outcome, "9:40");
  }

  private static Story ridden(Story story) {
    return story.cancelledBy(CancelledBy.PASSENGER, "9:50").inside("9:55").atDropoff("10:20");
  }
}
