package io.tripwatch.event;

/**
 * A status of a flight or train.
 *
 * @param scheduledArrival milliseconds since 1970
 * @param estimatedArrival milliseconds since 1970, or {@link Stamp#ABSENT}
 * @param actualArrival milliseconds since 1970, or {@link Stamp#ABSENT}
 */
public record FlightStatus(
    Stamp stamp,
    FlightKey flight,
    Mode mode,
    Status status,
    long scheduledArrival,
    long estimatedArrival,
    long actualArrival)
    implements Event {

  /** What arrives. */
  public enum Mode {
    FLIGHT,
    TRAIN
  }

  /** Of two at one time the later in this list holds. */
  public enum Status {
    SCHEDULED,
    DELAYED,
    DEPARTED,
    ARRIVED,
    CANCELLED,
    DIVERTED,
    RETURNED
  }

  /** How much later than scheduled it arrives, milliseconds; negative when early. */
  public long delayMs() {
    long arrival = actualArrival != Stamp.ABSENT ? actualArrival : estimatedArrival;
    return arrival == Stamp.ABSENT ? 0 : arrival - scheduledArrival;
  }

  @Override
  public Topic topic() {
    return Topic.FLIGHTS;
  }
}
