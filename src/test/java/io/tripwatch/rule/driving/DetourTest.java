package io.tripwatch.rule.driving;

import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetourTest implements RuleContract {
  private static final String DETOUR = "detour";

  @Override
  public String rule() {
    return DETOUR;
  }

  @Override
  public Story broken() {
    return ride(1_000).endAt("10:12");
  }

  @Override
  public String judgedAt() {
    return "10:30";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 3_000, 2, true, false);
  }

  /** There and back: eight kilometres at 40 km/h. */
  private static Story ride(double estimatedMeters) {
    return trip()
        .estimatedMeters(estimatedMeters)
        .startAt("10:00")
        .fix("10:00", 0)
        .fix("10:03", 2_000)
        .fix("10:06", 4_000)
        .fix("10:09", 2_000)
        .fix("10:12", 0);
  }

  @Test
  void holdsAtTheEndOfTheRide() {
    Outcome outcome = broken().judgedAt("10:30").raises(DETOUR, "10:12");
    assertEquals(8_000L, outcome.evidence(DETOUR, "metersDriven"));
    assertEquals(2_500L, outcome.evidence(DETOUR, "allowedMeters"));
    assertTrue(outcome.alert(DETOUR).message().contains(" m in 12 min where 1000 m were"));
  }

  @Test
  void countsTheBoundItself() {
    double driven = exactM(2_000);
    // Nothing is allowed beyond what is driven: 1.5 times the estimate and a kilometre.
    Story at = trip().estimatedMeters((driven - 1_000) / 2).with("rules.detour.factor", 2L);
    at.startAt("10:00").fix("10:00", 0).fix("10:03", 2_000).endAt("10:03");
    at.judgedAt("10:30").isSilentOn(DETOUR);
    Story above = trip().estimatedMeters((driven - 1_000) / 2).with("rules.detour.factor", 2L);
    above.startAt("10:00").fix("10:00", 0).fix("10:03", 2_000.01).endAt("10:03");
    above.judgedAt("10:30").raises(DETOUR);
  }

  @Test
  void leavesOutWhatNoCarCanDrive() {
    Story jump = trip().estimatedMeters(1_000).startAt("10:00").endAt("10:04");
    jump.fix("10:00", 0).fix("10:01", 1_000).fix("10:02", 11_000).fix("10:03", 12_000);
    jump.judgedAt("10:30").isSilentOn(DETOUR);
    // Six kilometres in 86.4 s are 250 km/h, which a car might do.
    double fastest = exactM(6_000);
    String time = "10:01:" + Math.ceil(fastest / 250 * 3.6 * 1_000 - 60_000) / 1_000;
    Story car = trip().estimatedMeters(1_000).startAt("10:00").endAt("10:04");
    car.fix("10:00", 0).fix(time, 6_000).judgedAt("10:30").raises(DETOUR);
  }

  @Test
  void countsFixesOfTheRideOnlyBothEndsIncluded() {
    Story within = trip().estimatedMeters(500).startAt("10:00").endAt("10:02");
    within.fix("10:00", 0).fix("10:02", 1_751).judgedAt("10:30").raises(DETOUR);
    Story before = trip().estimatedMeters(500).startAt("10:00").endAt("10:02");
    before.fix("9:59:59.999", 0).fix("10:02", 1_751).judgedAt("10:30").isSilentOn(DETOUR);
    Story after = trip().estimatedMeters(500).startAt("10:00").endAt("10:02");
    after.fix("10:00", 0).fix("10:02:00.001", 1_751).judgedAt("10:30").isSilentOn(DETOUR);
  }

  @Test
  void needsAnEstimateOfHalfAKilometre() {
    ride(0).endAt("10:12").judgedAt("10:30").isSilentOn(DETOUR);
    ride(499.999).endAt("10:12").judgedAt("10:30").isSilentOn(DETOUR);
    ride(500).endAt("10:12").judgedAt("10:30").raises(DETOUR);
  }

  @Test
  void staysSilentWhenTheTrackIs() {
    Story gap = ride(1_000).endAt("10:17:00.001");
    gap.judgedAt("10:30").raises("track-silent").isSilentOn(DETOUR);
    ride(1_000).endAt("10:17").judgedAt("10:30").raises(DETOUR);
    // Whether anyone is told of the silence or not.
    Story disabled = ride(1_000).endAt("10:17:00.001").with("rules.track-silent.enabled", false);
    disabled.judgedAt("10:30").isSilentOn("track-silent").isSilentOn(DETOUR);
  }

  @Test
  void staysSilentWhenTheOrderWasChangedOnTheWay() {
    Story then = ride(1_000).endAt("10:12").changedAt("10:00:00.001", it -> it);
    then.judgedAt("10:30").isSilentOn(DETOUR);
    Story before = ride(1_000).endAt("10:12").changedAt("10:00", it -> it);
    before.judgedAt("10:30").raises(DETOUR);
  }

  @Test
  void waitsForTheEnd() {
    ride(1_000).judgedAt("10:30").isSilentOn(DETOUR);
    ride(1_000).endAt("10:12").judgedAt("10:12").raises(DETOUR);
  }

  @Test
  void isRetractedWhenALateFixShowsAShorterWay() {
    Outcome outcome =
        trip()
            .estimatedMeters(1_000)
            .startAt("10:00")
            .fix("10:00", 0)
            .fix("10:03", 3_000)
            .fix("10:06", 0)
            .endAt("10:06")
            .learnedAt("11:30", story -> story.fix(Fixed.at("10:03").accuracyM(5)))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(DETOUR).revisions(DETOUR));
  }

  @Test
  void takesTheFactorFromTheSettings() {
    Story broad = broken().with("rules.detour.factor", 7L);
    broad.judgedAt("10:30").isSilentOn(DETOUR);
    Story narrow = ride(4_000).endAt("10:12");
    narrow.with("cities.chengdu.rules.detour.factor", 1L).judgedAt("10:30").raises(DETOUR);
    ride(4_700).endAt("10:12").judgedAt("10:30").isSilentOn(DETOUR);
  }
}
