package io.tripwatch.job;

import io.tripwatch.event.Event;

/** An event on its way to a driver it bears on. */
record ForDriver(String driverId, Event event) {}
