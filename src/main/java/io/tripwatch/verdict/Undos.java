package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Stamp;
import io.tripwatch.event.Undo;
import io.tripwatch.trip.EventLog;
import io.tripwatch.trip.TripSummary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said about taking back the alerts of versions of the rules. Of the records with one
 * undoId the last counts.
 */
public final class Undos {
  /** Nothing was said. */
  public static final Undos NONE = new Undos();

  private final EventLog<Undo> records = EventLog.byTime();

  /** The versions that were ever named: most never are. */
  private final Set<String> versions = new HashSet<>();

  /**
   * Takes in a record.
   *
   * @return false if it is a repeated one
   */
  public boolean learn(Undo undo) {
    versions.add(undo.version());
    return records.learn(undo);
  }

  /** All records, in order. */
  public List<Undo> records() {
    return records;
  }

  /**
   * The last undo of an alert that stands by now; null if there is none.
   *
   * @param endedAt when the alert's trip ended, milliseconds since 1970; NEVER where it is about a
   *     driver's day
   */
  Ruling on(Alert alert, long endedAt, Awaited awaited) {
    if (!versions.contains(alert.ruleVersion())) {
      return null;
    }
    Map<String, Undo> last = new HashMap<>();
    for (Undo undo : records) {
      if (awaited.hasCome(undo.time())) {
        last.put(undo.undoId(), undo);
      }
    }
    Ruling latest = null;
    for (Undo undo : last.values()) {
      if (undo.state() == Undo.State.UNDONE && covers(undo, alert, endedAt)) {
        latest = Ruling.later(latest, Ruling.of(undo));
      }
    }
    return latest;
  }

  private static boolean covers(Undo undo, Alert alert, long endedAt) {
    long moment = alert.occurredAt();
    return undo.version().equals(alert.ruleVersion())
        && (undo.ruleId() == null || undo.ruleId().equals(alert.ruleId()))
        && (undo.from() == Stamp.ABSENT || undo.from() <= moment)
        && (undo.until() == Stamp.ABSENT || moment <= undo.until())
        && (endedAt == NEVER || undo.time() < endedAt + TripSummary.FEEDBACK_MS);
  }
}
