package io.tripwatch.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where an accepted record came from, and its bytes: a stage that cannot take it in hands them to
 * the dead letters.
 *
 * @param source Kafka topic or file name
 * @param partition Kafka partition; −1 for a file
 * @param position Kafka offset, or line number from 1
 * @param value the record as it came
 */
public record Origin(String source, int partition, long position, byte[] value) {
  /** The record as a dead letter. */
  public DeadLetter refused(DeadLetter.Reason reason, String detail) {
    return new DeadLetter(source, partition, position, reason, detail, value);
  }

  /** Writes one that may be absent. */
  public static void write(Origin origin, DataOutput out) throws IOException {
    out.writeBoolean(origin != null);
    if (origin != null) {
      Wire.writeString(origin.source, out);
      out.writeInt(origin.partition);
      out.writeLong(origin.position);
      out.writeInt(origin.value.length);
      out.write(origin.value);
    }
  }

  /** Reads what was written; null if it was absent. */
  public static Origin read(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    String source = Wire.readString(in);
    int partition = in.readInt();
    long position = in.readLong();
    byte[] value = new byte[in.readInt()];
    in.readFully(value);
    return new Origin(source, partition, position, value);
  }
}
