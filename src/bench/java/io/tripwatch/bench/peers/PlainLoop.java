package io.tripwatch.bench.peers;

import io.tripwatch.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The three rules in one loop over a map: no engine, no parallelism, no events out of order,
 * nothing that outlives the process. The floor.
 */
public final class PlainLoop {
  private final Map<String, DriverState> drivers = new HashMap<>();
  private final Consumer<String> found;

  /** A loop that tells what it finds, as {@link Found} writes it. */
  public PlainLoop(Consumer<String> found) {
    this.found = found;
  }

  /** Takes the next event. */
  public void take(Event event) {
    DriverEvents.of(event, this::take);
  }

  private void take(DriverEvent event) {
    DriverState driver = drivers.get(event.driverId());
    if (driver == null) {
      driver = new DriverState();
      drivers.put(event.driverId(), driver);
    }
    long time = event.time();
    // A deadline is seen at the driver's next event: without a clock there is no better moment.
    if (event.kind() != DriverEvent.Kind.DUE && driver.missedMarginBy(time)) {
      found.accept(Found.of(Found.MARGIN_MISSED, driver.orderId));
    }
    switch (event.kind()) {
      case FIX -> {
        if (driver.showsPressElsewhere(
            time, event.lat(), event.lon(), event.datum(), event.metres())) {
          found.accept(Found.of(Found.ON_SITE_PRESSED_ELSEWHERE, driver.orderId));
        }
      }
      case ACCEPTED -> driver.accepted(event.orderId(), event.lat(), event.lon(), event.metres());
      case DUE -> driver.dueAt = time;
      case ON_SITE -> driver.onSite(time);
      case START -> driver.start(time);
      case END -> {
        if (driver.endsFakeOrder(time)) {
          found.accept(Found.of(Found.FAKE_ORDER, driver.orderId));
        }
      }
    }
  }
}
