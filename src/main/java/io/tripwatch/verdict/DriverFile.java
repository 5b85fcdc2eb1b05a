package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Event;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.settings.PenaltySettings;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.trip.Horizons;
import io.tripwatch.trip.Pairs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is on file about a driver and no order of his: his days, his record, his blacklist. */
final class DriverFile {
  /** Stands for the order in the ids of alerts that are about none. */
  static final String ORDER = "-";

  private final OrderFile file = new OrderFile(ORDER);
  private final Account account = new Account();

  /** What was found and cannot change any more, by alertId. */
  private Map<String, Holding> kept = Collections.emptyMap();

  /** What was found by logins up to then is kept as it was: what it rested on is let go of. */
  private long settledUntil = Long.MIN_VALUE;

  private long wake = NEVER;

  long settledUntil() {
    return settledUntil;
  }

  void settledUntil(long time) {
    settledUntil = time;
  }

  OrderFile file() {
    return file;
  }

  Account account() {
    return account;
  }

  Map<String, Holding> kept() {
    return kept;
  }

  /** Keeps what was found; of one id the earliest counts. */
  void kept(Holding holding) {
    kept = kept.isEmpty() ? new TreeMap<>() : kept;
    merge(kept, holding);
  }

  long wake() {
    return wake;
  }

  void wakeBy(long time) {
    wake = Math.min(wake, time);
  }

  boolean isEmpty() {
    return kept.isEmpty()
        && account.entries().isEmpty()
        && file.said().isEmpty()
        && file.feedback().isEmpty();
  }

  /** Keeps what was found on trips that are settled. */
  void keep(List<Holding> ofDays) {
    ofDays.forEach(this::kept);
  }

  /** By two trips one thing may be seen at one moment: the same one counts whichever came first. */
  private static final Comparator<Holding> FIRST =
      Comparator.<Holding>comparingLong(holding -> holding.alert().occurredAt())
          .thenComparing(holding -> holding.alert().ruleVersion())
          .thenComparing(holding -> String.valueOf(holding.alert().city()))
          .thenComparing(holding -> holding.alert().toString());

  /** Of one id the earliest counts. */
  private static void merge(Map<String, Holding> into, Holding holding) {
    into.merge(holding.alert().alertId(), holding, (a, b) -> FIRST.compare(b, a) < 0 ? b : a);
  }

  /**
   * Publishes what concerns the driver and no order.
   *
   * @param ofLogins what holds by the logins still known
   * @param ofDays what holds of his days, by trips whose evidence is not settled
   * @param news what was learned last; null where only time went by
   */
  void conclude(
      String driverId,
      List<Holding> ofLogins,
      List<Holding> ofDays,
      Pairs pairs,
      RuleBook rules,
      Undos undos,
      Event news,
      int epoch,
      long now,
      Publisher publisher) {
    Map<String, Holding> all = new TreeMap<>(kept);
    ofLogins.forEach(holding -> merge(all, holding));
    ofDays.forEach(holding -> merge(all, holding));
    Awaited awaited = new Awaited(now);
    List<Holding> holds = new ArrayList<>();
    List<Output> says = new ArrayList<>();
    for (Holding holding : all.values()) {
      Ruling ruling =
          Ruling.later(
              Ruling.of(verdictsOn(holding.alert(), awaited)),
              undos.on(holding.alert(), NEVER, awaited));
      Holding decided = holding.decided(ruling);
      holds.add(decided);
      if (!decided.isRejected()) {
        says.add(holding.alert());
      }
    }
    List<Statement> penalties = Penalties.of(holds, epoch, awaited);
    says.addAll(penalties);
    account.replace(file.finals(), Account.finals(penalties));
    says.addAll(DriverRecords.of(driverId, account, pairs, rules, epoch, awaited));
    file.publishDifference(says, gone -> causeOf(gone, holds, news), publisher);
    file.claimDifference(Claims.ofDays(holds, penalties, rules), publisher);
    settle(ofLogins, now);
    // A later version of the rules may widen the window.
    account.forgetBefore(now - PenaltySettings.LONGEST_WINDOW_MS);
    wake = awaited.wake();
    if (account.firstAt() != NEVER) {
      wakeBy(account.firstAt() + PenaltySettings.LONGEST_WINDOW_MS + 1);
    }
    if (!ofLogins.isEmpty()) {
      wakeBy(now + Horizons.LATE_EVIDENCE_MS);
    }
    long pairedAt = file.forgetPairsBefore(now - Pairs.KEPT_MS);
    if (pairedAt != NEVER) {
      // Once it is over nothing else may ever wake him.
      wakeBy(Math.max(now, pairedAt + Pairs.KEPT_MS) + 1);
    }
  }

  private static Cause causeOf(Output gone, List<Holding> holds, Event news) {
    for (Holding holding : holds) {
      if (holding.alert().alertId().equals(gone.id()) && holding.isRejected()) {
        return Cause.ruled(holding.ruling());
      }
    }
    return Cause.evidence(news);
  }

  private List<HumanVerdict> verdictsOn(Alert alert, Awaited awaited) {
    List<HumanVerdict> said = new ArrayList<>();
    for (HumanVerdict verdict : file.feedback().verdicts()) {
      if (verdict.subject() == Subject.ALERT
          && verdict.subjectId().equals(alert.alertId())
          && awaited.hasCome(verdict.time())) {
        said.add(verdict);
      }
    }
    return said;
  }

  /** Logins are forgotten, what was found by them is not: an undo bears on it at any time. */
  private void settle(List<Holding> ofLogins, long now) {
    long settled = now - Horizons.LATE_EVIDENCE_MS;
    for (Holding holding : ofLogins) {
      if (holding.alert().occurredAt() <= settled) {
        kept(holding);
      }
    }
    settledUntil = Math.max(settledUntil, settled);
  }
}
