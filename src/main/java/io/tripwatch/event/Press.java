package io.tripwatch.event;

/**
 * A press of one of the three buttons of the driver's app.
 *
 * @param lat degrees where the phone says it was pressed, NaN where absent
 * @param lon degrees, NaN where absent
 */
public record Press(
    Stamp stamp,
    String orderId,
    String driverId,
    String deviceId,
    Button button,
    double lat,
    double lon)
    implements Event {

  /** The three buttons. */
  public enum Button {
    ON_SITE,
    START,
    END
  }

  @Override
  public Topic topic() {
    return Topic.BUTTONS;
  }
}
