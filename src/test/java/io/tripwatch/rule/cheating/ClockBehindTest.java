package io.tripwatch.rule.cheating;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockBehindTest implements RuleContract {
  private static final String BEHIND = "clock-behind";
  private static final long HOUR_S = 3_600;

  @Override
  public String rule() {
    return BEHIND;
  }

  /** Twenty-one fixes over five minutes, all an hour late. */
  @Override
  public Story broken() {
    return slow(trip(), "9:30", 21, 15, HOUR_S);
  }

  @Override
  public String judgedAt() {
    return "10:05";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 10_000, 6, true, false);
  }

  /** Fixes so many seconds apart, each received so many seconds after its time. */
  private static Story slow(Story story, String from, int fixes, double everyS, double delayS) {
    for (int i = 0; i < fixes; i++) {
      story.fix(late((ms(from) - ms("0:00")) / 1000.0 + i * everyS, delayS));
    }
    return story;
  }

  private static Fixed late(double second, double delayS) {
    return Fixed.at(time(second)).receivedAt(time(second + delayS));
  }

  private static String time(double second) {
    int minutes = (int) (second / 60);
    double rest = Math.round((second - 60 * minutes) * 1000) / 1000.0;
    return minutes / 60 + ":" + minutes % 60 + ":" + rest;
  }

  /** A fix at 9:30 and so many seconds. */
  private static Fixed late(int second, double delayS) {
    return late(9.5 * HOUR_S + second, delayS);
  }

  @Test
  void holdsAtTheFixThatCompletesTheRunAndSaysWhichFixesItMeans() {
    Outcome outcome = broken().fix("9:50", 500).judgedAt("10:05").raises(BEHIND, "9:35");
    assertEquals("ph-7", outcome.evidence(BEHIND, "deviceId"));
    assertEquals(21L, outcome.evidence(BEHIND, "fixes"));
    assertEquals(at("9:30"), outcome.evidence(BEHIND, "firstFixAt"));
    assertEquals(at("10:30"), outcome.evidence(BEHIND, "firstReceivedAt"));
    assertEquals(at("9:35"), outcome.evidence(BEHIND, "lastFixAt"));
    assertEquals(at("10:35"), outcome.evidence(BEHIND, "lastReceivedAt"));
    assertEquals(3_600L, outcome.evidence(BEHIND, "leastBehindSeconds"));
    assertEquals(3_600L, outcome.evidence(BEHIND, "mostBehindSeconds"));
    assertEquals(300L, outcome.evidence(BEHIND, "limitSeconds"));
  }

  @Test
  void needsFiveMinutesOfReceipt() {
    slow(trip(), "9:30", 20, 15, HOUR_S).judgedAt("10:05").isSilentOn(BEHIND);
    Story below = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(299, HOUR_S + 0.999));
    below.judgedAt("10:05").isSilentOn(BEHIND);
    Story at = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(299, HOUR_S + 1));
    at.judgedAt("10:05").raises(BEHIND, "9:34:59");
    Story above = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(299, HOUR_S + 1.001));
    above.judgedAt("10:05").raises(BEHIND);
  }

  @Test
  void needsTwentyFixes() {
    slow(trip(), "9:20", 19, 60, HOUR_S).judgedAt("10:05").isSilentOn(BEHIND);
    slow(trip(), "9:20", 20, 60, HOUR_S).judgedAt("10:05").raises(BEHIND, "9:39");
    slow(trip(), "9:20", 21, 60, HOUR_S).judgedAt("10:05").raises(BEHIND, "9:39");
  }

  @Test
  void needsEachFixToBeFiveMinutesLate() {
    slow(trip(), "9:30", 21, 15, 299.999).judgedAt("10:05").isSilentOn(BEHIND);
    slow(trip(), "9:30", 21, 15, 300).judgedAt("10:05").raises(BEHIND, "9:35");
    slow(trip(), "9:30", 21, 15, 300.001).judgedAt("10:05").raises(BEHIND, "9:35");
  }

  @Test
  void goesByTheSetting() {
    String setting = "rules.clock-behind.behind";
    Story second = slow(trip(), "9:30", 21, 15, 1).with(setting, "1 s");
    second.judgedAt("10:05").raises(BEHIND);
    Story less = slow(trip(), "9:30", 21, 15, 0.999).with(setting, "1 s");
    less.judgedAt("10:05").isSilentOn(BEHIND);
    slow(trip(), "9:30", 21, 15, 7_200).with(setting, "2 h").judgedAt("10:05").raises(BEHIND);
    broken().with(setting, "2 h").judgedAt("10:05").isSilentOn(BEHIND);
  }

  @Test
  void letsTheDelaysDifferByThirtySeconds() {
    for (double more : new double[] {29.999, 30}) {
      Story within = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(300, HOUR_S + more));
      assertEquals(
          (long) (HOUR_S + more),
          within.judgedAt("10:05").raises(BEHIND, "9:35").evidence(BEHIND, "mostBehindSeconds"));
    }
    Story above = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(300, HOUR_S + 30.001));
    above.judgedAt("10:05").isSilentOn(BEHIND);
    Story below = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(300, HOUR_S - 30.001));
    below.judgedAt("10:05").isSilentOn(BEHIND);
  }

  /** The run is the longest one that ends with a fix: it may begin behind others. */
  @Test
  void beginsBehindTheLastFixOfAnotherDelay() {
    Story drifts = slow(trip(), "9:30", 10, 15, HOUR_S);
    slow(drifts, "9:32:30", 31, 15, HOUR_S + 31);
    Outcome outcome = drifts.judgedAt("10:05").raises(BEHIND, "9:37:30");
    assertEquals(at("9:32:30"), outcome.evidence(BEHIND, "firstFixAt"));
    Story interrupted = slow(trip(), "9:30", 20, 15, HOUR_S);
    interrupted.fix(late(10, HOUR_S + 280)).fix(late(300, HOUR_S));
    interrupted.judgedAt("10:05").isSilentOn(BEHIND);
  }

  @Test
  void isNotForAPhoneThatWasOffline() {
    Story offline = trip();
    for (int i = 0; i < 200; i++) {
      int second = 3 * i;
      // All is uploaded within six seconds, or as fast as it was taken: its age falls all along.
      offline.fix(late(second, 2_000 - second + i * 0.03));
    }
    offline.judgedAt("10:05").isSilentOn(BEHIND);
  }

  @Test
  void isInterruptedByAFixReceivedInTimeBetween() {
    Story resumed = broken().fix(Fixed.at("10:32").receivedAt("10:32:01"));
    resumed.judgedAt("10:40").isSilentOn(BEHIND);
    Story before = broken().fix(Fixed.at("10:29:59").receivedAt("10:29:59.999"));
    before.judgedAt("10:40").raises(BEHIND, "9:35");
    Story after = broken().fix(Fixed.at("10:35").receivedAt("10:35:00.001"));
    after.judgedAt("10:40").raises(BEHIND, "9:35");
    Story other = broken().fix(Fixed.at("10:32").receivedAt("10:32:01").device("ph-8"));
    other.judgedAt("10:40").raises(BEHIND, "9:35");
  }

  /** Of two fixes received at once the one with the earlier time goes first. */
  @Test
  void goesByTheTimesOfFixesReceivedAtOnce() {
    Story ties = broken().fix(Fixed.at("10:35").receivedAt("10:35"));
    ties.judgedAt("10:40").raises(BEHIND, "9:35");
    Story earlier = broken().fix(Fixed.at("10:34:59").receivedAt("10:34:59.999"));
    earlier.judgedAt("10:40").isSilentOn(BEHIND);
  }

  @Test
  void holdsAtTheGreatestTimeOfTheRunThoughAnotherFixCompletesIt() {
    Story story = slow(trip(), "9:30", 20, 15, HOUR_S);
    // Received at 10:35:04 and 10:35:05, the later one first.
    story.fix(late(304, HOUR_S)).fix(late(290, HOUR_S + 15));
    Outcome outcome = story.judgedAt("10:05").raises(BEHIND, "9:35:04");
    assertEquals(at("9:35:04"), outcome.evidence(BEHIND, "lastFixAt"));
    Story other = slow(trip(), "9:30", 20, 14, HOUR_S);
    other.fix(late(290, HOUR_S + 0.5)).fix(late(280, HOUR_S + 20));
    assertEquals(
        at("9:34:40"),
        other.judgedAt("10:05").raises(BEHIND, "9:34:50").evidence(BEHIND, "lastFixAt"));
  }

  @Test
  void looksAtEachPhoneByItself() {
    Story both = trip();
    for (int i = 0; i < 40; i++) {
      both.fix(late(15 * i, HOUR_S).device(i % 2 == 0 ? "ph-7" : "ph-8"));
    }
    Outcome outcome = both.judgedAt("10:05").raises(BEHIND, "9:39:30");
    assertEquals("ph-7", outcome.evidence(BEHIND, "deviceId"));
    Story second = trip();
    for (int i = 0; i < 21; i++) {
      // The other phone's run is complete an hour before in order of receipt, but later in time.
      second.fix(late(15 * i, 2 * HOUR_S));
      second.fix(late(60 + 15 * i, 600).device("ph-8"));
    }
    assertEquals(
        "ph-7", second.judgedAt("10:05").raises(BEHIND, "9:35").evidence(BEHIND, "deviceId"));
  }

  @Test
  void countsUsableFixesOnly() {
    Story notHis = broken().registered("7:00", "ph-8");
    notHis.judgedAt("10:05").isSilentOn(BEHIND);
    Story vague = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(300, HOUR_S).accuracyM(101));
    vague.judgedAt("10:05").isSilentOn(BEHIND);
    Story mock = slow(trip(), "9:30", 20, 15, HOUR_S).fix(late(300, HOUR_S).mock());
    mock.judgedAt("10:05").isSilentOn(BEHIND);
    // A fix that is not usable interrupts nothing.
    Story between = broken().fix(Fixed.at("10:32").receivedAt("10:32:01").accuracyM(101));
    between.judgedAt("10:40").raises(BEHIND);
    Story hidden = slow(trip(), "9:30", 20, 15, HOUR_S).fix(Fixed.at("9:35").accuracyM(5));
    hidden.fix(late(300, HOUR_S).accuracyM(6)).judgedAt("10:05").isSilentOn(BEHIND);
  }

  @Test
  void countsFixesFromAnHourBeforeThePickupUntilTheEnd() {
    slow(trip(), "9:00", 21, 15, HOUR_S).judgedAt("10:05").raises(BEHIND, "9:05");
    slow(trip(), "8:59:59.999", 21, 15, HOUR_S).judgedAt("10:05").isSilentOn(BEHIND);
    broken().acceptedAt("9:30").judgedAt("10:05").raises(BEHIND);
    broken().acceptedAt("9:30:00.001").judgedAt("10:05").isSilentOn(BEHIND);
    broken().cancelledBy(CancelledBy.PASSENGER, "9:35").judgedAt("10:05").raises(BEHIND);
    Story over = broken().cancelledBy(CancelledBy.PASSENGER, "9:34:59.999");
    over.judgedAt("10:05").isSilentOn(BEHIND);
  }

  @Test
  void isRetractedWhenAFixInTimeIsHeardOfLater() {
    Story resumed = broken();
    resumed.learnedAt("10:50", it -> it.fix(Fixed.at("10:32").receivedAt("10:32:01")));
    Outcome outcome = resumed.judgedAt("11:00").isSilentOn(BEHIND);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(BEHIND));
  }

  @Test
  void movesWhenAnEarlierRunIsHeardOfLater() {
    Story story = broken();
    story.learnedAt("11:00", it -> slow(it, "9:05", 21, 15, 2 * HOUR_S - 600));
    Outcome outcome = story.judgedAt("11:01").raises(BEHIND, "9:35");
    assertEquals(List.of(RAISED), outcome.revisions(BEHIND));
    Story before = broken();
    before.learnedAt("11:00", it -> slow(it, "9:05", 21, 15, 1_800));
    Outcome moved = before.judgedAt("11:01").raises(BEHIND, "9:10");
    assertEquals(List.of(RAISED, UPDATED), moved.revisions(BEHIND));
  }

  /** Of copies the one received first counts: then the fixes were not late. */
  @Test
  void isRetractedWhenCopiesReceivedEarlierAreHeardOf() {
    Story story = slow(trip(), "9:30", 20, 16, HOUR_S);
    story.learnedAt("11:00", it -> it.fix(late(160, 299)));
    Outcome outcome = story.judgedAt("11:01").isSilentOn(BEHIND);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(BEHIND));
  }
}
