package io.tripwatch.rule.voice;

import static io.tripwatch.event.Complaint.Type.OPENED;
import static io.tripwatch.event.Complaint.Type.REPLIED;
import static io.tripwatch.event.Complaint.Type.RESOLVED;
import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintUnansweredTest implements RuleContract {
  private static final String UNANSWERED = "complaint-unanswered";

  @Override
  public String rule() {
    return UNANSWERED;
  }

  @Override
  public String alertId() {
    return "o-1/d-7/complaint-unanswered/c-1";
  }

  @Override
  public Story broken() {
    return ended().complaint(OPENED, "11:00");
  }

  @Override
  public String judgedAt() {
    return "14:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 0, 0, false, false);
  }

  private static Story ended() {
    return trip().startAt("10:00").endAt("10:30");
  }

  @Test
  void holdsAfterFortyFiveMinutes() {
    broken().judgedAt("11:44:59.999").isSilentOn(UNANSWERED);
    Outcome outcome = broken().judgedAt("11:45").raises(UNANSWERED, "11:45");
    assertEquals(at("11:00"), outcome.evidence(UNANSWERED, "openedAt"));
    assertEquals("ATTITUDE", outcome.evidence(UNANSWERED, "category"));
    broken()
        .with("rules.complaint-unanswered.within", "10 min")
        .judgedAt("14:00")
        .raises(UNANSWERED, "11:10");
  }

  @Test
  void isAnsweredByAReplyOrAResolutionByThen() {
    for (var step : List.of(REPLIED, RESOLVED)) {
      broken().complaint(step, "11:44:59.999").judgedAt("14:00").isSilentOn(UNANSWERED);
      broken().complaint(step, "11:45").judgedAt("14:00").isSilentOn(UNANSWERED);
      broken().complaint(step, "11:45:00.001").judgedAt("14:00").raises(UNANSWERED);
    }
  }

  @Test
  void isAnsweredByAReplyToldWithATimeBeforeItWasOpened() {
    broken().complaint(REPLIED, "10:59").judgedAt("14:00").isSilentOn(UNANSWERED);
    broken().complaint(RESOLVED, "10:00").judgedAt("14:00").isSilentOn(UNANSWERED);
  }

  @Test
  void isTakenBackWhenAReplyComesInLate() {
    Outcome outcome =
        broken()
            .learnedAt("300:00", story -> story.complaint(REPLIED, "11:30"))
            .judgedAt("300:00")
            .isSilentOn(UNANSWERED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(UNANSWERED));
  }

  @Test
  void holdsWhenItsOpeningComesInLate() {
    ended()
        .complaint(REPLIED, "12:00")
        .learnedAt("300:00", story -> story.complaint(OPENED, "11:00"))
        .judgedAt("300:00")
        .raises(UNANSWERED, "11:45");
    ended().complaint(REPLIED, "12:00").judgedAt("300:00").isSilentOn(UNANSWERED);
  }

  @Test
  void isDueFromTheFirstOfSeveralOpenings() {
    broken().complaint(OPENED, "11:30").judgedAt("14:00").raises(UNANSWERED, "11:45");
    broken()
        .complaint(REPLIED, "11:10")
        .complaint(OPENED, "12:00")
        .judgedAt("14:00")
        .isSilentOn(UNANSWERED);
    Outcome outcome =
        broken()
            .learnedAt("13:00", story -> story.complaint(OPENED, "10:40"))
            .judgedAt("14:00")
            .raises(UNANSWERED, "11:25");
    assertEquals(List.of(RAISED, UPDATED), outcome.revisions(UNANSWERED));
  }

  @Test
  void isAskedOfEachComplaintByItself() {
    Outcome outcome =
        broken()
            .complaint("c-2", OPENED, "11:10")
            .complaint("c-3", OPENED, "11:20")
            .complaint("c-3", REPLIED, "11:30")
            .judgedAt("14:00");
    outcome.alertOf("o-1/d-7/complaint-unanswered/c-1");
    outcome.alertOf("o-1/d-7/complaint-unanswered/c-2");
    assertEquals(2, outcome.said().stream().filter(one -> one.ruleId().equals(rule())).count());
  }

  @Test
  void comesThoughTheTripHasNotEndedOrEndedThirtyDaysBefore() {
    trip().complaint(OPENED, "8:10").judgedAt("8:55").raises(UNANSWERED, "8:55");
    ended().complaint(OPENED, "730:29").judgedAt("732:00").raises(UNANSWERED, "731:14");
    ended().complaint(OPENED, "730:30").judgedAt("732:00").isSilentOn(UNANSWERED);
    ended()
        .complaint(OPENED, "730:29")
        .complaint(REPLIED, "730:30")
        .judgedAt("732:00")
        .raises(UNANSWERED);
  }

  @Test
  void belongsToTheLastTurnOfTheDriver() {
    Outcome outcome =
        trip()
            .complaint(OPENED, "8:10")
            .reassignedTo("d-8", "8:30")
            .reassignedTo("d-7", "9:00")
            .judgedAt("14:00")
            .isSilentOn(UNANSWERED);
    outcome.alertOf("o-1/d-7~2/complaint-unanswered/c-1");
  }

  @Test
  void isNothingWithoutATrip() {
    trip()
        .notAccepted()
        .acceptedBy("d-8", "8:00")
        .complaint(OPENED, "8:10")
        .judgedAt("40:00")
        .isSilentOn(UNANSWERED);
  }
}
