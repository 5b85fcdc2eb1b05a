package io.tripwatch.codec;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;

/**
 * What the bytes of a record are: an event, or a refusal with its reason.
 *
 * @param event null where refused
 * @param reason null where accepted
 * @param detail one sentence: what was found where, and what it must be; null where accepted
 */
public record Decoded(Event event, DeadLetter.Reason reason, String detail) {
  static Decoded accepted(Event event) {
    return new Decoded(event, null, null);
  }

  static Decoded refused(DeadLetter.Reason reason, String detail) {
    return new Decoded(null, reason, detail);
  }

  /** Whether it is an event. */
  public boolean isAccepted() {
    return event != null;
  }
}
