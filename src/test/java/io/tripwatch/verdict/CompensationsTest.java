package io.tripwatch.verdict;

import static io.tripwatch.event.OrderEvent.CancelledBy.DRIVER;
import static io.tripwatch.event.OrderEvent.CancelledBy.PASSENGER;
import static io.tripwatch.event.OrderEvent.CancelledBy.PLATFORM;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.verdict.Claimed.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tripwatch.rule.Story;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompensationsTest {
  private static final String REFUND = "FULL_REFUND DUE 4200";
  private static final String TAXI = "TAXI_REIMBURSEMENT DUE null";
  private static final String FEE = "CANCELLATION_FEE DUE 4200";
  private static final String FEE_IN_REVIEW = "CANCELLATION_FEE REVIEW 4200";

  private static List<Statement> of(Claimed... trips) {
    return Compensations.of(Stream.of(trips).map(Claimed::claim).toList(), 1);
  }

  /** Kind, status and amount of each, by kind. */
  private static List<String> owed(Claimed... trips) {
    return of(trips).stream()
        .map(
            owing ->
                owing.fields().get("kind")
                    + " "
                    + owing.status()
                    + " "
                    + owing.fields().get("amountCents"))
        .toList();
  }

  static Stream<Arguments> cases() {
    long p = ms("10:00");
    long hourBefore = ms("9:00");
    return Stream.of(
        arguments("nothing went wrong", trip().presentAt(p).endedAt(p + 1), List.of()),
        arguments("the platform cancels", trip().cancelledBy(PLATFORM, p), List.of(REFUND)),
        arguments("the driver cancels", trip().cancelledBy(DRIVER, p - 1), List.of(REFUND)),
        arguments(
            "the driver cancels late: no taxi for it",
            trip().cancelledBy(DRIVER, p + 1),
            List.of(REFUND)),
        arguments(
            "the driver cancels after the free wait",
            trip().presentAt(p).cancelledBy(DRIVER, p + 1_800_000).afterFreeWait(),
            List.of(FEE)),
        arguments(
            "the driver cancels after a free wait he claims",
            trip().claimsPresenceAt(p).cancelledBy(DRIVER, p + 1_800_000).afterFreeWait(),
            List.of(FEE_IN_REVIEW)),
        arguments(
            "the passenger cancels an hour ahead",
            trip().cancelledBy(PASSENGER, hourBefore),
            List.of(REFUND)),
        arguments(
            "the passenger cancels later than that",
            trip().cancelledBy(PASSENGER, hourBefore + 1),
            List.of(FEE)),
        arguments(
            "an hour ahead of P as it stood then",
            trip().pickupAtCancellation(p + 60_000).cancelledBy(PASSENGER, hourBefore + 60_000),
            List.of(REFUND)),
        arguments("the passenger cancels at P", trip().cancelledBy(PASSENGER, p), List.of(FEE)),
        arguments(
            "the passenger cancels after P, nobody there",
            trip().cancelledBy(PASSENGER, p + 1),
            List.of(REFUND, TAXI)),
        arguments(
            "after P, the driver just there",
            trip().presentAt(p + 1).cancelledBy(PASSENGER, p + 1),
            List.of(FEE)),
        arguments(
            "after P, the driver there a moment later",
            trip().presentAt(p + 2).cancelledBy(PASSENGER, p + 1),
            List.of(REFUND, TAXI)),
        arguments(
            "after P, the driver claims to be there",
            trip().claimsPresenceAt(p).cancelledBy(PASSENGER, p + 1),
            List.of(FEE_IN_REVIEW)),
        arguments(
            "at P, the driver's claim matters to nobody",
            trip().claimsPresenceAt(p - 1).cancelledBy(PASSENGER, p),
            List.of(FEE)),
        arguments(
            "called off",
            trip().presentAt(p).cancelledBy(PASSENGER, p + 1).calledOff(),
            List.of(REFUND)),
        arguments(
            "called off and late: nobody drove him, nobody need",
            trip().cancelledBy(PASSENGER, p + 1).calledOff(),
            List.of(REFUND)),
        arguments(
            "an hour ahead, but after the deadline, for P moved later afterwards",
            trip().pickupAtCancellation(p + 3_600_001).cancelledBy(PASSENGER, p + 1),
            List.of(REFUND, TAXI)),
        arguments(
            "the same, called off",
            trip().pickupAtCancellation(p + 3_600_001).cancelledBy(PASSENGER, p + 1).calledOff(),
            List.of(REFUND)),
        arguments("no-show", trip().noShowAt(p + 1_800_000), List.of(REFUND, TAXI)),
        arguments(
            "no-show, then the passenger cancels: no fee",
            trip().presentAt(p + 3_000_000).noShowAt(p + 1).cancelledBy(PASSENGER, p + 3_600_000),
            List.of(REFUND, TAXI)),
        arguments(
            "no-show, then the driver cancels after a free wait: no fee",
            trip()
                .presentAt(p + 3_000_000)
                .noShowAt(p + 1)
                .cancelledBy(DRIVER, p + 9_000_000)
                .afterFreeWait(),
            List.of(REFUND, TAXI)),
        arguments(
            "charged too much",
            trip().endedAt(p).overchargedAt(p, 123),
            List.of("REFUND_DIFFERENCE DUE 123")),
        arguments(
            "a complaint upheld", trip().endedAt(p).upheldAt(p), List.of("COMPLAINT DUE null")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void owes(String why, Claimed trip, List<String> expected) {
    assertEquals(expected, owed(trip));
  }

  @Test
  void owesNothingForAnOrderWithoutATrip() {
    assertEquals(List.of(), Compensations.of(List.of(), 1));
  }

  private static Object reason(Claimed trip) {
    return of(trip).get(0).fields().get("reason");
  }

  @Test
  void theFirstCauseOfTheContractsListIsTheReason() {
    long p = ms("10:00");
    String early = "cancelled an hour or more before the pickup time";
    String off = "cancelled, the journey was called off";
    String late = "cancelled, the driver had not come by the pickup time";
    Claimed all = trip().pickupAtCancellation(p + 3_600_001).cancelledBy(PASSENGER, p + 1);
    assertEquals(early, reason(all.calledOff()));
    Claimed earlyAndOff = trip().cancelledBy(PASSENGER, p - 3_600_000).calledOff();
    assertEquals(early, reason(earlyAndOff));
    assertEquals(off, reason(trip().cancelledBy(PASSENGER, p - 3_599_999).calledOff()));
    assertEquals(off, reason(trip().cancelledBy(PASSENGER, p + 1).calledOff()));
    assertEquals(late, reason(trip().cancelledBy(PASSENGER, p + 1)));
  }

  @Test
  void ofTwoCausesTheEarlierOneCounts() {
    long p = ms("10:00");
    List<Statement> noShowFirst =
        of(trip().noShowAt(p + 1_800_000).cancelledBy(PLATFORM, p + 1_800_001));
    assertEquals(
        List.of(Instant.ofEpochMilli(p + 1_800_000), Instant.ofEpochMilli(p + 1_800_000)),
        noShowFirst.stream().map(owing -> owing.fields().get("occurredAt")).toList());
    // A trip the passenger cancelled is over before it can be a no-show, but for a moved P.
    List<Statement> cancelledFirst = of(trip().noShowAt(p + 2).cancelledBy(PASSENGER, p + 1));
    assertEquals(Instant.ofEpochMilli(p + 1), cancelledFirst.get(0).fields().get("occurredAt"));
    assertEquals(Instant.ofEpochMilli(p + 1), cancelledFirst.get(1).fields().get("occurredAt"));
  }

  @Test
  void theDriverWhoHadTheOrderBeforeWasThereToo() {
    long p = ms("10:00");
    Claimed first = trip().driver("d-1").presentAt(p).passedOn();
    Claimed last = trip().driver("d-0").acceptedAt(ms("9:30")).cancelledBy(PASSENGER, p + 1);
    assertEquals(List.of(FEE), owed(first, last));
    assertEquals(List.of(FEE), owed(last, first));
    first.claimsPresenceAt(p + 1);
    assertEquals(List.of(FEE), owed(first, last));
  }

  @Test
  void theFreeWaitIsThatOfTheDriverWhoCancelled() {
    long p = ms("10:00");
    Claimed first = trip().driver("d-1").presentAt(p).passedOn();
    Claimed last =
        trip().driver("d-0").claimsPresenceAt(p).cancelledBy(DRIVER, p + 9_000_000).afterFreeWait();
    assertEquals(List.of(FEE_IN_REVIEW), owed(first, last));
  }

  @Test
  void aNoShowOfADriverBeforeTheLastIsOwedNothing() {
    long p = ms("10:00");
    Claimed first = trip().driver("d-1").noShowAt(p + 1_800_000).passedOn();
    Claimed last = trip().driver("d-0").acceptedAt(p + 1_800_001).endedAt(p + 9_000_000);
    assertEquals(List.of(), owed(first, last));
  }

  @Test
  void ofSeveralComplaintsTheFirstUpheldCounts() {
    Claimed first = trip().driver("d-1").passedOn().upheldAt(ms("12:00"));
    Claimed last = trip().acceptedAt(ms("9:00")).endedAt(ms("10:30")).upheldAt(ms("13:00"));
    Statement owing = of(last, first).get(0);
    assertEquals("o-1/COMPLAINT", owing.id());
    assertEquals(Story.at("12:00"), owing.fields().get("occurredAt"));
  }

  @Test
  void theOrderInWhichTripsClaimDoesNotMatter() {
    List<TripClaim> claims = new ArrayList<>();
    for (int turn = 0; turn < 4; turn++) {
      Claimed trip = trip().driver("d-" + (9 - turn)).acceptedAt(ms("8:0" + turn));
      claims.add((turn == 3 ? trip.noShowAt(ms("10:30")) : trip.passedOn()).claim());
    }
    List<Statement> expected = Compensations.of(claims, 1);
    Collections.reverse(claims);
    assertEquals(expected, Compensations.of(claims, 1));
    assertEquals(2, expected.size());
  }

  @Test
  void tellsWhatWhomAndWhen() {
    Statement owing = of(trip().cancelledBy(PLATFORM, ms("9:59"))).get(0);
    assertEquals(OutputTopic.COMPENSATIONS, owing.topic());
    assertEquals("o-1/FULL_REFUND", owing.id());
    assertEquals(
        "{orderId=o-1, passengerId=p-1, kind=FULL_REFUND, amountCents=4200,"
            + " reason=the platform cancelled, occurredAt=2026-11-22T09:59:00Z}",
        owing.fields().toString());
  }
}
