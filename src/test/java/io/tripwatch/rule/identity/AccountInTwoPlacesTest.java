package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.exactM;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountInTwoPlacesTest implements RuleContract {
  private static final String TWO_PLACES = "account-in-two-places";

  @Override
  public String rule() {
    return TWO_PLACES;
  }

  @Override
  public String alertId() {
    return "-/d-7/account-in-two-places/2026-11-22";
  }

  @Override
  public Story broken() {
    return trip().inside("9:30").fix(second("9:31", 10_000));
  }

  @Override
  public String judgedAt() {
    return "10:05";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.CRITICAL, 10_000, 6, true, false);
  }

  private static Fixed second(String time, double metres) {
    return Fixed.at(time).metres(metres).device("ph-8");
  }

  /** It is about a driver's day, no order of his. */
  @Override
  @Test
  public void saysWhatItIsAbout() {
    Alert alert = broken().judgedAt(judgedAt()).alert(TWO_PLACES);
    assertEquals(alertId(), alert.alertId());
    assertEquals("d-7", alert.driverId());
    assertEquals("chengdu", alert.city());
    assertEquals("default", alert.ruleVersion());
    assertNull(alert.orderId());
    assertNull(alert.passengerId());
    assertNull(alert.plate());
    assertTrue(alert.message().matches("[A-Z].*[.]"), alert.message());
  }

  @Test
  void holdsWhenTwoPhonesAreTenKilometresApartWithinAMinute() {
    Outcome outcome = broken().judgedAt("10:05").raises(TWO_PLACES, "9:31");
    assertEquals("ph-7", outcome.evidence(TWO_PLACES, "firstDeviceId"));
    assertEquals(at("9:30"), outcome.evidence(TWO_PLACES, "firstAt"));
    assertEquals("ph-8", outcome.evidence(TWO_PLACES, "secondDeviceId"));
    trip().inside("9:30").fix("9:31", 10_000).judgedAt("10:05").isSilentOn(TWO_PLACES);
  }

  @Test
  void holdsWhicheverOfThemIsRegistered() {
    Story story = broken().registered("7:00", Story.PHONE);
    story.judgedAt("10:05").raises(TWO_PLACES, "9:31");
  }

  @Test
  void needsMoreThanFiveKilometres() {
    trip().inside("9:30").fix(second("9:30:01", 4_999)).judgedAt("10:05").isSilentOn(TWO_PLACES);
    trip().inside("9:30").fix(second("9:30:01", 5_001)).judgedAt("10:05").raises(TWO_PLACES);
  }

  @Test
  void needsMoreThanItsSpeed() {
    double kmh = exactM(10_000) / 60_000 * 3_600;
    Story at = broken().with("rules.account-in-two-places.kmh", kmh);
    at.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story below = broken().with("rules.account-in-two-places.kmh", kmh - 0.001);
    below.judgedAt("10:05").raises(TWO_PLACES);
  }

  @Test
  void looksBackFiveMinutes() {
    Story within = trip().inside("9:30").fix(second("9:35", 50_000));
    within.judgedAt("10:05").raises(TWO_PLACES, "9:35");
    Story beyond = trip().inside("9:30").fix(second("9:35:00.001", 50_000));
    beyond.judgedAt("10:05").isSilentOn(TWO_PLACES);
  }

  @Test
  void comparesWithTheLatestFixOfAnotherDevice() {
    Story near = trip().inside("9:30").fix("9:30:30", 10_000).fix(second("9:31", 10_000));
    near.judgedAt("10:05").isSilentOn(TWO_PLACES);
    // His own before it does not hide it.
    Story own = trip().inside("9:30").fix(second("9:30:01", 100)).fix(second("9:31", 10_000));
    own.judgedAt("10:05").raises(TWO_PLACES, "9:31");
  }

  @Test
  void needsAFixStrictlyBefore() {
    trip().inside("9:30").fix(second("9:30", 10_000)).judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story next = trip().inside("9:30").fix(second("9:30", 10_000)).inside("9:30:01");
    next.judgedAt("10:05").raises(TWO_PLACES, "9:30:01");
  }

  @Test
  void leavesOutFixesThatAreNotUsable() {
    Story mock = trip().inside("9:30").fix(second("9:31", 10_000).mock());
    mock.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story vague = trip().inside("9:30").fix(second("9:31", 10_000).accuracyM(101));
    vague.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story nowhere = trip().inside("9:30").fix(second("9:31", 0).place(0, 0));
    nowhere.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story failed = trip().inside("9:30").fix(second("9:31", 0).place(0.001, 5e-324));
    failed.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story invalid = trip().inside("9:30").fix(second("9:31", 10_000).accuracyM(-1));
    invalid.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story mended = trip().inside("9:30").fix(second("9:31:11", 10_000).receivedAt("9:31"));
    mended.judgedAt("10:05").isSilentOn(TWO_PLACES);
  }

  @Test
  void countsTheLaterFixFromAnHourBeforeThePickup() {
    Story at = trip().inside("8:59").fix(second("9:00", 10_000));
    at.judgedAt("10:05").raises(TWO_PLACES, "9:00");
    Story before = trip().inside("8:59").fix(second("8:59:59.999", 10_000));
    before.judgedAt("10:05").isSilentOn(TWO_PLACES);
    Story accepted = trip().acceptedAt("9:31").inside("9:30").fix(second("9:31", 10_000));
    accepted.judgedAt("10:05").raises(TWO_PLACES, "9:31");
    Story notYet = trip().acceptedAt("9:31:00.001").inside("9:30").fix(second("9:31", 10_000));
    notYet.judgedAt("10:05").isSilentOn(TWO_PLACES);
  }

  @Test
  void countsUntilTheEndOfTheTrip() {
    Story at = broken().cancelledBy(CancelledBy.PASSENGER, "9:31");
    at.judgedAt("10:05").raises(TWO_PLACES);
    Story over = broken().cancelledBy(CancelledBy.PASSENGER, "9:30:59.999");
    over.judgedAt("10:05").isSilentOn(TWO_PLACES);
  }

  @Test
  void isToldOnceADayInTheCityOfTheDriver() {
    Story twice = broken().inside("9:40").fix(second("9:41", 10_000));
    twice.judgedAt("10:05").raises(TWO_PLACES, "9:31");
    // Midnight in Chengdu is 16:00 in UTC, in San Francisco 8:00.
    Story midnight = trip().pickupAt("16:30").inside("15:50").fix(second("15:51", 10_000));
    midnight.inside("16:00").fix(second("16:01", 10_000));
    Outcome days = midnight.judgedAt("16:35");
    days.alertOf("-/d-7/account-in-two-places/2026-11-22");
    days.alertOf("-/d-7/account-in-two-places/2026-11-23");
    Story elsewhere = trip().city("SFO").registered("7:00", Story.PHONE, "ph-8").city("chengdu");
    elsewhere.pickupAt("8:30").acceptedAt("7:30").inside("7:58").fix(second("7:59", 10_000));
    elsewhere.judgedAt("8:05").alertOf("-/d-7/account-in-two-places/2026-11-21");
  }

  @Test
  void isOneForSeveralTripsOfADay() {
    Story story = broken();
    story.inOrder("o-2", it -> it.acceptedBy(Story.DRIVER, "8:10"));
    Outcome outcome = story.inside("9:50").fix(second("9:51", 10_000)).judgedAt("10:05");
    assertEquals(List.of(RAISED), outcome.raises(TWO_PLACES, "9:31").revisions(TWO_PLACES));
  }

  @Test
  void movesWhenAnEarlierFixIsHeardOfLate() {
    Outcome outcome =
        broken().learnedAt("11:00", it -> it.fix(second("9:30:30", 10_000))).judgedAt("11:01");
    assertEquals(
        List.of(RAISED, UPDATED), outcome.raises(TWO_PLACES, "9:30:30").revisions(TWO_PLACES));
  }

  @Test
  void isRetractedWhenALateFixLiesBetween() {
    Outcome outcome =
        broken().learnedAt("11:00", story -> story.fix("9:30:30", 9_000)).judgedAt("11:01");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(TWO_PLACES).revisions(TWO_PLACES));
  }
}
