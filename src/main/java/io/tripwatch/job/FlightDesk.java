package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.EventLog;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Knows all statuses of one flight or train, and tells each driver whose order awaits it, whichever
 * of the two comes first. An order may name a flight however old its statuses are, and statuses may
 * come however late the flight is: nothing expires.
 */
final class FlightDesk implements Desk {
  private final EventLog<FlightStatus> statuses = Driver.statusLog();
  private final Set<String> drivers = new TreeSet<>();

  /** Takes in a status. */
  Outcome learn(FlightStatus status, Consumer<ForDriver> toDriver) {
    if (statuses.size() >= Bound.STATUSES_OF_A_FLIGHT.most() && !statuses.knows(status)) {
      return Outcome.TOO_MANY;
    }
    if (!statuses.learn(status)) {
      return Outcome.REPEATED;
    }
    drivers.forEach(driver -> toDriver.accept(new ForDriver(driver, status)));
    return Outcome.NEW;
  }

  /**
   * Takes in that a driver's order awaits the flight. Of a second order of his for the same flight
   * he may have forgotten what he was told for the first: he is told again.
   */
  void subscribe(Subscription subscription, Consumer<ForDriver> toDriver) {
    drivers.add(subscription.driverId());
    statuses.forEach(status -> toDriver.accept(new ForDriver(subscription.driverId(), status)));
  }

  @Override
  public void dropExpired(long now) {
    // Nothing expires.
  }

  @Override
  public long expiresAt() {
    return NEVER;
  }

  @Override
  public boolean isEmpty() {
    return statuses.isEmpty() && drivers.isEmpty();
  }

  @Override
  public void write(DataOutput target) throws IOException {
    ShortOutput out = Desks.brief(target);
    Desks.writeEvents(statuses, out);
    Desks.writeNames(drivers, out);
  }

  static FlightDesk read(DataInput source) throws IOException {
    ShortInput in = Desks.brief(source);
    FlightDesk desk = new FlightDesk();
    Desks.readEvents(in, event -> desk.statuses.learn((FlightStatus) event));
    Desks.readNames(in, desk.drivers);
    return desk;
  }
}
