package io.tripwatch.rule.voice;

import static io.tripwatch.event.Complaint.Type.OPENED;
import static io.tripwatch.event.Complaint.Type.REPLIED;
import static io.tripwatch.event.Complaint.Type.RESOLVED;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintUnresolvedTest implements RuleContract {
  private static final String UNRESOLVED = "complaint-unresolved";

  @Override
  public String rule() {
    return UNRESOLVED;
  }

  @Override
  public String alertId() {
    return "o-1/d-7/complaint-unresolved/c-1";
  }

  @Override
  public Story broken() {
    return ended().complaint(OPENED, "11:00");
  }

  @Override
  public String judgedAt() {
    return "36:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 0, 0, false, false);
  }

  private static Story ended() {
    return trip().startAt("10:00").endAt("10:30");
  }

  @Test
  void holdsAfterADay() {
    broken().judgedAt("34:59:59.999").isSilentOn(UNRESOLVED);
    broken().judgedAt("35:00").raises(UNRESOLVED, "35:00");
    broken()
        .with("rules.complaint-unresolved.within", "2 h")
        .judgedAt("14:00")
        .raises(UNRESOLVED, "13:00");
  }

  @Test
  void isSilentWhenResolvedByThenAndNotWhenRepliedTo() {
    broken().complaint(RESOLVED, "34:59").judgedAt("36:00").isSilentOn(UNRESOLVED);
    broken().complaint(RESOLVED, "35:00").judgedAt("36:00").isSilentOn(UNRESOLVED);
    broken().complaint(RESOLVED, "35:00:00.001").judgedAt("36:00").raises(UNRESOLVED);
    broken().complaint(RESOLVED, "10:59").judgedAt("36:00").isSilentOn(UNRESOLVED);
    broken().complaint(REPLIED, "11:10").judgedAt("36:00").raises(UNRESOLVED);
  }

  @Test
  void isNotResolvedByAVerdict() {
    broken()
        .decided(Subject.COMPLAINT, "c-1", "12:00", Decision.REJECTED)
        .judgedAt("36:00")
        .raises(UNRESOLVED);
  }

  @Test
  void isTakenBackWhenAResolutionComesInLate() {
    Outcome outcome =
        broken()
            .learnedAt("300:00", story -> story.complaint(RESOLVED, "30:00"))
            .judgedAt("300:00")
            .isSilentOn(UNRESOLVED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(UNRESOLVED));
  }

  @Test
  void isDueFromTheFirstOfSeveralOpenings() {
    broken()
        .complaint(RESOLVED, "12:00")
        .complaint(OPENED, "13:00")
        .judgedAt("40:00")
        .isSilentOn(UNRESOLVED);
    broken().complaint(OPENED, "13:00").judgedAt("40:00").raises(UNRESOLVED, "35:00");
  }

  @Test
  void comesThoughNobodyMaySayAnythingOfTheTripAnyMore() {
    ended().complaint(OPENED, "730:29").judgedAt("760:00").raises(UNRESOLVED, "754:29");
  }

  @Test
  void comesWhileTheTripIsOpen() {
    Story story = trip().acceptedAt("8:00").pickupAt("200:00").complaint(OPENED, "8:10");
    story.judgedAt("40:00").raises(UNRESOLVED, "32:10");
  }
}
