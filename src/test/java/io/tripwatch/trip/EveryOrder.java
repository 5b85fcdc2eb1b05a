package io.tripwatch.trip;

/** For tests that ask whether a driver is woken whenever it matters: here he always is. */
public final class EveryOrder {
  private EveryOrder() {}

  /** Has all of a driver's orders judged at a time, whether anything bears on them or not. */
  public static void wake(Driver driver, long time) {
    driver.orders().values().forEach(order -> driver.wakeFor(order, time));
  }
}
