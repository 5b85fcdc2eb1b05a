package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.rule.Promised;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Status;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import io.tripwatch.verdict.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** What stands of all that is promised, by topic and id, leaving out revisions. */
  static Map<String, Object> finals(MemoryJob job) {
    Map<String, Object> finals = new TreeMap<>();
    finals(job.said()).forEach((id, alert) -> finals.put(OutputTopic.ALERTS + " " + id, alert));
    List<Output> statements = new ArrayList<>(job.outputs());
    statements.addAll(job.days());
    finals.putAll(statements(statements));
    return finals;
  }

  /** What stands of all that is promised but alerts. */
  static Map<String, String> statements(Collection<? extends Output> said) {
    Map<String, Statement> last = new TreeMap<>();
    for (Output output : said) {
      if (output instanceof Statement statement && isPromised(statement)) {
        last.merge(
            statement.topic() + " " + statement.id(),
            statement,
            (a, b) -> a.revision() > b.revision() ? a : b);
      }
    }
    last.values().removeIf(Statement::isGone);
    Map<String, String> finals = new TreeMap<>();
    last.forEach((id, one) -> finals.put(id, one.status() + " " + one.fields()));
    return finals;
  }

  /** Whether the contract's one promise covers it. */
  static boolean isPromised(Output output) {
    return output.topic() != OutputTopic.NOTIFICATIONS
        && !(output instanceof Alert alert && !Promised.covers(alert));
  }

  /**
   * The same without why it was taken back: that depends on what was learned since it was asked.
   */
  static Output withoutCause(Output output) {
    if (!output.isGone()) {
      return output;
    } else if (output instanceof Statement statement) {
      Map<String, Object> fields = new LinkedHashMap<>(statement.fields());
      fields.remove("cause");
      fields.remove("causedBy");
      return new Statement(
          statement.topic(),
          statement.id(),
          statement.epoch(),
          statement.revision(),
          statement.status(),
          fields);
    }
    return output.takenBack(output.revision(), null);
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

  /** Revisions have no gaps, nothing is taken back that was not said, no text is sent twice. */
  static void assertNumbered(Collection<Output> said) {
    Map<String, Output> last = new TreeMap<>();
    for (Output output : said) {
      Output before = last.put(output.topic() + " " + output.id(), output);
      assertEquals(before == null ? 1 : before.revision() + 1, output.revision(), output::toString);
      assertTrue(before != null || !output.isGone(), output::toString);
      if (before != null) {
        assertFalse(output.topic() == OutputTopic.NOTIFICATIONS, output::toString);
        assertFalse(before.isGone() && output.isGone(), output::toString);
      }
    }
  }
}
