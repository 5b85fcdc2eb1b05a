package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A login on a device, or a record of the registry that bears on it.
 *
 * @param origin where a login came from, so that it can be refused; null for what was taken in
 */
record ForDevice(String deviceId, Event event, Origin origin) {
  ForDevice(String deviceId, Event event) {
    this(deviceId, event, null);
  }

  void write(DataOutput out) throws IOException {
    Wire.writeString(deviceId, out);
    Wire.write(event, out);
    Origin.write(origin, out);
  }

  static ForDevice read(DataInput in) throws IOException {
    return new ForDevice(Wire.readString(in), Wire.read(in), Origin.read(in));
  }
}
