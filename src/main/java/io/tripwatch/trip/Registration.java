package io.tripwatch.trip;

import io.tripwatch.event.FleetRecord;
import java.util.Collections;
import java.util.Set;

/** What the registry ever said of a driver. */
public final class Registration {
  private final EventLog<FleetRecord> records = EventLog.byTime();
  private int revision;

  boolean learn(FleetRecord fleetRecord) {
    boolean isNew = records.learn(fleetRecord);
    revision += isNew ? 1 : 0;
    return isNew;
  }

  /** Counts what was learned. */
  int revision() {
    return revision;
  }

  /** The record that holds at a time, or null where the registry does not know him yet. */
  public FleetRecord at(long time) {
    // Nearly all drivers have one record, and are asked for at every fix.
    int last = records.size() - 1;
    return last >= 0 && records.get(last).time() <= time
        ? records.get(last)
        : records.inForceAt(time);
  }

  /** Whether a record names a phone as the driver's; without a record any is. */
  static boolean isPhoneOf(FleetRecord held, String deviceId) {
    return held == null || held.phones().contains(deviceId);
  }

  /** Forgets what was superseded before a time. */
  void forgetBefore(long time) {
    records.forgetSupersededBefore(time);
  }

  /** Whether a record names one of some devices as the driver's phone. */
  boolean namesAny(Set<String> devices) {
    if (devices.isEmpty()) {
      return false;
    }
    for (FleetRecord one : records) {
      if (!Collections.disjoint(one.phones(), devices)) {
        return true;
      }
    }
    return false;
  }

  EventLog<FleetRecord> records() {
    return records;
  }
}
