package io.tripwatch.event;

/** Classes of car, from the least to the best: the order of the constants is the ranking. */
public enum VehicleClass {
  ECONOMY,
  COMFORT,
  BUSINESS,
  LUXURY
}
