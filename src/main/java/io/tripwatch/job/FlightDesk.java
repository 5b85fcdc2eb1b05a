package io.tripwatch.job;

import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Wire;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.EventLog;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Knows all statuses of one flight or train, and tells each driver whose order awaits it, whichever
 * of the two comes first.
 */
final class FlightDesk {
  private final EventLog<FlightStatus> statuses = Driver.statusLog();
  private final Map<String, Long> drivers = new TreeMap<>();
  private long rememberedUntil = Long.MIN_VALUE;
  private long timerAt = Long.MIN_VALUE;

  /** Takes in a status; false if it is a repeated one. */
  boolean learn(FlightStatus status, Consumer<ForDriver> toDriver) {
    if (!statuses.learn(status)) {
      return false;
    }
    long last = Math.max(status.time(), status.scheduledArrival());
    rememberedUntil = Math.max(rememberedUntil, last + OrderDesk.MEMORY_MS);
    drivers.keySet().forEach(driver -> toDriver.accept(new ForDriver(driver, status)));
    return true;
  }

  /** Takes in that a driver's order awaits the flight. */
  void subscribe(Subscription subscription, Consumer<ForDriver> toDriver) {
    rememberedUntil = Math.max(rememberedUntil, subscription.until());
    // Of a second order of his for the same flight he may have forgotten what he was told for the
    // first: he is told again.
    drivers.merge(subscription.driverId(), subscription.until(), Math::max);
    statuses.forEach(status -> toDriver.accept(new ForDriver(subscription.driverId(), status)));
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
    out.writeInt(statuses.size());
    for (FlightStatus status : statuses) {
      Wire.write(status, out);
    }
    out.writeInt(drivers.size());
    for (Map.Entry<String, Long> driver : drivers.entrySet()) {
      Wire.writeString(driver.getKey(), out);
      out.writeLong(driver.getValue());
    }
    out.writeLong(rememberedUntil);
    out.writeLong(timerAt);
  }

  static FlightDesk read(DataInput in) throws IOException {
    Desks.checkVersion(in.readByte());
    FlightDesk desk = new FlightDesk();
    for (int left = in.readInt(); left > 0; left--) {
      desk.statuses.learn((FlightStatus) Wire.read(in));
    }
    for (int left = in.readInt(); left > 0; left--) {
      desk.drivers.put(Wire.readString(in), in.readLong());
    }
    desk.rememberedUntil = in.readLong();
    desk.timerAt = in.readLong();
    return desk;
  }
}
