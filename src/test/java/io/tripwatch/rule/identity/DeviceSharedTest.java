package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Login;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceSharedTest implements RuleContract {
  private static final String SHARED = "device-shared";
  private static final String DEVICE = "ph-9";

  @Override
  public String rule() {
    return SHARED;
  }

  @Override
  public String alertId() {
    return "-/d-7/device-shared/ph-9@2026-11-22";
  }

  @Override
  public Story broken() {
    return another(known().loggedIn(DEVICE, "9:00"), "9:30");
  }

  @Override
  public String judgedAt() {
    return "10:05";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 6, true, false);
  }

  private static Story known() {
    return trip().registered("-24:00", Story.PHONE);
  }

  private static Story another(Story story, String time) {
    return story.login("d-8", DEVICE, Login.Action.LOGIN, time);
  }

  /** It is about a driver's day, no order of his. */
  @Override
  @Test
  public void saysWhatItIsAbout() {
    Alert alert = broken().judgedAt(judgedAt()).alert(SHARED);
    assertEquals(alertId(), alert.alertId());
    assertEquals("d-7", alert.driverId());
    assertEquals("chengdu", alert.city());
    assertEquals("default", alert.ruleVersion());
    assertNull(alert.orderId());
    assertNull(alert.passengerId());
    assertNull(alert.plate());
    assertFalse(alert.shadow());
    assertTrue(alert.message().matches("[A-Z].*[.]"), alert.message());
  }

  @Test
  void holdsWhenAnotherLogsInAfterHimOrBefore() {
    Outcome after = broken().judgedAt("10:05").raises(SHARED, "9:30");
    assertEquals("d-8", after.evidence(SHARED, "otherDriverId"));
    assertEquals(at("9:00"), after.evidence(SHARED, "loginAt"));
    assertEquals(at("9:30"), after.evidence(SHARED, "otherLoginAt"));
    Story before = another(known().loggedIn(DEVICE, "9:00"), "8:30");
    before.judgedAt("10:05").raises(SHARED, "9:00");
  }

  @Test
  void countsTwentyFourHoursBothWays() {
    another(known().loggedIn(DEVICE, "-15:30"), "9:30").judgedAt("10:05").raises(SHARED, "9:30");
    another(known().loggedIn(DEVICE, "-15:29:59.999"), "9:30").judgedAt("10:05").isSilentOn(SHARED);
    another(known().loggedIn(DEVICE, "9:30"), "-15:30").judgedAt("10:05").raises(SHARED, "9:30");
    another(known().loggedIn(DEVICE, "9:30"), "-15:29:59.999").judgedAt("10:05").isSilentOn(SHARED);
  }

  @Test
  void staysSilentOnLogoutsAndOnOtherDevices() {
    Story hisLogout = known().login(Story.DRIVER, DEVICE, Login.Action.LOGOUT, "9:00");
    another(hisLogout, "9:30").judgedAt("10:05").isSilentOn(SHARED);
    Story othersLogout = known().loggedIn(DEVICE, "9:00");
    othersLogout.login("d-8", DEVICE, Login.Action.LOGOUT, "9:30");
    othersLogout.judgedAt("10:05").isSilentOn(SHARED);
    another(known().loggedIn("ph-8", "9:00"), "9:30").judgedAt("10:05").isSilentOn(SHARED);
    known().loggedIn(DEVICE, "9:00").loggedIn(DEVICE, "9:30").judgedAt("10:05").isSilentOn(SHARED);
  }

  @Test
  void isToldOncePerDeviceAndDayByTheFirstPair() {
    Story twice = another(another(known().loggedIn(DEVICE, "8:00"), "9:30"), "8:45");
    twice.loggedIn(DEVICE, "9:00").judgedAt("10:05").raises(SHARED, "8:45");
    Story devices = broken().loggedIn("ph-10", "9:00");
    devices.login("d-8", "ph-10", Login.Action.LOGIN, "9:40");
    Outcome both = devices.judgedAt("10:05");
    both.alertOf("-/d-7/device-shared/ph-9@2026-11-22");
    both.alertOf("-/d-7/device-shared/ph-10@2026-11-22");
  }

  /** Midnight in Chengdu is 16:00 in UTC. */
  @Test
  void goesByTheLocalDayOfTheLaterLoginInHisCity() {
    Story before = another(known().loggedIn(DEVICE, "15:00"), "15:59:59.999");
    before.judgedAt("16:05").alertOf("-/d-7/device-shared/ph-9@2026-11-22");
    Story after = another(known().loggedIn(DEVICE, "15:00"), "16:00");
    after.judgedAt("16:05").alertOf("-/d-7/device-shared/ph-9@2026-11-23");
    Story both = another(another(known().loggedIn(DEVICE, "15:00"), "15:30"), "16:30");
    Outcome days = both.judgedAt("16:35");
    days.alertOf("-/d-7/device-shared/ph-9@2026-11-22");
    assertEquals(
        Story.ms("16:30"), days.alertOf("-/d-7/device-shared/ph-9@2026-11-23").occurredAt());
    Story elsewhere = trip().city("SFO").registered("-24:00", Story.PHONE).city("chengdu");
    another(elsewhere.loggedIn(DEVICE, "7:00"), "7:59:59.999")
        .judgedAt("8:05")
        .alertOf("-/d-7/device-shared/ph-9@2026-11-21");
  }

  @Test
  void holdsForADriverTheRegistryDoesNotKnow() {
    Outcome outcome = another(trip().loggedIn(DEVICE, "9:00"), "9:30").judgedAt("10:05");
    assertNull(outcome.raises(SHARED, "9:30").alert(SHARED).city());
  }

  @Test
  void needsNoTrip() {
    Story idle = trip().notAccepted().loggedIn(DEVICE, "9:00");
    another(idle, "9:30").judgedAt("10:05").raises(SHARED, "9:30");
  }

  @Test
  void isKeptThoughTheLoginsAreForgotten() {
    Outcome outcome = broken().judgedAt("480:00").raises(SHARED, "9:30");
    assertEquals(List.of(RAISED), outcome.revisions(SHARED));
  }

  @Test
  void movesWhenAnEarlierLoginIsHeardOfLate() {
    Outcome outcome =
        broken().learnedAt("11:00", story -> another(story, "9:15")).judgedAt("11:01");
    assertEquals(List.of(RAISED, UPDATED), outcome.raises(SHARED, "9:15").revisions(SHARED));
  }

  @Test
  void movesToAnotherDayWhenTheRegistryIsHeardOfLate() {
    Story story = another(trip().notAccepted().city("SFO").loggedIn(DEVICE, "7:00"), "7:30");
    Outcome outcome =
        story.learnedAt("7:35", it -> it.registered("7:29", Story.PHONE)).judgedAt("7:36");
    outcome.alertOf("-/d-7/device-shared/ph-9@2026-11-21");
    assertEquals(List.of(RAISED, RAISED, RETRACTED).size(), outcome.revisions(SHARED).size());
  }
}
