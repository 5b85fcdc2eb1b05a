package io.tripwatch.verdict;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.rule.Saying;
import java.util.Locale;

/**
 * Why an alert or a penalty was taken back.
 *
 * @param by who decided, or which evidence was learned, as far as it can be named; else null
 */
public record Cause(Kind kind, String by) {
  /** Evidence whose arrival was that late is said to have been received later. */
  private static final long LATE_MS = 60_000;

  /** What can take an alert back. */
  public enum Kind {
    /** Its rule no longer holds, by what is known now. */
    EVIDENCE,
    /** A person rejected it. */
    REJECTED,
    /** The version of the rules that said it was undone. */
    UNDONE
  }

  /**
   * The rule no longer holds.
   *
   * @param learned what was learned last that bears on it; null where only time went by
   */
  static Cause evidence(Event learned) {
    return new Cause(Kind.EVIDENCE, learned == null ? null : named(learned));
  }

  /** Somebody decided so. */
  static Cause ruled(Ruling ruling) {
    return new Cause(ruling.byUndo() ? Kind.UNDONE : Kind.REJECTED, ruling.decidedBy());
  }

  private static String named(Event event) {
    long lateMs = event.stamp().arrival() - event.time();
    String received =
        lateMs > LATE_MS ? ", received at " + Saying.instant(event.stamp().arrival()) : "";
    return what(event) + " of " + Saying.instant(event.time()) + received;
  }

  private static String what(Event event) {
    if (event instanceof Press press) {
      return press.button() + " press";
    } else if (event instanceof OrderEvent order) {
      return order.type().name();
    } else if (event instanceof FlightStatus status) {
      return "flight status " + status.status();
    } else if (event instanceof Fix fix) {
      return fix.vehicle() ? "fix of the vehicle" : "fix of the phone";
    } else if (event instanceof Call call) {
      return call.channel().name().toLowerCase(Locale.ROOT);
    } else if (event instanceof HumanVerdict verdict) {
      return "verdict by " + verdict.decidedBy();
    }
    // The topics' names are plurals: ratings, complaints, logins.
    return "record of " + event.topic().fileStem();
  }
}
