package io.tripwatch.job;

import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
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

  private static RulesRecord version(String version, long time, long from, String settings) {
    Stamp stamp = new Stamp(time, Stamp.ABSENT, null, version + settings);
    return new RulesRecord(stamp, version, from, settings);
  }
}
