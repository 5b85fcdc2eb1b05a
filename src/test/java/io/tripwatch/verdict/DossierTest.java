package io.tripwatch.verdict;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Complaint;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Driver.Learned;
import io.tripwatch.trip.PickupTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class DossierTest {
  private static final RuleBook RULES = RuleBook.of(Settings.defaults(Rules.catalogue()));

  private final HeapArchive archive = new HeapArchive();
  private final Dossier dossier = new Dossier(new Driver(Story.DRIVER), archive);
  private final Heard heard = new Heard();

  private Learned learn(Story story, String now) {
    Learned last = null;
    for (io.tripwatch.event.Event event : story.events()) {
      last = dossier.learn(event, ms(now));
    }
    return last;
  }

  private void goOnTo(String time) {
    while (Math.min(dossier.wake(), archive.wake()) <= ms(time)) {
      long now = Math.min(dossier.wake(), archive.wake());
      if (dossier.wake() <= now) {
        dossier.judge(RULES, 1, now, heard);
      }
      archive.reviewDue(dossier, RULES, now, heard);
    }
  }

  @Test
  void archivesAnOrderWhenItsEvidenceIsSettledAndDoesNotOpenItAgain() {
    learn(trip().startAt("9:55").endAt("10:20"), "8:00");
    goOnTo("13:00");
    assertFalse(dossier.driver().hasOpen(Story.ORDER));
    assertNotNull(archive.get(Story.ORDER));
    assertEquals(Learned.NOTED, learn(trip().notAccepted().onSiteAt("10:20"), "13:00"));
    assertFalse(dossier.driver().hasOpen(Story.ORDER));
  }

  @Test
  void awaitsTheNextDeadlineOfAnArchivedOrderWhateverIsLearnedOfItForLater() {
    learn(trip().startAt("9:55").endAt("10:20").complaint(Complaint.Type.OPENED, "11:00"), "8:00");
    goOnTo("14:00");
    assertNotNull(archive.get(Story.ORDER));
    learn(trip().notAccepted().complaint(Complaint.Type.RESOLVED, "48:00"), "14:00");
    goOnTo("40:00");
    assertTrue(
        heard.alerts().stream().anyMatch(one -> one.ruleId().equals("complaint-unresolved")));
  }

  @Test
  void keepsTheFileOfAnOrderForEverAndWaitsForNothing() {
    learn(trip().startAt("9:55").endAt("10:20"), "8:00");
    goOnTo(40 * 24 + ":00");
    assertNotNull(archive.get(Story.ORDER));
    assertTrue(archive.due(PickupTime.NEVER - 1).isEmpty());
  }

  @Test
  void sumsUpATripThatNobodyEndedWhenItIsOver() {
    learn(trip().calledAt("8:10").calledAt("8:20").startAt("9:55"), "8:00");
    goOnTo("33:59");
    assertEquals(List.of(), contacts());
    goOnTo("34:00");
    assertEquals(List.of(2L), contacts());
  }

  private List<Object> contacts() {
    return heard.outputs().stream()
        .filter(output -> output.topic() == OutputTopic.TRIPS)
        .map(output -> ((Statement) output).fields().get("contacts"))
        .toList();
  }

  @Test
  void findsADeviceSharedLongBeforeItIsFirstJudged() {
    Story story = trip().notAccepted().loggedIn("ph-1", "8:00");
    story.login("d-8", "ph-1", io.tripwatch.event.Login.Action.LOGIN, "8:10");
    learn(story, "7:00");
    dossier.judge(RULES, 1, ms("200:00"), heard);
    assertEquals(
        List.of("-/d-7/device-shared/ph-1@2026-11-22"),
        heard.alerts().stream().map(Alert::alertId).toList());
  }

  @Test
  void waitsForTheSecondLoginThoughItIsKnownAlready() {
    Story story = trip().notAccepted().loggedIn("ph-1", "8:00");
    story.login("d-8", "ph-1", io.tripwatch.event.Login.Action.LOGIN, "8:10");
    learn(story, "7:00");
    dossier.judge(RULES, 1, ms("8:05"), heard);
    assertEquals(List.of(), heard.alerts());
    goOnTo("8:10");
    assertEquals(1, heard.alerts().size());
  }
}
