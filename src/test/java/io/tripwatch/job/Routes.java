package io.tripwatch.job;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The stages before the drivers, in memory: each way to a driver keeps its order, and is as slow as
 * it likes, but no slower than the watermark.
 */
final class Routes {
  private final Map<String, OrderDesk> orders = new HashMap<>();
  private final Map<String, FlightDesk> flights = new HashMap<>();
  private final Deque<ForDriver> direct = new ArrayDeque<>();
  private final Deque<ForDriver> fromOrders = new ArrayDeque<>();
  private final Deque<Subscription> subscriptions = new ArrayDeque<>();
  private final Deque<ForDriver> fromFlights = new ArrayDeque<>();
  private final Random random;
  private final Consumer<ForDriver> toDriver;

  Routes(Random random, Consumer<ForDriver> toDriver) {
    this.random = random;
    this.toDriver = toDriver;
  }

  void take(Event event) {
    if (event instanceof Fix fix) {
      if (!fix.vehicle()) {
        direct.add(new ForDriver(fix.owner(), fix));
      }
    } else if (event instanceof FleetRecord fleet) {
      direct.add(new ForDriver(fleet.driverId(), fleet));
    } else if (event instanceof FlightStatus status) {
      flight(status.flight().asKey()).learn(status, fromFlights::add);
    } else if (event instanceof OrderEvent order) {
      take(order.orderId(), event);
    } else if (event instanceof Press press) {
      take(press.orderId(), event);
    } else if (event instanceof Call call) {
      take(call.orderId(), event);
    }
    for (int moves = random.nextInt(6); moves > 0; moves--) {
      move();
    }
  }

  private void take(String orderId, Event event) {
    orders
        .computeIfAbsent(orderId, any -> new OrderDesk())
        .learn(event, fromOrders::add, subscriptions::add);
  }

  private FlightDesk flight(String key) {
    return flights.computeIfAbsent(key, any -> new FlightDesk());
  }

  /** Has everything arrive that a watermark would push before it. */
  void flush() {
    while (!List.of(direct, fromOrders, subscriptions, fromFlights).stream()
        .allMatch(Deque::isEmpty)) {
      move();
    }
  }

  private void move() {
    switch (random.nextInt(4)) {
      case 0 -> deliver(direct);
      case 1 -> deliver(fromOrders);
      case 2 -> deliver(fromFlights);
      default -> {
        if (!subscriptions.isEmpty()) {
          Subscription one = subscriptions.remove();
          flight(one.flight().asKey()).subscribe(one, fromFlights::add);
        }
      }
    }
  }

  private void deliver(Deque<ForDriver> way) {
    if (!way.isEmpty()) {
      toDriver.accept(way.remove());
    }
  }
}
