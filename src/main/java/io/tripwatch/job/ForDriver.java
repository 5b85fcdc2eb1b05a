package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An event on its way to a driver it bears on. */
record ForDriver(String driverId, Event event) {
  void write(DataOutput out) throws IOException {
    Wire.writeString(driverId, out);
    Wire.write(event, out);
  }

  static ForDriver read(DataInput in) throws IOException {
    return new ForDriver(Wire.readString(in), Wire.read(in));
  }
}
