package io.tripwatch.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whole numbers in as few bytes as they need: seven bits each, the lowest first. */
public final class Varints {
  private static final int MORE = 0x80;
  private static final int LOW = 0x7f;
  private static final int BITS = 7;

  private Varints() {}

  /** Writes a number, the shorter the smaller it is; negative ones are the longest: ten bytes. */
  public static void write(long number, DataOutput out) throws IOException {
    long rest = number;
    while ((rest & -MORE) != 0) {
      out.writeByte((int) rest | MORE);
      rest >>>= BITS;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #write} wrote. */
  public static long read(DataInput in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      byte next = in.readByte();
      number |= (long) (next & LOW) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("a number of more than ten bytes: what is read was not written here");
  }

  /** Writes a number, the shorter the nearer to 0 it is. */
  public static void writeSigned(long number, DataOutput out) throws IOException {
    write(zigzag(number), out);
  }

  /** Reads what {@link #writeSigned} wrote. */
  public static long readSigned(DataInput in) throws IOException {
    return unzigzag(read(in));
  }

  /** 0, -1, 1, -2, ... as 0, 1, 2, 3, ... */
  public static long zigzag(long number) {
    return number << 1 ^ number >> Long.SIZE - 1;
  }

  /** The number that has this zigzag. */
  public static long unzigzag(long zigzag) {
    return zigzag >>> 1 ^ -(zigzag & 1);
  }
}
