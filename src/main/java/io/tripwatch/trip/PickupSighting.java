package io.tripwatch.trip;

/**
 * What the usable fixes of a span of time tell of how near the pickup point the driver came.
 *
 * @param first index of the first of them in the track
 * @param end index of the first one after them
 * @param nearest index of the one that speaks most for the driver: the least far from the pickup
 *     point, its accuracy allowed for, of several the earliest; -1 if there is no fix
 * @param inside how many are inside the pickup circle
 * @param lastInside index of the last that is; -1 if none is
 * @param lastInsideMs how long the run of neighbours inside that ends with it lasts, none more than
 *     five minutes from the next
 */
public record PickupSighting(
    int first, int end, int nearest, int inside, int lastInside, long lastInsideMs) {
  /** Number of fixes. */
  public int fixes() {
    return end - first;
  }
}
