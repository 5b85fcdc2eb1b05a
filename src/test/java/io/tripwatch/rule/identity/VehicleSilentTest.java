package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class VehicleSilentTest implements RuleContract {
  private static final String SILENT = "vehicle-silent";

  @Override
  public String rule() {
    return SILENT;
  }

  /** The gap is the last piece, so that it ends when the rule is judged. */
  @Override
  public Story broken() {
    return vehicle(ride(), "10:04", "10:09:59.999");
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
    return trip().registeredWithTerminal("7:00", "vt-7").startAt("10:00").endAt("10:20");
  }

  private static Story vehicle(Story story, String... times) {
    for (String time : times) {
      story.vehicle(time, 0);
    }
    return story;
  }

  @Test
  void holdsWhenAGapIsAMillisecondLongerThanTenMinutes() {
    broken().judgedAt("10:30").raises(SILENT, "10:20");
    vehicle(ride(), "10:04", "10:10").judgedAt("10:30").isSilentOn(SILENT);
    vehicle(ride(), "10:10:00.001").judgedAt("10:30").raises(SILENT, "10:10:00.001");
    vehicle(ride(), "10:10").judgedAt("10:30").isSilentOn(SILENT);
  }

  @Test
  void endsWithTheFirstGapAndTellsOfTheLongest() {
    Story twice = trip().registeredWithTerminal("7:00", "vt-7").startAt("10:00").endAt("10:30");
    Outcome outcome = vehicle(twice, "10:11").judgedAt("11:00").raises(SILENT, "10:11");
    assertEquals(at("10:11"), outcome.evidence(SILENT, "longestGapFromAt"));
    assertEquals(at("10:30"), outcome.evidence(SILENT, "longestGapToAt"));
    assertEquals(1_140L, outcome.evidence(SILENT, "longestGapSeconds"));
    assertEquals(1L, outcome.evidence(SILENT, "fixes"));
  }

  @Test
  void holdsWithoutAnyFix() {
    ride().judgedAt("10:30").raises(SILENT, "10:20");
  }

  @Test
  void asksWhetherTheRegistryNamesATerminalAtTheStart() {
    trip().startAt("10:00").endAt("10:20").judgedAt("10:30").isSilentOn(SILENT);
    Story without = trip().registered("7:00", Story.PHONE).startAt("10:00").endAt("10:20");
    without.judgedAt("10:30").isSilentOn(SILENT);
    Story later = trip().startAt("10:00").endAt("10:20");
    later.registeredWithTerminal("10:00:00.001", "vt-7").judgedAt("10:30").isSilentOn(SILENT);
    Story then = trip().startAt("10:00").endAt("10:20");
    then.registeredWithTerminal("10:00", "vt-7").judgedAt("10:30").raises(SILENT);
    ride().registered("10:10", Story.PHONE).judgedAt("10:30").raises(SILENT);
  }

  @Test
  void countsFixesOfTheTripsPlateOnlyFromWhicheverTerminal() {
    Story other = ride().fix(Fixed.at("10:10").vehicle("川A·d-8"));
    other.judgedAt("10:30").raises(SILENT, "10:20");
    Story replaced = ride().fix(Fixed.at("10:10").vehicle(Story.PLATE).device("vt-9"));
    replaced.judgedAt("10:30").isSilentOn(SILENT);
  }

  @Test
  void leavesOutFixesThatDoNotCount() {
    Story nowhere = ride().fix(Fixed.at("10:10").place(0, 0).vehicle(Story.PLATE));
    nowhere.judgedAt("10:30").raises(SILENT);
    Story failed = ride().fix(Fixed.at("10:10").place(5e-324, -0.001).vehicle(Story.PLATE));
    failed.judgedAt("10:30").raises(SILENT);
    Story somewhere = ride().fix(Fixed.at("10:10").place(0.0011, 0).vehicle(Story.PLATE));
    somewhere.judgedAt("10:30").isSilentOn(SILENT);
    Story invalid = ride().fix(Fixed.at("10:10").accuracyM(-1).vehicle(Story.PLATE));
    invalid.judgedAt("10:30").raises(SILENT);
    Story vague = ride().fix(Fixed.at("10:10").accuracyM(5_000).vehicle(Story.PLATE));
    vague.judgedAt("10:30").isSilentOn(SILENT);
    Story mended = ride();
    mended.fix(Fixed.at("10:10:11").receivedAt("10:10").vehicle(Story.PLATE));
    mended.judgedAt("10:30").raises(SILENT);
    Story hardly = ride();
    hardly.fix(Fixed.at("10:10:10").receivedAt("10:10").vehicle(Story.PLATE));
    hardly.judgedAt("10:30").isSilentOn(SILENT);
  }

  @Test
  void needsARideThatEnded() {
    Story open = trip().registeredWithTerminal("7:00", "vt-7").startAt("10:00");
    open.judgedAt("11:30").isSilentOn(SILENT);
    Story over = trip().registeredWithTerminal("7:00", "vt-7").startAt("10:00").endAt("10:12");
    vehicle(over, "10:11").judgedAt("10:12").raises(SILENT, "10:11");
  }

  @Test
  void countsFixesOfTheRideOnlyBothEndsIncluded() {
    Story around = trip().registeredWithTerminal("7:00", "vt-7").startAt("10:00");
    around.endAt("10:10:00.001");
    vehicle(around, "9:59:59.999", "10:10:00.002").judgedAt("10:30").raises(SILENT);
    Story atTheEnd = trip().registeredWithTerminal("7:00", "vt-7").startAt("10:00");
    atTheEnd.endAt("10:10:00.001");
    vehicle(atTheEnd, "10:00", "10:00:00.001").judgedAt("10:30").isSilentOn(SILENT);
  }

  @Test
  void isRetractedWhenALateFixFillsTheGap() {
    Outcome outcome =
        vehicle(ride(), "10:15")
            .learnedAt("11:30", story -> vehicle(story, "10:09"))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(SILENT).revisions(SILENT));
  }

  @Test
  void takesTheGapFromTheSettings() {
    Story shorter = vehicle(ride(), "10:05", "10:10", "10:15");
    shorter.with("rules.vehicle-silent.gap", "4 min").judgedAt("10:30").raises(SILENT, "10:05");
    Story longer = ride().with("cities.chengdu.rules.vehicle-silent.gap", "20 min");
    longer.judgedAt("10:30").isSilentOn(SILENT);
  }
}
