package io.tripwatch.event;

/**
 * A change in an order's life.
 *
 * @param booking the whole order, with PLACED, ACCEPTED, REASSIGNED and CHANGED; else null
 * @param driverId who drives, with ACCEPTED and REASSIGNED; else null
 * @param plate with what, as it was written, with ACCEPTED and REASSIGNED; else null
 * @param vehicleClass of which class, with ACCEPTED and REASSIGNED; else null
 * @param cancelledBy with CANCELLED; else null
 * @param reason with CANCELLED, or null
 * @param chargedCents with SETTLED; else 0
 */
public record OrderEvent(
    Stamp stamp,
    Type type,
    String orderId,
    Booking booking,
    String driverId,
    String plate,
    VehicleClass vehicleClass,
    CancelledBy cancelledBy,
    String reason,
    long chargedCents)
    implements Event {

  /** Steps of an order's life; at one time they follow each other in this order. */
  public enum Type {
    PLACED,
    ACCEPTED,
    CHANGED,
    REASSIGNED,
    SETTLED,
    CANCELLED;

    /** Whether the event gives the order to a driver. */
    public boolean assigns() {
      return this == ACCEPTED || this == REASSIGNED;
    }
  }

  /** Who cancelled. */
  public enum CancelledBy {
    PASSENGER,
    DRIVER,
    PLATFORM
  }

  /** The reason that says more people or luggage came than the class takes. */
  public static final String OVER_CAPACITY = "OVER_CAPACITY";

  /** Whether it gives the order to a driver. */
  public boolean assigns(String driver) {
    return type.assigns() && driverId.equals(driver);
  }

  @Override
  public Topic topic() {
    return Topic.ORDERS;
  }
}
