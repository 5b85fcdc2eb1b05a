package io.tripwatch.verdict;

import static io.tripwatch.event.Complaint.Type.OPENED;
import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of penalties as time goes by and people decide, through a driver's file. */
class DecidedPenaltiesTest {
  private static final String LATE = "late-at-pickup";
  private static final String CHARGED = "charged-above-fixed-price";
  private static final String BAD_RATING = "bad-rating";
  private static final String COMPLAINT = "complaint-upheld";

  /** Charged too much at 10:40, of which nobody is unsure. */
  private static Story charged() {
    return trip().startAt("10:00").endAt("10:30").settledAt("10:40", 6_801);
  }

  private static Story rated() {
    return trip().startAt("10:00").endAt("10:30").ratedAt("11:00", 1);
  }

  private static Story decided(Story story, String rule, String time, Decision decision) {
    return story.decided(Subject.ALERT, "o-1/d-7/" + rule, time, decision);
  }

  @Test
  void isFinalADayAfterTheAlertsMomentToTheMillisecond() {
    assertEquals(List.of("PENDING"), charged().judgedAt("34:39:59.999").penalties(CHARGED));
    Outcome outcome = charged().judgedAt("34:40");
    assertEquals(List.of("PENDING", "FINAL"), outcome.penalties(CHARGED));
    assertEquals(at("34:40"), outcome.penalty(CHARGED).fields().get("finalAt"));
  }

  @Test
  void saysThatAnAlertIsNotVerified() {
    Outcome outcome = trip().judgedAt("10:30");
    assertEquals(List.of("REVIEW"), outcome.penalties("no-show"));
    assertEquals(
        "a person decides: the alert is not verified",
        outcome.penalty("no-show").fields().get("reason"));
  }

  @Test
  void settlesBySettingsOfTheTrip() {
    Story story = charged().with("penalties.settleAfter", "2 h");
    assertEquals(List.of("PENDING"), story.judgedAt("12:39:59.999").penalties(CHARGED));
    assertEquals(List.of("PENDING", "FINAL"), story.judgedAt("12:40").penalties(CHARGED));
  }

  @Test
  void isFinalAtOnceWhenTheAlertIsUpheld() {
    Outcome outcome = decided(charged(), CHARGED, "12:00", UPHELD).judgedAt("12:00");
    assertEquals(List.of("PENDING", "FINAL"), outcome.penalties(CHARGED));
    assertEquals(at("12:00"), outcome.penalty(CHARGED).fields().get("finalAt"));
    Outcome later = decided(charged(), CHARGED, "50:00", UPHELD).judgedAt("60:00");
    assertEquals(List.of("PENDING", "FINAL"), later.penalties(CHARGED));
    assertEquals(at("34:40"), later.penalty(CHARGED).fields().get("finalAt"));
  }

  @Test
  void isReversedWhenTheAlertIsRejectedAfterItWasFinal() {
    Outcome outcome = decided(charged(), CHARGED, "700:00", REJECTED).judgedAt("700:00");
    assertEquals(List.of("PENDING", "FINAL", "REVERSED"), outcome.penalties(CHARGED));
    assertEquals("the alert was taken back", outcome.penalty(CHARGED).fields().get("reason"));
    assertEquals(List.of(Alert.Status.RAISED, Alert.Status.RETRACTED), outcome.revisions(CHARGED));
    Story again =
        decided(decided(charged(), CHARGED, "600:00", REJECTED), CHARGED, "700:00", UPHELD);
    assertEquals(
        List.of("PENDING", "FINAL", "REVERSED", "FINAL"),
        again.judgedAt("700:00").penalties(CHARGED));
  }

  @Test
  void isReversedWhenWhatWasSaidIsMended() {
    Outcome outcome = charged().settledAt("400:00", 6_800).judgedAt("400:00");
    assertEquals(List.of("PENDING", "FINAL", "REVERSED"), outcome.penalties(CHARGED));
  }

  @Test
  void waitsForAPersonForThirtyDays() {
    assertEquals(List.of("REVIEW"), rated().judgedAt("730:59:59.999").penalties(BAD_RATING));
    assertEquals(List.of("REVIEW", "WAIVED"), rated().judgedAt("731:00").penalties(BAD_RATING));
  }

  /** A rating may come thirty days after the end, and its penalty waits for thirty more. */
  @Test
  void waitsForAPersonThoughNobodyMaySayAnythingOfTheTripAnyMore() {
    Story story = trip().startAt("10:00").endAt("10:30").ratedAt("730:29", 1);
    assertEquals(List.of("REVIEW"), story.judgedAt("1450:28").penalties(BAD_RATING));
    assertEquals(List.of("REVIEW", "WAIVED"), story.judgedAt("1450:29").penalties(BAD_RATING));
  }

  @Test
  void isFinalByAVerdictOnTheAlertOrOnTheRating() {
    Outcome onAlert = decided(rated(), BAD_RATING, "100:00", UPHELD).judgedAt("101:00");
    assertEquals(List.of("REVIEW", "FINAL"), onAlert.penalties(BAD_RATING));
    assertEquals(at("100:00"), onAlert.penalty(BAD_RATING).fields().get("finalAt"));
    Outcome onRating = rated().ratingDecidedAt("90:00", UPHELD).judgedAt("101:00");
    assertEquals(List.of("REVIEW", "FINAL"), onRating.penalties(BAD_RATING));
    assertEquals(at("90:00"), onRating.penalty(BAD_RATING).fields().get("finalAt"));
  }

  @Test
  void isFinalByTheFirstOfTheTwoVerdicts() {
    for (boolean alertFirst : List.of(true, false)) {
      Story story = decided(rated(), BAD_RATING, alertFirst ? "90:00" : "95:00", UPHELD);
      Outcome outcome =
          story.ratingDecidedAt(alertFirst ? "95:00" : "90:00", UPHELD).judgedAt("101:00");
      assertEquals(List.of("REVIEW", "FINAL"), outcome.penalties(BAD_RATING));
      assertEquals(at("90:00"), outcome.penalty(BAD_RATING).fields().get("finalAt"));
    }
  }

  @Test
  void isReversedByARejectionOfEither() {
    for (boolean rejectedFirst : List.of(true, false)) {
      String rejected = rejectedFirst ? "90:00" : "95:00";
      String upheld = rejectedFirst ? "95:00" : "90:00";
      Outcome onAlert =
          decided(rated(), BAD_RATING, rejected, REJECTED)
              .ratingDecidedAt(upheld, UPHELD)
              .judgedAt("101:00")
              .isSilentOn(BAD_RATING);
      assertEquals("REVERSED", onAlert.penalty(BAD_RATING).status());
      Outcome onRating =
          decided(rated(), BAD_RATING, upheld, UPHELD)
              .ratingDecidedAt(rejected, REJECTED)
              .judgedAt("101:00")
              .isSilentOn(BAD_RATING);
      assertEquals("REVERSED", onRating.penalty(BAD_RATING).status());
    }
  }

  @Test
  void isNotFinalByAVerdictUpholdingTheComplaint() {
    Story story = rated().complaint(OPENED, "11:10");
    story.decided(Subject.COMPLAINT, "c-1", "12:00", UPHELD);
    assertEquals(List.of("PENDING"), story.judgedAt("35:59").penalties(COMPLAINT));
    assertEquals(List.of("PENDING", "FINAL"), story.judgedAt("36:00").penalties(COMPLAINT));
  }

  @Test
  void countsTheGravestOfWhatPassengersSay() {
    Story story = rated().complaint(OPENED, "11:10");
    story.decided(Subject.COMPLAINT, "c-1", "12:00", UPHELD);
    Outcome outcome = story.judgedAt("14:00");
    assertEquals(List.of("REVIEW", "WAIVED"), outcome.penalties(BAD_RATING));
    story.decided(Subject.COMPLAINT, "c-1", "20:00", REJECTED);
    Outcome rejected = story.judgedAt("21:00");
    assertEquals(List.of("REVIEW", "WAIVED", "REVIEW"), rejected.penalties(BAD_RATING));
    assertEquals(List.of("PENDING", "REVERSED"), rejected.penalties(COMPLAINT));
  }

  @Test
  void countsTheFirstOfTwoComplaintsByTheirIds() {
    Story story = rated().complaint("c-2", OPENED, "11:00").complaint("c-1", OPENED, "11:10");
    story.decided(Subject.COMPLAINT, "c-2", "12:00", UPHELD);
    story.decided(Subject.COMPLAINT, "c-1", "13:00", UPHELD);
    Outcome outcome = story.judgedAt("40:00");
    assertEquals(List.of("PENDING", "FINAL"), outcome.penalties(COMPLAINT + "/c-1"));
    assertEquals(List.of("PENDING", "WAIVED"), outcome.penalties(COMPLAINT + "/c-2"));
  }

  @Test
  void passesToTheNextOfItsFamilyWhenRejectedWeeksAfterTheTrip() {
    String onSite = "on-site-pressed-elsewhere";
    String started = "started-elsewhere";
    Story story = trip().away("9:50").onSiteAt("9:50").away("10:10").startAt("10:10");
    story.atDropoff("10:30").endAt("10:30");
    Outcome outcome = decided(story, onSite, "400:00", REJECTED).judgedAt("400:00");
    assertEquals(List.of("PENDING", "FINAL", "REVERSED"), outcome.penalties(onSite));
    assertEquals(List.of("WAIVED", "FINAL"), outcome.penalties(started));
    assertEquals(at("34:10"), outcome.penalty(started).fields().get("finalAt"));
  }

  @Test
  void passesToNoRuleThatDoesNotHoldBecauseARejectedOneDoes() {
    Story late = trip().inside("9:55").onSiteAt("10:01").startAt("10:10").endAt("10:30");
    Outcome outcome = decided(late, LATE, "400:00", REJECTED).judgedAt("400:00");
    assertEquals(List.of("PENDING", "FINAL", "REVERSED"), outcome.penalties(LATE));
    outcome.isSilentOn(LATE).isSilentOn("margin-missed").isSilentOn("no-show");
    assertTrue(outcome.finding(LATE).points() > 0);
  }

  @Test
  void waitsForAPersonWhereTheDriverWasOutOfSight() {
    Story unseen = trip().onSiteAt("10:01").startAt("10:10").endAt("10:30");
    assertEquals(List.of("REVIEW"), unseen.judgedAt("100:00").penalties(LATE));
    Outcome upheld = decided(unseen, LATE, "200:00", UPHELD).judgedAt("200:00");
    assertEquals(List.of("REVIEW", "FINAL"), upheld.penalties(LATE));
  }

  @Test
  void isNoneForAlertsOnTrial() {
    Outcome outcome =
        charged().with("rules.charged-above-fixed-price.shadow", true).judgedAt("40:00");
    assertEquals(List.of(), outcome.raises(CHARGED).penalties(CHARGED));
  }

  @Test
  void isOfThePersonsOwnAlertAndNoOther() {
    Story story = charged();
    for (String id :
        List.of("nothing", "/", "//", "o-1", "o-1/", "o-1/d-8/" + CHARGED, "-/x", "o-9/d-7/a")) {
      story.decided(Subject.ALERT, id, "12:00", REJECTED);
    }
    story.decided(Subject.ALERT, "o-1/d-7~2/" + CHARGED, "12:00", REJECTED);
    story.decided(Subject.RATING, "o-9", "12:00", REJECTED);
    story.decided(Subject.COMPLAINT, "c-9", "12:00", REJECTED);
    assertEquals(List.of("PENDING", "FINAL"), story.judgedAt("800:00").penalties(CHARGED));
  }
}
