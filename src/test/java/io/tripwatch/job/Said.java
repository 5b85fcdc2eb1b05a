package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tripwatch.rule.Promised;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Status;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What revisions amount to. */
final class Said {
  private Said() {}

  /** The final alerts by id, leaving out what may depend on the order of arrival. */
  static Map<String, Alert> finals(Collection<Alert> said) {
    Map<String, Alert> finals = new TreeMap<>();
    said.forEach(
        alert ->
            finals.merge(alert.alertId(), alert, (a, b) -> a.revision() > b.revision() ? a : b));
    finals
        .values()
        .removeIf(alert -> alert.status() == Status.RETRACTED || !Promised.covers(alert));
    finals.replaceAll((id, alert) -> bare(alert));
    return finals;
  }

  private static Alert bare(Alert alert) {
    return new Alert(
        alert.alertId(),
        0,
        0,
        Status.RAISED,
        alert.ruleId(),
        alert.ruleVersion(),
        alert.family(),
        alert.severity(),
        alert.confidence(),
        alert.shadow(),
        alert.orderId(),
        alert.driverId(),
        alert.passengerId(),
        alert.plate(),
        alert.city(),
        alert.occurredAt(),
        alert.message(),
        alert.evidence());
  }

  /** Revisions have no gaps, and each says something new. */
  static void assertWellFormed(Collection<Alert> said) {
    Map<String, Alert> last = new TreeMap<>();
    for (Alert alert : said) {
      Alert before = last.put(alert.alertId(), alert);
      assertEquals(before == null ? 1 : before.revision() + 1, alert.revision(), alert::toString);
      boolean open = before != null && before.status() != Status.RETRACTED;
      assertEquals(open, alert.status() != Status.RAISED, () -> before + " then " + alert);
      if (alert.status() == Status.UPDATED) {
        assertNotEquals(bare(before), bare(alert));
      }
    }
  }
}
