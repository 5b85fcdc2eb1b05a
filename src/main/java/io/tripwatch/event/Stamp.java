package io.tripwatch.event;

/**
 * When an event happened, when it was received, and what makes it the same event as another.
 *
 * @param eventTime milliseconds since 1970, by the clock of whoever saw it happen, as reported
 * @param receivedAt milliseconds since 1970 by the gateway's clock, or {@link #ABSENT}
 * @param eventId the event's id, or null
 * @param canonical the record's canonical JSON (keys sorted, no spaces, without receivedAt), or
 *     {@link #PLAIN} or {@link #SPELT} for one that says what the event says and no more: {@link
 *     Event#canonicalJson()} tells it. Null for fixes, whose fields say all that can matter
 */
public record Stamp(long eventTime, long receivedAt, String eventId, String canonical) {
  /** Stands for an absent receivedAt. */
  public static final long ABSENT = Long.MIN_VALUE;

  /**
   * Stands for canonical JSON that says what the event says, but leaves out something that is what
   * is usual. Nearly all records are so plain or {@link #SPELT}: their texts would take more memory
   * than their events.
   */
  public static final String PLAIN = "plain";

  /** Stands for canonical JSON that says all of what the event says. */
  public static final String SPELT = "spelt";

  /** Whether one of the two words stands for the canonical JSON. */
  boolean isShort() {
    return SPELT.equals(canonical) || PLAIN.equals(canonical);
  }

  /** When it happened: no clock that runs ahead of the gateway's moves event time for anyone. */
  public long time() {
    return receivedAt == ABSENT ? eventTime : Math.min(eventTime, receivedAt);
  }

  /** By how many milliseconds the reported time was ahead of its receipt: 0 for a good clock. */
  public long mendedMs() {
    return eventTime - time();
  }

  /** When the platform got it: receivedAt, where absent eventTime. */
  public long arrival() {
    return receivedAt == ABSENT ? eventTime : receivedAt;
  }
}
