package io.tripwatch.rule.buttons;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
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

class EndNotPressedTest implements RuleContract {
  private static final String END_NOT_PRESSED = "end-not-pressed";

  @Override
  public String rule() {
    return END_NOT_PRESSED;
  }

  @Override
  public Story broken() {
    return started();
  }

  @Override
  public String judgedAt() {
    return "13:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.INFO, 0, 1, false, false);
  }

  @Test
  void holdsTwoHoursAfterTheEstimate() {
    started().judgedAt("13:00").raises(END_NOT_PRESSED, "12:20");
  }

  @Test
  void staysSilentForAnEndExactlyAtTheDeadline() {
    started().endAt("12:20").judgedAt("13:00").isSilentOn(END_NOT_PRESSED);
    started().endAt("12:20:00.001").judgedAt("13:00").raises(END_NOT_PRESSED);
  }

  @Test
  void holdsAfterTwiceTheEstimateIfThatIsLonger() {
    started().estimatedSeconds(7_201).judgedAt("14:10").raises(END_NOT_PRESSED, "14:00:02");
    started().estimatedSeconds(7_200).judgedAt("14:10").raises(END_NOT_PRESSED, "14:00");
    started().estimatedSeconds(7_199).judgedAt("14:10").raises(END_NOT_PRESSED, "13:59:59");
  }

  @Test
  void staysSilentWithoutAStart() {
    trip().onSiteAt("9:45").judgedAt("14:00").isSilentOn(END_NOT_PRESSED);
  }

  @Test
  void goesByTheFirstStart() {
    started().startAt("11:00").judgedAt("13:00").raises(END_NOT_PRESSED, "12:20");
  }

  @Test
  void neverComesOnceTheTripHasEnded() {
    Story ended = started().cancelledBy(CancelledBy.PASSENGER, "12:19:59.999");
    ended.judgedAt("13:00").isSilentOn(END_NOT_PRESSED);
    started().cancelledBy(CancelledBy.PASSENGER, "12:20").judgedAt("13:00").raises(END_NOT_PRESSED);
    started().reassignedTo("d-8", "12:00").judgedAt("13:00").isSilentOn(END_NOT_PRESSED);
  }

  @Test
  void neverComesOnceTheTrainIsCalledOff() {
    Story train = started().scenario(Scenario.STATION_PICKUP).flight("G1");
    train.status(Status.RETURNED, "12:19:59.999").judgedAt("13:00").isSilentOn(END_NOT_PRESSED);
  }

  @Test
  void neverComesLaterThanADayAfterThePickupTime() {
    started().estimatedSeconds(43_200).judgedAt("34:10").raises(END_NOT_PRESSED, "34:00");
    started().estimatedSeconds(43_200.001).judgedAt("34:10").isSilentOn(END_NOT_PRESSED);
  }

  @Test
  void goesByTheEstimateAsItWasChanged() {
    Story changed = started();
    changed.changedAt("10:10", story -> story.estimatedSeconds(2_400));
    changed.judgedAt("13:00").raises(END_NOT_PRESSED, "12:40");
  }

  @Test
  void isTakenBackWhenTheEndComesInLate() {
    Outcome outcome = started().learnedAt("13:30", story -> story.endAt("11:40")).judgedAt("13:31");
    assertEquals(
        List.of(RAISED, RETRACTED), outcome.isSilentOn(END_NOT_PRESSED).revisions(END_NOT_PRESSED));
  }

  @Test
  void movesWhenAnEarlierStartComesInLate() {
    Outcome outcome =
        started().learnedAt("11:40", story -> story.startAt("9:50")).judgedAt("13:00");
    outcome.raises(END_NOT_PRESSED, "12:10");
  }

  private static Story started() {
    return trip().calledAt("8:10").onSiteAt("9:45").startAt("10:00");
  }
}
