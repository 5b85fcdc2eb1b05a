package io.tripwatch.rule.buttons;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ButtonOutOfOrderTest implements RuleContract {
  private static final String BUTTON_OUT_OF_ORDER = "button-out-of-order";

  @Override
  public String rule() {
    return BUTTON_OUT_OF_ORDER;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").startAt("9:50");
  }

  @Override
  public String judgedAt() {
    return "9:55";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.INFO, 0, 1, false, false);
  }

  @Test
  void staysSilentWhenEachFollowsTheOther() {
    Outcome outcome = trip().onSiteAt("9:50").startAt("10:00").endAt("10:30").judgedAt("10:40");
    outcome.isSilentOn(BUTTON_OUT_OF_ORDER);
  }

  @Test
  void staysSilentWhenTheyArePressedAtOneTime() {
    trip().onSiteAt("9:50").startAt("9:50").judgedAt("9:55").isSilentOn(BUTTON_OUT_OF_ORDER);
    trip()
        .onSiteAt("9:50")
        .startAt("10:00")
        .endAt("10:00")
        .judgedAt("10:05")
        .isSilentOn(BUTTON_OUT_OF_ORDER);
  }

  @Test
  void holdsWhenTheStartIsAMillisecondEarly() {
    trip()
        .onSiteAt("9:50:00.001")
        .startAt("9:50")
        .judgedAt("9:55")
        .raises(BUTTON_OUT_OF_ORDER, "9:50");
  }

  @Test
  void holdsWhenTheEndIsAMillisecondEarly() {
    Outcome outcome =
        trip().onSiteAt("9:50").startAt("10:00").endAt("9:59:59.999").judgedAt("10:05");
    outcome.raises(BUTTON_OUT_OF_ORDER, "9:59:59.999");
    assertEquals("START", outcome.evidence(BUTTON_OUT_OF_ORDER, "missing"));
  }

  @Test
  void holdsForAnEndTooEarlyToEndTheTrip() {
    Outcome outcome =
        trip().endAt("9:00").onSiteAt("9:50").startAt("10:00").endAt("10:30").judgedAt("10:40");
    assertEquals(
        "END", outcome.raises(BUTTON_OUT_OF_ORDER, "9:00").evidence(BUTTON_OUT_OF_ORDER, "button"));
  }

  @Test
  void goesByTheEarliestSuchPress() {
    Outcome outcome = trip().startAt("9:40").startAt("9:50").endAt("10:30").judgedAt("10:40");
    assertEquals(
        "ON_SITE",
        outcome.raises(BUTTON_OUT_OF_ORDER, "9:40").evidence(BUTTON_OUT_OF_ORDER, "missing"));
  }

  @Test
  void countsAPressMadeElsewhere() {
    trip()
        .away("9:40")
        .onSiteAt("9:40")
        .startAt("9:50")
        .judgedAt("9:55")
        .isSilentOn(BUTTON_OUT_OF_ORDER);
  }

  @Test
  void leavesOutAStartAfterTheEnd() {
    Story ended = trip().onSiteAt("9:50").endAt("10:00").startAt("10:00:30");
    ended.judgedAt("10:05").raises(BUTTON_OUT_OF_ORDER, "10:00");
  }

  @Test
  void leavesOutAnothersPresses() {
    Story others = trip().onSiteAt("9:50").pressedBy("d-8", Button.START, "9:40");
    others.judgedAt("9:55").isSilentOn(BUTTON_OUT_OF_ORDER);
    Story anothersOnSite = trip().pressedBy("d-8", Button.ON_SITE, "9:40").startAt("9:50");
    anothersOnSite.judgedAt("9:55").raises(BUTTON_OUT_OF_ORDER);
  }

  @Test
  void leavesOutPressesBeforeTheAcceptance() {
    trip().onSiteAt("7:59:59.999").startAt("9:50").judgedAt("9:55").raises(BUTTON_OUT_OF_ORDER);
    trip().onSiteAt("8:00").startAt("9:50").judgedAt("9:55").isSilentOn(BUTTON_OUT_OF_ORDER);
  }

  @Test
  void isTakenBackWhenThePressComesInLate() {
    Outcome outcome =
        trip()
            .startAt("9:50")
            .learnedAt("11:40", story -> story.onSiteAt("9:45"))
            .judgedAt("11:41");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(BUTTON_OUT_OF_ORDER).revisions(BUTTON_OUT_OF_ORDER));
  }

  @Test
  void movesWhenAnEarlierOneComesInLate() {
    Outcome outcome =
        trip().startAt("9:50").learnedAt("11:30", story -> story.startAt("9:40")).judgedAt("11:31");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(BUTTON_OUT_OF_ORDER, "9:40").revisions(BUTTON_OUT_OF_ORDER));
  }
}
