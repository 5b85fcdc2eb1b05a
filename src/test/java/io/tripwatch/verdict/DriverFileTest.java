package io.tripwatch.verdict;

import static io.tripwatch.event.HumanVerdict.Decision.REJECTED;
import static io.tripwatch.event.HumanVerdict.Decision.UPHELD;
import static io.tripwatch.verdict.Held.MOMENT;
import static io.tripwatch.verdict.Held.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Pairs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverFileTest {
  private static final RuleBook RULES = RuleBook.of(Settings.defaults(Rules.catalogue()));
  private static final Duration MS = Duration.ofMillis(1);
  private static final String SHARED = "-/d-7/device-shared/ph-7@2026-11-22";
  private static final List<Holding> NOTHING = List.of();

  private final DriverFile file = new DriverFile();
  private final Heard heard = new Heard();

  private static Held shared() {
    return rule("device-shared").family("identity").ofDay("ph-7@2026-11-22").costs(5_000, 6);
  }

  private static List<Holding> found(Held... held) {
    List<Holding> found = new ArrayList<>();
    for (Held one : held) {
      found.add(one.holding());
    }
    return found;
  }

  private void concludeAfter(Duration after, List<Holding> ofLogins, List<Holding> ofDays) {
    long now = MOMENT + after.toMillis();
    file.conclude("d-7", ofLogins, ofDays, new Pairs(), RULES, Undos.NONE, null, 1, now, heard);
  }

  /** What was said of an id since it was asked last, e.g. {@code PENDING}. */
  private List<String> saidOf(OutputTopic topic, String id) {
    List<String> said = new ArrayList<>();
    for (Output output : heard.outputs()) {
      if (output.topic() == topic && output.id().equals(id)) {
        said.add(
            output instanceof Alert alert ? alert.status().name() : ((Statement) output).status());
      }
    }
    heard.outputs().clear();
    return said;
  }

  private List<String> alerts() {
    return saidOf(OutputTopic.ALERTS, SHARED);
  }

  private List<String> penalties() {
    return saidOf(OutputTopic.PENALTIES, SHARED);
  }

  @Test
  void saysWhatWasFoundAndWhatItCosts() {
    concludeAfter(Duration.ZERO, found(shared()), NOTHING);
    assertEquals(1, heard.alerts().size());
    assertEquals(List.of("PENDING"), penalties());
    assertTrue(file.account().entries().isEmpty());
    concludeAfter(Duration.ofHours(24).minus(MS), found(shared()), NOTHING);
    assertEquals(List.of(), penalties());
    concludeAfter(Duration.ofHours(24), found(shared()), NOTHING);
    assertEquals(List.of("FINAL"), penalties());
    assertEquals(6, file.account().entries().get(0).points());
  }

  @Test
  void isAskedAgainWhenThePenaltyIsFinal() {
    concludeAfter(Duration.ofHours(23), found(shared()), NOTHING);
    assertEquals(MOMENT + Duration.ofHours(24).toMillis(), file.wake());
  }

  @Test
  void takesBackWhatIsNotFoundAnyMore() {
    concludeAfter(Duration.ofHours(1), found(shared()), NOTHING);
    concludeAfter(Duration.ofHours(2), NOTHING, NOTHING);
    assertEquals(List.of("RAISED", "RETRACTED"), alerts());
    concludeAfter(Duration.ofHours(1), NOTHING, found(shared()));
    concludeAfter(Duration.ofHours(30), NOTHING, NOTHING);
    assertEquals(List.of("PENDING", "REVERSED"), penalties());
  }

  @Test
  void keepsWhatWasFoundWhenTheLoginsAreForgotten() {
    concludeAfter(Duration.ofHours(3), found(shared()), NOTHING);
    alerts();
    concludeAfter(Duration.ofDays(9), NOTHING, NOTHING);
    assertEquals(List.of("FINAL"), penalties());
    assertFalse(file.kept().isEmpty());
  }

  @Test
  void keepsWhatWasFoundOnATripWhenThatIsSettled() {
    concludeAfter(Duration.ofHours(1), NOTHING, found(shared()));
    file.keep(found(shared()));
    concludeAfter(Duration.ofHours(9), NOTHING, NOTHING);
    assertEquals(List.of("RAISED"), alerts());
  }

  @Test
  void keepsItForEverForAnUndoBearsOnItAtAnyTime() {
    concludeAfter(Duration.ofHours(24), found(shared()), NOTHING);
    concludeAfter(Duration.ofDays(1_000), NOTHING, NOTHING);
    assertEquals(List.of("RAISED"), alerts());
    assertFalse(file.kept().isEmpty());
  }

  @Test
  void saysItOnceThoughItIsJudgedLateAndFoundAgain() {
    concludeAfter(Duration.ofDays(40), found(shared()), NOTHING);
    concludeAfter(Duration.ofDays(41), found(shared()), NOTHING);
    assertEquals(List.of("RAISED"), alerts());
  }

  @Test
  void forgetsAPenaltyWhenNoVersionOfTheRulesHasAWindowThatLong() {
    concludeAfter(Duration.ofHours(24), found(shared()), NOTHING);
    concludeAfter(Duration.ofDays(400), NOTHING, NOTHING);
    assertEquals(1, file.account().entries().size());
    assertEquals(MOMENT + Duration.ofDays(400).toMillis() + 1, file.wake());
    concludeAfter(Duration.ofDays(400).plus(MS), NOTHING, NOTHING);
    assertTrue(file.account().entries().isEmpty());
    assertFalse(file.account().isBlank());
  }

  @Test
  void goesByTheEarliestOfADay() {
    Held later = shared().at(MOMENT + 1_000);
    concludeAfter(Duration.ofHours(1), NOTHING, found(later, shared()));
    assertEquals(MOMENT, heard.alerts().get(0).occurredAt());
    file.keep(found(later));
    concludeAfter(Duration.ofHours(2), NOTHING, found(shared()));
    file.keep(found(shared()));
    concludeAfter(Duration.ofHours(3), NOTHING, NOTHING);
    assertEquals(List.of("RAISED"), alerts());
  }

  private void decide(Decision decision, Duration after) {
    file.file().feedback().learn(Held.verdict(SHARED, decision, MOMENT + after.toMillis()));
  }

  @Test
  void goesByTheLastVerdict() {
    concludeAfter(Duration.ofHours(1), found(shared().review()), NOTHING);
    assertEquals(List.of("REVIEW"), penalties());
    decide(REJECTED, Duration.ofHours(2));
    concludeAfter(Duration.ofHours(2), found(shared().review()), NOTHING);
    assertEquals(List.of("REVERSED"), penalties());
    decide(UPHELD, Duration.ofHours(3));
    concludeAfter(Duration.ofHours(3), found(shared().review()), NOTHING);
    assertEquals(List.of("FINAL"), penalties());
    decide(REJECTED, Duration.ofDays(20));
    concludeAfter(Duration.ofDays(20), NOTHING, NOTHING);
    assertEquals(List.of("REVERSED"), penalties());
    assertTrue(file.account().entries().isEmpty());
  }

  @Test
  void hearsVerdictsAtAnyTime() {
    concludeAfter(Duration.ofHours(4), found(shared().review()), NOTHING);
    decide(UPHELD, Duration.ofDays(30));
    concludeAfter(Duration.ofDays(30), NOTHING, NOTHING);
    assertEquals(List.of("REVIEW", "FINAL"), penalties());
    decide(REJECTED, Duration.ofDays(300));
    concludeAfter(Duration.ofDays(300), NOTHING, NOTHING);
    assertEquals(List.of("REVERSED"), penalties());
  }

  @Test
  void waitsForAVerdictThatIsKnownAheadOfItsTime() {
    decide(REJECTED, Duration.ofHours(2));
    concludeAfter(Duration.ofHours(1), found(shared()), NOTHING);
    assertEquals(MOMENT + Duration.ofHours(2).toMillis(), file.wake());
    concludeAfter(Duration.ofHours(2), found(shared()), NOTHING);
    assertEquals(List.of("RAISED", "RETRACTED"), alerts());
  }
}
