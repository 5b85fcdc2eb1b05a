package io.tripwatch.verdict;

import io.tripwatch.trip.Horizons;

/**
 * Where the files of orders are put whose evidence is settled, to be taken out again when something
 * is said of them, the order is given to the driver again, or their time has come. None is ever
 * forgotten.
 */
public interface Archive {
  /** The file of an order; null if there is none. */
  OrderFile get(String orderId);

  /**
   * Puts a file in, in place of the one before.
   *
   * @param wake when its time comes, milliseconds since 1970 of event time; NEVER if it does not
   */
  void put(OrderFile file, long wake);

  /** When the time of a file in it comes; NEVER if there is none. */
  long wakeOf(String orderId);

  /** Takes a file out. */
  void remove(String orderId);

  /** The files of the orders whose trips ended less than {@link Horizons#UNDOABLE_MS} ago. */
  Iterable<OrderFile> recent();

  /** The files of the orders that have a trip with a passenger opened at a time or later. */
  Iterable<OrderFile> of(String passengerId, long openedFrom);

  /** The files of all orders. */
  Iterable<OrderFile> all();
}
