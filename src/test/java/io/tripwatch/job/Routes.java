package io.tripwatch.job;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.RulesRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The stages before the drivers, in memory: each way keeps its order, and is as slow as it likes,
 * but no slower than the watermark.
 */
final class Routes implements OrderDesk.Hearers {
  private final Map<String, OrderDesk> orders = new HashMap<>();
  private final Map<String, FlightDesk> flights = new HashMap<>();
  private final Map<String, PlateDesk> plates = new HashMap<>();
  private final Map<String, RegistryDesk> registries = new HashMap<>();
  private final Map<String, DeviceDesk> devices = new HashMap<>();
  private final List<Way<?>> ways = new ArrayList<>();
  private final Random random;
  private long now = Desks.NOTHING_KNOWN;

  private final Way<ForDriver> direct;
  private final Way<ForDriver> fromOrders;
  private final Way<ForDriver> fromFlights;
  private final Way<ForDriver> fromPlates;
  private final Way<ForDriver> fromDevices;
  private final Way<Subscription> subscriptions = new Way<>(this::arrive);
  private final Way<PlateInterest> interests = new Way<>(this::arrive);
  private final Way<DeviceQuestion> questions = new Way<>(this::arrive);
  private final Way<Fix> toPlates = new Way<>(this::arrive);
  private final Way<ForDevice> logins = new Way<>(this::arrive);
  private final Way<ForDevice> registered = new Way<>(this::arrive);

  private final class Way<M> {
    private final Deque<M> messages = new ArrayDeque<>();
    private final Consumer<M> end;

    Way(Consumer<M> end) {
      this.end = end;
      ways.add(this);
    }

    void send(M message) {
      messages.add(message);
    }

    boolean move() {
      if (messages.isEmpty()) {
        return false;
      }
      end.accept(messages.remove());
      return true;
    }
  }

  Routes(Random random, Consumer<ForDriver> toDriver) {
    this.random = random;
    direct = new Way<>(toDriver);
    fromOrders = new Way<>(toDriver);
    fromFlights = new Way<>(toDriver);
    fromPlates = new Way<>(toDriver);
    fromDevices = new Way<>(toDriver);
  }

  void take(Event event) {
    if (event instanceof Fix fix && fix.vehicle()) {
      toPlates.send(fix);
    } else if (event instanceof Fix fix) {
      direct.send(new ForDriver(fix.owner(), fix));
    } else if (event instanceof FlightStatus status) {
      flight(status.flight().asKey()).learn(status, fromFlights::send);
    } else if (event instanceof OrderEvent || event instanceof Press || event instanceof Call) {
      orders.computeIfAbsent(orderOf(event), any -> new OrderDesk()).learn(event, null, this);
    } else if (!(event instanceof RulesRecord)) {
      takeDirect(event);
    }
    for (int moves = random.nextInt(8); moves > 0; moves--) {
      ways.get(random.nextInt(ways.size())).move();
    }
  }

  private void takeDirect(Event event) {
    String driverId = Route.driverOf(event);
    if (event instanceof FleetRecord fleet) {
      RegistryDesk desk = registries.computeIfAbsent(driverId, any -> new RegistryDesk());
      desk.learn(fleet, registered::send);
      desk.dropExpired(now);
    } else if (event instanceof Login login && login.action() == Login.Action.LOGIN) {
      logins.send(new ForDevice(login.deviceId(), login));
    }
    if (driverId != null) {
      direct.send(new ForDriver(driverId, event));
    }
  }

  private static String orderOf(Event event) {
    if (event instanceof OrderEvent order) {
      return order.orderId();
    }
    return event instanceof Press press ? press.orderId() : ((Call) event).orderId();
  }

  @Override
  public void tell(ForDriver message) {
    fromOrders.send(message);
  }

  @Override
  public void subscribe(Subscription subscription) {
    subscriptions.send(subscription);
  }

  @Override
  public void follow(PlateInterest interest) {
    interests.send(interest);
  }

  @Override
  public void ask(DeviceQuestion question) {
    questions.send(question);
  }

  private void arrive(Subscription one) {
    flight(one.flight().asKey()).subscribe(one, fromFlights::send);
  }

  private FlightDesk flight(String key) {
    return flights.computeIfAbsent(key, any -> new FlightDesk());
  }

  private void arrive(PlateInterest one) {
    plate(one.plate()).follow(one, now, fromPlates::send);
  }

  private void arrive(Fix fix) {
    plate(fix.owner()).learn(fix, now, fromPlates::send);
  }

  private PlateDesk plate(String plate) {
    return plates.computeIfAbsent(plate, PlateDesk::new);
  }

  private void arrive(DeviceQuestion one) {
    device(one.deviceId()).answer(one, fromDevices::send);
  }

  private void arrive(ForDevice one) {
    DeviceDesk desk = device(one.deviceId());
    if (one.event() instanceof Login login) {
      desk.learn(login, fromDevices::send);
    } else {
      desk.learn((FleetRecord) one.event(), fromDevices::send);
    }
    desk.dropExpired(now);
  }

  private DeviceDesk device(String deviceId) {
    return devices.computeIfAbsent(deviceId, DeviceDesk::new);
  }

  /** Has everything arrive that a watermark pushes before it. */
  void flush(long watermark) {
    while (ways.stream().anyMatch(way -> !way.messages.isEmpty())) {
      ways.get(random.nextInt(ways.size())).move();
    }
    now = Math.max(now, watermark);
    plates.values().forEach(desk -> desk.letGo(now));
    devices.values().forEach(desk -> desk.dropExpired(now));
    orders.values().forEach(desk -> desk.dropExpired(now));
  }
}
