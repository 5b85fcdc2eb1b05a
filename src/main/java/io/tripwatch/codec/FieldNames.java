package io.tripwatch.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds which field a name in a record's bytes names, and learns the order they come in: records of
 * one topic are mostly written by one program.
 */
final class FieldNames {
  /** How many fields there are. */
  static final int COUNT = Field.values().length;

  /** No field. */
  static final int NONE = COUNT;

  /** No name, either. */
  static final int FAILED = -1;

  private static final int SLOTS = 256;
  private static final byte[][] NAMES = new byte[COUNT][];

  /** Of {@code "name":} the length, the first eight bytes, those behind, and the last eight. */
  private static final int[] LENGTHS = new int[COUNT];

  /** How many bytes are looked at. */
  private static final int[] NEEDED = new int[COUNT];

  private static final long[] HEADS = new long[COUNT];
  private static final long[] MASKS = new long[COUNT];
  private static final long[] MIDDLES = new long[COUNT];
  private static final long[] TAILS = new long[COUNT];

  /** Fields by a hash of their names; −1 where there is none. */
  private static final byte[] TABLE = new byte[SLOTS];

  static {
    Arrays.fill(TABLE, (byte) FAILED);
    for (Field field : Field.values()) {
      int i = field.ordinal();
      NAMES[i] = field.ascii;
      byte[] quoted =
          Arrays.copyOf(("\"" + field.json + "\":").getBytes(StandardCharsets.US_ASCII), 24);
      int length = field.ascii.length + 3;
      LENGTHS[i] = length;
      NEEDED[i] = Math.max(length, 8);
      HEADS[i] = Eights.at(quoted, 0);
      MASKS[i] = length >= 8 ? -1L : (1L << 8 * length) - 1;
      MIDDLES[i] = Eights.at(quoted, 8);
      TAILS[i] = length >= 8 ? Eights.at(quoted, length - 8) : 0;
      int slot = hash(field.ascii, 0, field.ascii.length);
      while (TABLE[slot] >= 0) {
        slot = (slot + 1) % SLOTS;
      }
      TABLE[slot] = (byte) i;
    }
  }

  private final int[] next = new int[COUNT + 1];

  private static int hash(byte[] in, int from, int to) {
    if (from == to) {
      return 0;
    }
    return (in[from] * 31 + in[to - 1] * 7 + in[(from + to) / 2] * 3 + (to - from)) & SLOTS - 1;
  }

  /** The field that is expected behind another. */
  int after(int field) {
    return next[field];
  }

  /** The field that came behind another. */
  void learn(int last, int field) {
    if (field != NONE) {
      next[last] = field;
    }
  }

  /** How many bytes a field's name takes with quotes and colon if it stands there, else 0. */
  static int lengthIfAt(byte[] in, int at, int field) {
    int length = LENGTHS[field];
    if (at + NEEDED[field] > in.length
        || ((Eights.at(in, at) ^ HEADS[field]) & MASKS[field]) != 0) {
      return 0;
    }
    if (length > 8
        && (Eights.at(in, at + length - 8) != TAILS[field]
            || (length > 16 && Eights.at(in, at + 8) != MIDDLES[field]))) {
      return 0;
    }
    return length;
  }

  /** Which field a name names, NONE if none. */
  static int find(byte[] in, int from, int to) {
    for (int slot = hash(in, from, to); TABLE[slot] >= 0; slot = (slot + 1) % SLOTS) {
      byte[] name = NAMES[TABLE[slot]];
      if (Arrays.equals(name, 0, name.length, in, from, to)) {
        return TABLE[slot];
      }
    }
    return NONE;
  }
}
