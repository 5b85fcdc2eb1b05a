package io.tripwatch.job;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Wire;
import io.tripwatch.trip.EventLog;
import io.tripwatch.trip.OrderLog;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Knows all of one order, and tells each driver who has or had it: many events name no driver,
 * REASSIGNED concerns two, and whoever gets the order later needs its whole history.
 */
final class OrderDesk {
  /**
   * How long after its pickup time, or the last word on it, an order is remembered: a trip ends a
   * day after P, P moves with a flight by a day or two, evidence comes hours late.
   */
  static final long MEMORY_MS = 4 * 24 * 3_600_000L;

  private final EventLog<OrderEvent> events =
      EventLog.byTimeThen(Comparator.comparing(OrderEvent::type));
  private final EventLog<Press> presses = EventLog.byTime();
  private final EventLog<Call> calls = EventLog.byTime();
  private final Set<String> drivers = new TreeSet<>();
  private final Set<String> subscribed = new TreeSet<>();
  private long rememberedUntil = Long.MIN_VALUE;
  private long timerAt = Long.MIN_VALUE;

  /**
   * Takes in an event of the order.
   *
   * @param toDriver hears what a driver should know
   * @param toFlight hears which driver awaits which flight
   * @return false if it is a repeated one
   */
  boolean learn(Event event, Consumer<ForDriver> toDriver, Consumer<Subscription> toFlight) {
    if (!keep(event)) {
      return false;
    }
    remember(event);
    for (String driver : drivers) {
      toDriver.accept(new ForDriver(driver, event));
    }
    for (OrderEvent order : events) {
      if (order.type().assigns() && drivers.add(order.driverId())) {
        for (List<? extends Event> log : List.of(events, presses, calls)) {
          log.forEach(known -> toDriver.accept(new ForDriver(order.driverId(), known)));
        }
      }
    }
    for (FlightKey flight : OrderLog.flightsOf(events)) {
      for (String driver : drivers) {
        if (subscribed.add(flight.asKey() + " " + driver)) {
          toFlight.accept(new Subscription(flight, driver, rememberedUntil));
        }
      }
    }
    return true;
  }

  private boolean keep(Event event) {
    if (event instanceof OrderEvent order) {
      return events.learn(order);
    } else if (event instanceof Press press) {
      return presses.learn(press);
    } else if (event instanceof Call call) {
      return calls.learn(call);
    }
    throw new IllegalArgumentException("no event of an order: " + event.topic().topicName());
  }

  private void remember(Event event) {
    long last = event.time();
    if (event instanceof OrderEvent order && order.booking() != null) {
      last = Math.max(last, order.booking().pickupAt());
    }
    rememberedUntil = Math.max(rememberedUntil, last + MEMORY_MS);
  }

  long rememberedUntil() {
    return rememberedUntil;
  }

  /** When it is next asked whether it is still remembered; MIN_VALUE while nobody asks. */
  long timerAt() {
    return timerAt;
  }

  void timerAt(long time) {
    timerAt = time;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(Wire.VERSION);
    for (List<? extends Event> log : List.of(events, presses, calls)) {
      out.writeInt(log.size());
      for (Event event : log) {
        Wire.write(event, out);
      }
    }
    for (Set<String> names : List.of(drivers, subscribed)) {
      out.writeInt(names.size());
      for (String name : names) {
        Wire.writeString(name, out);
      }
    }
    out.writeLong(rememberedUntil);
    out.writeLong(timerAt);
  }

  static OrderDesk read(DataInput in) throws IOException {
    Desks.checkVersion(in.readByte());
    OrderDesk desk = new OrderDesk();
    for (int log = 0; log < 3; log++) {
      for (int left = in.readInt(); left > 0; left--) {
        desk.keep(Wire.read(in));
      }
    }
    for (Set<String> names : List.of(desk.drivers, desk.subscribed)) {
      for (int left = in.readInt(); left > 0; left--) {
        names.add(Wire.readString(in));
      }
    }
    desk.rememberedUntil = in.readLong();
    desk.timerAt = in.readLong();
    return desk;
  }
}
