package io.tripwatch.verdict;

import io.tripwatch.event.Event;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rule;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Driver.Learned;
import io.tripwatch.trip.Trip;
import io.tripwatch.verdict.Alert.Confidence;
import io.tripwatch.verdict.Alert.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A driver's file: what is known of him and what has been said of him. Judging it publishes the
 * difference between what holds and what was said; so a late event corrects everything that rested
 * on its absence, without a line about lateness in any rule.
 */
public final class Dossier {
  /** While no rules record applies. */
  static final String DEFAULT_VERSION = "default";

  private final Driver driver;

  /** The last revision of every alert that may still change: by order, by alertId. */
  private final Map<String, Map<String, Alert>> said = new TreeMap<>();

  private long judgedAt = Long.MIN_VALUE / 2;

  /** A driver of whom nothing has been said. */
  public Dossier(Driver driver) {
    this.driver = driver;
  }

  /** What is known. */
  public Driver driver() {
    return driver;
  }

  long judgedAt() {
    return judgedAt;
  }

  void judgedAt(long time) {
    judgedAt = time;
  }

  Map<String, Map<String, Alert>> said() {
    return said;
  }

  /**
   * Takes in an event; {@link Driver#wake} tells when it is to be judged.
   *
   * @param now the event time up to which everything is known
   */
  public Learned learn(Event event, long now) {
    return driver.learn(event, Math.max(now, judgedAt));
  }

  /**
   * Judges what may have changed, as known up to {@code now}, hands on what is to be said, and lets
   * go of what is settled.
   */
  public void judge(Settings settings, int epoch, long now, Consumer<Alert> publish) {
    // After a restore event time starts again from nothing: a deadline that had come stays come.
    judgedAt = Math.max(judgedAt, now);
    driver.visit(
        settings,
        judgedAt,
        (orderId, trips, last) -> {
          Map<String, Alert> holds = null;
          for (Trip trip : trips) {
            holds = judge(trip, epoch, holds);
          }
          Map<String, Alert> before = said.get(orderId);
          if (holds != null || before != null) {
            before = before == null ? new TreeMap<>() : before;
            publishDifference(before, holds == null ? Map.of() : holds, publish);
            said.put(orderId, before);
          }
          if (last) {
            said.remove(orderId);
          }
        });
  }

  /** Most trips are as they should be: no map is made for them. */
  private static Map<String, Alert> judge(Trip trip, int epoch, Map<String, Alert> held) {
    Map<String, Alert> holds = held;
    for (Rule rule : Rules.ALL) {
      RuleSpec spec = rule.spec();
      Values values = trip.rules().of(spec);
      if (!values.enabled()) {
        continue;
      }
      Optional<Finding> finding = rule.judge(trip, values);
      if (finding.isPresent()) {
        Alert alert = alert(trip, spec, values, finding.get(), epoch);
        holds = holds == null ? new TreeMap<>() : holds;
        holds.put(alert.alertId(), alert);
      }
    }
    return holds;
  }

  private static Alert alert(Trip trip, RuleSpec spec, Values values, Finding finding, int epoch) {
    boolean unseen = spec.needsSight() && !trip.inSightAt(finding.moment());
    return new Alert(
        trip.tripId() + "/" + spec.id(),
        epoch,
        1,
        Status.RAISED,
        spec.id(),
        DEFAULT_VERSION,
        spec.family().id(),
        values.severity(),
        unseen ? Confidence.UNVERIFIED : Confidence.CONFIRMED,
        values.shadow(),
        trip.orderId(),
        trip.driverId(),
        trip.booking().passengerId(),
        trip.opening().plate(),
        trip.booking().city(),
        finding.moment(),
        finding.message(),
        finding.evidence());
  }

  private static void publishDifference(
      Map<String, Alert> said, Map<String, Alert> holds, Consumer<Alert> publish) {
    for (Alert now : holds.values()) {
      Alert before = said.get(now.alertId());
      if (before == null || before.epoch() != now.epoch()) {
        say(now, said, publish);
      } else if (before.status() == Status.RETRACTED) {
        say(now.revised(before.revision() + 1, Status.RAISED), said, publish);
      } else if (!now.revised(before.revision(), before.status()).equals(before)) {
        say(now.revised(before.revision() + 1, Status.UPDATED), said, publish);
      }
    }
    for (Alert before : List.copyOf(said.values())) {
      if (before.status() != Status.RETRACTED && !holds.containsKey(before.alertId())) {
        say(before.revised(before.revision() + 1, Status.RETRACTED), said, publish);
      }
    }
  }

  private static void say(Alert alert, Map<String, Alert> said, Consumer<Alert> publish) {
    said.put(alert.alertId(), alert);
    publish.accept(alert);
  }
}
