package io.tripwatch.rule.cheating;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Fix;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpsSpoofedTest implements RuleContract {
  private static final String SPOOFED = "gps-spoofed";

  @Override
  public String rule() {
    return SPOOFED;
  }

  @Override
  public Story broken() {
    return trip().fix(Fixed.at("9:30").mock());
  }

  @Override
  public String judgedAt() {
    return "10:05";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 10_000, 6, true, false);
  }

  /** Twenty kilometres to and fro, each in ten seconds. */
  private static Story jumps(int jumps) {
    Story story = trip().inside("9:30");
    for (int i = 1; i <= jumps; i++) {
      story.fix("9:30:" + 10 * i, i % 2 == 0 ? 0 : 20_000);
    }
    return story;
  }

  /** Fixes in one place, so many seconds apart, from 9:30. */
  private static Story stands(int fixes, double seconds, double kmh) {
    Story story = trip();
    for (int i = 0; i < fixes; i++) {
      double second = 1_800 + i * seconds;
      String time = "9:" + (int) (second / 60) + ":" + second % 60;
      story.fix(Fixed.at(time).metres(5_000).speedKmh(kmh));
    }
    return story;
  }

  @Test
  void holdsAtTheFirstMockFix() {
    Outcome outcome = broken().fix(Fixed.at("9:40").mock()).judgedAt("10:05");
    assertEquals("mock", outcome.raises(SPOOFED, "9:30").evidence(SPOOFED, "proof"));
  }

  @Test
  void holdsAtTheThirdJump() {
    jumps(2).judgedAt("10:05").isSilentOn(SPOOFED);
    Outcome outcome = jumps(3).judgedAt("10:05").raises(SPOOFED, "9:30:30");
    assertEquals("jumps", outcome.evidence(SPOOFED, "proof"));
    List<?> jumps = (List<?>) outcome.evidence(SPOOFED, "jumps");
    assertEquals(3, jumps.size());
    assertEquals(at("9:30:30"), ((Map<?, ?>) jumps.get(2)).get("toAt"));
    assertEquals(7_200.0, ((Map<?, ?>) jumps.get(2)).get("kmh"));
  }

  @Test
  void countsAJumpOfMoreThanThreeHundredMetresOnly() {
    double metres = exactM(300) > 300 ? 299.999_999 : 300;
    Story at = trip();
    Story above = trip();
    for (int i = 0; i < 4; i++) {
      at.fix("9:30:0" + i, i % 2 * metres);
      above.fix("9:30:0" + i, i % 2 * 300.01);
    }
    at.judgedAt("10:05").isSilentOn(SPOOFED);
    above.judgedAt("10:05").raises(SPOOFED, "9:30:03");
  }

  @Test
  void countsAJumpFasterThanTwoHundredAndFiftyOnly() {
    // Ten seconds at 250 km/h are 694.44 m.
    Story slower = trip();
    Story faster = trip();
    for (int i = 0; i < 4; i++) {
      slower.fix("9:30:" + 10 * i, i % 2 * 694.4);
      faster.fix("9:30:" + 10 * i, i % 2 * 694.5);
    }
    slower.judgedAt("10:05").isSilentOn(SPOOFED);
    faster.judgedAt("10:05").raises(SPOOFED, "9:30:30");
  }

  @Test
  void countsJumpsWhereverTheyAre() {
    Story spread = jumps(1).fix("9:40", 20_000).fix("9:40:10", 0).fix("9:50", 0);
    spread.fix("9:50:10", 20_000).judgedAt("10:05").raises(SPOOFED, "9:50:10");
  }

  @Test
  void measuresJumpsInWgs84WhateverTheDatum() {
    Story same = trip();
    for (int i = 0; i < 4; i++) {
      Fix.Datum datum = i % 2 == 0 ? Fix.Datum.WGS84 : Fix.Datum.GCJ02;
      // One place in both datums: the numbers differ by 370 m.
      double lat = i % 2 == 0 ? 30.0 : 29.997_312_65;
      double lon = i % 2 == 0 ? 104.0 : 104.002_278_20;
      same.fix(Fixed.at("9:30:0" + i).place(lat, lon).datum(datum));
    }
    same.judgedAt("10:05").isSilentOn(SPOOFED);
    Story datums = trip();
    for (int i = 0; i < 4; i++) {
      Fix.Datum datum = i % 2 == 0 ? Fix.Datum.WGS84 : Fix.Datum.BD09;
      datums.fix(Fixed.at("9:30:0" + i).place(30, 104).datum(datum));
    }
    datums.judgedAt("10:05").raises(SPOOFED, "9:30:03");
  }

  @Test
  void holdsWhenAMovingCarStandsForFiveMinutes() {
    Outcome outcome = stands(21, 15, 30).judgedAt("10:05").raises(SPOOFED, "9:35");
    assertEquals("standing", outcome.evidence(SPOOFED, "proof"));
    assertEquals(21L, outcome.evidence(SPOOFED, "fixes"));
    stands(21, 14.999, 30).judgedAt("10:05").isSilentOn(SPOOFED);
  }

  @Test
  void needsTwentyFixesHoweverLong() {
    stands(19, 30, 30).judgedAt("10:05").isSilentOn(SPOOFED);
    stands(20, 30, 30).judgedAt("10:05").raises(SPOOFED, "9:39:30");
  }

  @Test
  void letsACarStandThatSaysSo() {
    stands(25, 30, 20).judgedAt("10:05").isSilentOn(SPOOFED);
    stands(25, 30, 20.001).judgedAt("10:05").raises(SPOOFED);
    stands(25, 30, Double.NaN).judgedAt("10:05").isSilentOn(SPOOFED);
    Story pause = stands(25, 30, 30).fix(Fixed.at("9:36:10").metres(5_000).speedKmh(10));
    pause.judgedAt("10:05").isSilentOn(SPOOFED);
    Story step = stands(25, 30, 30).fix(Fixed.at("9:36:10").metres(5_001).speedKmh(30));
    step.judgedAt("10:05").isSilentOn(SPOOFED);
  }

  @Test
  void countsOneFixOfEachTime() {
    Story doubled = stands(21, 15, 30);
    for (int i = 0; i < 21; i++) {
      int second = 1_800 + i * 15;
      String time = "9:" + second / 60 + ":" + second % 60;
      doubled.fix(Fixed.at(time).metres(5_100).speedKmh(30));
    }
    doubled.judgedAt("10:05").raises(SPOOFED, "9:35");
    Story hidden = trip().fix(Fixed.at("9:30").accuracyM(5));
    hidden.fix(Fixed.at("9:30").accuracyM(6).mock()).judgedAt("10:05").isSilentOn(SPOOFED);
    Story seen = trip().fix(Fixed.at("9:30").accuracyM(6));
    seen.fix(Fixed.at("9:30").accuracyM(5).mock()).judgedAt("10:05").raises(SPOOFED);
  }

  @Test
  void leavesOutFixesThatWouldNotBeUsableAnyway() {
    Story vague = trip().fix(Fixed.at("9:30").mock().accuracyM(101));
    vague.judgedAt("10:05").isSilentOn(SPOOFED);
    Story nowhere = trip().fix(Fixed.at("9:30").mock().place(0, 0));
    nowhere.judgedAt("10:05").isSilentOn(SPOOFED);
    Story invalid = trip().fix(Fixed.at("9:30").mock().accuracyM(-1));
    invalid.judgedAt("10:05").isSilentOn(SPOOFED);
    Story mended = trip().fix(Fixed.at("9:30:11").receivedAt("9:30").mock());
    mended.judgedAt("10:05").isSilentOn(SPOOFED);
    Story notHis = broken().registered("7:00", "ph-8");
    notHis.judgedAt("10:05").isSilentOn(SPOOFED);
  }

  @Test
  void countsFixesFromAnHourBeforeThePickupUntilTheEnd() {
    trip().fix(Fixed.at("9:00").mock()).judgedAt("10:05").raises(SPOOFED, "9:00");
    trip().fix(Fixed.at("8:59:59.999").mock()).judgedAt("10:05").isSilentOn(SPOOFED);
    broken().acceptedAt("9:30").judgedAt("10:05").raises(SPOOFED);
    broken().acceptedAt("9:30:00.001").judgedAt("10:05").isSilentOn(SPOOFED);
    Story at = broken().cancelledBy(CancelledBy.PASSENGER, "9:30");
    at.judgedAt("10:05").raises(SPOOFED);
    Story over = broken().cancelledBy(CancelledBy.PASSENGER, "9:29:59.999");
    over.judgedAt("10:05").isSilentOn(SPOOFED);
  }

  /** Both fixes of a jump lie in the window. */
  @Test
  void countsNoJumpFromBeforeTheWindow() {
    Story into = trip().fix("8:59:59", 20_000).fix("9:00", 0).fix("9:00:01", 20_000);
    into.fix("9:00:02", 0).judgedAt("10:05").isSilentOn(SPOOFED);
    Story within = trip().fix("9:00", 20_000).fix("9:00:01", 0).fix("9:00:02", 20_000);
    within.fix("9:00:03", 0).judgedAt("10:05").raises(SPOOFED, "9:00:03");
  }

  @Test
  void isRetractedWhenALateFixMakesTheJumpsSlower() {
    Story jumps = trip().fix("9:30", 0).fix("9:30:10", 1_000).fix("9:30:20", 0);
    Outcome outcome =
        jumps
            .fix("9:30:30", 1_000)
            .learnedAt("11:00", it -> it.fix("9:30:25", 500))
            .judgedAt("11:01");
    outcome.raises(SPOOFED);
    Outcome same =
        trip()
            .fix("9:30", 0)
            .fix("9:30:10", 1_000)
            .fix("9:30:20", 0)
            .fix("9:30:30", 1_000)
            .learnedAt("11:00", it -> it.fix(Fixed.at("9:30:30").metres(0).accuracyM(5)))
            .judgedAt("11:01");
    assertEquals(List.of(RAISED, RETRACTED), same.isSilentOn(SPOOFED).revisions(SPOOFED));
  }

  @Test
  void movesWhenAnEarlierMockFixIsHeardOfLate() {
    Outcome outcome =
        broken().learnedAt("11:00", it -> it.fix(Fixed.at("9:20").mock())).judgedAt("11:01");
    assertEquals(List.of(RAISED, UPDATED), outcome.raises(SPOOFED, "9:20").revisions(SPOOFED));
  }

  @Test
  void isRaisedByALateMockFixThatIsTheLast() {
    Story quiet = trip().inside("9:20");
    quiet.learnedAt("11:00", it -> it.fix(Fixed.at("9:40").mock()));
    quiet.judgedAt("11:01").raises(SPOOFED, "9:40");
  }
}
