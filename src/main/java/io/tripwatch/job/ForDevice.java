package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A login on a device, or a record of the registry that bears on it. */
record ForDevice(String deviceId, Event event) {
  void write(DataOutput out) throws IOException {
    Wire.writeString(deviceId, out);
    Wire.write(event, out);
  }

  static ForDevice read(DataInput in) throws IOException {
    return new ForDevice(Wire.readString(in), Wire.read(in));
  }
}
