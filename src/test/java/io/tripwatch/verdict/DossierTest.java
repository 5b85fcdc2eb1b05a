package io.tripwatch.verdict;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Driver.Learned;
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
  void letsGoOfAnOrderThirtyOneDaysAfterItsEnd() {
    learn(trip().startAt("9:55").endAt("10:20"), "8:00");
    goOnTo(31 * 24 + 10 + ":19");
    assertNotNull(archive.get(Story.ORDER));
    goOnTo(31 * 24 + 10 + ":21");
    assertEquals(null, archive.get(Story.ORDER));
    assertTrue(archive.due(Long.MAX_VALUE).isEmpty());
  }
}
