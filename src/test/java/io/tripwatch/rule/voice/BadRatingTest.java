package io.tripwatch.rule.voice;

import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.event.Rating;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class BadRatingTest implements RuleContract {
  private static final String BAD_RATING = "bad-rating";

  @Override
  public String rule() {
    return BAD_RATING;
  }

  @Override
  public Story broken() {
    return ended().ratedAt("11:00", 3);
  }

  @Override
  public String judgedAt() {
    return "14:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 1_000, 2, true, false);
  }

  private static Story ended() {
    return trip().startAt("10:00").endAt("10:30");
  }

  @Test
  void holdsForThreeStarsOrFewer() {
    for (int stars = 1; stars <= 5; stars++) {
      Outcome outcome = ended().ratedAt("11:00", stars).judgedAt("14:00");
      assertEquals(stars <= 3, outcome.holds(BAD_RATING), stars + " stars");
    }
    ended()
        .with("rules.bad-rating.stars", 4L)
        .ratedAt("11:00", 4)
        .judgedAt("14:00")
        .raises(BAD_RATING, "11:00");
  }

  @Test
  void isGivenByThePassengerAndNotByTheDriver() {
    ended().ratedBy(Rating.By.DRIVER, "11:00", 1).judgedAt("14:00").isSilentOn(BAD_RATING);
    broken().ratedBy(Rating.By.DRIVER, "12:00", 5).judgedAt("14:00").raises(BAD_RATING, "11:00");
  }

  @Test
  void goesByTheLatestRating() {
    Outcome better = broken().ratedAt("11:30", 4).judgedAt("14:00").isSilentOn(BAD_RATING);
    assertEquals(List.of(RAISED, RETRACTED), better.revisions(BAD_RATING));
    Outcome worse = broken().ratedAt("11:30", 1).judgedAt("14:00").raises(BAD_RATING, "11:30");
    assertEquals(List.of(RAISED, UPDATED), worse.revisions(BAD_RATING));
    assertEquals(1L, worse.evidence(BAD_RATING, "stars"));
    ended().ratedAt("10:50", 5).ratedAt("11:00", 2).judgedAt("14:00").raises(BAD_RATING, "11:00");
  }

  @Test
  void goesByTheLatestRatingWhicheverComesInLast() {
    ended()
        .ratedAt("11:30", 5)
        .learnedAt("300:00", story -> story.ratedAt("11:00", 1))
        .judgedAt("300:00")
        .isSilentOn(BAD_RATING);
  }

  @Test
  void goesByTheLastVerdictOnIt() {
    broken().ratingDecidedAt("12:00", REJECTED).judgedAt("14:00").isSilentOn(BAD_RATING);
    broken().ratingDecidedAt("12:00", UPHELD).judgedAt("14:00").raises(BAD_RATING);
    Outcome outcome =
        broken()
            .ratingDecidedAt("12:00", REJECTED)
            .ratingDecidedAt("13:00", UPHELD)
            .judgedAt("14:00")
            .raises(BAD_RATING, "11:00");
    assertEquals(List.of(RAISED, RETRACTED, RAISED), outcome.revisions(BAD_RATING));
    broken()
        .ratingDecidedAt("12:00", UPHELD)
        .ratingDecidedAt("13:00", REJECTED)
        .judgedAt("14:00")
        .isSilentOn(BAD_RATING);
  }

  /** A verdict is on the rating of the order, as it is at last; not on one of several. */
  @Test
  void isRejectedByAVerdictOfBeforeIt() {
    ended()
        .ratingDecidedAt("10:50", REJECTED)
        .ratedAt("11:00", 1)
        .judgedAt("14:00")
        .isSilentOn(BAD_RATING);
  }

  @Test
  void isRetractedButStillHoldsByAVerdictOnItsAlert() {
    Outcome outcome =
        broken()
            .decided(Subject.ALERT, "o-1/d-7/bad-rating", "12:00", REJECTED)
            .judgedAt("14:00")
            .isSilentOn(BAD_RATING);
    assertEquals(3L, outcome.finding(BAD_RATING).evidence().get("stars"));
  }

  @Test
  void isSilentOnVerdictsOnSomethingElse() {
    broken()
        .decided(Subject.COMPLAINT, "o-1", "12:00", REJECTED)
        .decided(Subject.ALERT, "o-1", "12:00", REJECTED)
        .decided(Subject.ALERT, "o-1/d-7/bad-rating/c-1", "12:00", REJECTED)
        .decided(Subject.RATING, "o-2", "12:00", REJECTED)
        .judgedAt("14:00")
        .raises(BAD_RATING);
  }

  @Test
  void hearsRatingsAndVerdictsUntilThirtyDaysAfterTheEnd() {
    ended().ratedAt("730:29:59.999", 1).judgedAt("732:00").raises(BAD_RATING);
    ended().ratedAt("730:30", 1).judgedAt("732:00").isSilentOn(BAD_RATING);
    broken().ratedAt("730:30", 5).judgedAt("732:00").raises(BAD_RATING, "11:00");
    broken().ratingDecidedAt("730:29:59.999", REJECTED).judgedAt("732:00").isSilentOn(BAD_RATING);
    broken().ratingDecidedAt("730:30", REJECTED).judgedAt("732:00").raises(BAD_RATING);
  }

  @Test
  void holdsOfATripThatIsStillOpen() {
    trip().ratedAt("9:00", 1).judgedAt("9:10").raises(BAD_RATING, "9:00");
  }

  @Test
  void belongsToTheLastTurnOfTheDriver() {
    Outcome outcome =
        trip()
            .reassignedTo("d-8", "8:30")
            .ratedAt("8:40", 1)
            .reassignedTo("d-7", "9:00")
            .judgedAt("14:00")
            .isSilentOn(BAD_RATING);
    outcome.alertOf("o-1/d-7~2/bad-rating");
    trip().reassignedTo("d-8", "8:30").ratedAt("8:40", 1).judgedAt("40:00").raises(BAD_RATING);
  }

  @Test
  void isNothingWithoutATrip() {
    trip()
        .notAccepted()
        .acceptedBy("d-8", "8:00")
        .ratedAt("9:00", 1)
        .judgedAt("40:00")
        .isSilentOn(BAD_RATING);
  }
}
