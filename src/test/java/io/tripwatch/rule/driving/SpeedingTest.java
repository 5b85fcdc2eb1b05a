package io.tripwatch.rule.driving;

import static io.tripwatch.rule.Story.at;
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

class SpeedingTest implements RuleContract {
  private static final String SPEEDING = "speeding";

  @Override
  public String rule() {
    return SPEEDING;
  }

  @Override
  public Story broken() {
    return fast(ride(), 130, "10:05", "10:05:10", "10:05:30");
  }

  @Override
  public String judgedAt() {
    return "10:30";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 2_000, 2, false, false);
  }

  private static Story ride() {
    return trip().startAt("10:00");
  }

  private static Story fast(Story story, double kmh, String... times) {
    for (String time : times) {
      story.fix(Fixed.at(time).metres(5_000).speedKmh(kmh));
    }
    return story;
  }

  @Test
  void saysHowFastThePositionsAre() {
    Story slow = ride().fix(Fixed.at("10:05").metres(5_000).speedKmh(130.26));
    slow.fix(Fixed.at("10:05:10").metres(5_100).speedKmh(125));
    slow.fix(Fixed.at("10:05:30").metres(5_300).speedKmh(121.11));
    Outcome outcome = slow.judgedAt("10:30").raises(SPEEDING, "10:05:30");
    assertEquals(36.0, outcome.evidence(SPEEDING, "positionsKmh"));
    assertEquals(121.2, outcome.evidence(SPEEDING, "leastReportedKmh"));
    assertEquals(130.3, outcome.evidence(SPEEDING, "mostReportedKmh"));
    assertEquals(
        "The phone reported up to 130 km/h for 30 s from 2026-11-22T10:05:00Z, 120 are allowed; its"
            + " positions make 36 km/h.",
        outcome.alert(SPEEDING).message());
  }

  @Test
  void holdsWhenThreeFixesOverHalfAMinuteAreFaster() {
    Outcome outcome = broken().judgedAt("10:30").raises(SPEEDING, "10:05:30");
    assertEquals(at("10:05"), outcome.evidence(SPEEDING, "fromAt"));
    assertEquals(130.0, outcome.evidence(SPEEDING, "mostReportedKmh"));
    assertEquals(3L, outcome.evidence(SPEEDING, "fixes"));
    fast(ride(), 130, "10:05", "10:05:10", "10:05:29.999").judgedAt("10:30").isSilentOn(SPEEDING);
  }

  @Test
  void needsThreeFixesHoweverLong() {
    fast(ride(), 130, "10:05", "10:09").judgedAt("10:30").isSilentOn(SPEEDING);
    fast(ride(), 130, "10:05", "10:09", "10:14").judgedAt("10:30").raises(SPEEDING, "10:14");
  }

  @Test
  void staysSilentAtTheLimitItself() {
    fast(ride(), 120, "10:05", "10:05:10", "10:05:30").judgedAt("10:30").isSilentOn(SPEEDING);
    fast(ride(), 120.001, "10:05", "10:05:10", "10:05:30").judgedAt("10:30").raises(SPEEDING);
  }

  @Test
  void staysSilentWhenASlowerFixOrOneThatTellsNoSpeedLiesBetween() {
    broken().fix(Fixed.at("10:05:20").speedKmh(119)).judgedAt("10:30").isSilentOn(SPEEDING);
    broken().fix(Fixed.at("10:05:20")).judgedAt("10:30").isSilentOn(SPEEDING);
    broken().fix(Fixed.at("10:05:20").accuracyM(101)).judgedAt("10:30").raises(SPEEDING);
    broken().fix(Fixed.at("10:05:20").mock()).judgedAt("10:30").raises(SPEEDING);
  }

  @Test
  void countsFixesOfTheRideOnlyBothEndsIncluded() {
    fast(ride(), 130, "10:00", "10:00:10", "10:00:30").judgedAt("10:30").raises(SPEEDING);
    fast(ride(), 130, "9:59:59.999", "10:00:10", "10:00:30").judgedAt("10:30").isSilentOn(SPEEDING);
    Story ended = broken().endAt("10:05:30");
    ended.judgedAt("10:30").raises(SPEEDING);
    broken().endAt("10:05:29.999").judgedAt("10:30").isSilentOn(SPEEDING);
    Story cancelled = broken().cancelledBy(CancelledBy.PLATFORM, "10:05:29.999");
    cancelled.judgedAt("10:30").isSilentOn(SPEEDING);
    Story notStarted = fast(trip(), 130, "10:05", "10:05:10", "10:05:30");
    notStarted.judgedAt("10:30").isSilentOn(SPEEDING);
  }

  @Test
  void isTheFirstSuchRun() {
    Story twice = fast(broken(), 150, "10:05:40", "10:06").fix(Fixed.at("10:06:10").speedKmh(50));
    Outcome outcome = fast(twice, 150, "10:07", "10:07:10", "10:07:30").judgedAt("10:30");
    assertEquals(130.0, outcome.raises(SPEEDING, "10:05:30").evidence(SPEEDING, "mostReportedKmh"));
    assertEquals(List.of(RAISED), outcome.revisions(SPEEDING));
  }

  @Test
  void isRetractedWhenALateFixWasSlower() {
    Outcome outcome =
        broken()
            .learnedAt("11:30", story -> story.fix(Fixed.at("10:05:20").speedKmh(60)))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(SPEEDING).revisions(SPEEDING));
  }

  @Test
  void movesWhenALateFixCompletesItEarlier() {
    Story late = fast(ride(), 130, "10:05", "10:05:30", "10:05:50");
    Outcome outcome =
        late.learnedAt("11:30", story -> fast(story, 140, "10:05:10")).judgedAt("11:31");
    assertEquals(
        List.of(RAISED, UPDATED), outcome.raises(SPEEDING, "10:05:30").revisions(SPEEDING));
  }

  @Test
  void holdsWhenALateStartOpensTheRide() {
    Story notYet = fast(trip(), 130, "10:05", "10:05:10", "10:05:30");
    notYet.learnedAt("11:30", story -> story.startAt("10:00")).judgedAt("11:31").raises(SPEEDING);
  }

  @Test
  void isRaisedDuringARideLongBeforeItsPickupTime() {
    Story early = trip().acceptedAt("7:00").inside("7:30").startAt("7:30");
    fast(early, 130, "7:32", "7:32:10", "7:32:30").judgedAt("7:40").raises(SPEEDING, "7:32:30");
  }

  @Test
  void takesItsBoundsFromTheSettings() {
    Story slow = fast(ride(), 90, "10:05", "10:05:10", "10:05:30");
    slow.with("rules.speeding.kmh", 80L).judgedAt("10:30").raises(SPEEDING);
    broken().with("cities.chengdu.rules.speeding.kmh", 130L).judgedAt("10:30").isSilentOn(SPEEDING);
    broken().with("rules.speeding.for", "31 s").judgedAt("10:30").isSilentOn(SPEEDING);
  }
}
