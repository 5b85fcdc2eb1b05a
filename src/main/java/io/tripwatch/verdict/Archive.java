package io.tripwatch.verdict;

/**
 * Where the files of orders are put whose evidence is settled, to be taken out again when something
 * is said of them or their time has come.
 */
public interface Archive {
  /** The file of an order; null if there is none. */
  OrderFile get(String orderId);

  /**
   * Puts a file in, in place of the one before.
   *
   * @param wake when its time comes, milliseconds since 1970 of event time
   */
  void put(OrderFile file, long wake);

  /** When the time of a file in it comes; NEVER if there is none. */
  long wakeOf(String orderId);

  /** Lets go of a file. */
  void remove(String orderId);

  /** The files of all orders. */
  Iterable<OrderFile> all();
}
