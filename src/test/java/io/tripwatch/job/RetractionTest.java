package io.tripwatch.job;

import static io.tripwatch.event.FlightStatus.Status.CANCELLED;
import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.event.HumanVerdict.Subject.ALERT;
import static io.tripwatch.event.OrderEvent.CancelledBy.PASSENGER;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Event;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.HeapArchive;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import io.tripwatch.verdict.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is learned late takes back, through to the money and the figures, what rested on less. */
class RetractionTest {
  private static final RuleBook RULES = RuleBook.of(Settings.defaults(Rules.catalogue()));

  private final HeapArchive archive = new HeapArchive();
  private final Dossier dossier = new Dossier(new Driver(Story.DRIVER), archive);
  private final Heard heard = new Heard();
  private final FollowUp followUp = new FollowUp();

  /** Learns what happens as it happens, and goes on to a time. */
  private void live(Story story, String end) {
    List<Event> events = new ArrayList<>(story.events());
    events.sort(Comparator.comparingLong(Event::time));
    for (Event event : events) {
      goOnTo(event.time() - 1);
      dossier.learn(event, event.time() - 1);
    }
    goOnTo(ms(end));
  }

  /** Learns at a time what happened before. */
  private void late(Story story, String learnedAt) {
    goOnTo(ms(learnedAt));
    story.events().forEach(event -> dossier.learn(event, ms(learnedAt)));
    goOnTo(ms(learnedAt));
  }

  private void goOnTo(long time) {
    while (Math.min(dossier.wake(), archive.wake()) <= time) {
      long now = Math.min(dossier.wake(), archive.wake());
      if (dossier.wake() <= now) {
        dossier.judge(RULES, 1, now, heard);
      }
      archive.reviewDue(dossier, RULES, now, heard);
    }
    followUp.advance(heard.claims());
  }

  /** The last revision of everything, by topic and id; texts are left out. */
  private Map<String, Output> last() {
    Map<String, Output> last = new TreeMap<>();
    heard.outputs().forEach(output -> last.put(output.topic() + " " + output.id(), output));
    followUp.said().forEach(output -> last.put(output.topic() + " " + output.id(), output));
    followUp.days().forEach(day -> last.put(day.topic() + " " + day.id(), day));
    last.values().removeIf(output -> output.topic() == OutputTopic.NOTIFICATIONS);
    return last;
  }

  /** What stands, without its revisions. */
  private Map<String, Object> standing() {
    Map<String, Object> standing = new TreeMap<>();
    last()
        .forEach(
            (id, output) -> {
              if (!output.isGone()) {
                standing.put(
                    id,
                    output instanceof Statement statement
                        ? statement.status() + " " + statement.fields()
                        : ((Alert) output).evidence().toString());
              }
            });
    return standing;
  }

  private String status(OutputTopic topic, String id) {
    Output output = last().get(topic + " " + id);
    return output == null ? "never said" : ((Statement) output).status();
  }

  private boolean isGone(OutputTopic topic, String id) {
    return last().get(topic + " " + id).isGone();
  }

  private Object ofDay(String figure) {
    return followUp.days().get(0).fields().get(figure);
  }

  private static Map<String, Object> inOrder(Story story, String end) {
    RetractionTest other = new RetractionTest();
    other.live(story, end);
    return other.standing();
  }

  @Test
  void aPressAHundredMinutesLateTakesBackTheNoShow() {
    live(trip().calledAt("8:10").fix("9:55", 700).fix("10:25", 700), "11:30");
    String alertId = "o-1/d-7/no-show";
    assertEquals("PENDING", status(OutputTopic.PENALTIES, alertId));
    assertEquals("DUE", status(OutputTopic.COMPENSATIONS, "o-1/FULL_REFUND"));
    assertEquals("DUE", status(OutputTopic.COMPENSATIONS, "o-1/TAXI_REIMBURSEMENT"));
    assertEquals(1L, ofDay("noShows"));
    assertEquals(20_000L, ofDay("finesPendingCents"));
    late(trip().notAccepted().onSiteAt("9:50"), "11:30");
    assertTrue(isGone(OutputTopic.ALERTS, alertId));
    assertEquals("REVERSED", status(OutputTopic.PENALTIES, alertId));
    assertEquals("RETRACTED", status(OutputTopic.COMPENSATIONS, "o-1/FULL_REFUND"));
    assertEquals("RETRACTED", status(OutputTopic.COMPENSATIONS, "o-1/TAXI_REIMBURSEMENT"));
    assertEquals(0L, ofDay("noShows"));
    assertEquals(0L, ofDay("finesPendingCents"));
    goOnTo(ms("100:00"));
    assertEquals(
        inOrder(
            trip().calledAt("8:10").fix("9:55", 700).fix("10:25", 700).onSiteAt("9:50"), "100:00"),
        standing());
  }

  @Test
  void aStatusThatComesLateTakesBackTheTaxi() {
    Story cancelled =
        trip()
            .scenario(Scenario.STATION_PICKUP)
            .flight("G1")
            .calledAt("8:10")
            .away("9:55")
            .cancelledBy(PASSENGER, "10:05");
    live(cancelled, "11:00");
    assertEquals("DUE", status(OutputTopic.COMPENSATIONS, "o-1/TAXI_REIMBURSEMENT"));
    assertEquals(1L, ofDay("late"));
    late(trip().notAccepted().flight("G1").status(CANCELLED, "9:30"), "11:00");
    assertEquals("RETRACTED", status(OutputTopic.COMPENSATIONS, "o-1/TAXI_REIMBURSEMENT"));
    assertEquals("DUE", status(OutputTopic.COMPENSATIONS, "o-1/FULL_REFUND"));
    assertEquals("REVERSED", status(OutputTopic.PENALTIES, "o-1/d-7/late-at-pickup"));
    assertEquals(0L, ofDay("late"));
    goOnTo(ms("100:00"));
    assertEquals(inOrder(cancelled.status(CANCELLED, "9:30"), "100:00"), standing());
  }

  @Test
  void rejectingTheAlertAfterItWasFinalGivesTheMoneyAndThePointsBack() {
    live(
        trip().calledAt("8:10").away("9:55").onSiteAt("10:05").startAt("10:06").endAt("10:20"),
        "60:00");
    String alertId = "o-1/d-7/late-at-pickup";
    assertEquals("FINAL", status(OutputTopic.PENALTIES, alertId));
    Statement record = (Statement) last().get("DRIVERS d-7");
    assertEquals(3L, record.fields().get("points"));
    assertEquals(5_000L, ofDay("finesFinalCents"));
    live(trip().notAccepted().decided(ALERT, alertId, "61:00", REJECTED), "61:00");
    assertTrue(isGone(OutputTopic.ALERTS, alertId));
    assertEquals("REVERSED", status(OutputTopic.PENALTIES, alertId));
    assertTrue(isGone(OutputTopic.DRIVERS, "d-7"));
    assertEquals(0L, ofDay("finesFinalCents"));
    assertEquals(0L, ofDay("late"));
    live(trip().notAccepted().decided(ALERT, alertId, "62:00", UPHELD), "62:00");
    assertEquals("FINAL", status(OutputTopic.PENALTIES, alertId));
    assertEquals(5_000L, ofDay("finesFinalCents"));
    assertEquals(3L, ((Statement) last().get("DRIVERS d-7")).fields().get("points"));
  }

  @Test
  void aRejectedNoShowIsPaidForAllTheSame() {
    live(trip().calledAt("8:10").away("9:55", "10:25"), "60:00");
    live(trip().notAccepted().decided(ALERT, "o-1/d-7/no-show", "61:00", REJECTED), "61:00");
    assertEquals("REVERSED", status(OutputTopic.PENALTIES, "o-1/d-7/no-show"));
    assertEquals("DUE", status(OutputTopic.COMPENSATIONS, "o-1/FULL_REFUND"));
    assertEquals("DUE", status(OutputTopic.COMPENSATIONS, "o-1/TAXI_REIMBURSEMENT"));
  }

  @Test
  void aNoShowOnTrialIsNotPaidFor() {
    Settings onTrial =
        Settings.of(Map.of("rules", Map.of("no-show", Map.of("shadow", true))), Rules.catalogue());
    trip()
        .calledAt("8:10")
        .away("9:55", "10:25")
        .events()
        .forEach(event -> dossier.learn(event, ms("8:00")));
    dossier.judge(RuleBook.of(onTrial), 1, ms("11:00"), heard);
    followUp.advance(heard.claims());
    assertEquals("never said", status(OutputTopic.COMPENSATIONS, "o-1/FULL_REFUND"));
    assertEquals(0L, ofDay("noShows"));
  }

  @Test
  void aBetterRatingTakesBackWhatTheWorseOneCost() {
    Story rated =
        trip().calledAt("8:10").onSiteAt("9:45").startAt("9:55").endAt("10:20").ratedAt("11:00", 1);
    live(rated, "12:00");
    live(trip().notAccepted().decided(ALERT, "o-1/d-7/bad-rating", "13:00", UPHELD), "13:00");
    assertEquals("FINAL", status(OutputTopic.PENALTIES, "o-1/d-7/bad-rating"));
    assertEquals(1_000L, ofDay("finesFinalCents"));
    assertTrue(last().containsKey("DRIVERS d-7"));
    live(trip().notAccepted().ratedAt("14:00", 5), "14:00");
    assertEquals("REVERSED", status(OutputTopic.PENALTIES, "o-1/d-7/bad-rating"));
    assertTrue(isGone(OutputTopic.DRIVERS, "d-7"));
    assertEquals(0L, ofDay("finesFinalCents"));
    assertEquals(Map.of("track-silent", 1L), ofDay("alerts"));
  }

  @Test
  void nothingIsTakenBackWhenEvidenceIsForgotten() {
    live(trip().calledAt("8:10").away("9:55", "10:25"), "60:00");
    Map<String, Object> before = standing();
    goOnTo(ms("2000:00"));
    assertEquals(before, standing());
  }
}
