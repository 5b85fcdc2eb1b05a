package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnregisteredDeviceTest implements RuleContract {
  private static final String UNREGISTERED = "unregistered-device";
  private static final String NOBODYS = "ph-66";

  @Override
  public String rule() {
    return UNREGISTERED;
  }

  @Override
  public Story broken() {
    return known().loggedIn(NOBODYS, "9:30");
  }

  @Override
  public String judgedAt() {
    return "10:05";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 3, true, false);
  }

  private static Story known() {
    return trip().registered("7:00", Story.PHONE);
  }

  @Test
  void holdsWhenHeLogsInOnADeviceOfNobodys() {
    Outcome outcome = broken().judgedAt("10:05").raises(UNREGISTERED, "9:30");
    assertEquals("LOGIN", outcome.evidence(UNREGISTERED, "use"));
    assertEquals(NOBODYS, outcome.evidence(UNREGISTERED, "deviceId"));
    assertEquals(List.of(Story.PHONE), outcome.evidence(UNREGISTERED, "registeredPhones"));
  }

  @Test
  void holdsWhenHePressesFromADeviceOfNobodys() {
    Story story = known().pressedFrom(NOBODYS, Button.ON_SITE, "9:45");
    Outcome outcome = story.judgedAt("10:05").raises(UNREGISTERED, "9:45");
    assertEquals("ON_SITE", outcome.evidence(UNREGISTERED, "use"));
  }

  @Test
  void seesRepeatedPresses() {
    Story repeated = known().onSiteAt("9:45").pressedFrom(NOBODYS, Button.ON_SITE, "9:45:03");
    repeated.judgedAt("10:05").raises(UNREGISTERED, "9:45:03");
  }

  @Test
  void isTheFirstSuchEvent() {
    Story both = broken().pressedFrom(NOBODYS, Button.ON_SITE, "9:29:59.999");
    both.judgedAt("10:05").raises(UNREGISTERED, "9:29:59.999");
    Outcome tie = broken().pressedFrom("ph-55", Button.ON_SITE, "9:30").judgedAt("10:05");
    assertEquals("LOGIN", tie.raises(UNREGISTERED, "9:30").evidence(UNREGISTERED, "use"));
  }

  @Test
  void staysSilentOnHisOwnAndOthersPhones() {
    known().loggedIn(Story.PHONE, "9:30").judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story borrowed = broken().registeredFor("d-8", "9:30", NOBODYS);
    borrowed.judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story later = broken().registeredFor("d-8", "9:30:00.001", NOBODYS);
    later.judgedAt("10:05").raises(UNREGISTERED);
    Story before = broken().registeredFor("d-8", "9:00", NOBODYS).registeredFor("d-8", "9:29");
    before.judgedAt("10:05").raises(UNREGISTERED);
  }

  @Test
  void staysSilentWhileHeHasNoRegisteredPhone() {
    trip().loggedIn(NOBODYS, "9:30").judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story later = trip().registered("9:30:00.001", Story.PHONE).loggedIn(NOBODYS, "9:30");
    later.judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story none = trip().registered("7:00").loggedIn(NOBODYS, "9:30");
    none.judgedAt("10:05").isSilentOn(UNREGISTERED);
  }

  @Test
  void countsLoginsFromAnHourBeforeThePickup() {
    known().loggedIn(NOBODYS, "8:59:59.999").judgedAt("10:05").isSilentOn(UNREGISTERED);
    known().loggedIn(NOBODYS, "9:00").judgedAt("10:05").raises(UNREGISTERED, "9:00");
    Story moved = known().loggedIn(NOBODYS, "9:00").changedAt("9:10", it -> it.pickupAt("10:30"));
    moved.judgedAt("10:35").isSilentOn(UNREGISTERED);
  }

  @Test
  void countsLoginsButNoPressesBeforeTheAcceptance() {
    Story login = known().acceptedAt("9:20").loggedIn(NOBODYS, "9:10");
    login.judgedAt("10:05").raises(UNREGISTERED, "9:10");
    Story press = known().acceptedAt("9:20").pressedFrom(NOBODYS, Button.ON_SITE, "9:10");
    press.judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story then = known().acceptedAt("9:20").pressedFrom(NOBODYS, Button.ON_SITE, "9:20");
    then.judgedAt("10:05").raises(UNREGISTERED, "9:20");
  }

  @Test
  void countsUntilTheEndOfTheTrip() {
    Story at = known().cancelledBy(CancelledBy.PASSENGER, "9:30").loggedIn(NOBODYS, "9:30");
    at.judgedAt("10:05").raises(UNREGISTERED);
    Story after =
        known().cancelledBy(CancelledBy.PASSENGER, "9:30").loggedIn(NOBODYS, "9:30:00.001");
    after.judgedAt("10:05").isSilentOn(UNREGISTERED);
  }

  @Test
  void staysSilentOnLogoutsAndOnOthers() {
    Story logout = known().login(Story.DRIVER, NOBODYS, Login.Action.LOGOUT, "9:30");
    logout.judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story other = known().login("d-8", NOBODYS, Login.Action.LOGIN, "9:30");
    other.judgedAt("10:05").isSilentOn(UNREGISTERED);
    Story othersPress = known().pressedBy("d-8", NOBODYS, Button.ON_SITE, "9:30");
    othersPress.judgedAt("10:05").isSilentOn(UNREGISTERED);
  }

  @Test
  void isRetractedWhenTheRegistryIsHeardOfLate() {
    Outcome outcome =
        broken()
            .learnedAt("9:36", story -> story.registeredFor("d-8", "9:29", NOBODYS))
            .judgedAt("10:05");
    assertEquals(
        List.of(RAISED, RETRACTED), outcome.isSilentOn(UNREGISTERED).revisions(UNREGISTERED));
  }

  @Test
  void movesWhenAnEarlierLoginIsHeardOfLate() {
    Outcome outcome =
        broken().learnedAt("11:00", story -> story.loggedIn("ph-67", "9:10")).judgedAt("11:01");
    assertEquals(
        List.of(RAISED, UPDATED), outcome.raises(UNREGISTERED, "9:10").revisions(UNREGISTERED));
  }
}
