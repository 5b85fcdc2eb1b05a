package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An event on its way to the stage that takes it in or refuses it.
 *
 * @param origin where it came from, so that it can be refused; may be null
 */
record Received(Event event, Origin origin) {
  void write(DataOutput out) throws IOException {
    Wire.write(event, out);
    Origin.write(origin, out);
  }

  static Received read(DataInput in) throws IOException {
    return new Received(Wire.read(in), Origin.read(in));
  }
}
