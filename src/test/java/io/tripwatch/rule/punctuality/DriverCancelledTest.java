package io.tripwatch.rule.punctuality;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverCancelledTest implements RuleContract {
  private static final String DRIVER_CANCELLED = "driver-cancelled";

  @Override
  public String rule() {
    return DRIVER_CANCELLED;
  }

  @Override
  public Story broken() {
    return ahead().cancelledBy(CancelledBy.DRIVER, "9:00");
  }

  @Override
  public String judgedAt() {
    return "9:30";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 5_000, 3, false, false);
  }

  @Test
  void isGraverAtShortNotice() {
    Outcome justShort = ahead().cancelledBy(CancelledBy.DRIVER, "10:00").judgedAt("10:10");
    assertEquals(
        10_000, justShort.raises(DRIVER_CANCELLED, "10:00").finding(DRIVER_CANCELLED).fineCents());
    assertEquals(6, justShort.finding(DRIVER_CANCELLED).points());
    Outcome justNot = ahead().cancelledBy(CancelledBy.DRIVER, "9:59:59.999").judgedAt("10:10");
    assertEquals(5_000, justNot.finding(DRIVER_CANCELLED).fineCents());
    assertEquals(3, justNot.finding(DRIVER_CANCELLED).points());
  }

  @Test
  void saysHowLongAhead() {
    Outcome outcome = ahead().cancelledBy(CancelledBy.DRIVER, "9:00:30").judgedAt("9:10");
    assertEquals(179L, outcome.evidence(DRIVER_CANCELLED, "minutesAhead"));
    Outcome atIt = ahead().cancelledBy(CancelledBy.DRIVER, "12:00").judgedAt("12:10");
    assertTrue(
        atIt.alert(DRIVER_CANCELLED)
            .message()
            .startsWith("The driver cancelled 0 s before the pickup"));
    Outcome after = ahead().cancelledBy(CancelledBy.DRIVER, "12:01:30").judgedAt("12:10");
    assertTrue(
        after
            .alert(DRIVER_CANCELLED)
            .message()
            .startsWith("The driver cancelled 1 min 30 s after the pickup"));
    assertEquals(-1L, after.evidence(DRIVER_CANCELLED, "minutesAhead"));
    assertEquals(10_000, after.finding(DRIVER_CANCELLED).fineCents());
  }

  @Test
  void isNoOneElsesFault() {
    trip().cancelledBy(CancelledBy.PASSENGER, "9:00").judgedAt("9:10").isSilentOn(DRIVER_CANCELLED);
    trip().cancelledBy(CancelledBy.PLATFORM, "9:00").judgedAt("9:10").isSilentOn(DRIVER_CANCELLED);
  }

  @Test
  void goesByTheFirstCancellation() {
    Story second = trip().cancelledBy(CancelledBy.PASSENGER, "9:00");
    second.cancelledBy(CancelledBy.DRIVER, "9:01").judgedAt("9:10").isSilentOn(DRIVER_CANCELLED);
  }

  @Test
  void goesByTheFirstCancellationThoughItComesLast() {
    Outcome outcome =
        trip()
            .cancelledBy(CancelledBy.DRIVER, "9:01")
            .learnedAt("9:08", story -> story.cancelledBy(CancelledBy.PASSENGER, "9:00"))
            .judgedAt("9:10");
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(DRIVER_CANCELLED));
  }

  @Test
  void changesNothingAfterTheEnd() {
    Story ended = trip().onSiteAt("9:40").startAt("10:00").endAt("10:20");
    ended
        .cancelledBy(CancelledBy.DRIVER, "10:20:00.001")
        .judgedAt("10:40")
        .isSilentOn(DRIVER_CANCELLED);
    Story atTheEnd = trip().onSiteAt("9:40").startAt("10:00").endAt("10:20");
    atTheEnd.cancelledBy(CancelledBy.DRIVER, "10:20").judgedAt("10:40").raises(DRIVER_CANCELLED);
    Story reassigned = trip().reassignedTo("d-8", "9:00");
    reassigned
        .cancelledBy(CancelledBy.DRIVER, "9:30")
        .judgedAt("9:40")
        .isSilentOn(DRIVER_CANCELLED);
  }

  @Test
  void staysSilentWhenCalledOffByThen() {
    Story calledOff = train().status(Status.CANCELLED, "9:00");
    calledOff.cancelledBy(CancelledBy.DRIVER, "9:00").judgedAt("9:10").isSilentOn(DRIVER_CANCELLED);
    Story justAfter = train().status(Status.CANCELLED, "9:00:00.001");
    justAfter.cancelledBy(CancelledBy.DRIVER, "9:00").judgedAt("9:10").raises(DRIVER_CANCELLED);
  }

  @Test
  void goesByWhatWasKnownAtTheCancellation() {
    Story reinstatedAfter = train().status(Status.CANCELLED, "8:50");
    reinstatedAfter.cancelledBy(CancelledBy.DRIVER, "9:00").status(Status.DELAYED, "9:00:00.001");
    reinstatedAfter.judgedAt("9:10").isSilentOn(DRIVER_CANCELLED);
    Story reinstatedThen = train().status(Status.CANCELLED, "8:50");
    reinstatedThen.cancelledBy(CancelledBy.DRIVER, "9:00").status(Status.DELAYED, "9:00");
    reinstatedThen.judgedAt("9:10").raises(DRIVER_CANCELLED);
  }

  @Test
  void staysSilentAfterTheFreeWait() {
    Story waited = trip().onSiteAt("9:50").cancelledBy(CancelledBy.DRIVER, "10:30");
    waited.judgedAt("10:40").isSilentOn(DRIVER_CANCELLED);
    Story impatient = trip().onSiteAt("9:50").cancelledBy(CancelledBy.DRIVER, "10:29:59.999");
    impatient.judgedAt("10:40").raises(DRIVER_CANCELLED);
  }

  @Test
  void countsPresenceExactlyAtTheCancellation() {
    Story none = trip().with("rules.pickup-abandoned.freeWait", "0 s").onSiteAt("10:10");
    none.cancelledBy(CancelledBy.DRIVER, "10:10").judgedAt("10:20").isSilentOn(DRIVER_CANCELLED);
  }

  @Test
  void waitsFromWhenHeCameIfThatIsLater() {
    Story waited = trip().onSiteAt("10:10").cancelledBy(CancelledBy.DRIVER, "10:40");
    waited.judgedAt("10:50").isSilentOn(DRIVER_CANCELLED);
    Story impatient = trip().onSiteAt("10:10").cancelledBy(CancelledBy.DRIVER, "10:39:59.999");
    impatient.judgedAt("10:50").raises(DRIVER_CANCELLED);
  }

  @Test
  void waitsAnHourAtAnAirport() {
    Story airport = trip().scenario(Scenario.AIRPORT_PICKUP).onSiteAt("9:50");
    airport
        .cancelledBy(CancelledBy.DRIVER, "10:59:59.999")
        .judgedAt("11:10")
        .raises(DRIVER_CANCELLED);
    Story waited = trip().scenario(Scenario.AIRPORT_PICKUP).onSiteAt("9:50");
    waited.cancelledBy(CancelledBy.DRIVER, "11:00").judgedAt("11:10").isSilentOn(DRIVER_CANCELLED);
  }

  @Test
  void waitsForADelayedTrain() {
    Story delayed = train().status(Status.DELAYED, "9:00", "PT30M").onSiteAt("9:50");
    delayed
        .cancelledBy(CancelledBy.DRIVER, "10:59:59.999")
        .judgedAt("11:10")
        .raises(DRIVER_CANCELLED);
    Story waited = train().status(Status.DELAYED, "9:00", "PT30M").onSiteAt("9:50");
    waited.cancelledBy(CancelledBy.DRIVER, "11:00").judgedAt("11:10").isSilentOn(DRIVER_CANCELLED);
  }

  @Test
  void needsPresenceForTheFreeWait() {
    trip().cancelledBy(CancelledBy.DRIVER, "11:00").judgedAt("11:10").raises(DRIVER_CANCELLED);
    Story elsewhere = trip().away("9:50").onSiteAt("9:50");
    elsewhere.cancelledBy(CancelledBy.DRIVER, "11:00").judgedAt("11:10").raises(DRIVER_CANCELLED);
  }

  @Test
  void isRaisedWhenALateFixDisprovesThePresence() {
    Outcome outcome =
        trip()
            .onSiteAt("9:50")
            .cancelledBy(CancelledBy.DRIVER, "11:00")
            .learnedAt("11:45", story -> story.away("9:50:30"))
            .judgedAt("11:46");
    assertEquals(List.of(RAISED), outcome.revisions(DRIVER_CANCELLED));
  }

  @Test
  void isReviewedWhenMoreCameThanTheCarTakes() {
    Story tooMany = ahead().cancelledBy(CancelledBy.DRIVER, "9:00", OrderEvent.OVER_CAPACITY);
    assertTrue(tooMany.judgedAt("9:10").finding(DRIVER_CANCELLED).review());
    Story other = ahead().cancelledBy(CancelledBy.DRIVER, "9:00", "TIRED");
    assertFalse(other.judgedAt("9:10").finding(DRIVER_CANCELLED).review());
  }

  @Test
  void takesItsNoticeFromTheSettings() {
    Story story = ahead().with("rules.driver-cancelled.shortNotice", "1 h");
    story.with("rules.driver-cancelled.shortNoticeFineCents", 7L);
    story.with("rules.driver-cancelled.shortNoticePoints", 8L);
    Outcome outcome = story.cancelledBy(CancelledBy.DRIVER, "11:00").judgedAt("11:10");
    assertEquals(7, outcome.finding(DRIVER_CANCELLED).fineCents());
    assertEquals(8, outcome.finding(DRIVER_CANCELLED).points());
    Story longer = ahead().with("rules.driver-cancelled.shortNotice", "1 h");
    longer.cancelledBy(CancelledBy.DRIVER, "10:59:59.999");
    assertEquals(5_000, longer.judgedAt("11:10").finding(DRIVER_CANCELLED).fineCents());
  }

  private static Story ahead() {
    return trip().pickupAt("12:00").calledAt("8:10");
  }

  private static Story train() {
    return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }
}
