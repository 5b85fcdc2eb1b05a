package io.tripwatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import org.junit.jupiter.api.Test;

/** What is true of every rule. A rule's test says how it is broken, and adds what is its own. */
public interface RuleContract {
  /** The rule's id. */
  String rule();

  /** A story in which it is broken, with as little else as possible; when all is known of it. */
  Story broken();

  /** When that story is judged. */
  String judgedAt();

  /** Severity, fine, points, review and ⊙ as the contract's table has them. */
  Consequence consequence();

  /** The id of its alert in that story. */
  default String alertId() {
    return "o-1/d-7/" + rule();
  }

  /** A row of the contract's tables. */
  record Consequence(
      Severity severity, long fineCents, long points, boolean review, boolean needsSight) {}

  @Test
  default void hasTheConsequencesOfTheContract() {
    Outcome outcome = broken().judgedAt(judgedAt());
    Finding finding = outcome.finding(rule());
    assertEquals(consequence().severity(), outcome.alert(rule()).severity());
    assertEquals(consequence().fineCents(), finding.fineCents());
    assertEquals(consequence().points(), finding.points());
    assertEquals(consequence().review(), finding.review());
    boolean needsSight =
        Rules.catalogue().stream().anyMatch(spec -> spec.id().equals(rule()) && spec.needsSight());
    assertEquals(consequence().needsSight(), needsSight);
  }

  @Test
  default void isRaisedAtItsMomentAndNotAMillisecondBefore() {
    long moment = broken().judgedAt(judgedAt()).alert(rule()).occurredAt();
    assertTrue(broken().upTo(moment).judgedAt(moment).holds(rule()), "at its moment");
    assertFalse(broken().upTo(moment - 1).judgedAt(moment - 1).holds(rule()), "before");
  }

  /** Events of a later time may be known already: they are not sorted before they are learned. */
  @Test
  default void isNotRaisedAheadOfItsMomentThoughAllIsKnown() {
    long moment = broken().judgedAt(judgedAt()).alert(rule()).occurredAt();
    String found = alertId().replace("o-1/d-7/", "");
    assertNull(broken().foreseenAt(moment - 1).get(found));
    assertNotNull(broken().foreseenAt(moment).get(found));
  }

  @Test
  default void saysWhatItIsAbout() {
    Alert alert = broken().judgedAt(judgedAt()).alert(rule());
    assertEquals(alertId(), alert.alertId());
    assertEquals("o-1", alert.orderId());
    assertEquals("d-7", alert.driverId());
    assertEquals("p-1", alert.passengerId());
    assertEquals("川A·d-7", alert.plate());
    assertEquals("chengdu", alert.city());
    assertEquals("default", alert.ruleVersion());
    assertFalse(alert.shadow());
    assertTrue(alert.message().matches("[A-Z].*[.]"), alert.message());
    assertFalse(alert.evidence().isEmpty());
  }

  @Test
  default void isSilentWhenDisabled() {
    broken().with("rules." + rule() + ".enabled", false).judgedAt(judgedAt()).isSilentOn(rule());
    broken()
        .with("cities.chengdu.rules." + rule() + ".enabled", false)
        .judgedAt(judgedAt())
        .isSilentOn(rule());
    assertTrue(
        broken()
            .with("cities.SFO.rules." + rule() + ".enabled", false)
            .judgedAt(judgedAt())
            .holds(rule()));
  }

  @Test
  default void isMarkedWhenOnTrial() {
    Outcome outcome = broken().with("rules." + rule() + ".shadow", true).judgedAt(judgedAt());
    assertTrue(outcome.alert(rule()).shadow());
  }

  @Test
  default void takesItsConsequencesFromTheSettings() {
    Severity other =
        consequence().severity() == Severity.WARNING ? Severity.CRITICAL : Severity.WARNING;
    Outcome outcome =
        broken()
            .with("rules." + rule() + ".severity", other.name())
            .with("cities.chengdu.rules." + rule() + ".review", !consequence().review())
            .judgedAt(judgedAt());
    assertEquals(other, outcome.alert(rule()).severity());
    assertEquals(!consequence().review(), outcome.finding(rule()).review());
  }
}
