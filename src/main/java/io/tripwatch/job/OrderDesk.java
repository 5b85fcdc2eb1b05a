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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /**
   * How much longer its drivers are remembered: a settlement is never too late, and bears on trips
   * that ended less than thirty days ago.
   */
  private static final long SETTLED_MEMORY_MS = 31 * 24 * 3_600_000L;

  private final EventLog<OrderEvent> events =
      EventLog.byTimeThen(Comparator.comparing(OrderEvent::type));
  private final EventLog<Press> presses = EventLog.byTime();
  private final EventLog<Call> calls = EventLog.byTime();
  private final Set<String> drivers = new TreeSet<>();
  private final Set<String> subscribed = new TreeSet<>();
  private final Set<String> asked = new TreeSet<>();
  private final Map<String, PlateInterest> interests = new TreeMap<>();
  private boolean onlySettlements;
  private long rememberedUntil = Long.MIN_VALUE;
  private long timerAt = Long.MIN_VALUE;

  /** Who hears what is learned. */
  interface Hearers {
    /** What a driver should know. */
    void tell(ForDriver message);

    /** Which driver awaits which flight. */
    void subscribe(Subscription subscription);

    /**
     * When a driver's vehicle is to be looked at; what was said of him, it and the order before no
     * longer holds.
     */
    void follow(PlateInterest interest);

    /** Whose device a press was made with. */
    void ask(DeviceQuestion question);
  }

  /**
   * Takes in an event of the order.
   *
   * @return false if it is a repeated one
   */
  boolean learn(Event event, Hearers hearers) {
    if (!keep(event)) {
      return false;
    }
    remember(event);
    for (String driver : drivers) {
      hearers.tell(new ForDriver(driver, event));
    }
    for (OrderEvent order : events) {
      if (order.type().assigns() && drivers.add(order.driverId())) {
        for (List<? extends Event> log : List.of(events, presses, calls)) {
          log.forEach(known -> hearers.tell(new ForDriver(order.driverId(), known)));
        }
      }
    }
    subscribe(hearers);
    follow(hearers);
    ask(hearers);
    return true;
  }

  private void subscribe(Hearers hearers) {
    for (FlightKey flight : OrderLog.flightsOf(events)) {
      for (String driver : drivers) {
        if (subscribed.add(flight.asKey() + " " + driver)) {
          hearers.subscribe(new Subscription(flight, driver, rememberedUntil));
        }
      }
    }
  }

  private void follow(Hearers hearers) {
    for (PlateInterest interest : Rides.of(events, presses, rememberedUntil)) {
      String key = interest.driverId() + "/" + interest.plate();
      if (!interest.equals(interests.put(key, interest))) {
        hearers.follow(interest);
      }
    }
  }

  private void ask(Hearers hearers) {
    for (Press press : presses) {
      for (String driver : drivers) {
        if (asked.add(press.deviceId() + " " + driver)) {
          hearers.ask(new DeviceQuestion(press.deviceId(), driver, rememberedUntil));
        }
      }
    }
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

  /**
   * Lets go of all but what a late settlement needs.
   *
   * @return false if nobody would hear of one
   */
  boolean keepOnlySettlements() {
    if (onlySettlements || drivers.isEmpty()) {
      return false;
    }
    onlySettlements = true;
    List<OrderEvent> settlements =
        events.stream().filter(event -> event.type() == OrderEvent.Type.SETTLED).toList();
    for (EventLog<?> log : List.of(events, presses, calls)) {
      log.forgetBefore(Long.MAX_VALUE);
    }
    settlements.forEach(events::learn);
    subscribed.clear();
    asked.clear();
    interests.clear();
    rememberedUntil += SETTLED_MEMORY_MS;
    return true;
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
    for (Set<String> names : List.of(drivers, subscribed, asked)) {
      out.writeInt(names.size());
      for (String name : names) {
        Wire.writeString(name, out);
      }
    }
    out.writeInt(interests.size());
    for (PlateInterest interest : interests.values()) {
      interest.write(out);
    }
    out.writeBoolean(onlySettlements);
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
    for (Set<String> names : List.of(desk.drivers, desk.subscribed, desk.asked)) {
      for (int left = in.readInt(); left > 0; left--) {
        names.add(Wire.readString(in));
      }
    }
    for (int left = in.readInt(); left > 0; left--) {
      PlateInterest interest = PlateInterest.read(in);
      desk.interests.put(interest.driverId() + "/" + interest.plate(), interest);
    }
    desk.onlySettlements = in.readBoolean();
    desk.rememberedUntil = in.readLong();
    desk.timerAt = in.readLong();
    return desk;
  }
}
