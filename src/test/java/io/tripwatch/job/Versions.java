package io.tripwatch.job;

import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Undo;
import io.tripwatch.event.Undo.State;
import java.util.List;

/** Versions of the rules that come into force on one day. */
final class Versions {
  private static final long HOUR_MS = 3_600_000L;

  private static final String DEARER =
      "{\"rules\":{\"late-at-pickup\":{\"fineCents\":777,\"points\":1},"
          + "\"no-contact-after-accept\":{\"shadow\":true},\"margin-missed\":{\"enabled\":false}}}";
  private static final String ON_TRIAL =
      "{\"rules\":{\"late-at-pickup\":{\"shadow\":true},\"no-show\":{\"shadow\":true}},"
          + "\"trip\":{\"pickupRadiusM\":900}}";
  private static final String LATER = "{\"rules\":{\"no-show\":{\"noShowAfter\":\"20m\"}}}";

  private Versions() {}

  /** Three versions, one of them said again in other words, which counts for nothing. */
  static List<RulesRecord> of(long startMs) {
    return List.of(
        version("dearer", startMs + HOUR_MS / 2, startMs + HOUR_MS / 2, DEARER),
        version("dearer", startMs + HOUR_MS, startMs + HOUR_MS, LATER),
        version("later", startMs - HOUR_MS, startMs + 3 * HOUR_MS, LATER),
        version("on-trial", startMs + HOUR_MS, startMs + 3 * HOUR_MS / 2, ON_TRIAL));
  }

  /** One version undone in part, and another for a while. */
  static List<Undo> undosOf(long startMs) {
    return List.of(
        undo("u-1", "dearer", "no-contact-on-arrival", startMs + 3 * HOUR_MS, State.UNDONE),
        undo("u-2", "on-trial", null, startMs + 4 * HOUR_MS, State.UNDONE),
        undo("u-2", "on-trial", null, startMs + 5 * HOUR_MS, State.RESTORED),
        undo("u-3", "default", "button-out-of-order", startMs + 2 * HOUR_MS, State.UNDONE));
  }

  private static Undo undo(String id, String version, String ruleId, long time, State state) {
    Stamp stamp = new Stamp(time, Stamp.ABSENT, null, id + state);
    return new Undo(stamp, id, version, ruleId, Stamp.ABSENT, Stamp.ABSENT, state, "lead-1", null);
  }

  private static RulesRecord version(String version, long time, long from, String settings) {
    Stamp stamp = new Stamp(time, Stamp.ABSENT, null, version + settings);
    return new RulesRecord(stamp, version, from, settings);
  }
}
