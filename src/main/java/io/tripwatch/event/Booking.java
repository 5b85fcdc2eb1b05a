package io.tripwatch.event;

/**
 * The whole order as the passenger booked it.
 *
 * @param passengerDeviceId or null
 * @param pickupAt agreed pickup time, milliseconds since 1970
 * @param estimatedMeters length of the route the price was computed on
 * @param estimatedSeconds duration of that route
 * @param couponCents how much of the price a coupon pays; 0 where absent
 * @param flight the flight or train awaited, or null
 */
public record Booking(
    Scenario scenario,
    String city,
    String passengerId,
    String passengerDeviceId,
    long pickupAt,
    Place pickup,
    Place dropoff,
    double estimatedMeters,
    double estimatedSeconds,
    VehicleClass orderedClass,
    long fixedPriceCents,
    long couponCents,
    FlightKey flight) {}
