package io.tripwatch.job;

import io.tripwatch.event.FlightKey;

/**
 * A driver whose order awaits a flight or train.
 *
 * @param until milliseconds since 1970 of event time from which nothing is to be heard any more
 */
record Subscription(FlightKey flight, String driverId, long until) {}
