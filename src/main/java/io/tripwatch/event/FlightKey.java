package io.tripwatch.event;

/**
 * What a status and an order must agree on to be about one arrival.
 *
 * @param flightNo flight or train number
 * @param serviceDate local date of the scheduled arrival, {@code YYYY-MM-DD}, or null
 * @param arrivesAt airport or station it is awaited at, or null; absent equals absent
 */
public record FlightKey(String flightNo, String serviceDate, String arrivesAt) {
  /**
   * One string for keyed streams, different for different keys: flight numbers and places are free
   * text, so each part says how long it is.
   */
  public String asKey() {
    return part(flightNo) + part(serviceDate) + part(arrivesAt);
  }

  private static String part(String text) {
    return text == null ? "-|" : text.length() + ":" + text + "|";
  }
}
