package io.tripwatch.trip;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import java.util.List;

/**
 * What stays of a trip when its evidence is settled. Instants are milliseconds since 1970, {@link
 * PickupTime#NEVER} for what has not happened.
 *
 * @param openingScenario of the order as the driver accepted it: his settings go by it
 * @param openingCity the same
 * @param plate of the car the trip was opened with
 * @param openedAt Tacc
 * @param start S
 * @param endPress E
 * @param end Tend; an instant to come while the trip is open
 * @param ending how the trip ends, or will if nothing else happens
 * @param presence R
 * @param seenAt from when on his presence is seen, not merely claimed
 * @param pickupAt as agreed
 * @param pickupTime P, the deadline
 * @param delayMs D at P
 * @param cancelledAt K if the trip ended by it
 * @param cancelledBy null unless cancelled
 * @param pickupAtCancellation P as it stood at K
 * @param calledOff whether the statuses up to K, or those up to the later of K and P as it stood
 *     then, call the journey off
 * @param freeWaitOver whether, cancelled by the driver, he had waited the free wait out
 * @param metres driven between S and E; 0 while the trip is not over
 * @param contacts calls and texts that reached the other side; 0 while the trip is not over
 * @param driversLast whether it is the driver's last turn at the order
 * @param ordersLast whether nobody got the order afterwards, this driver included
 * @param foreignPresses presses for the order during the trip by others than its drivers, or from
 *     others' devices, in order
 */
public record TripSummary(
    String tripId,
    String orderId,
    String driverId,
    String passengerId,
    Scenario openingScenario,
    String openingCity,
    String city,
    String plate,
    long openedAt,
    long firstOnSite,
    long start,
    long endPress,
    long end,
    Ending ending,
    long presence,
    long seenAt,
    long pickupAt,
    long pickupTime,
    long delayMs,
    long cancelledAt,
    CancelledBy cancelledBy,
    long pickupAtCancellation,
    boolean calledOff,
    boolean freeWaitOver,
    long fixedPriceCents,
    long couponCents,
    double metres,
    int contacts,
    boolean driversLast,
    boolean ordersLast,
    List<ForeignPress> foreignPresses) {

  /** Settlement, ratings, complaints and verdicts bear on a trip for so long after its end. */
  public static final long FEEDBACK_MS = 30 * 24 * 3_600_000L;

  /** How a trip ends. */
  public enum Ending {
    /** E. */
    ENDED,
    /** K. */
    CANCELLED,
    /** Another driver got the order. */
    REASSIGNED,
    /** Nobody ended it for a day after P. */
    EXPIRED
  }

  /** The same, when somebody was assigned the order after it was over. */
  public TripSummary passedOn(String assignedId) {
    return placed(driversLast, false, assignedId);
  }

  /** The same, as another of the driver's or the order's trips. */
  TripSummary placed(boolean isDriversLast, boolean isOrdersLast) {
    return placed(isDriversLast, isOrdersLast, driverId);
  }

  /** The same, when a driver was assigned the order, whatever the time. */
  public TripSummary assigned(String assignedId) {
    boolean isPressOfHis =
        foreignPresses.stream().anyMatch(press -> press.driverId().equals(assignedId));
    return isPressOfHis ? placed(driversLast, ordersLast, assignedId) : this;
  }

  private TripSummary placed(boolean isDriversLast, boolean isOrdersLast, String assignedId) {
    List<ForeignPress> stillForeign =
        foreignPresses.stream()
            .map(press -> press.assigned(assignedId))
            .filter(ForeignPress::isForeign)
            .toList();
    return new TripSummary(
        tripId,
        orderId,
        driverId,
        passengerId,
        openingScenario,
        openingCity,
        city,
        plate,
        openedAt,
        firstOnSite,
        start,
        endPress,
        end,
        ending,
        presence,
        seenAt,
        pickupAt,
        pickupTime,
        delayMs,
        cancelledAt,
        cancelledBy,
        pickupAtCancellation,
        calledOff,
        freeWaitOver,
        fixedPriceCents,
        couponCents,
        metres,
        contacts,
        isDriversLast,
        isOrdersLast,
        stillForeign);
  }

  /** Until when feedback bears on it, that instant excluded. */
  public long feedbackUntil() {
    return end >= PickupTime.NEVER - FEEDBACK_MS ? PickupTime.NEVER : end + FEEDBACK_MS;
  }
}
