package io.tripwatch.job;

import static io.tripwatch.event.OrderEvent.CancelledBy.PASSENGER;
import static io.tripwatch.event.OrderEvent.CancelledBy.PLATFORM;
import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.verdict.Claimed.trip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.verdict.Claimed;
import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Statement;
import io.tripwatch.verdict.TripClaim;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClaimDeskTest {
  private static final long DAY_MS = 24 * 3_600_000L;

  private final List<Output> said = new ArrayList<>();
  private final Map<String, Long> sums = new TreeMap<>();
  private final List<DayFigures> passedOn = new ArrayList<>();
  private ClaimDesk desk = new ClaimDesk();

  private void add(DayFigures day) {
    passedOn.add(day);
    day.figures()
        .forEach((name, value) -> sums.merge(DayStage.cityDay(day) + " " + name, value, Long::sum));
    sums.values().removeIf(sum -> sum == 0);
  }

  private void publish() {
    desk.publish(1, said::add, this::add);
  }

  private void say(TripClaim claim) {
    desk.learn(claim);
    publish();
  }

  private static TripClaim none(String driverId) {
    return TripClaim.none(Claimed.ORDER, Claimed.ORDER + "/" + driverId);
  }

  private List<String> history() {
    return said.stream()
        .map(output -> output.id() + " " + output.revision() + " " + ((Statement) output).status())
        .toList();
  }

  @Test
  void takesBackWhatIsNoLongerOwedAndOwesItAgain() {
    say(trip().cancelledBy(PLATFORM, ms("9:00")).claim());
    say(trip().endedAt(ms("10:30")).claim());
    say(trip().cancelledBy(PLATFORM, ms("9:00")).claim());
    assertEquals(
        List.of("o-1/FULL_REFUND 1 DUE", "o-1/FULL_REFUND 2 RETRACTED", "o-1/FULL_REFUND 3 DUE"),
        history());
  }

  @Test
  void saysOnceWhatSeveralTripsClaimTogether() {
    desk.learn(trip().driver("d-1").passedOn().upheldAt(ms("12:00")).claim());
    desk.learn(trip().acceptedAt(ms("9:00")).upheldAt(ms("11:00")).claim());
    publish();
    assertEquals(List.of("o-1/COMPLAINT 1 DUE"), history());
    publish();
    assertEquals(1, said.size());
  }

  @Test
  void passesOnDifferencesOnly() {
    say(trip().figure("finesPendingCents", 500).claim());
    say(trip().figure("finesFinalCents", 500).claim());
    assertEquals(
        Map.of("finesFinalCents", 500L, "finesPendingCents", -500L), passedOn.get(1).figures());
    say(trip().figure("finesFinalCents", 500).claim());
    assertEquals(2, passedOn.size());
  }

  @Test
  void countsAnOrderThatMovedOnItsNewDayAlone() {
    say(trip().in("chengdu", "2026-11-22").claim());
    say(trip().in("chengdu", "2026-11-23").claim());
    assertEquals(
        Map.of("chengdu/2026-11-23 accepted", 1L, "chengdu/2026-11-23 driver/d-7", 1L), sums);
  }

  @Test
  void leavesNothingOfAnOrderWithoutATrip() {
    say(trip().cancelledBy(PLATFORM, ms("9:00")).claim());
    say(none("d-7"));
    assertTrue(sums.isEmpty(), sums::toString);
    assertEquals("RETRACTED", ((Statement) said.get(1)).status());
  }

  @Test
  void countsAnAlertAboutNoTripOnItsDay() {
    String alertId = "-/d-7/device-shared/ph-9@2026-11-22";
    Map<String, Long> figures = Map.of("alerts/device-shared", 1L, "finesInReviewCents", 5_000L);
    say(TripClaim.ofDay(alertId, "chengdu", "2026-11-22", figures));
    assertEquals(1L, sums.get("chengdu/2026-11-22 alerts/device-shared"));
    assertTrue(said.isEmpty());
    say(TripClaim.none(alertId, alertId));
    assertTrue(sums.isEmpty(), sums::toString);
  }

  @Test
  void revenueIsWhatWasChargedElseThePriceOfWhatWasDriven() {
    say(trip().claim());
    assertEquals(null, sums.get("chengdu/2026-11-22 revenueCents"));
    say(trip().endedAt(ms("10:30")).claim());
    assertEquals(5_000L, sums.get("chengdu/2026-11-22 revenueCents"));
    say(trip().endedAt(ms("10:30")).figure("settled", 1).figure("chargedCents", 4_990).claim());
    assertEquals(4_990L, sums.get("chengdu/2026-11-22 revenueCents"));
    say(trip().endedAt(ms("10:30")).figure("settled", 1).figure("chargedCents", 0).claim());
    assertEquals(null, sums.get("chengdu/2026-11-22 revenueCents"));
  }

  @Test
  void whatIsKeptIsNotOwed() {
    say(trip().cancelledBy(PASSENGER, ms("9:30")).claim());
    assertEquals(4_200L, sums.get("chengdu/2026-11-22 cancellationFeeCents"));
    assertEquals(null, sums.get("chengdu/2026-11-22 compensationsDue"));
  }

  @Test
  void theOrderInWhichTripsAreHeardDoesNotMatter() throws IOException {
    Map<String, Object> expected = null;
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      said.clear();
      sums.clear();
      desk = new ClaimDesk();
      hearInterleaved(random);
      Map<String, Object> finals = new TreeMap<>(sums);
      said.forEach(output -> finals.put(output.id(), output));
      finals.values().removeIf(value -> value instanceof Statement statement && statement.isGone());
      finals.replaceAll(
          (id, value) ->
              value instanceof Statement statement
                  ? statement.status() + statement.fields()
                  : value);
      expected = expected == null ? finals : expected;
      assertEquals(expected, finals, "seed " + seed);
    }
    assertEquals("DUE", expected.get("o-1/TAXI_REIMBURSEMENT").toString().substring(0, 3));
  }

  /** What each driver's trip claims comes in order; between drivers there is none. */
  private void hearInterleaved(Random random) throws IOException {
    List<Deque<TripClaim>> drivers =
        List.of(
            new ArrayDeque<>(
                List.of(
                    trip().driver("d-1").claim(),
                    trip().driver("d-1").noShowAt(ms("10:30")).claim(),
                    trip().driver("d-1").passedOn().presentAt(ms("10:40")).claim())),
            new ArrayDeque<>(
                List.of(
                    trip().driver("d-2").acceptedAt(ms("9:10")).presentAt(ms("9:55")).claim(),
                    trip().driver("d-2").acceptedAt(ms("9:10")).passedOn().claim(),
                    none("d-2"))),
            new ArrayDeque<>(
                List.of(
                    trip().driver("d-0").acceptedAt(ms("9:20")).in("SFO", "2026-11-21").claim(),
                    trip()
                        .driver("d-0")
                        .acceptedAt(ms("9:20"))
                        .figure("alerts/speeding", 2)
                        .cancelledBy(PASSENGER, ms("10:31"))
                        .claim())));
    while (drivers.stream().anyMatch(claims -> !claims.isEmpty())) {
      Deque<TripClaim> claims = drivers.get(random.nextInt(drivers.size()));
      if (!claims.isEmpty()) {
        desk.learn(claims.remove());
      }
      if (random.nextBoolean()) {
        publish();
      }
      desk = random.nextInt(3) == 0 ? reread(desk) : desk;
    }
    publish();
  }

  private static ClaimDesk reread(ClaimDesk desk) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    desk.write(new DataOutputStream(bytes));
    return ClaimDesk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
