package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.exactM;
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
import java.util.Map;
import org.junit.jupiter.api.Test;

class VehicleSwappedTest implements RuleContract {
  private static final String SWAPPED = "vehicle-swapped";

  @Override
  public String rule() {
    return SWAPPED;
  }

  @Override
  public Story broken() {
    return apart(ride(), "10:05", "10:06", "10:08");
  }

  @Override
  public String judgedAt() {
    return "10:30";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.CRITICAL, 20_000, 12, true, false);
  }

  private static Story ride() {
    return trip().startAt("10:00");
  }

  /** The phone five kilometres from the pickup point, the car there. */
  private static Story apart(Story story, String... times) {
    return together(story, 0, times);
  }

  private static Story together(Story story, double vehicleMetres, String... times) {
    for (String time : times) {
      story.away(time).vehicle(time, vehicleMetres);
    }
    return story;
  }

  @Test
  void holdsWhenThreeFixesOverThreeMinutesAreApart() {
    Outcome outcome = broken().judgedAt("10:30").raises(SWAPPED, "10:08");
    assertEquals(at("10:05"), outcome.evidence(SWAPPED, "firstPhoneAt"));
    assertEquals(3L, outcome.evidence(SWAPPED, "fixes"));
    assertEquals(500L, outcome.evidence(SWAPPED, "lastAllowedMeters"));
    assertEquals(Map.of("lat", 30.045, "lon", 104.0), outcome.evidence(SWAPPED, "lastPhone"));
    assertEquals(Map.of("lat", 30.0, "lon", 104.0), outcome.evidence(SWAPPED, "lastVehicle"));
    apart(ride(), "10:05", "10:06", "10:07:59.999").judgedAt("10:30").isSilentOn(SWAPPED);
  }

  @Test
  void needsThreeFixesHoweverLong() {
    apart(ride(), "10:05", "10:09").judgedAt("10:30").isSilentOn(SWAPPED);
    apart(ride(), "10:05", "10:09", "10:14").judgedAt("10:30").raises(SWAPPED, "10:14");
  }

  @Test
  void countsTheDistanceItself() {
    double metres = exactM(5_000);
    Story at = broken().with("rules.vehicle-swapped.apartM", metres);
    at.judgedAt("10:30").isSilentOn(SWAPPED);
    Story below = broken().with("rules.vehicle-swapped.apartM", metres - 0.001);
    below.judgedAt("10:30").raises(SWAPPED);
  }

  @Test
  void allowsForTheWayBetweenTheTwoFixes() {
    // Ten seconds are half a kilometre: apart are more than a thousand metres.
    Story near = ride();
    Story far = ride();
    for (String minute : List.of("10:05", "10:06", "10:08")) {
      near.vehicle(minute + ":10", 4_001).away(minute);
      far.vehicle(minute + ":10", 3_999).away(minute);
    }
    near.judgedAt("10:30").isSilentOn(SWAPPED);
    far.judgedAt("10:30").raises(SWAPPED, "10:08");
  }

  @Test
  void looksHalfAMinuteToEitherSide() {
    for (String second : List.of("09:30", "10:30")) {
      Story within = apart(ride(), "10:05", "10:06").vehicle("10:" + second, 0).away("10:10");
      within.judgedAt("10:30").raises(SWAPPED, "10:10");
    }
    for (String second : List.of("09:29.999", "10:30.001")) {
      Story beyond = apart(ride(), "10:05", "10:06").vehicle("10:" + second, 0).away("10:10");
      beyond.judgedAt("10:30").isSilentOn(SWAPPED);
    }
  }

  @Test
  void goesByTheFixNearestInTimeTheEarlierOfTwo() {
    Story nearer = apart(ride(), "10:05", "10:06").away("10:08");
    nearer.vehicle("10:07:50", 0).vehicle("10:08:09", 5_000);
    nearer.judgedAt("10:30").isSilentOn(SWAPPED);
    Story earlierIsApart = apart(ride(), "10:05", "10:06").away("10:08");
    earlierIsApart.vehicle("10:07:50", 0).vehicle("10:08:10", 5_000);
    earlierIsApart.judgedAt("10:30").raises(SWAPPED, "10:08");
    Story earlierIsNear = apart(ride(), "10:05", "10:06").away("10:08");
    earlierIsNear.vehicle("10:07:50", 5_000).vehicle("10:08:10", 0);
    earlierIsNear.judgedAt("10:30").isSilentOn(SWAPPED);
  }

  @Test
  void staysSilentWhenTheTwoMeetOrTheVehicleIsUnknownBetween() {
    together(broken(), 5_000, "10:07").judgedAt("10:30").isSilentOn(SWAPPED);
    broken().away("10:07").judgedAt("10:30").isSilentOn(SWAPPED);
  }

  @Test
  void staysSilentWithoutAVehicle() {
    ride().away("10:05", "10:06", "10:08").judgedAt("10:30").isSilentOn(SWAPPED);
  }

  @Test
  void asksForTheVehicleOfTheTripOnly() {
    Story other = ride().away("10:05", "10:06", "10:08");
    for (String time : List.of("10:05", "10:06", "10:08")) {
      other.fix(Fixed.at(time).vehicle("川A·d-8"));
    }
    other.judgedAt("10:30").isSilentOn(SWAPPED);
  }

  @Test
  void takesAPlateThatTheTerminalWritesInAnotherWayForTheSameCar() {
    Story same = ride().away("10:05", "10:06", "10:08");
    for (String time : List.of("10:05", "10:06", "10:08")) {
      same.fix(Fixed.at(time).metres(0).vehicle("川ＡD－７"));
    }
    same.judgedAt("10:30").raises(SWAPPED, "10:08");
  }

  @Test
  void leavesOutVehicleFixesThatDoNotCount() {
    Story nowhere = apart(ride(), "10:05", "10:06").away("10:08").vehicle("10:08:05", 0);
    nowhere.fix(Fixed.at("10:08").place(0, 0).vehicle(Story.PLATE));
    nowhere.judgedAt("10:30").raises(SWAPPED, "10:08");
    Story invalid = apart(ride(), "10:05", "10:06").away("10:08").vehicle("10:08:05", 0);
    invalid.fix(Fixed.at("10:08").metres(5_000).accuracyM(-1).vehicle(Story.PLATE));
    invalid.judgedAt("10:30").raises(SWAPPED, "10:08");
    Story mended = apart(ride(), "10:05", "10:06").away("10:08").vehicle("10:08:05", 0);
    mended.fix(Fixed.at("10:08:11").receivedAt("10:08").metres(5_000).vehicle(Story.PLATE));
    mended.judgedAt("10:30").raises(SWAPPED, "10:08");
    Story vague = apart(ride(), "10:05", "10:06").away("10:08").vehicle("10:08", 5_000);
    vague.fix(Fixed.at("10:08").accuracyM(300).vehicle(Story.PLATE));
    vague.judgedAt("10:30").raises(SWAPPED, "10:08");
  }

  @Test
  void countsFixesOfTheRideOnlyBothEndsIncluded() {
    apart(ride(), "10:00", "10:01", "10:03").judgedAt("10:30").raises(SWAPPED, "10:03");
    apart(ride(), "9:59:59.999", "10:01", "10:03").judgedAt("10:30").isSilentOn(SWAPPED);
    broken().endAt("10:08").judgedAt("10:30").raises(SWAPPED, "10:08");
    broken().endAt("10:07:59.999").judgedAt("10:30").isSilentOn(SWAPPED);
    Story cancelled = broken().cancelledBy(CancelledBy.PLATFORM, "10:07:59.999");
    cancelled.judgedAt("10:30").isSilentOn(SWAPPED);
    apart(trip(), "10:05", "10:06", "10:08").judgedAt("10:30").isSilentOn(SWAPPED);
  }

  @Test
  void countsTheVehicleShortlyAfterTheEnd() {
    Story ended = apart(ride(), "10:05", "10:06").away("10:10").endAt("10:10");
    ended.vehicle("10:10:30", 0).judgedAt("10:30").raises(SWAPPED, "10:10");
  }

  @Test
  void isRetractedWhenALateFixOfTheVehicleIsNearer() {
    Outcome outcome =
        broken().learnedAt("11:30", story -> story.vehicle("10:06:01", 5_000)).judgedAt("11:31");
    // It is not the nearest to 10:06, where the other one is.
    outcome.raises(SWAPPED);
    Outcome nearest =
        apart(ride().away("10:06:02"), "10:05", "10:06", "10:08")
            .learnedAt("11:30", story -> story.vehicle("10:06:02", 5_000))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), nearest.isSilentOn(SWAPPED).revisions(SWAPPED));
  }

  @Test
  void isRetractedWhenALateFixOfThePhoneIsWithTheVehicle() {
    Outcome outcome =
        broken().learnedAt("11:30", story -> story.inside("10:07:45")).judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(SWAPPED).revisions(SWAPPED));
  }

  @Test
  void isRaisedWhenTheVehicleIsHeardOfLate() {
    Outcome outcome =
        ride()
            .away("10:05", "10:06", "10:08")
            .learnedAt(
                "11:30", it -> it.vehicle("10:05", 0).vehicle("10:06", 0).vehicle("10:08", 0))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED), outcome.raises(SWAPPED, "10:08").revisions(SWAPPED));
  }

  /** No deadline comes in between, and the phone's fixes said nothing by themselves. */
  @Test
  void isRaisedDuringTheRideWhenTheVehicleIsHeardOfLate() {
    Story ride = trip().insideFrom("9:40", "9:50").onSiteAt("9:45").startAt("9:58");
    for (int seconds = 0; seconds < 16 * 60; seconds += 30) {
      ride.fix("10:" + seconds / 60 + ":" + seconds % 60, 5_000 + 3 * seconds);
    }
    ride.learnedAt("10:16", it -> it.vehicle("10:02", 15_000).vehicle("10:03", 15_000));
    ride.learnedAt("10:16", it -> it.vehicle("10:04", 15_000).vehicle("10:05", 15_000));
    ride.with("rules.vehicle-swapped.for", "0 s").judgedAt("10:17").raises(SWAPPED, "10:02:30");
  }

  @Test
  void isRaisedDuringARideLongBeforeItsPickupTime() {
    Story ride = trip().acceptedAt("7:00").inside("7:30").startAt("7:30");
    ride.vehicle("7:32", 0).vehicle("7:33", 0).vehicle("7:35", 0).away("7:32", "7:33", "7:35");
    ride.judgedAt("7:40").raises(SWAPPED, "7:35");
  }

  @Test
  void isUpdatedWhenALateFixOfTheVehicleTellsTheDistanceBetter() {
    Outcome outcome =
        apart(ride(), "10:05", "10:06")
            .away("10:08")
            .vehicle("10:08:05", 0)
            .learnedAt("11:30", story -> story.vehicle("10:08:04", 100))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, UPDATED), outcome.raises(SWAPPED).revisions(SWAPPED));
  }

  @Test
  void takesItsBoundsFromTheSettings() {
    Story longer = broken().with("rules.vehicle-swapped.for", "181 s");
    longer.judgedAt("10:30").isSilentOn(SWAPPED);
    Story farther = broken().with("cities.chengdu.rules.vehicle-swapped.apartM", 6_000L);
    farther.judgedAt("10:30").isSilentOn(SWAPPED);
    Story nearer = together(ride(), 4_900, "10:05", "10:06", "10:08");
    nearer.with("rules.vehicle-swapped.apartM", 50L).judgedAt("10:30").raises(SWAPPED);
  }
}
