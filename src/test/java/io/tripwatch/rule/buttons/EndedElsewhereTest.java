package io.tripwatch.rule.buttons;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.north;
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

class EndedElsewhereTest implements RuleContract {
  private static final String ENDED_ELSEWHERE = "ended-elsewhere";

  @Override
  public String rule() {
    return ENDED_ELSEWHERE;
  }

  @Override
  public Story broken() {
    return ridden().away("10:29:30").endAt("10:30");
  }

  @Override
  public String judgedAt() {
    return "10:35";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 3_000, 2, false, false);
  }

  @Test
  void goesByFixesWithinAMinute() {
    ridden().away("10:29").endAt("10:30").judgedAt("10:35").raises(ENDED_ELSEWHERE, "10:30");
    ridden().away("10:28:59.999").endAt("10:30").judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
    ridden().away("10:31").endAt("10:30").judgedAt("10:35").raises(ENDED_ELSEWHERE);
    ridden().away("10:31:00.001").endAt("10:30").judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
  }

  @Test
  void staysSilentWhenAnyFixWithinAMinuteIsAtTheDropoff() {
    ridden()
        .away("10:30")
        .atDropoff("10:31")
        .endAt("10:30")
        .judgedAt("10:35")
        .isSilentOn(ENDED_ELSEWHERE);
  }

  @Test
  void reachesAKilometre() {
    ridden().fix("10:30", 19_001).endAt("10:30").judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
    ridden().fix("10:30", 18_999).endAt("10:30").judgedAt("10:35").raises(ENDED_ELSEWHERE);
  }

  @Test
  void doesNotTakeThePickupPointForTheDropoff() {
    ridden().inside("10:30").endAt("10:30").judgedAt("10:35").raises(ENDED_ELSEWHERE);
  }

  @Test
  void staysSilentWhenTheOrderWasChangedOnTheWay() {
    Story changed = ridden().away("10:30").endAt("10:30");
    changed.changedAt("10:00:00.001", story -> story).judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
    Story changedBefore = ridden().away("10:30").endAt("10:30");
    changedBefore.changedAt("10:00", story -> story).judgedAt("10:35").raises(ENDED_ELSEWHERE);
  }

  @Test
  void isRaisedWithoutAnyStartThoughTheOrderWasChanged() {
    Story unstarted = Story.trip().away("10:30").endAt("10:30");
    unstarted.changedAt("10:20", story -> story).judgedAt("10:35").raises(ENDED_ELSEWHERE);
  }

  @Test
  void goesByTheDropoffAsItWasChanged() {
    Story changed = ridden().away("10:30").endAt("10:30");
    changed.changedAt("9:55", story -> story.dropoff(north(5_000)));
    changed.judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
  }

  @Test
  void countsAChangeUntilAMinuteAfterTheEnd() {
    Story within = ridden().away("10:30").endAt("10:30");
    within.changedAt("10:31", story -> story).judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
    Story after = ridden().away("10:30").endAt("10:30");
    after.changedAt("10:31:00.001", story -> story).judgedAt("10:35").raises(ENDED_ELSEWHERE);
  }

  @Test
  void goesByTheFirstEnd() {
    Story twice = ridden().atDropoff("10:30").endAt("10:30").away("10:31").endAt("10:31");
    twice.judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
  }

  @Test
  void staysSilentForAnEndThatIsNone() {
    trip().away("9:49").endAt("9:49:59.999").judgedAt("9:55").isSilentOn(ENDED_ELSEWHERE);
    trip().away("9:49").endAt("9:50").judgedAt("9:55").raises(ENDED_ELSEWHERE);
  }

  @Test
  void isTakenBackWhenALateFixShowsThatHeWasThere() {
    Outcome outcome =
        ridden()
            .away("10:30")
            .endAt("10:30")
            .learnedAt("12:20", story -> story.atDropoff("10:30:30"))
            .judgedAt("12:21");
    assertEquals(
        List.of(RAISED, RETRACTED), outcome.isSilentOn(ENDED_ELSEWHERE).revisions(ENDED_ELSEWHERE));
  }

  @Test
  void isTakenBackWhenAChangeComesInLate() {
    Outcome outcome =
        ridden()
            .away("10:30")
            .endAt("10:30")
            .learnedAt("10:33", story -> story.changedAt("10:25", same -> same))
            .judgedAt("10:35");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(ENDED_ELSEWHERE));
  }

  @Test
  void movesWhenAnEarlierEndComesInLate() {
    Outcome outcome =
        ridden()
            .away("10:29", "10:30")
            .endAt("10:30")
            .learnedAt("12:20", story -> story.endAt("10:28"))
            .judgedAt("12:21");
    assertEquals(
        List.of(RAISED, UPDATED),
        outcome.raises(ENDED_ELSEWHERE, "10:28").revisions(ENDED_ELSEWHERE));
  }

  @Test
  void saysWhereHeWasAtThePressAndWhereHeWasNearest() {
    Story story = ridden().fix("10:29:30", 12_000).fix("10:29:58", 13_400);
    Outcome outcome = story.fix("10:30:20", 14_227).endAt("10:30").judgedAt("10:35");
    assertEquals(
        "Pressed END at 2026-11-22T10:30:00Z: 6600 m from the drop-off 2 s before, 5773 m at best;"
            + " 1000 m are allowed.",
        outcome.alert(ENDED_ELSEWHERE).message());
    assertEquals(at("10:29:58"), outcome.evidence(ENDED_ELSEWHERE, "pressFixAt"));
    assertEquals(at("10:30:20"), outcome.evidence(ENDED_ELSEWHERE, "nearestAt"));
    assertEquals(3L, outcome.evidence(ENDED_ELSEWHERE, "fixes"));
  }

  @Test
  void isRevisedOnceForAllTheFixesOfTheMinuteAfterThePress() {
    Story approaching = ridden().fix("10:29:50", 10_000).endAt("10:30");
    for (int i = 1; i < 6; i++) {
      approaching.fix("10:30:" + i * 10, 10_000 + i * 100);
    }
    Outcome outcome = approaching.judgedAt("10:35");
    assertEquals(List.of(RAISED, UPDATED), outcome.revisions(ENDED_ELSEWHERE));
    assertEquals(9_500L, outcome.evidence(ENDED_ELSEWHERE, "nearestMeters"));
  }

  @Test
  void isNotRevisedWithoutAnyFixAfterThePress() {
    Outcome outcome = ridden().away("10:29:50").endAt("10:30").judgedAt("10:35");
    assertEquals(List.of(RAISED), outcome.revisions(ENDED_ELSEWHERE));
  }

  @Test
  void takesItsRadiusFromTheSettings() {
    Story wide = ridden().with("cities.chengdu.trip.dropoffRadiusM", 15_001L);
    wide.away("10:30").endAt("10:30").judgedAt("10:35").isSilentOn(ENDED_ELSEWHERE);
  }

  private static Story ridden() {
    return trip().calledAt("8:10").onSiteAt("9:45").startAt("10:00");
  }
}
