package io.tripwatch.bench.latency;

import io.tripwatch.bench.latency.AlertWatch.Raised;
import io.tripwatch.kafka.KafkaInputs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long after they could be known the alerts were said.
 *
 * <p>An alert can be known when the input has been appended that lets event time come to its
 * moment: of each partition that is not silent a record {@link KafkaInputs#OUT_OF_ORDERNESS} after
 * it. Of an event's verdict the delay <em>without the wait</em> is counted from then, or from the
 * append of the record it is about where that is later; of a deadline's from then. <em>With the
 * wait</em> an event's verdict is counted from the append of the record, a deadline's from the
 * deadline.
 */
final class AlertDelays {
  /** Verdicts on what someone did: their moment is that of a record about the order. */
  private static final Set<String> OF_EVENTS =
      Set.of(
          "on-site-pressed-elsewhere",
          "started-elsewhere",
          "ended-elsewhere",
          "button-out-of-order",
          "charged-above-fixed-price",
          "bad-rating");

  /** Verdicts on what did not happen by a time. */
  private static final Set<String> OF_DEADLINES =
      Set.of(
          "margin-missed",
          "late-at-pickup",
          "no-show",
          "on-site-not-pressed",
          "no-contact-after-accept",
          "no-contact-on-arrival",
          "end-not-pressed");

  private final LiveFleet fleet;
  private final EventTime.Course course;
  private final Delays event = new Delays();
  private final Delays eventWithWait = new Delays();
  private final Delays deadline = new Delays();
  private final Delays deadlineWithWait = new Delays();
  private final Delays seen = new Delays();
  private final Map<String, Delays> byRule = new TreeMap<>();
  private int undecided;
  private int unseen;

  /**
   * @param fleet once it has stopped
   */
  AlertDelays(LiveFleet fleet) {
    this.fleet = fleet;
    course = fleet.course();
  }

  /**
   * Takes an alert into account, unless it is of neither sort.
   *
   * @param committed the same alert as a reader of what is committed saw it, or null
   */
  void add(Raised alert, Raised committed) {
    boolean ofEvent = OF_EVENTS.contains(alert.ruleId());
    if (!ofEvent && !OF_DEADLINES.contains(alert.ruleId())) {
      return;
    }
    double knownAt = course.allowedAt(alert.moment());
    double since = alert.moment();
    if (ofEvent) {
      Long appendedAt = fleet.appendedAt(alert.orderId(), alert.moment());
      since = appendedAt == null ? Double.NaN : appendedAt;
      knownAt = Math.max(knownAt, since);
    }
    if (Double.isNaN(knownAt)) {
      undecided++;
      return;
    }
    (ofEvent ? event : deadline).add(alert.appendedAt() - knownAt);
    (ofEvent ? eventWithWait : deadlineWithWait).add(alert.appendedAt() - since);
    byRule.computeIfAbsent(alert.ruleId(), any -> new Delays()).add(alert.appendedAt() - knownAt);
    if (committed == null) {
      unseen++;
    } else {
      seen.add(committed.seenAt() - knownAt);
    }
  }

  /** Counts, medians, 99th percentiles and greatest, milliseconds. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    event.tell("event", figures);
    eventWithWait.tell("eventWithWait", figures);
    deadline.tell("deadline", figures);
    deadlineWithWait.tell("deadlineWithWait", figures);
    seen.tell("seenCommitted", figures);
    byRule.forEach((rule, delays) -> delays.tell(rule + " ", figures));
    // Event time came to their moment because a partition fell silent, or has not come yet.
    figures.put("undecided", (double) undecided);
    figures.put("unseen", (double) unseen);
    return figures;
  }
}
