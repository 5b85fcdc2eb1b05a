package io.tripwatch.rule.voice;

import static io.tripwatch.event.Complaint.Type.OPENED;
import static io.tripwatch.event.Complaint.Type.REPLIED;
import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintUpheldTest implements RuleContract {
  private static final String UPHELD_COMPLAINT = "complaint-upheld";

  @Override
  public String rule() {
    return UPHELD_COMPLAINT;
  }

  @Override
  public String alertId() {
    return "o-1/d-7/complaint-upheld/c-1";
  }

  @Override
  public Story broken() {
    return decided(complained(), "c-1", "12:00", UPHELD);
  }

  @Override
  public String judgedAt() {
    return "14:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 5, false, false);
  }

  private static Story ended() {
    return trip().startAt("10:00").endAt("10:30");
  }

  private static Story complained() {
    return ended().complaint(OPENED, "11:00");
  }

  private static Story decided(Story story, String complaint, String time, Decision decision) {
    return story.decided(Subject.COMPLAINT, complaint, time, decision);
  }

  @Test
  void holdsFromTheVerdictOn() {
    complained().judgedAt("14:00").isSilentOn(UPHELD_COMPLAINT);
    Outcome outcome = broken().judgedAt("14:00").raises(UPHELD_COMPLAINT, "12:00");
    assertEquals("qc-3", outcome.evidence(UPHELD_COMPLAINT, "decidedBy"));
    decided(complained(), "c-1", "12:00", REJECTED).judgedAt("14:00").isSilentOn(UPHELD_COMPLAINT);
  }

  @Test
  void goesByTheLastVerdict() {
    Outcome mind = decided(broken(), "c-1", "13:00", REJECTED).judgedAt("14:00");
    mind.isSilentOn(UPHELD_COMPLAINT);
    assertEquals(List.of(RAISED, RETRACTED), mind.revisions(UPHELD_COMPLAINT));
    Outcome twice = decided(broken(), "c-1", "13:00", UPHELD).judgedAt("14:00");
    twice.raises(UPHELD_COMPLAINT, "13:00");
    assertEquals(List.of(RAISED, UPDATED), twice.revisions(UPHELD_COMPLAINT));
    decided(decided(complained(), "c-1", "11:30", REJECTED), "c-1", "12:00", UPHELD)
        .judgedAt("14:00")
        .raises(UPHELD_COMPLAINT, "12:00");
  }

  @Test
  void goesByTheLastVerdictWhicheverComesInLast() {
    broken()
        .learnedAt("200:00", story -> decided(story, "c-1", "11:30", REJECTED))
        .judgedAt("200:00")
        .raises(UPHELD_COMPLAINT, "12:00");
  }

  @Test
  void holdsWhenTheComplaintComesInAfterItsVerdict() {
    Story story = decided(ended(), "c-1", "12:00", UPHELD);
    story.learnedAt("400:00", late -> late.complaint(OPENED, "11:00"));
    story.judgedAt("400:00").raises(UPHELD_COMPLAINT, "12:00");
    Story before = decided(ended(), "c-1", "10:50", UPHELD).complaint(OPENED, "11:00");
    before.judgedAt("14:00").raises(UPHELD_COMPLAINT, "10:50");
  }

  @Test
  void holdsOfAComplaintWhoseOpeningIsMissing() {
    decided(ended().complaint(REPLIED, "11:00"), "c-1", "12:00", UPHELD)
        .judgedAt("14:00")
        .raises(UPHELD_COMPLAINT, "12:00");
  }

  @Test
  void isSilentOnAVerdictOnNothing() {
    decided(complained(), "c-2", "12:00", UPHELD)
        .decided(Subject.ALERT, "c-1", "12:00", UPHELD)
        .decided(Subject.RATING, "c-1", "12:00", UPHELD)
        .judgedAt("1000:00")
        .isSilentOn(UPHELD_COMPLAINT);
  }

  @Test
  void isAskedOfEachComplaintByItself() {
    Story story = broken().complaint("c-2", OPENED, "11:10").complaint("c-3", OPENED, "11:20");
    decided(story, "c-2", "12:30", UPHELD);
    Outcome outcome = decided(story, "c-3", "12:30", REJECTED).judgedAt("14:00");
    outcome.alertOf("o-1/d-7/complaint-upheld/c-1");
    outcome.alertOf("o-1/d-7/complaint-upheld/c-2");
    assertEquals(2, outcome.said().stream().filter(one -> one.ruleId().equals(rule())).count());
  }

  @Test
  void isRetractedByAVerdictOnItsAlert() {
    broken()
        .decided(Subject.ALERT, alertId(), "13:00", REJECTED)
        .judgedAt("14:00")
        .isSilentOn(UPHELD_COMPLAINT);
  }

  @Test
  void hearsVerdictsUntilThirtyDaysAfterTheEnd() {
    decided(complained(), "c-1", "730:29:59.999", UPHELD)
        .judgedAt("732:00")
        .raises(UPHELD_COMPLAINT);
    decided(complained(), "c-1", "730:30", UPHELD).judgedAt("732:00").isSilentOn(UPHELD_COMPLAINT);
  }

  @Test
  void holdsOfAComplaintMadeManyWeeksBeforeThePickup() {
    Story story = trip().acceptedAt("8:00").pickupAt("1200:00").complaint(OPENED, "9:00");
    decided(story, "c-1", "1100:00", UPHELD)
        .judgedAt("1101:00")
        .raises(UPHELD_COMPLAINT, "1100:00");
  }

  @Test
  void belongsToTheLastTurnOfTheDriver() {
    Story story = trip().complaint(OPENED, "8:10").reassignedTo("d-8", "8:30");
    decided(story, "c-1", "8:40", UPHELD).judgedAt("8:50").raises(UPHELD_COMPLAINT, "8:40");
    Outcome outcome = story.reassignedTo("d-7", "9:00").judgedAt("14:00");
    outcome.isSilentOn(UPHELD_COMPLAINT).alertOf("o-1/d-7~2/complaint-upheld/c-1");
  }
}
