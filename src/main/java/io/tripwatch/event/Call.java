package io.tripwatch.event;

/**
 * A call or text over the privacy number.
 *
 * @param durationS seconds, −1 where absent
 */
public record Call(
    Stamp stamp,
    String orderId,
    String driverId,
    String passengerId,
    Channel channel,
    Caller caller,
    Outcome outcome,
    double durationS)
    implements Event {

  /** Voice or text. */
  public enum Channel {
    CALL,
    SMS
  }

  /** Who called or wrote. */
  public enum Caller {
    DRIVER,
    PASSENGER
  }

  /** How it went: CONNECTED, NO_ANSWER and FAILED for calls, SENT and FAILED for texts. */
  public enum Outcome {
    CONNECTED,
    NO_ANSWER,
    SENT,
    FAILED
  }

  /** Whether driver and passenger were in touch by it. */
  public boolean isContact() {
    if (channel == Channel.CALL) {
      return outcome == Outcome.CONNECTED;
    }
    return caller == Caller.DRIVER && outcome == Outcome.SENT;
  }

  @Override
  public Topic topic() {
    return Topic.CALLS;
  }
}
