package io.tripwatch.event;

/**
 * When an event happened, when it was received, and what makes it the same event as another.
 *
 * @param eventTime milliseconds since 1970, by the clock of whoever saw it happen, as reported
 * @param receivedAt milliseconds since 1970 by the gateway's clock, or {@link #ABSENT}
 * @param eventId the event's id, or null
 * @param canonical the record's canonical JSON (keys sorted, no spaces, without receivedAt); null
 *     for fixes, whose fields say all that can matter
 */
public record Stamp(long eventTime, long receivedAt, String eventId, String canonical) {
  /** Stands for an absent receivedAt. */
  public static final long ABSENT = Long.MIN_VALUE;

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

  /** Whether the two are one event, delivered twice. Only for records of one topic. */
  public boolean sameEventAs(Stamp other) {
    if (eventId != null || other.eventId != null) {
      return eventId != null && eventId.equals(other.eventId);
    }
    return eventTime == other.eventTime && canonical != null && canonical.equals(other.canonical);
  }

  /**
   * The order of events of one topic at one time: by eventId, absent first, then canonical JSON.
   */
  public int compareTie(Stamp other) {
    if (eventId == null || other.eventId == null) {
      if (eventId != null || other.eventId != null) {
        return eventId == null ? -1 : 1;
      }
    } else {
      int byId = eventId.compareTo(other.eventId);
      if (byId != 0) {
        return byId;
      }
    }
    if (canonical == null || other.canonical == null) {
      return 0;
    }
    return canonical.compareTo(other.canonical);
  }
}
