package io.tripwatch.verdict;

import static io.tripwatch.event.Complaint.Type.OPENED;
import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.event.HumanVerdict.Subject.ALERT;
import static io.tripwatch.event.HumanVerdict.Subject.COMPLAINT;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final String END = "20:00";

  private static TripClaim claim(Story story) {
    return claims(story, Map.of()).get("o-1/d-7");
  }

  /** The last claim of each trip. */
  private static Map<String, TripClaim> claims(Story story, Map<String, Object> settings) {
    RuleBook rules = RuleBook.of(Settings.of(settings, Rules.catalogue()));
    Heard heard = new Heard();
    Map<String, TripClaim> claims = new LinkedHashMap<>();
    HeapArchive archive = new HeapArchive();
    Dossier dossier = new Dossier(new Driver(Story.DRIVER), archive);
    story.events().forEach(event -> dossier.learn(event, ms("8:00")));
    dossier.judge(rules, 1, ms(END), heard);
    archive.reviewDue(dossier, rules, ms(END), heard);
    heard.claims().forEach(claim -> claims.put(claim.tripId(), claim));
    return claims;
  }

  private static Story driven() {
    return trip().calledAt("8:10").onSiteAt("9:45").startAt("9:55").endAt("10:20");
  }

  @Test
  void aTripOnWhichNothingWasWrongClaimsNothing() {
    TripClaim claim = claim(driven());
    assertEquals(NEVER, claim.noShowAt());
    assertEquals(NEVER, claim.overchargedAt());
    assertEquals(NEVER, claim.upheldAt());
    assertEquals("chengdu", claim.city());
    assertEquals("2026-11-22", claim.localDate());
  }

  @Test
  void theDayIsThatOfTheCityItIsIn() {
    assertEquals("2026-11-22", claim(driven().pickupAt("15:59:59.999")).localDate());
    assertEquals("2026-11-23", claim(driven().pickupAt("16:00")).localDate());
    assertEquals("2026-11-22", claim(driven().city("SFO")).localDate());
    assertEquals("2026-11-21", claim(driven().city("SFO").pickupAt("7:59:59.999")).localDate());
  }

  @Test
  void claimsANoShowByTheFindingThoughItsAlertIsRejected() {
    Story story = trip().calledAt("8:10");
    TripClaim claim = claim(story.decided(ALERT, "o-1/d-7/no-show", "12:00", REJECTED));
    assertEquals(ms("10:30"), claim.noShowAt());
    assertNull(claim.figures().get("alerts/no-show"));
  }

  @Test
  void claimsNothingByARuleOnTrial() {
    Map<String, Object> onTrial = Map.of("rules", Map.of("no-show", Map.of("shadow", true)));
    TripClaim claim = claims(trip().calledAt("8:10"), onTrial).get("o-1/d-7");
    assertEquals(NEVER, claim.noShowAt());
    assertNull(claim.figures().get("alerts/no-show"));
  }

  @Test
  void claimsWhatWasChargedTooMuch() {
    long price = claim(driven()).trip().fixedPriceCents();
    TripClaim claim = claim(driven().settledAt("11:00", price + 250));
    assertEquals(ms("11:00"), claim.overchargedAt());
    assertEquals(250, claim.overchargeCents());
    assertEquals(price + 250, claim.figures().get("chargedCents"));
    assertEquals(1, claim.figures().get("alerts/charged-above-fixed-price"));
    assertEquals(10_000, claim.figures().get("finesPendingCents"));
  }

  @Test
  void claimsTheFirstOfSeveralComplaintsUpheld() {
    TripClaim claim =
        claim(
            driven()
                .complaint("c-1", OPENED, "11:00")
                .complaint("c-2", OPENED, "11:01")
                .decided(COMPLAINT, "c-1", "13:00", UPHELD)
                .decided(COMPLAINT, "c-2", "12:00", UPHELD));
    assertEquals(ms("12:00"), claim.upheldAt());
    assertEquals(2, claim.figures().get("alerts/complaint-upheld"));
  }

  @Test
  void countsOnlyTheFineOfTheGravestOfAFamily() {
    TripClaim claim = claim(trip().calledAt("8:10").fix("10:29", 700));
    assertEquals(20_000, claim.figures().get("finesPendingCents"));
    assertEquals(
        List.of("alerts/no-show", "finesPendingCents"), List.copyOf(claim.figures().keySet()));
  }
}
