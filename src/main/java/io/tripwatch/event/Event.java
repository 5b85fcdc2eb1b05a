package io.tripwatch.event;

/** One accepted record of an inbound topic. */
public sealed interface Event
    permits OrderEvent,
        Fix,
        Press,
        Call,
        Login,
        FlightStatus,
        FleetRecord,
        Rating,
        Complaint,
        HumanVerdict,
        RulesRecord,
        Undo {

  /** Its times and identity. */
  Stamp stamp();

  /** The topic it came from. */
  Topic topic();

  /** When it happened, milliseconds since 1970. See {@link Stamp#time()}. */
  default long time() {
    return stamp().time();
  }

  /** The record's canonical JSON; null for fixes. */
  default String canonicalJson() {
    String canonical = stamp().canonical();
    return stamp().isShort() ? PlainRecord.of(this, Stamp.SPELT.equals(canonical)) : canonical;
  }

  /** This event, with its canonical JSON kept as shortly as can be. */
  default Event shortened() {
    Stamp stamp = stamp();
    if (stamp.canonical() == null || stamp.isShort()) {
      return this;
    }
    boolean isSpelt = stamp.canonical().equals(PlainRecord.of(this, true));
    if (!isSpelt && !stamp.canonical().equals(PlainRecord.of(this, false))) {
      return this;
    }
    String brief = isSpelt ? Stamp.SPELT : Stamp.PLAIN;
    return PlainRecord.stamped(
        this, new Stamp(stamp.eventTime(), stamp.receivedAt(), stamp.eventId(), brief));
  }

  /** Whether the two are one event, delivered twice. Only for records of one topic. */
  default boolean sameEventAs(Event other) {
    Stamp mine = stamp();
    Stamp its = other.stamp();
    if (mine.eventId() != null || its.eventId() != null) {
      return mine.eventId() != null && mine.eventId().equals(its.eventId());
    }
    return mine.eventTime() == its.eventTime()
        && mine.canonical() != null
        && canonicalJson().equals(other.canonicalJson());
  }

  /**
   * The order of events of one topic at one time: by eventId, absent first, then canonical JSON.
   */
  default int compareTie(Event other) {
    String mine = stamp().eventId();
    String its = other.stamp().eventId();
    if (mine == null || its == null) {
      if (mine != null || its != null) {
        return mine == null ? -1 : 1;
      }
    } else {
      int byId = mine.compareTo(its);
      if (byId != 0) {
        return byId;
      }
    }
    if (stamp().canonical() == null || other.stamp().canonical() == null) {
      return 0;
    }
    return canonicalJson().compareTo(other.canonicalJson());
  }
}
