package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An event on its way to a driver it bears on. */
record ForDriver(String driverId, Event event) {
  private static final int OWN_FIX = 1;
  private static final int OTHER = 0;

  void write(DataOutput out) throws IOException {
    // Nearly all are fixes of his phone, and name him already.
    if (event instanceof Fix fix && fix.owner().equals(driverId)) {
      out.writeByte(OWN_FIX);
      Wire.writePassing(fix, out);
      return;
    }
    out.writeByte(OTHER);
    Wire.writeString(driverId, out);
    Wire.write(event, out);
  }

  static ForDriver read(DataInput in) throws IOException {
    if (in.readByte() == OWN_FIX) {
      Fix fix = Wire.readPassing(in);
      return new ForDriver(fix.owner(), fix);
    }
    return new ForDriver(Wire.readString(in), Wire.read(in));
  }
}
