package io.tripwatch.verdict;

import static io.tripwatch.event.FlightStatus.Status.CANCELLED;
import static io.tripwatch.event.FlightStatus.Status.DELAYED;
import static io.tripwatch.event.FlightStatus.Status.SCHEDULED;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Event;
import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private static final RuleBook RULES = RuleBook.of(Settings.defaults(Rules.catalogue()));

  private final HeapArchive archive = new HeapArchive();
  private final Heard heard = new Heard();
  private Dossier dossier = new Dossier(new Driver(Story.DRIVER), archive);

  /** Everything is learned as it happens, and judged when it is due. */
  private NotificationsTest live(Story story, String end) {
    List<Event> events = new ArrayList<>(story.events());
    events.sort(Comparator.comparingLong(Event::time));
    for (Event event : events) {
      goOnTo(event.time() - 1);
      dossier.learn(event, event.time() - 1);
    }
    goOnTo(ms(end));
    return this;
  }

  private void goOnTo(long time) {
    while (dossier.wake() <= time) {
      dossier.judge(RULES, 1, dossier.wake(), heard);
    }
  }

  /** Event time jumps: nobody was there in between. */
  private NotificationsTest late(Story story, String learnedAt) {
    story.events().forEach(event -> dossier.learn(event, ms(learnedAt)));
    dossier.judge(RULES, 1, ms(learnedAt), heard);
    return this;
  }

  private List<String> told() {
    return heard.outputs().stream()
        .filter(output -> output.topic() == OutputTopic.NOTIFICATIONS)
        .map(output -> output.id().substring("o-1/d-7/".length()))
        .toList();
  }

  private static Story calmTrip() {
    return trip().calledAt("8:10");
  }

  private static Story pickup() {
    return calmTrip().scenario(Scenario.STATION_PICKUP).flight("G1");
  }

  @Test
  void tellsThePassengerThatTheDriverIsThereOnce() {
    live(calmTrip().onSiteAt("9:50").onSiteAt("9:55"), "10:30");
    assertEquals(List.of("ON_SITE/2026-11-22T09:50:00.000Z"), told());
  }

  @Test
  void tellsWhomAndOfWhat() {
    live(calmTrip().onSiteAt("9:50"), "9:51");
    Statement told = (Statement) heard.outputs().get(heard.outputs().size() - 1);
    assertEquals(
        "{to=PASSENGER, kind=ON_SITE, what=2026-11-22T09:50:00.000Z, tripId=o-1/d-7,"
            + " orderId=o-1, passengerId=p-1, occurredAt=2026-11-22T09:50:00Z}",
        told.fields().toString());
    assertEquals(1, told.revision());
  }

  @Test
  void doesNotTellTwiceWhenAnEarlierPressComesInLate() {
    live(calmTrip().onSiteAt("9:50"), "9:51");
    late(trip().notAccepted().onSiteAt("9:45"), "9:52");
    assertEquals(List.of("ON_SITE/2026-11-22T09:50:00.000Z"), told());
  }

  @Test
  void tellsOfAPressTenMinutesAgo() {
    late(calmTrip().onSiteAt("9:50"), "10:00");
    assertEquals(List.of("ON_SITE/2026-11-22T09:50:00.000Z"), told());
  }

  @Test
  void tellsNobodyOfAPressLongerAgo() {
    late(calmTrip().onSiteAt("9:50"), "10:00:00.001");
    assertEquals(List.of(), told());
  }

  /** However far event time is behind when it is learned. */
  private void learnPress(Button button, String time, String receivedAt) {
    Stamp stamp = new Stamp(ms(time), ms(receivedAt), null, null);
    dossier.learn(
        new Press(stamp, "o-1", Story.DRIVER, Story.PHONE, button, Double.NaN, Double.NaN),
        ms("9:45"));
  }

  @Test
  void tellsOfPressesReceivedTenMinutesLater() {
    live(calmTrip(), "9:45");
    learnPress(Button.ON_SITE, "9:50", "10:00");
    learnPress(Button.START, "9:55", "10:05");
    learnPress(Button.END, "10:20", "10:30");
    goOnTo(ms("10:25"));
    assertEquals(
        List.of("ON_SITE/2026-11-22T09:50:00.000Z", "RATING_LINK/2026-11-22T10:20:00.000Z"),
        told());
  }

  @Test
  void tellsNobodyOfPressesReceivedLater() {
    live(calmTrip(), "9:45");
    learnPress(Button.ON_SITE, "9:50", "10:00:00.001");
    learnPress(Button.START, "9:55", "10:05");
    learnPress(Button.END, "10:20", "10:30:00.001");
    goOnTo(ms("10:25"));
    assertEquals(List.of(), told());
  }

  @Test
  void asksForARatingAtTheEnd() {
    live(calmTrip().startAt("9:55").endAt("10:20"), "11:00");
    assertEquals(List.of("RATING_LINK/2026-11-22T10:20:00.000Z"), told());
  }

  @Test
  void doesNotAskForARatingOfWhatIsLongOver() {
    late(calmTrip().startAt("9:55").endAt("10:20"), "10:30:00.001");
    assertEquals(List.of(), told());
  }

  @Test
  void remindsOfTheCallAQuarterOfAnHourBeforeItIsMissed() {
    live(trip(), "8:44:59.999");
    assertEquals(List.of(), told());
    live(trip().notAccepted(), "8:45");
    assertEquals(List.of("CONTACT_DUE/2026-11-22T09:00:00.000Z"), told());
  }

  @Test
  void remindsUpToTenMinutesLater() {
    late(trip(), "8:55");
    assertEquals(List.of("CONTACT_DUE/2026-11-22T09:00:00.000Z"), told());
  }

  @Test
  void doesNotRemindLaterThanThat() {
    late(trip(), "8:55:00.001");
    assertEquals(List.of(), told());
  }

  @Test
  void doesNotRemindWhoeverHasCalled() {
    live(trip().calledAt("8:45"), "9:00");
    assertEquals(List.of(), told());
  }

  @Test
  void doesNotRemindWhoeverAcceptsShortlyBeforeThePickup() {
    live(trip().acceptedAt("9:45:00.001"), "10:00");
    assertEquals(List.of(), told());
  }

  @Test
  void doesNotRemindWhoeverIsThrough() {
    live(trip().startAt("8:30").endAt("8:45"), "9:00");
    assertEquals(List.of("RATING_LINK/2026-11-22T08:45:00.000Z"), told());
  }

  @Test
  void remindsWhoeverIsThroughLaterAlsoWhereThatIsKnownBefore() {
    trip().startAt("8:45:01").endAt("8:59").events().forEach(e -> dossier.learn(e, ms("8:44")));
    goOnTo(ms("8:45"));
    assertEquals(List.of("CONTACT_DUE/2026-11-22T09:00:00.000Z"), told());
  }

  @Test
  void wakesNobodyForAReminderThatIsNotDue() {
    dossier.learn(calmTrip().events().get(0), ms("8:00"));
    calmTrip().events().forEach(event -> dossier.learn(event, ms("8:10")));
    goOnTo(ms("8:30"));
    long judgement = dossier.wake();
    assertEquals(false, judgement == ms("8:45"), "woken at " + judgement);
  }

  @Test
  void tellsTheDriverThatThePickupMovesByFiveMinutes() {
    live(pickup().status(DELAYED, "9:00", "PT5M"), "9:01");
    assertEquals(List.of("PICKUP_MOVED/2026-11-22T10:05:00.000Z"), told());
  }

  @Test
  void doesNotTellHimOfLess() {
    live(pickup().status(DELAYED, "9:00", "PT4M59.999S"), "9:01");
    assertEquals(List.of(), told());
  }

  @Test
  void comparesWithWhatHeWasToldLast() {
    live(
        pickup()
            .status(DELAYED, "9:00", "PT4M")
            .status(DELAYED, "9:10", "PT8M")
            .status(DELAYED, "9:20", "PT12M")
            .status(DELAYED, "9:30", "PT13M"),
        "9:40");
    assertEquals(
        List.of("PICKUP_MOVED/2026-11-22T10:08:00.000Z", "PICKUP_MOVED/2026-11-22T10:13:00.000Z"),
        told());
  }

  @Test
  void tellsHimThatItMovesThoughHeWasJudgedSinceThatWasLearned() {
    live(pickup().pickupAt("14:00").status(DELAYED, "9:00", "PT35M"), "9:01");
    Story later = trip().notAccepted().flight("G1").status(DELAYED, "9:08", "PT28M");
    later.events().forEach(event -> dossier.learn(event, ms("9:07:50")));
    live(trip().notAccepted().calledAt("9:07:55"), "9:09");
    assertEquals(
        List.of("PICKUP_MOVED/2026-11-22T14:35:00.000Z", "PICKUP_MOVED/2026-11-22T14:28:00.000Z"),
        told());
  }

  @Test
  void tellsHimWhenThePassengerMovesIt() {
    live(calmTrip().changedAt("9:00", story -> story.pickupAt("9:40")), "9:01");
    assertEquals(List.of("PICKUP_MOVED/2026-11-22T09:40:00.000Z"), told());
  }

  @Test
  void remembersWhatHeWasToldOverARestart() {
    live(pickup().status(DELAYED, "9:00", "PT8M"), "9:01");
    dossier = Reread.of(dossier, archive);
    live(trip().notAccepted().flight("G1").status(DELAYED, "9:10", "PT10M"), "9:11");
    live(trip().notAccepted().flight("G1").status(DELAYED, "9:20", "PT8M"), "9:21");
    assertEquals(List.of("PICKUP_MOVED/2026-11-22T10:08:00.000Z"), told());
  }

  @Test
  void tellsHimThatTheFlightArrived() {
    live(pickup().arrived("9:31", "9:30"), "9:45");
    assertEquals(List.of("FLIGHT_ARRIVED/ARRIVED"), told());
  }

  @Test
  void tellsNobodyOfAFlightLongBeforeTheTripThoughThatIsKnownBefore() {
    Story story = pickup().acceptedAt("8:10:00.001").arrived("8:00", "8:00");
    story.events().forEach(event -> dossier.learn(event, ms("8:01")));
    dossier.judge(RULES, 1, ms("8:02"), heard);
    goOnTo(ms("8:20"));
    assertEquals(false, told().contains("FLIGHT_ARRIVED/ARRIVED"), told().toString());
  }

  @Test
  void tellsOfAFlightThatArrivedShortlyBeforeTheTrip() {
    Story story = pickup().acceptedAt("8:10").arrived("8:00", "8:00");
    story.events().forEach(event -> dossier.learn(event, ms("8:01")));
    dossier.judge(RULES, 1, ms("8:02"), heard);
    assertEquals(List.of(), told());
    goOnTo(ms("8:10"));
    assertEquals(List.of("FLIGHT_ARRIVED/ARRIVED"), told());
  }

  @Test
  void tellsHimThatTheJourneyIsCalledOff() {
    live(pickup().status(CANCELLED, "9:10"), "9:15");
    assertEquals(List.of("CALLED_OFF/CANCELLED"), told());
  }

  @Test
  void tellsHimThatItIsReinstatedAfterHeWasToldThatItIsCalledOff() {
    live(pickup().status(CANCELLED, "9:10").status(DELAYED, "9:15", "PT4M"), "9:20");
    assertEquals(List.of("CALLED_OFF/CANCELLED", "REINSTATED/DELAYED"), told());
    Statement told =
        heard.outputs().stream()
            .filter(output -> output.id().equals("o-1/d-7/REINSTATED/DELAYED"))
            .map(Statement.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(Story.at("9:15"), told.fields().get("occurredAt"));
    assertEquals("DRIVER", told.fields().get("to"));
  }

  @Test
  void tellsHimOfWhatIsKnownBeforeAsItHappens() {
    Story story = pickup().status(CANCELLED, "9:10").status(DELAYED, "9:15", "PT4M");
    story.events().forEach(event -> dossier.learn(event, ms("8:00")));
    goOnTo(ms("9:14:59.999"));
    assertEquals(List.of("CALLED_OFF/CANCELLED"), told());
    goOnTo(ms("9:15"));
    assertEquals(List.of("CALLED_OFF/CANCELLED", "REINSTATED/DELAYED"), told());
  }

  @Test
  void tellsHimNothingOfAReinstatementOfWhatHeWasNotTold() {
    live(pickup().status(CANCELLED, "7:10").status(DELAYED, "7:20", "PT4M"), "9:20");
    assertEquals(List.of(), told());
    late(trip().notAccepted().flight("G1").status(CANCELLED, "9:21"), "9:32");
    late(trip().notAccepted().flight("G1").status(DELAYED, "9:25", "PT4M"), "9:33");
    assertEquals(List.of(), told());
  }

  @Test
  void tellsHimOfAReinstatementTenMinutesAgoAndNotLaterThanThat() {
    live(pickup().status(CANCELLED, "9:10"), "9:11");
    late(trip().notAccepted().flight("G1").status(DELAYED, "9:15", "PT4M"), "9:25:00.001");
    assertEquals(List.of("CALLED_OFF/CANCELLED"), told());
    late(trip().notAccepted().flight("G1").status(SCHEDULED, "9:20"), "9:25:00.002");
    assertEquals(List.of("CALLED_OFF/CANCELLED"), told());
  }

  @Test
  void remembersOverARestartThatHeWasToldItIsCalledOff() {
    live(pickup().status(CANCELLED, "9:10"), "9:11");
    dossier = Reread.of(dossier, archive);
    late(trip().notAccepted().flight("G1").status(DELAYED, "9:15", "PT4M"), "9:25");
    assertEquals(List.of("CALLED_OFF/CANCELLED", "REINSTATED/DELAYED"), told());
  }

  @Test
  void doesNotRemindOfACallWhileTheJourneyIsCalledOff() {
    Story off = trip().scenario(Scenario.STATION_PICKUP).flight("G1").status(CANCELLED, "8:40");
    off.status(DELAYED, "8:50", "PT4M").events().forEach(e -> dossier.learn(e, ms("8:00")));
    goOnTo(ms("8:49"));
    assertEquals(List.of("CALLED_OFF/CANCELLED"), told());
    goOnTo(ms("8:50"));
    assertEquals(
        List.of(
            "CALLED_OFF/CANCELLED", "CONTACT_DUE/2026-11-22T09:00:00.000Z", "REINSTATED/DELAYED"),
        told());
  }

  @Test
  void tellsHimNothingOfItOnceHeDrives() {
    live(pickup().startAt("9:05").status(CANCELLED, "9:10").arrived("9:31", "9:30"), "9:45");
    assertEquals(List.of(), told());
  }

  @Test
  void tellsNobodyAgainAfterALongSilence() {
    live(pickup().onSiteAt("9:50").status(DELAYED, "9:00", "PT8M"), "9:51");
    int known = told().size();
    dossier = Reread.of(dossier, archive);
    dossier.judge(RULES, 1, ms("9:55"), heard);
    late(trip().notAccepted().calledAt("9:56"), "9:57");
    assertEquals(known, told().size());
  }
}
