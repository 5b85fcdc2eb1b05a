package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.EventLog;
import io.tripwatch.trip.Horizons;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Knows whose one device is and who logged in on it, and tells each driver who uses it of the
 * others: what the registry says of them, and their logins near his own.
 */
final class DeviceDesk implements Desk {
  private final String deviceId;
  private final Map<String, EventLog<FleetRecord>> registrations = new TreeMap<>();
  private final EventLog<Login> logins = EventLog.byTime();
  private final Map<String, Long> interestedUntil = new TreeMap<>();

  DeviceDesk(String deviceId) {
    this.deviceId = deviceId;
  }

  /**
   * Takes in a record of a driver whom the registry named for the device.
   *
   * @return whether those who use it hear of it; not if it is registered to too many others
   */
  boolean learn(FleetRecord fleet, Consumer<ForDriver> toDriver) {
    if (registrations.size() >= Bound.DRIVERS_OF_A_DEVICE.most()
        && !registrations.containsKey(fleet.driverId())) {
      return false;
    }
    boolean isNew =
        registrations.computeIfAbsent(fleet.driverId(), any -> EventLog.byTime()).learn(fleet);
    for (String driver : interestedUntil.keySet()) {
      if (isNew && !driver.equals(fleet.driverId())) {
        toDriver.accept(new ForDriver(driver, fleet));
      }
    }
    return true;
  }

  /** Takes in a login on the device. */
  Outcome learn(Login login, Consumer<ForDriver> toDriver) {
    if (Bound.LOGINS_OF_A_DEVICE.isReachedAround(login.time(), logins) && !logins.knows(login)) {
      return Outcome.TOO_MANY;
    }
    Login replaced = null;
    for (Login known : logins) {
      if (known.sameEventAs(login)) {
        replaced = known;
      }
    }
    if (!logins.learn(login)) {
      return Outcome.REPEATED;
    }
    Set<String> told = new HashSet<>();
    for (Login other : logins) {
      if (other.driverId().equals(login.driverId())) {
        continue;
      }
      boolean near = isNear(other, login);
      if (near) {
        toDriver.accept(new ForDriver(login.driverId(), other));
      }
      // Who was told of the record it replaces must hear that it no longer counts.
      boolean bears = near || replaced != null && isNear(other, replaced);
      if (bears && told.add(other.driverId())) {
        toDriver.accept(new ForDriver(other.driverId(), login));
      }
    }
    answer(login.driverId(), login.time() + Horizons.LATE_EVIDENCE_MS, toDriver);
    return Outcome.NEW;
  }

  private static boolean isNear(Login one, Login other) {
    return Math.abs(one.time() - other.time()) <= Horizons.LOGINS_APART_MS;
  }

  /** Answers a question; again, too, for the driver may have forgotten. */
  void answer(DeviceQuestion question, Consumer<ForDriver> toDriver) {
    answer(question.driverId(), question.until(), toDriver);
  }

  private void answer(String driverId, long until, Consumer<ForDriver> toDriver) {
    interestedUntil.merge(driverId, until, Math::max);
    registrations.forEach(
        (other, records) -> {
          if (!other.equals(driverId)) {
            records.forEach(fleet -> toDriver.accept(new ForDriver(driverId, fleet)));
          }
        });
  }

  /** Who is registered stays. */
  @Override
  public void dropExpired(long now) {
    logins.forgetBefore(now - Horizons.OTHERS_LOGINS_MS);
    interestedUntil.values().removeIf(until -> until <= now);
    long remembered = now - Horizons.LATE_EVIDENCE_MS;
    for (EventLog<FleetRecord> records : registrations.values()) {
      records.forgetSupersededBefore(remembered);
    }
    registrations
        .values()
        .removeIf(records -> isOver(records) && records.get(0).time() < remembered);
  }

  private boolean isOver(EventLog<FleetRecord> records) {
    return records.size() == 1 && !records.get(0).phones().contains(deviceId);
  }

  @Override
  public long expiresAt() {
    long last = Long.MIN_VALUE;
    if (!logins.isEmpty()) {
      last = logins.get(logins.size() - 1).time() + Horizons.OTHERS_LOGINS_MS + 1;
    }
    for (long until : interestedUntil.values()) {
      last = Math.max(last, until);
    }
    for (EventLog<FleetRecord> records : registrations.values()) {
      if (records.size() > 1 || isOver(records)) {
        long superseded = records.get(records.size() - 1).time();
        last = Math.max(last, superseded + Horizons.LATE_EVIDENCE_MS + 1);
      }
    }
    return last == Long.MIN_VALUE ? NEVER : last;
  }

  @Override
  public boolean isEmpty() {
    return logins.isEmpty() && interestedUntil.isEmpty() && registrations.isEmpty();
  }

  @Override
  public void write(DataOutput target) throws IOException {
    ShortOutput out = Desks.brief(target);
    out.writeInt(registrations.size());
    for (EventLog<FleetRecord> records : registrations.values()) {
      Desks.writeEvents(records, out);
    }
    Desks.writeEvents(logins, out);
    Desks.writeTimes(interestedUntil, out);
  }

  static DeviceDesk read(String deviceId, DataInput source) throws IOException {
    ShortInput in = Desks.brief(source);
    DeviceDesk desk = new DeviceDesk(deviceId);
    for (int left = in.readInt(); left > 0; left--) {
      EventLog<FleetRecord> records = EventLog.byTime();
      Desks.readEvents(in, event -> records.learn((FleetRecord) event));
      desk.registrations.put(records.get(0).driverId(), records);
    }
    Desks.readEvents(in, event -> desk.logins.learn((Login) event));
    Desks.readTimes(in, desk.interestedUntil);
    return desk;
  }
}
