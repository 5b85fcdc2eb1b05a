package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Press;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.EventLog;
import io.tripwatch.trip.Horizons;
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
import java.util.function.Predicate;

/**
 * Knows all of one order, and tells each driver who has or had it: many events name no driver,
 * REASSIGNED concerns two, and whoever gets the order later needs its whole history.
 *
 * <p>An order may be given to a driver again at any time, so its events are kept for ever. Presses
 * and calls, and who was told what, are kept until the last trip is surely over.
 */
final class OrderDesk implements Desk {
  private final EventLog<OrderEvent> events =
      EventLog.byTimeThen(Comparator.comparing(OrderEvent::type));
  private final EventLog<Press> presses = EventLog.byTime();
  private final EventLog<Call> calls = EventLog.byTime();
  private final Set<String> drivers = new TreeSet<>();
  private final Set<String> subscribed = new TreeSet<>();
  private final Set<String> asked = new TreeSet<>();
  private final Map<String, PlateInterest> interests = new TreeMap<>();
  private long overAt = Long.MIN_VALUE;

  /** Who hears what is learned. */
  interface Hearers {
    /** What a driver should know. */
    void tell(ForDriver message);

    /** Which driver awaits which flight. */
    void subscribe(Subscription subscription);

    /**
     * When a driver's vehicle is to be looked at; what was said of this turn of his before no
     * longer holds.
     */
    void follow(PlateInterest interest);

    /** Whose device a press was made with. */
    void ask(DeviceQuestion question);
  }

  /**
   * Takes in an event of the order.
   *
   * @param origin where it came from; a driver whom it gives the order may have too many
   */
  Outcome learn(Event event, Origin origin, Hearers hearers) {
    if (isOneTooMany(event)) {
      return Outcome.TOO_MANY;
    }
    if (!keep(event)) {
      return Outcome.REPEATED;
    }
    remember(event);
    for (String driver : drivers) {
      // Whom it assigns is told below.
      if (!(event instanceof OrderEvent order && order.assigns(driver))) {
        hearers.tell(new ForDriver(driver, event));
      }
    }
    if (event instanceof OrderEvent order) {
      if (order.type().assigns()) {
        introduce(order, origin, hearers);
      }
      subscribeTo(order, hearers);
      follow(hearers);
    } else if (event instanceof Press press) {
      drivers.forEach(driver -> ask(press, driver, hearers));
      if (press.button() != Press.Button.ON_SITE) {
        follow(hearers);
      }
    }
    return Outcome.NEW;
  }

  private boolean isOneTooMany(Event event) {
    if (event instanceof OrderEvent order) {
      return isFull(events, one -> one.type() == order.type()) && !events.knows(order);
    } else if (event instanceof Press press) {
      return isFull(presses, one -> one.button() == press.button()) && !presses.knows(press);
    }
    return event instanceof Call call && isFull(calls, any -> true) && !calls.knows(call);
  }

  private static <E> boolean isFull(List<E> log, Predicate<E> isOfKind) {
    int most = Bound.EVENTS_OF_AN_ORDER.most();
    return log.size() >= most && log.stream().filter(isOfKind).count() >= most;
  }

  /**
   * Tells a driver all there is to know when he gets the order, also if he had it before: he may
   * have forgotten. The event that assigns him comes first, for only that reopens an order for him.
   */
  private void introduce(OrderEvent assigning, Origin origin, Hearers hearers) {
    String driver = assigning.driverId();
    drivers.add(driver);
    hearers.tell(new ForDriver(driver, assigning, origin));
    for (List<? extends Event> log : List.of(events, presses, calls)) {
      for (Event known : log) {
        if (known != assigning) {
          hearers.tell(new ForDriver(driver, known));
        }
      }
    }
    for (FlightKey flight : OrderLog.flightsOf(events)) {
      subscribed.add(flight.asKey() + " " + driver);
      hearers.subscribe(new Subscription(flight, driver));
    }
    // Of an earlier turn he may have forgotten whose the devices were.
    asked.removeIf(question -> question.endsWith(" " + driver));
    Set<String> devices = new TreeSet<>();
    for (Press press : presses) {
      if (devices.add(press.deviceId())) {
        askAgain(press, driver, hearers);
      }
    }
  }

  private void subscribeTo(OrderEvent event, Hearers hearers) {
    FlightKey flight = event.booking() == null ? null : event.booking().flight();
    if (flight == null) {
      return;
    }
    for (String driver : drivers) {
      if (subscribed.add(flight.asKey() + " " + driver)) {
        hearers.subscribe(new Subscription(flight, driver));
      }
    }
  }

  private void follow(Hearers hearers) {
    for (PlateInterest interest : Rides.of(events, presses, overAt)) {
      if (!interest.equals(interests.put(keyOf(interest), interest))) {
        hearers.follow(interest);
      }
    }
  }

  private static String keyOf(PlateInterest interest) {
    return interest.driverId() + "/" + interest.plate() + "/" + interest.from();
  }

  private void ask(Press press, String driver, Hearers hearers) {
    if (!asked.contains(question(press, driver))) {
      askAgain(press, driver, hearers);
    }
  }

  private void askAgain(Press press, String driver, Hearers hearers) {
    asked.add(question(press, driver));
    hearers.ask(new DeviceQuestion(press.deviceId(), driver, overAt));
  }

  private static String question(Press press, String driver) {
    return press.deviceId() + " " + driver;
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
      last = Math.max(last, order.booking().pickupAt() + Horizons.OVER_AFTER_PICKUP_MS);
    }
    overAt = Math.max(overAt, last + Horizons.LATE_EVIDENCE_MS);
  }

  @Override
  public void dropExpired(long now) {
    if (overAt <= now) {
      presses.forgetBefore(Long.MAX_VALUE);
      calls.forgetBefore(Long.MAX_VALUE);
      subscribed.clear();
      asked.clear();
      interests.clear();
    }
  }

  @Override
  public long expiresAt() {
    boolean isCompact = presses.isEmpty() && calls.isEmpty() && interests.isEmpty();
    return isCompact && subscribed.isEmpty() && asked.isEmpty() ? NEVER : overAt;
  }

  @Override
  public boolean isEmpty() {
    return events.isEmpty() && presses.isEmpty() && calls.isEmpty();
  }

  @Override
  public void write(DataOutput target) throws IOException {
    ShortOutput out = Desks.brief(target);
    for (List<? extends Event> log : List.of(events, presses, calls)) {
      Desks.writeEvents(log, out);
    }
    for (Set<String> names : List.of(drivers, subscribed, asked)) {
      Desks.writeNames(names, out);
    }
    out.writeInt(interests.size());
    for (PlateInterest interest : interests.values()) {
      interest.write(out);
    }
    out.writeLong(overAt);
  }

  static OrderDesk read(DataInput source) throws IOException {
    ShortInput in = Desks.brief(source);
    OrderDesk desk = new OrderDesk();
    for (int log = 0; log < 3; log++) {
      Desks.readEvents(in, desk::keep);
    }
    for (Set<String> names : List.of(desk.drivers, desk.subscribed, desk.asked)) {
      Desks.readNames(in, names);
    }
    for (int left = in.readInt(); left > 0; left--) {
      PlateInterest interest = PlateInterest.read(in);
      desk.interests.put(keyOf(interest), interest);
    }
    desk.overAt = in.readLong();
    return desk;
  }
}
