package io.tripwatch.verdict;

import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.trip.PickupTime.NEVER;
import static io.tripwatch.verdict.Held.MOMENT;
import static io.tripwatch.verdict.Held.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PenaltiesTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration MS = Duration.ofMillis(1);

  private static List<Statement> penalties(long now, Held... held) {
    return Penalties.of(holdings(held), 1, new Awaited(now));
  }

  private static List<Holding> holdings(Held... held) {
    List<Holding> holdings = new ArrayList<>();
    for (Held one : held) {
      holdings.add(one.holding());
    }
    return holdings;
  }

  private static Statement penalty(Duration after, Held held) {
    List<Statement> penalties = penalties(MOMENT + after.toMillis(), held);
    assertEquals(1, penalties.size());
    return penalties.get(0);
  }

  private static Map<String, String> statuses(Held... held) {
    Map<String, String> statuses = new TreeMap<>();
    penalties(MOMENT, held).forEach(one -> statuses.put(one.id(), one.status()));
    return statuses;
  }

  private static Instant after(Duration duration) {
    return Instant.ofEpochMilli(MOMENT).plus(duration);
  }

  @Test
  void isPendingForADayAndThenFinal() {
    Statement pending = penalty(DAY.minus(MS), rule("late-at-pickup"));
    assertEquals("PENDING", pending.status());
    assertNull(pending.fields().get("finalAt"));
    Statement done = penalty(DAY, rule("late-at-pickup"));
    assertEquals("FINAL", done.status());
    assertEquals(after(DAY), done.fields().get("finalAt"));
  }

  @Test
  void saysWhatItIsFor() {
    Statement penalty = penalty(DAY, rule("late-at-pickup"));
    assertEquals("o-1/d-7/late-at-pickup", penalty.id());
    assertEquals(OutputTopic.PENALTIES, penalty.topic());
    Map<String, Object> fields = new TreeMap<>(penalty.fields());
    fields.remove("reason");
    assertEquals(
        Map.of(
            "ruleId",
            "late-at-pickup",
            "ruleVersion",
            "default",
            "driverId",
            "d-7",
            "orderId",
            "o-1",
            "fineCents",
            5_000L,
            "points",
            3L,
            "occurredAt",
            Instant.ofEpochMilli(MOMENT),
            "finalAt",
            after(DAY)),
        fields);
  }

  @Test
  void isAskedAgainWhenItMayBecomeFinalOrIsWaived() {
    assertEquals(MOMENT + DAY.toMillis(), wake(rule("late-at-pickup")));
    assertEquals(MOMENT + MONTH.toMillis(), wake(rule("detour").review()));
    assertEquals(NEVER, wake(rule("detour").decided(UPHELD, MS)));
    assertEquals(NEVER, wake(rule("late-at-pickup").decided(REJECTED, MS)));
    assertEquals(NEVER, wake(rule("late-at-pickup").shadow()));
  }

  private static long wake(Held held) {
    Awaited awaited = new Awaited(MOMENT);
    Penalties.of(holdings(held), 1, awaited);
    return awaited.wake();
  }

  @Test
  void settlesWhenTheSettingsSay() {
    Held slow = rule("late-at-pickup").settledAfter(Duration.ofHours(48));
    assertEquals("PENDING", penalty(Duration.ofHours(48).minus(MS), slow).status());
    assertEquals("FINAL", penalty(Duration.ofHours(48), slow).status());
    Held atOnce = rule("late-at-pickup").settledAfter(Duration.ZERO);
    assertEquals("FINAL", penalty(Duration.ZERO, atOnce).status());
  }

  @Test
  void isForFinesAndForPoints() {
    assertTrue(penalties(MOMENT, rule("class-below-order").costs(0, 0)).isEmpty());
    assertEquals(1, penalties(MOMENT, rule("a").costs(1, 0)).size());
    assertEquals(1, penalties(MOMENT, rule("a").costs(0, 1)).size());
  }

  @Test
  void isFinalAtOnceWhenUpheld() {
    Duration soon = Duration.ofHours(2);
    Statement upheld = penalty(soon, rule("late-at-pickup").decided(UPHELD, soon));
    assertEquals("FINAL", upheld.status());
    assertEquals(after(soon), upheld.fields().get("finalAt"));
    Statement justBefore = penalty(DAY, rule("late-at-pickup").decided(UPHELD, DAY.minus(MS)));
    assertEquals(after(DAY.minus(MS)), justBefore.fields().get("finalAt"));
  }

  @Test
  void wasFinalAfterADayThoughItIsUpheldLater() {
    for (Duration later : List.of(DAY, DAY.plus(MS), MONTH.multipliedBy(2))) {
      Statement penalty = penalty(later, rule("late-at-pickup").decided(UPHELD, later));
      assertEquals("FINAL", penalty.status());
      assertEquals(after(DAY), penalty.fields().get("finalAt"));
    }
  }

  @Test
  void waitsForAPersonWhereTheRuleIsReviewed() {
    Held reviewed = rule("detour").review();
    assertEquals("REVIEW", penalty(Duration.ZERO, reviewed).status());
    assertEquals("REVIEW", penalty(DAY, reviewed).status());
    assertEquals("REVIEW", penalty(MONTH.minus(MS), reviewed).status());
    Statement waived = penalty(MONTH, reviewed);
    assertEquals("WAIVED", waived.status());
    assertNull(waived.fields().get("finalAt"));
  }

  @Test
  void isFinalByAVerdictWithinThirtyDaysWhereTheRuleIsReviewed() {
    for (Duration late : List.of(MS, DAY, DAY.plusDays(3), MONTH)) {
      Statement upheld = penalty(late, rule("detour").review().decided(UPHELD, late));
      assertEquals("FINAL", upheld.status());
      assertEquals(after(late), upheld.fields().get("finalAt"));
    }
    Duration tooLate = MONTH.plus(MS);
    Held late = rule("detour").review().decided(UPHELD, tooLate);
    assertEquals("WAIVED", penalty(tooLate, late).status());
  }

  @Test
  void isNoneWhenRejected() {
    assertTrue(penalties(MOMENT, rule("late-at-pickup").decided(REJECTED, DAY)).isEmpty());
    assertTrue(penalties(MOMENT, rule("detour").review().decided(REJECTED, DAY)).isEmpty());
  }

  @Test
  void isNoneOnTrial() {
    assertTrue(penalties(MOMENT, rule("late-at-pickup").shadow()).isEmpty());
    assertEquals(
        Map.of("o-1/d-7/margin-missed", "PENDING"),
        statuses(rule("no-show").costs(20_000, 12).shadow(), rule("margin-missed").costs(0, 1)));
  }

  @Test
  void countsOnlyTheGravestOfAFamilyInATrip() {
    assertFirst(rule("b").costs(0, 4), rule("a").costs(9_000, 3));
    assertFirst(rule("b").costs(5_001, 3), rule("a").costs(5_000, 3));
    assertFirst(rule("a"), rule("b"));
    assertFirst(rule("a").alertId("o-1/d-7/a/c-1"), rule("a").alertId("o-1/d-7/a/c-2"));
  }

  private static void assertFirst(Held graver, Held lesser) {
    String first = graver.holding().alert().alertId();
    String second = lesser.holding().alert().alertId();
    Map<String, String> expected = Map.of(first, "PENDING", second, "WAIVED");
    assertEquals(expected, statuses(graver, lesser));
    assertEquals(expected, statuses(lesser, graver));
  }

  @Test
  void saysWhyItIsAsItIs() {
    Held late = rule("late-at-pickup");
    assertEquals(
        "final at 2025-11-23T08:26:40Z if the alert stands until then",
        reason(DAY.minus(MS), late));
    assertEquals("the alert stood until then", reason(DAY, late));
    assertEquals("upheld by qc-3", reason(MS, late.decided(UPHELD, MS)));
    assertEquals("a person decides", reason(DAY, rule("detour").review()));
    assertEquals("nobody decided within 30 d", reason(MONTH, rule("detour").review()));
  }

  private static Object reason(Duration after, Held held) {
    return penalty(after, held).fields().get("reason");
  }

  @Test
  void saysWhichOneCountsInItsPlaceAndWhetherThatIsGraver() {
    assertEquals(
        "one of the punctuality family counts for a trip: o-1/d-7/b is graver",
        reasonOfWaived(rule("b").costs(5_001, 3), rule("a").costs(5_000, 3)));
    assertEquals(
        "one of the punctuality family counts for a trip: o-1/d-7/a stands",
        reasonOfWaived(rule("a"), rule("b")));
    assertEquals(
        "one of the punctuality family counts for a trip: o-1/d-7/a/c-1 stands",
        reasonOfWaived(rule("a").alertId("o-1/d-7/a/c-1"), rule("a").alertId("o-1/d-7/a/c-2")));
  }

  private static Object reasonOfWaived(Held counts, Held waived) {
    Statement second = penalties(MOMENT, counts, waived).get(1);
    assertEquals("WAIVED", second.status());
    return second.fields().get("reason");
  }

  @Test
  void countsOneOfEachFamilyAndOfEachTrip() {
    assertEquals(
        Map.of("o-1/d-7/a", "PENDING", "o-1/d-7/b", "PENDING", "o-1/d-7~2/a", "PENDING"),
        statuses(rule("a"), rule("b").family("buttons"), rule("a").ofTrip("o-1/d-7~2")));
  }

  @Test
  void countsEachOfADriversDays() {
    Held shared = rule("device-shared").family("identity").ofDay("ph-7@2026-11-22");
    Held other = rule("device-shared").family("identity").ofDay("ph-8@2026-11-22");
    Held places = rule("account-in-two-places").family("identity").ofDay("2026-11-22");
    assertEquals(
        List.of("PENDING", "PENDING", "PENDING"),
        List.copyOf(statuses(shared, other, places).values()));
  }

  @Test
  void passesToTheNextWhenTheGravestIsRejected() {
    Held rejected = rule("no-show").costs(20_000, 12).decided(REJECTED, DAY.plusDays(5));
    Held next = rule("late-at-pickup").at(MOMENT + 1_000);
    Held least = rule("margin-missed").costs(0, 1);
    List<Statement> penalties =
        penalties(MOMENT + DAY.plusDays(5).toMillis(), rejected, next, least);
    assertEquals(2, penalties.size());
    Statement counting = penalties.get(0);
    assertEquals("o-1/d-7/late-at-pickup", counting.id());
    assertEquals("FINAL", counting.status());
    assertEquals(after(DAY.plusSeconds(1)), counting.fields().get("finalAt"));
    assertEquals("WAIVED", penalties.get(1).status());
  }

  @Test
  void staysWaivedForAGraverOneWhateverThePersonSays() {
    assertEquals(
        Map.of("o-1/d-7/no-show", "PENDING", "o-1/d-7/late-at-pickup", "WAIVED"),
        statuses(
            rule("no-show").costs(20_000, 12),
            rule("late-at-pickup").decided(UPHELD, Duration.ofHours(1))));
    assertEquals(
        Map.of("o-1/d-7/no-show", "REVIEW", "o-1/d-7/late-at-pickup", "WAIVED"),
        statuses(
            rule("no-show").costs(20_000, 12).review(),
            rule("late-at-pickup").decided(UPHELD, Duration.ofHours(1))));
  }

  @Test
  void staysWaivedThoughTheGraverOneIsWaivedForWantOfAVerdict() {
    List<Statement> penalties =
        penalties(
            MOMENT + MONTH.toMillis(),
            rule("no-show").costs(20_000, 12).review(),
            rule("late-at-pickup"));
    assertEquals(List.of("WAIVED", "WAIVED"), penalties.stream().map(Statement::status).toList());
  }

  @Test
  void doesNotDependOnTheOrderInWhichTheRulesWereAsked() {
    List<Holding> holdings =
        holdings(
            rule("a"), rule("b"), rule("c").costs(1, 9), rule("d").family("x"), rule("e").shadow());
    List<Statement> expected = Penalties.of(holdings, 1, new Awaited(MOMENT));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(holdings, new Random(seed));
      assertEquals(expected, Penalties.of(holdings, 1, new Awaited(MOMENT)));
    }
  }
}
