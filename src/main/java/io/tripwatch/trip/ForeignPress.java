package io.tripwatch.trip;

import io.tripwatch.event.Press.Button;
import java.util.List;

/**
 * A press that carries a trip's order, during the trip, but not by a driver of the order from a
 * device of his.
 *
 * @param at milliseconds since 1970
 * @param driverId who pressed
 * @param isStranger whether he was never assigned the order, as far as is known
 * @param holders the drivers the device was registered to, in order of their ids
 */
public record ForeignPress(
    long at,
    Button button,
    String driverId,
    String deviceId,
    boolean isStranger,
    List<String> holders) {

  /** Whether the device is another's and not the presser's. */
  private boolean isFromForeignDevice() {
    return !holders.isEmpty() && !holders.contains(driverId);
  }

  /** Whether it is one at all: others are presses of the order's own drivers. */
  boolean isForeign() {
    return isStranger || isFromForeignDevice();
  }

  /** The same, when a driver was assigned the order whatever the time. */
  ForeignPress assigned(String assignedId) {
    return driverId.equals(assignedId)
        ? new ForeignPress(at, button, driverId, deviceId, false, holders)
        : this;
  }
}
