package io.tripwatch.rule.voice;

import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chengdu is eight hours ahead: its day is over at 16:00. */
class RatingUnverifiedTest implements RuleContract {
  private static final String UNVERIFIED = "rating-unverified";

  @Override
  public String rule() {
    return UNVERIFIED;
  }

  @Override
  public Story broken() {
    return ended().ratedAt("11:00", 3);
  }

  @Override
  public String judgedAt() {
    return "41:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.WARNING, 0, 0, false, false);
  }

  private static Story ended() {
    return trip().startAt("10:00").endAt("10:30");
  }

  @Test
  void holdsFromTheMidnightAfterTheDayAfterTheRating() {
    Outcome outcome = broken().judgedAt("40:00").raises(UNVERIFIED, "40:00");
    assertEquals(at("11:00"), outcome.evidence(UNVERIFIED, "ratedAt"));
    broken().judgedAt("39:59:59.999").isSilentOn(UNVERIFIED);
    ended().ratedAt("15:59:59.999", 1).judgedAt("41:00").raises(UNVERIFIED, "40:00");
    ended().ratedAt("16:00", 1).judgedAt("63:59").isSilentOn(UNVERIFIED);
    ended().ratedAt("16:00", 1).judgedAt("64:00").raises(UNVERIFIED, "64:00");
  }

  @Test
  void countsTheDaysOfTheCity() {
    broken().city("SFO").judgedAt("60:00").raises(UNVERIFIED, "56:00");
    broken()
        .with("cities.chengdu.zone", "Asia/Kathmandu")
        .judgedAt("60:00")
        .raises(UNVERIFIED, "42:15");
  }

  /** Berlin's 2027-03-28 lasts 23 hours; it begins 3023 hours after the story's day. */
  @Test
  void countsALocalDayThatIsNotTwentyFourHoursLong() {
    Story story = trip().with("cities.chengdu.zone", "Europe/Berlin");
    story.acceptedAt("3020:00").pickupAt("3022:00");
    story.startAt("3022:00").endAt("3022:30").ratedAt("3022:45", 1);
    story.judgedAt("3080:00").raises(UNVERIFIED, "3046:00");
  }

  @Test
  void isSilentWhenSomebodyDecidedByThen() {
    for (var decision : List.of(UPHELD, REJECTED)) {
      broken().ratingDecidedAt("40:00", decision).judgedAt("41:00").isSilentOn(UNVERIFIED);
      broken().ratingDecidedAt("40:00:00.001", decision).judgedAt("41:00").raises(UNVERIFIED);
    }
    broken()
        .ratingDecidedAt("12:00", UPHELD)
        .ratingDecidedAt("50:00", REJECTED)
        .judgedAt("51:00")
        .isSilentOn(UNVERIFIED);
  }

  @Test
  void isSilentWhenTheVerdictWasThereBeforeTheRating() {
    ended()
        .ratingDecidedAt("10:50", UPHELD)
        .ratedAt("11:00", 1)
        .judgedAt("41:00")
        .isSilentOn(UNVERIFIED);
  }

  @Test
  void asksForAVerdictOnTheRatingAndNotOnAnAlert() {
    broken()
        .decided(Subject.ALERT, "o-1/d-7/bad-rating", "12:00", UPHELD)
        .judgedAt("41:00")
        .raises(UNVERIFIED);
  }

  @Test
  void isTakenBackWhenAVerdictOfBeforeComesInLate() {
    Outcome outcome =
        broken()
            .learnedAt("300:00", story -> story.ratingDecidedAt("39:00", REJECTED))
            .judgedAt("300:00")
            .isSilentOn(UNVERIFIED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(UNVERIFIED));
  }

  @Test
  void goesByTheLatestRating() {
    broken().ratedAt("39:00", 5).judgedAt("41:00").isSilentOn(UNVERIFIED);
    broken().ratedAt("50:00", 5).judgedAt("51:00").isSilentOn(UNVERIFIED);
    Outcome again = broken().ratedAt("50:00", 2).judgedAt("90:00").raises(UNVERIFIED, "88:00");
    assertEquals(List.of(RAISED, RETRACTED, RAISED), again.revisions(UNVERIFIED));
  }

  @Test
  void callsBadWhatBadRatingDoesThoughThatIsSwitchedOff() {
    ended().ratedAt("11:00", 4).judgedAt("41:00").isSilentOn(UNVERIFIED);
    ended()
        .with("rules.bad-rating.stars", 4L)
        .with("rules.bad-rating.enabled", false)
        .ratedAt("11:00", 4)
        .judgedAt("41:00")
        .raises(UNVERIFIED);
  }

  @Test
  void comesThoughTheTripHasNotEndedOrEndedThirtyDaysBefore() {
    Story open = trip().acceptedAt("8:00").pickupAt("200:00").ratedAt("9:00", 1);
    open.judgedAt("41:00").raises(UNVERIFIED, "40:00");
    ended().ratedAt("730:29", 1).judgedAt("770:00").raises(UNVERIFIED, "760:00");
  }
}
