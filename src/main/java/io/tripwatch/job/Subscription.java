package io.tripwatch.job;

import io.tripwatch.event.FlightKey;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A driver whose order awaits a flight or train. */
record Subscription(FlightKey flight, String driverId) {
  void write(DataOutput out) throws IOException {
    Wire.writeFlightKey(flight, out);
    Wire.writeString(driverId, out);
  }

  static Subscription read(DataInput in) throws IOException {
    return new Subscription(Wire.readFlightKey(in), Wire.readString(in));
  }
}
