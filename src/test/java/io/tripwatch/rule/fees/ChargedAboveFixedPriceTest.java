package io.tripwatch.rule.fees;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChargedAboveFixedPriceTest implements RuleContract {
  private static final String CHARGED = "charged-above-fixed-price";

  /** The fixed price of a story's order. */
  private static final long PRICE = 6_800;

  @Override
  public String rule() {
    return CHARGED;
  }

  @Override
  public Story broken() {
    return ended().settledAt("10:40", PRICE + 1);
  }

  @Override
  public String judgedAt() {
    return "14:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 10_000, 6, false, false);
  }

  private static Story ended() {
    return trip().startAt("10:00").endAt("10:30");
  }

  @Test
  void holdsForOneCentMoreThanThePriceAndNotForThePrice() {
    ended().settledAt("10:40", PRICE - 1).judgedAt("14:00").isSilentOn(CHARGED);
    ended().settledAt("10:40", PRICE).judgedAt("14:00").isSilentOn(CHARGED);
    Outcome outcome = broken().judgedAt("14:00").raises(CHARGED, "10:40");
    assertEquals(PRICE + 1, outcome.evidence(CHARGED, "chargedCents"));
    assertEquals(PRICE, outcome.evidence(CHARGED, "fixedPriceCents"));
    assertEquals(1L, outcome.evidence(CHARGED, "excessCents"));
  }

  @Test
  void goesByTheLastSettlement() {
    Outcome mended = broken().settledAt("11:00", PRICE).judgedAt("14:00");
    assertEquals(List.of(RAISED, RETRACTED), mended.isSilentOn(CHARGED).revisions(CHARGED));
    Outcome worse = broken().settledAt("11:00", PRICE + 500).judgedAt("14:00");
    assertEquals(500L, worse.raises(CHARGED, "11:00").evidence(CHARGED, "excessCents"));
    assertEquals(List.of(RAISED, UPDATED), worse.revisions(CHARGED));
    ended()
        .settledAt("10:40", PRICE)
        .settledAt("11:00", PRICE + 1)
        .judgedAt("14:00")
        .raises(CHARGED, "11:00");
  }

  @Test
  void goesByTheLastSettlementWhicheverComesInLast() {
    ended()
        .settledAt("11:00", PRICE)
        .learnedAt("60:00", story -> story.settledAt("10:50", PRICE + 1))
        .judgedAt("60:00")
        .isSilentOn(CHARGED);
  }

  @Test
  void holdsWeeksAfterTheTripIsArchived() {
    ended().settledAt("500:00", PRICE + 1).judgedAt("500:00").raises(CHARGED, "500:00");
    ended()
        .learnedAt("500:00", story -> story.settledAt("10:40", PRICE + 1))
        .judgedAt("500:00")
        .raises(CHARGED, "10:40");
  }

  @Test
  void hearsASettlementUntilThirtyDaysAfterTheEnd() {
    ended()
        .settledAt("730:29:59.999", PRICE + 1)
        .judgedAt("732:00")
        .raises(CHARGED, "730:29:59.999");
    ended().settledAt("730:30", PRICE + 1).judgedAt("732:00").isSilentOn(CHARGED);
    ended()
        .settledAt("11:00", PRICE + 1)
        .settledAt("730:30", PRICE)
        .judgedAt("732:00")
        .raises(CHARGED, "11:00");
  }

  @Test
  void holdsOfATripThatIsStillOpen() {
    trip().settledAt("9:00", PRICE + 1).judgedAt("9:10").raises(CHARGED, "9:00");
    trip().settledAt("7:00", PRICE + 1).judgedAt("9:10").raises(CHARGED, "7:00");
  }

  @Test
  void isAboutTheLastTripOfTheOrder() {
    trip()
        .reassignedTo("d-8", "9:00")
        .settledAt("11:00", PRICE + 1)
        .judgedAt("40:00")
        .isSilentOn(CHARGED);
    trip()
        .notAccepted()
        .acceptedBy("d-8", "8:00")
        .reassignedTo("d-7", "9:00")
        .settledAt("11:00", PRICE + 1)
        .judgedAt("40:00")
        .raises(CHARGED, "11:00");
  }

  @Test
  void isAboutTheSecondTurnOfADriverWhoGotTheOrderBack() {
    Outcome outcome =
        trip()
            .reassignedTo("d-8", "8:30")
            .reassignedTo("d-7", "9:00")
            .settledAt("11:00", PRICE + 1)
            .judgedAt("14:00")
            .isSilentOn(CHARGED);
    outcome.alertOf("o-1/d-7~2/charged-above-fixed-price");
  }

  @Test
  void isTakenBackWhenAnotherGetsTheOrderAfterItWasArchived() {
    Outcome outcome =
        trip()
            .cancelledBy(io.tripwatch.event.OrderEvent.CancelledBy.DRIVER, "8:30")
            .settledAt("8:40", PRICE + 1)
            .reassignedTo("d-8", "20:00")
            .judgedAt("50:00")
            .isSilentOn(CHARGED);
    assertEquals(List.of(RAISED, RETRACTED), outcome.revisions(CHARGED));
  }

  @Test
  void goesByThePriceTheOrderWasChangedTo() {
    Story story = trip();
    story.changedAt("8:30", changed -> changed.price(9_000));
    story.settledAt("11:00", 9_000).judgedAt("14:00").isSilentOn(CHARGED);
  }
}
