package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.EventLog;
import io.tripwatch.trip.Horizons;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Knows what the registry says of one driver, and tells every device it ever named as his: each
 * record, so that a device hears of the end of its registration, too, and of every correction.
 */
final class RegistryDesk implements Desk {
  private final EventLog<FleetRecord> records = EventLog.byTime();
  private final Set<String> devices = new TreeSet<>();

  /** Takes in a record. */
  Outcome learn(FleetRecord fleet, Consumer<ForDevice> toDevice) {
    if (Bound.RECORDS_OF_A_DRIVER.isReachedAround(fleet.time(), records) && !records.knows(fleet)) {
      return Outcome.TOO_MANY;
    }
    if (!records.learn(fleet)) {
      return Outcome.REPEATED;
    }
    devices.forEach(device -> toDevice.accept(new ForDevice(device, fleet)));
    for (String device : fleet.phones()) {
      if (devices.add(device)) {
        records.forEach(known -> toDevice.accept(new ForDevice(device, known)));
      }
    }
    return Outcome.NEW;
  }

  /** Drops what was superseded before any use of a device that may still be learned. */
  @Override
  public void dropExpired(long now) {
    int known = records.size();
    records.forgetSupersededBefore(now - Horizons.LATE_EVIDENCE_MS);
    if (records.size() < known) {
      devices.clear();
      records.forEach(fleet -> devices.addAll(fleet.phones()));
    }
  }

  @Override
  public long expiresAt() {
    return records.size() > 1 ? records.get(1).time() + Horizons.LATE_EVIDENCE_MS : NEVER;
  }

  @Override
  public boolean isEmpty() {
    return records.isEmpty();
  }

  @Override
  public void write(DataOutput target) throws IOException {
    ShortOutput out = Desks.brief(target);
    Desks.writeEvents(records, out);
    Desks.writeNames(devices, out);
  }

  static RegistryDesk read(DataInput source) throws IOException {
    ShortInput in = Desks.brief(source);
    RegistryDesk desk = new RegistryDesk();
    Desks.readEvents(in, event -> desk.records.learn((FleetRecord) event));
    Desks.readNames(in, desk.devices);
    return desk;
  }
}
