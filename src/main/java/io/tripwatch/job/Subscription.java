package io.tripwatch.job;

import io.tripwatch.event.FlightKey;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A driver whose order awaits a flight or train.
 *
 * @param until milliseconds since 1970 of event time from which nothing is to be heard any more
 */
record Subscription(FlightKey flight, String driverId, long until) {
  void write(DataOutput out) throws IOException {
    Wire.writeFlightKey(flight, out);
    Wire.writeString(driverId, out);
    out.writeLong(until);
  }

  static Subscription read(DataInput in) throws IOException {
    return new Subscription(Wire.readFlightKey(in), Wire.readString(in), in.readLong());
  }
}
