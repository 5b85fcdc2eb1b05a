package io.tripwatch.rule.voice;

import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.rule.Story.DRIVER;
import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Rating.By;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Order o-0 was served at 1:00; o-1 is accepted by the same driver at 8:00 the day after. */
class BlacklistedPairMatchedTest implements RuleContract {
  private static final String MATCHED = "blacklisted-pair-matched";

  @Override
  public String rule() {
    return MATCHED;
  }

  @Override
  public Story broken() {
    return after(first -> bothBad(first));
  }

  @Override
  public String judgedAt() {
    return "33:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 0, 0, false, false);
  }

  private static Story after(UnaryOperator<Story> first) {
    return trip().acceptedAt("32:00").pickupAt("34:00").inOrder("o-0", one -> served(one, first));
  }

  private static Story served(Story story, UnaryOperator<Story> said) {
    story.pickupAt("1:00").acceptedBy(DRIVER, "0:30").startAt("1:00").endAt("1:20");
    return said.apply(story);
  }

  private static Story bothBad(Story story) {
    return story.ratedAt("2:00", 3).ratedBy(By.DRIVER, "3:00", 3);
  }

  @Test
  void holdsForAPairOfWhomEachRatedTheOtherBadly() {
    Outcome outcome = broken().judgedAt("33:00").raises(MATCHED, "32:00");
    assertEquals(at("3:00"), outcome.evidence(MATCHED, "blacklistedAt"));
  }

  @Test
  void takesBothSidesAndThreeStarsOrFewer() {
    silent(first -> first.ratedAt("2:00", 1));
    silent(first -> first.ratedBy(By.DRIVER, "2:00", 1));
    silent(first -> first.ratedAt("2:00", 4).ratedBy(By.DRIVER, "3:00", 1));
    silent(first -> first.ratedAt("2:00", 1).ratedBy(By.DRIVER, "3:00", 4));
  }

  private static void silent(UnaryOperator<Story> first) {
    after(first).judgedAt("40:00").isSilentOn(MATCHED);
  }

  /** The blacklist is for three stars, whatever {@code bad-rating} calls bad. */
  @Test
  void doesNotGoByWhatBadRatingCallsBad() {
    broken().with("rules.bad-rating.stars", 1L).judgedAt("33:00").raises(MATCHED);
    after(first -> first.ratedAt("2:00", 4).ratedBy(By.DRIVER, "3:00", 4))
        .with("rules.bad-rating.stars", 5L)
        .judgedAt("33:00")
        .isSilentOn(MATCHED);
  }

  @Test
  void countsTheFirstBadRatingOfEitherSideThoughABetterOneFollowed() {
    Outcome outcome =
        after(first -> bothBad(first).ratedAt("4:00", 5).ratedBy(By.DRIVER, "5:00", 1))
            .judgedAt("33:00")
            .raises(MATCHED);
    assertEquals(at("3:00"), outcome.evidence(MATCHED, "blacklistedAt"));
  }

  @Test
  void takesTheRatingsOfOneTripAndNotOfTwo() {
    after(first -> first.ratedAt("2:00", 1))
        .inOrder("o-2", story -> served(story, other -> other.ratedBy(By.DRIVER, "3:00", 1)))
        .judgedAt("40:00")
        .isSilentOn(MATCHED);
  }

  @Test
  void leavesOutRatingsThatWereRejected() {
    silent(first -> bothBad(first).ratingDecidedAt("10:00", REJECTED));
    after(first -> bothBad(first).ratingDecidedAt("10:00", UPHELD))
        .judgedAt("33:00")
        .raises(MATCHED);
    after(
            first ->
                bothBad(first).ratingDecidedAt("9:00", REJECTED).ratingDecidedAt("10:00", UPHELD))
        .judgedAt("33:00")
        .raises(MATCHED);
  }

  @Test
  void isTakenBackWhenARatingIsRejectedWeeksLater() {
    Outcome outcome =
        after(first -> bothBad(first).ratingDecidedAt("500:00", REJECTED))
            .judgedAt("501:00")
            .isSilentOn(MATCHED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(MATCHED));
  }

  @Test
  void holdsFromTheMomentOfTheLaterRatingBothEndsIncluded() {
    Outcome same =
        after(first -> first.ratedAt("2:00", 1).ratedBy(By.DRIVER, "32:00", 1)).judgedAt("33:00");
    assertEquals(at("32:00"), same.raises(MATCHED, "32:00").evidence(MATCHED, "blacklistedAt"));
    silent(first -> first.ratedAt("2:00", 1).ratedBy(By.DRIVER, "32:00:00.001", 1));
    broken()
        .with("rules.blacklisted-pair-matched.blacklistFor", "29 h")
        .judgedAt("33:00")
        .raises(MATCHED);
    after(first -> first.ratedAt("2:00", 1).ratedBy(By.DRIVER, "2:59:59.999", 1))
        .with("rules.blacklisted-pair-matched.blacklistFor", "29 h")
        .judgedAt("33:00")
        .isSilentOn(MATCHED);
  }

  @Test
  void holdsOfATripArchivedLongAgoWhenARatingComesInWeeksLate() {
    Outcome outcome =
        after(first -> first.ratedAt("2:00", 1))
            .learnedAt(
                "500:00", story -> story.inOrder("o-0", one -> one.ratedBy(By.DRIVER, "3:00", 1)))
            .judgedAt("500:00")
            .raises(MATCHED, "32:00");
    assertEquals(List.of(RAISED), outcome.revisions(MATCHED));
  }

  @Test
  void saysNothingOfTheTripThatPutThemOnTheList() {
    trip()
        .startAt("10:00")
        .endAt("10:30")
        .ratedAt("11:00", 1)
        .ratedBy(By.DRIVER, "12:00", 1)
        .judgedAt("40:00")
        .isSilentOn(MATCHED);
  }

  @Test
  void namesTheLatestOfSeveralTripsThatPutThemOnTheList() {
    Outcome outcome =
        broken()
            .inOrder(
                "o-2",
                story ->
                    served(story, other -> other.ratedAt("4:00", 1).ratedBy(By.DRIVER, "5:00", 1)))
            .judgedAt("33:00")
            .raises(MATCHED);
    assertEquals(at("5:00"), outcome.evidence(MATCHED, "blacklistedAt"));
  }

  /** Ratings belong to the last turn, but the pair is on the list for all. */
  @Test
  void holdsForTheTurnsBeforeTheOneThatPutThemOnTheList() {
    Outcome outcome =
        trip()
            .ratedAt("7:00", 1)
            .ratedBy(By.DRIVER, "7:30", 1)
            .reassignedTo("d-8", "8:30")
            .reassignedTo(DRIVER, "9:00")
            .judgedAt("14:00")
            .raises(MATCHED, "8:00");
    outcome.alertOf("o-1/d-7~2/blacklisted-pair-matched");
  }
}
