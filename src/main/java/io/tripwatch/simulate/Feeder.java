package io.tripwatch.simulate;

import java.util.Iterator;
import java.util.function.Consumer;

/** Hands on each delivery when a clock shows the time of its arrival, in their order. */
public final class Feeder implements Runnable {
  private final Iterator<Delivery> deliveries;
  private final SimulatedClock clock;
  private final Consumer<Delivery> outlet;
  private volatile boolean stopped;
  private volatile long sent;

  /**
   * A feeder; it feeds when it runs.
   *
   * @param outlet takes the deliveries; what it throws ends the feeding
   */
  public Feeder(Iterator<Delivery> deliveries, SimulatedClock clock, Consumer<Delivery> outlet) {
    this.deliveries = deliveries;
    this.clock = clock;
    this.outlet = outlet;
  }

  /** Feeds until all is told or {@link #stop} is called. */
  @Override
  public void run() {
    while (!stopped && deliveries.hasNext()) {
      Delivery delivery = deliveries.next();
      if (!arrives(delivery)) {
        return;
      }
      outlet.accept(delivery);
      count();
    }
  }

  private boolean arrives(Delivery delivery) {
    try {
      while (!clock.awaits(delivery.arrivalMs())) {
        if (stopped) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One thread feeds, others only read. */
  private void count() {
    sent++;
  }

  /** Makes the feeding end soon. */
  public void stop() {
    stopped = true;
  }

  /** How many records were handed on so far. */
  public long sent() {
    return sent;
  }
}
