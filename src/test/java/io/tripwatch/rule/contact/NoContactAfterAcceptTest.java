package io.tripwatch.rule.contact;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
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
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoContactAfterAcceptTest implements RuleContract {
  private static final String NO_CONTACT_AFTER_ACCEPT = "no-contact-after-accept";

  @Override
  public String rule() {
    return NO_CONTACT_AFTER_ACCEPT;
  }

  @Override
  public Story broken() {
    return trip();
  }

  @Override
  public String judgedAt() {
    return "9:10";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 0, 1, false, false);
  }

  @Test
  void holdsAnHourAfterTheAcceptance() {
    trip().judgedAt("9:10").raises(NO_CONTACT_AFTER_ACCEPT, "9:00");
  }

  @Test
  void staysSilentForACallExactlyAtTheEndOfTheHour() {
    trip().calledAt("9:00").judgedAt("9:10").isSilentOn(NO_CONTACT_AFTER_ACCEPT);
    trip().calledAt("9:00:00.001").judgedAt("9:10").raises(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void staysSilentForACallExactlyAtTheAcceptance() {
    trip().calledAt("8:00").judgedAt("9:10").isSilentOn(NO_CONTACT_AFTER_ACCEPT);
    trip().calledAt("7:59:59.999").judgedAt("9:10").raises(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void countsWhateverReachedThePassenger() {
    reached(Channel.CALL, Caller.DRIVER, Call.Outcome.CONNECTED, true);
    reached(Channel.CALL, Caller.PASSENGER, Call.Outcome.CONNECTED, true);
    reached(Channel.SMS, Caller.DRIVER, Call.Outcome.SENT, true);
    reached(Channel.SMS, Caller.PASSENGER, Call.Outcome.SENT, false);
    reached(Channel.SMS, Caller.DRIVER, Call.Outcome.FAILED, false);
    reached(Channel.CALL, Caller.DRIVER, Call.Outcome.NO_ANSWER, false);
    reached(Channel.CALL, Caller.DRIVER, Call.Outcome.FAILED, false);
    reached(Channel.CALL, Caller.PASSENGER, Call.Outcome.NO_ANSWER, false);
  }

  @Test
  void saysHowOftenHeTried() {
    Story tried = trip().called(Channel.CALL, Caller.DRIVER, Call.Outcome.NO_ANSWER, "8:00");
    tried.called(Channel.SMS, Caller.DRIVER, Call.Outcome.FAILED, "9:00");
    tried.called(Channel.CALL, Caller.DRIVER, Call.Outcome.NO_ANSWER, "9:00:00.001");
    tried.called(Channel.CALL, Caller.PASSENGER, Call.Outcome.NO_ANSWER, "8:30");
    Outcome outcome = tried.judgedAt("9:10");
    assertEquals(2L, outcome.evidence(NO_CONTACT_AFTER_ACCEPT, "attempts"));
    Story late = trip();
    late.learnedAt(
        "9:40", story -> story.called(Channel.CALL, Caller.DRIVER, Call.Outcome.NO_ANSWER, "8:30"));
    assertEquals(1L, late.judgedAt("9:50").evidence(NO_CONTACT_AFTER_ACCEPT, "attempts"));
  }

  @Test
  void countsHisOwnCallsOnly() {
    Story others =
        trip().calledOf("d-8", Channel.CALL, Caller.DRIVER, Call.Outcome.CONNECTED, "8:10");
    others.judgedAt("9:10").raises(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void endsAtThePickupTimeIfThatIsEarlier() {
    Story soon = trip().acceptedAt("9:30");
    soon.judgedAt("9:59:59.999").isSilentOn(NO_CONTACT_AFTER_ACCEPT);
    soon.judgedAt("10:00").raises(NO_CONTACT_AFTER_ACCEPT, "10:00");
    trip()
        .acceptedAt("9:30")
        .calledAt("10:00:01")
        .judgedAt("10:10")
        .raises(NO_CONTACT_AFTER_ACCEPT);
    trip()
        .acceptedAt("9:30")
        .calledAt("10:00")
        .judgedAt("10:10")
        .isSilentOn(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void isMovedWithThePickupTime() {
    Story delayed = train().acceptedAt("9:30").status(Status.DELAYED, "9:40", "PT20M");
    delayed.judgedAt("10:20").raises(NO_CONTACT_AFTER_ACCEPT, "10:20");
    Story longer = train().acceptedAt("9:30").status(Status.DELAYED, "9:40", "PT50M");
    longer.judgedAt("10:40").raises(NO_CONTACT_AFTER_ACCEPT, "10:30");
  }

  @Test
  void neverComesForADriverWhoAcceptedAfterThePickupTime() {
    Story tooLate = trip().placedAt("7:00").acceptedAt("10:00:00.001");
    tooLate.judgedAt("12:00").isSilentOn(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void neverComesOnceTheTripHasEnded() {
    trip()
        .cancelledBy(CancelledBy.PASSENGER, "8:59:59.999")
        .judgedAt("9:10")
        .isSilentOn(NO_CONTACT_AFTER_ACCEPT);
    trip()
        .cancelledBy(CancelledBy.PASSENGER, "9:00")
        .judgedAt("9:10")
        .raises(NO_CONTACT_AFTER_ACCEPT);
    trip().reassignedTo("d-8", "8:59").judgedAt("9:10").isSilentOn(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void neverComesOnceTheTrainIsCalledOff() {
    train()
        .status(Status.CANCELLED, "8:59:59.999")
        .judgedAt("9:10")
        .isSilentOn(NO_CONTACT_AFTER_ACCEPT);
    train().status(Status.CANCELLED, "9:00").judgedAt("9:10").raises(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void neverComesWhereTheTrainWasCalledOffBeforeTheAcceptance() {
    train().status(Status.CANCELLED, "7:00").judgedAt("9:10").isSilentOn(NO_CONTACT_AFTER_ACCEPT);
  }

  @Test
  void isTakenBackWhenACallComesInLate() {
    Outcome outcome = trip().learnedAt("10:50", story -> story.calledAt("8:55")).judgedAt("10:51");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(NO_CONTACT_AFTER_ACCEPT).revisions(NO_CONTACT_AFTER_ACCEPT));
  }

  @Test
  void waitsAsLongAsIsSet() {
    Story story =
        trip()
            .with("rules.no-contact-after-accept.within", "10 min")
            .with("cities.chengdu.rules.no-contact-after-accept.within", "20 min");
    story.judgedAt("8:30").raises(NO_CONTACT_AFTER_ACCEPT, "8:20");
  }

  private static void reached(Channel channel, Caller by, Call.Outcome how, boolean isContact) {
    Outcome outcome = trip().called(channel, by, how, "8:30").judgedAt("9:10");
    assertEquals(
        !isContact,
        outcome.holds(NO_CONTACT_AFTER_ACCEPT),
        () -> how + " " + channel + " by the " + by);
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
