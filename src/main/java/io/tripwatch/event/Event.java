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
        RulesRecord {

  /** Its times and identity. */
  Stamp stamp();

  /** The topic it came from. */
  Topic topic();

  /** When it happened, milliseconds since 1970. See {@link Stamp#time()}. */
  default long time() {
    return stamp().time();
  }
}
