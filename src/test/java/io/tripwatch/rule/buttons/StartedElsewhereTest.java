package io.tripwatch.rule.buttons;

import static io.tripwatch.rule.Story.north;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedElsewhereTest implements RuleContract {
  private static final String STARTED_ELSEWHERE = "started-elsewhere";

  @Override
  public String rule() {
    return STARTED_ELSEWHERE;
  }

  @Override
  public Story broken() {
    return trip().calledAt("8:10").onSiteAt("9:45").away("9:49:30").startAt("9:50");
  }

  @Override
  public String judgedAt() {
    return "9:55";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 3, false, false);
  }

  @Test
  void goesByFixesWithinAMinute() {
    trip().away("9:49").startAt("9:50").judgedAt("9:55").raises(STARTED_ELSEWHERE, "9:50");
    trip().away("9:48:59.999").startAt("9:50").judgedAt("9:55").isSilentOn(STARTED_ELSEWHERE);
    trip().away("9:51").startAt("9:50").judgedAt("9:55").raises(STARTED_ELSEWHERE);
    trip().away("9:51:00.001").startAt("9:50").judgedAt("9:55").isSilentOn(STARTED_ELSEWHERE);
  }

  @Test
  void staysSilentWhenAnyFixWithinAMinuteIsInside() {
    trip()
        .away("9:50")
        .inside("9:49")
        .startAt("9:50")
        .judgedAt("9:55")
        .isSilentOn(STARTED_ELSEWHERE);
    Story tooEarly = trip().away("9:50").inside("9:48:59.999").startAt("9:50");
    tooEarly.judgedAt("9:55").raises(STARTED_ELSEWHERE);
  }

  @Test
  void goesByTheFirstStartOnly() {
    Story again = trip().inside("9:50").startAt("9:50").away("9:55").startAt("9:55");
    again.judgedAt("10:00").isSilentOn(STARTED_ELSEWHERE);
  }

  @Test
  void staysSilentForAStartAfterTheEnd() {
    Story ended = trip().endAt("10:00").away("10:00:30").startAt("10:00:30");
    ended.judgedAt("10:05").isSilentOn(STARTED_ELSEWHERE);
  }

  @Test
  void leavesOutWhatIsNotOfTheTrip() {
    Story another = trip().away("9:50").pressedBy("d-8", Button.START, "9:50");
    another.judgedAt("9:55").isSilentOn(STARTED_ELSEWHERE);
    trip().away("7:59").startAt("7:59").judgedAt("9:55").isSilentOn(STARTED_ELSEWHERE);
  }

  @Test
  void goesByThePickupPointAsItStoodAtTheStart() {
    Story then = trip().away("9:50").startAt("9:50");
    then.changedAt("9:50", story -> story.pickup(north(5_000)));
    then.judgedAt("10:00").isSilentOn(STARTED_ELSEWHERE);
    Story later = trip().away("9:50").startAt("9:50");
    later.changedAt("9:50:00.001", story -> story.pickup(north(5_000)));
    later.judgedAt("10:00").raises(STARTED_ELSEWHERE);
  }

  @Test
  void isNotRaisedByAPickupPointThatMovesAwayLater() {
    Story moved = trip().inside("9:50").startAt("9:50");
    moved.changedAt("9:55", story -> story.pickup(north(5_000)));
    Outcome outcome = moved.judgedAt("10:00").isSilentOn(STARTED_ELSEWHERE);
    assertEquals(Story.ms("9:50"), outcome.trip().presence());
  }

  @Test
  void isTakenBackWhenALateFixShowsThatHeWasNear() {
    Outcome outcome =
        trip()
            .away("9:50")
            .startAt("9:50")
            .learnedAt("11:40", story -> story.inside("9:50:30"))
            .judgedAt("11:41");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(STARTED_ELSEWHERE).revisions(STARTED_ELSEWHERE));
  }

  @Test
  void isTakenBackWhenAnEarlierStartComesInLate() {
    Outcome outcome =
        trip()
            .away("9:50")
            .startAt("9:50")
            .learnedAt("11:40", story -> story.startAt("9:45"))
            .judgedAt("11:41");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(STARTED_ELSEWHERE));
  }

  @Test
  void takesItsRadiusAndWindowFromTheSettings() {
    Story wide = trip().with("trip.pickupRadiusM", 5_001L).away("9:50").startAt("9:50");
    wide.judgedAt("9:55").isSilentOn(STARTED_ELSEWHERE);
    Story narrow = trip().with("cities.chengdu.trip.pressWindow", "10 s").away("9:50");
    narrow.startAt("9:50:10.001").judgedAt("9:55").isSilentOn(STARTED_ELSEWHERE);
  }
}
