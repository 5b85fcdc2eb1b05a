package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An event on its way to a driver it bears on.
 *
 * @param origin where it came from, if it is for the driver's stage to refuse it; null for what is
 *     taken in, whatever that stage makes of it
 */
record ForDriver(String driverId, Event event, Origin origin) {
  private static final int OWN_FIX = 1;
  private static final int OTHER = 0;

  ForDriver(String driverId, Event event) {
    this(driverId, event, null);
  }

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
    Origin.write(origin, out);
  }

  static ForDriver read(DataInput in) throws IOException {
    if (in.readByte() == OWN_FIX) {
      Fix fix = Wire.readPassing(in);
      return new ForDriver(fix.owner(), fix);
    }
    return new ForDriver(Wire.readString(in), Wire.read(in), Origin.read(in));
  }
}
