package io.tripwatch.job;

import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A driver from whose order's presses it matters whose device one was made with.
 *
 * @param until milliseconds since 1970 of event time from which he is not to be told any more
 */
record DeviceQuestion(String deviceId, String driverId, long until) {
  void write(DataOutput out) throws IOException {
    Wire.writeString(deviceId, out);
    Wire.writeString(driverId, out);
    out.writeLong(until);
  }

  static DeviceQuestion read(DataInput in) throws IOException {
    return new DeviceQuestion(Wire.readString(in), Wire.readString(in), in.readLong());
  }
}
