package io.tripwatch.event;

/** The four kinds of transfer. */
public enum Scenario {
  AIRPORT_PICKUP,
  AIRPORT_DROPOFF,
  STATION_PICKUP,
  STATION_DROPOFF;

  /** Whether the passenger arrives by flight or train, so that the pickup time moves with it. */
  public boolean isPickup() {
    return this == AIRPORT_PICKUP || this == STATION_PICKUP;
  }
}
