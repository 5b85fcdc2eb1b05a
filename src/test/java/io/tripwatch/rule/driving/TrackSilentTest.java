package io.tripwatch.rule.driving;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackSilentTest implements RuleContract {
  private static final String SILENT = "track-silent";

  @Override
  public String rule() {
    return SILENT;
  }

  /** The gap is the last piece, so that it ends when the rule is judged. */
  @Override
  public Story broken() {
    return ride().away("10:04", "10:08", "10:12", "10:14:59.999");
  }

  @Override
  public String judgedAt() {
    return "10:30";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.INFO, 0, 0, false, false);
  }

  private static Story ride() {
    return trip().startAt("10:00").endAt("10:20");
  }

  @Test
  void holdsWhenAGapIsAMillisecondLongerThanFiveMinutes() {
    broken().judgedAt("10:30").raises(SILENT, "10:20");
    ride().away("10:04", "10:08", "10:12", "10:15").judgedAt("10:30").isSilentOn(SILENT);
    ride().away("10:05:00.001", "10:10", "10:15").judgedAt("10:30").raises(SILENT, "10:05:00.001");
    ride().away("10:05", "10:10", "10:15").judgedAt("10:30").isSilentOn(SILENT);
  }

  @Test
  void endsWithTheFirstGapAndTellsOfTheLongest() {
    Outcome outcome = ride().away("10:06", "10:13").judgedAt("10:30").raises(SILENT, "10:06");
    assertEquals(at("10:06"), outcome.evidence(SILENT, "longestGapFromAt"));
    assertEquals(at("10:13"), outcome.evidence(SILENT, "longestGapToAt"));
    assertEquals(420L, outcome.evidence(SILENT, "longestGapSeconds"));
    assertEquals(2L, outcome.evidence(SILENT, "fixes"));
  }

  @Test
  void holdsWithoutAnyFix() {
    Outcome outcome = ride().judgedAt("10:30").raises(SILENT, "10:20");
    assertEquals(1_200L, outcome.evidence(SILENT, "longestGapSeconds"));
  }

  @Test
  void isJudgedWhenTheRideIsOver() {
    Story over = trip().startAt("10:00").away("10:06").endAt("10:11");
    over.judgedAt("10:11").raises(SILENT, "10:06");
    trip().startAt("10:00").away("10:06").judgedAt("10:30").isSilentOn(SILENT);
    trip().endAt("10:20").judgedAt("10:30").isSilentOn(SILENT);
    trip()
        .startAt("10:00")
        .cancelledBy(CancelledBy.PASSENGER, "10:20")
        .judgedAt("10:30")
        .isSilentOn(SILENT);
  }

  @Test
  void countsFixesOfTheRideOnlyBothEndsIncluded() {
    Story around = trip().startAt("10:00").endAt("10:05:00.001");
    around.away("9:59:59.999", "10:05:00.002").judgedAt("10:30").raises(SILENT, "10:05:00.001");
    Story atTheEnds = trip().startAt("10:00").endAt("10:05:00.001");
    atTheEnds.away("10:00", "10:00:00.001").judgedAt("10:30").isSilentOn(SILENT);
  }

  @Test
  void leavesOutFixesThatAreNotUsable() {
    Story vague = ride().away("10:05", "10:14").fix(Fixed.at("10:10").accuracyM(101));
    vague.judgedAt("10:30").raises(SILENT, "10:14");
    Story mock = ride().away("10:05", "10:14").fix(Fixed.at("10:10").mock());
    mock.judgedAt("10:30").raises(SILENT, "10:14");
    Story another = ride().registered("7:00", Story.PHONE).away("10:05", "10:14");
    another.fix(Fixed.at("10:10").device("ph-8")).judgedAt("10:30").raises(SILENT, "10:14");
  }

  @Test
  void isRetractedWhenALateFixFillsTheGap() {
    Outcome outcome =
        ride()
            .away("10:05", "10:14:59", "10:15")
            .learnedAt("11:30", story -> story.away("10:10"))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(SILENT).revisions(SILENT));
  }

  @Test
  void holdsWhenALateStartOpensTheRide() {
    Outcome outcome =
        trip()
            .away("10:05")
            .endAt("10:09")
            .learnedAt("11:30", story -> story.startAt("9:59"))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED), outcome.raises(SILENT, "10:05").revisions(SILENT));
  }

  @Test
  void takesTheGapFromTheSettings() {
    Story shorter = ride().with("rules.track-silent.gap", "2 min");
    shorter.away("10:05", "10:10", "10:15").judgedAt("10:30").raises(SILENT, "10:05");
    Story longer = ride().with("cities.chengdu.rules.track-silent.gap", "20 min");
    longer.judgedAt("10:30").isSilentOn(SILENT);
  }
}
