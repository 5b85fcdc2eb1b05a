package io.tripwatch.trip;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Event;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver.Learned;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 24 * HOUR_MS;

  private final Driver driver = new Driver(Story.DRIVER);
  private final RuleBook settings = RuleBook.of(Settings.defaults(Rules.catalogue()));

  private Learned learn(Story story, String now) {
    Learned last = null;
    for (Event event : story.events()) {
      last = driver.learn(event, ms(now));
    }
    return last;
  }

  private static Story rest() {
    return trip().notAccepted();
  }

  /** Judged as event time goes on. */
  private int visitUpTo(long now) {
    int visits = 0;
    while (driver.wake() <= now) {
      driver.visit(settings, driver.wake(), (order, trips, settling, last) -> NEVER);
      visits++;
    }
    return visits;
  }

  @Test
  void tellsARepeatedEvent() {
    assertEquals(Learned.BEARS, learn(trip(), "8:00"));
    assertEquals(Learned.REPEATED, learn(trip(), "8:00"));
    assertEquals(ms("8:00"), driver.wake());
  }

  @Test
  void onlyNotesAFixThatChangesNothing() {
    learn(trip(), "8:00");
    visitUpTo(ms("8:00"));
    assertEquals(Learned.NOTED, learn(rest().away("8:05"), "8:04"));
    assertEquals(Learned.NOTED, learn(rest().away("9:40"), "9:39"));
    assertTrue(driver.wake() > ms("8:05"));
  }

  @Test
  void wakesForAFixThatMayCompleteAStay() {
    learn(trip(), "8:00");
    visitUpTo(ms("8:00"));
    assertEquals(Learned.NOTED, learn(rest().inside("9:40"), "9:39"));
    assertEquals(Learned.NOTED, learn(rest().inside("9:44:59.999"), "9:40"));
    assertEquals(Learned.BEARS, learn(rest().inside("9:45"), "9:44"));
  }

  @Test
  void sleepsWhileAStayIsTooShort() {
    learn(trip(), "8:00");
    visitUpTo(ms("8:00"));
    assertEquals(Learned.NOTED, learn(rest().inside("9:50"), "9:49"));
    assertEquals(Learned.NOTED, learn(rest().inside("9:50:59.999"), "9:50"));
    assertEquals(Learned.BEARS, learn(rest().inside("9:51"), "9:50"));
  }

  @Test
  void refusesWhatIsNoneOfItsBusiness() {
    Stamp stamp = new Stamp(1, 1, null, "x");
    Rating rating = new Rating(stamp, "o-1", "d-7", "p-1", Rating.By.PASSENGER, 5, List.of());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> driver.learn(rating, 1));
    assertEquals(
        "a driver learns nothing from trip.ratings.v1; route it elsewhere", refused.getMessage());
  }

  @Test
  void keepsAnOrderUntilNothingCanArriveForIt() {
    learn(trip().startAt("9:55").endAt("10:20"), "8:00");
    visitUpTo(ms("12:21"));
    assertFalse(driver.orders().isEmpty());
    assertEquals(Learned.BEARS, learn(rest().onSiteAt("10:20"), "12:21"));
  }

  @Test
  void keepsAnOrderUntilNoEvidenceOfItsTripMayStillArrive() {
    learn(trip().reassignedTo("d-8", "8:30"), "8:00");
    long settledAt = ms("8:31") + Horizons.LATE_EVIDENCE_MS;
    visitUpTo(settledAt - 1);
    assertFalse(driver.orders().isEmpty());
    visitUpTo(settledAt);
    assertTrue(driver.orders().isEmpty());
  }

  @Test
  void forgetsFixesThatBearOnNothing() {
    for (int hour = 0; hour < 12; hour++) {
      for (int minute = 10; minute < 60; minute++) {
        learn(rest().away(hour + ":" + minute), hour + ":" + minute);
        visitUpTo(ms(hour + ":" + minute));
      }
    }
    assertTrue(driver.fixes().size() < 300, () -> driver.fixes().size() + " fixes");
    visitUpTo(ms("16:00"));
    assertEquals(0, driver.fixes().size());
  }

  @Test
  void forgetsEverythingInTheEnd() {
    Story story = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
    story.status(Status.DELAYED, "8:30", "PT20M").calledAt("8:40").onSiteAt("9:55");
    learn(story.insideFrom("9:50", "10:10").pressedBy("d-8", Button.END, "10:00"), "8:00");
    visitUpTo(ms("10:20"));
    assertFalse(driver.isForgotten());
    int visits = visitUpTo(ms("10:00") + 40 * DAY_MS);
    assertTrue(driver.isForgotten());
    assertEquals(PickupTime.NEVER, driver.wake());
    assertTrue(visits < 200, () -> visits + " visits");
  }

  @Test
  void forgetsAPressForNobodysOrder() {
    learn(rest().onSiteAt("9:55"), "9:55");
    visitUpTo(ms("9:55") + 40 * DAY_MS);
    assertTrue(driver.isForgotten());
  }

  @Test
  void keepsTheRegistrationThatHolds() {
    learn(rest().registered("7:00", "ph-7"), "7:00");
    visitUpTo(ms("7:00") + 40 * DAY_MS);
    assertFalse(driver.isForgotten());
  }
}
