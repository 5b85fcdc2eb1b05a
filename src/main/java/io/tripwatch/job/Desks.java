package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.TimerService;

/** What the stages before the drivers have in common. */
final class Desks {
  /** The name of the count of repeated events. */
  static final String REPEATED = "repeated";

  /** Early enough to take any span of time from. */
  static final long NOTHING_KNOWN = Long.MIN_VALUE / 2;

  private Desks() {}

  /** The event time up to which everything is known. */
  static long now(TimerService timers) {
    return Math.max(timers.currentWatermark(), NOTHING_KNOWN);
  }

  static void checkVersion(int version) throws IOException {
    if (version != Wire.VERSION) {
      throw new IOException(
          "the state has form "
              + version
              + "; this build reads form "
              + Wire.VERSION
              + ": restore with the build that wrote it");
    }
  }

  /** Begins to write what of many drivers is kept for long: in few bytes. */
  static ShortOutput brief(DataOutput out) throws IOException {
    out.writeByte(Wire.VERSION);
    return new ShortOutput(out);
  }

  /** Begins to read what was written so. */
  static ShortInput brief(DataInput in) throws IOException {
    checkVersion(in.readByte());
    return new ShortInput(in);
  }

  static void writeEvents(Collection<? extends Event> events, DataOutput out) throws IOException {
    out.writeInt(events.size());
    for (Event event : events) {
      Wire.write(event, out);
    }
  }

  static void readEvents(DataInput in, Consumer<Event> to) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      to.accept(Wire.read(in));
    }
  }

  static void writeNames(Collection<String> names, DataOutput out) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      Wire.writeString(name, out);
    }
  }

  static void readNames(DataInput in, Collection<String> to) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      to.add(Wire.readString(in));
    }
  }

  static void writeTimes(Map<String, Long> times, DataOutput out) throws IOException {
    out.writeInt(times.size());
    for (Map.Entry<String, Long> time : times.entrySet()) {
      Wire.writeString(time.getKey(), out);
      out.writeLong(time.getValue());
    }
  }

  static void readTimes(DataInput in, Map<String, Long> to) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      to.put(Wire.readString(in), in.readLong());
    }
  }
}
