package io.tripwatch.event;

import java.util.List;

/**
 * A rating, by either side.
 *
 * @param stars 1 to 5
 */
public record Rating(
    Stamp stamp,
    String orderId,
    String driverId,
    String passengerId,
    By by,
    int stars,
    List<String> tags)
    implements Event {

  /** Who rates. */
  public enum By {
    PASSENGER,
    DRIVER
  }

  @Override
  public Topic topic() {
    return Topic.RATINGS;
  }
}
