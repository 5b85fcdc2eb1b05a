package io.tripwatch.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds which field a name in a record's bytes names, and learns the order they come in: records of
 * one topic are mostly written by one program.
 */
final class FieldNames {
  /** How many fields are known here. */
  static final int COUNT = Field.SCANNED;

  /** No field. */
  static final int NONE = COUNT;

  /** No name, either. */
  static final int FAILED = -1;

  private static final int SLOTS = 256;
  private static final byte[][] NAMES = new byte[COUNT][];

  /**
   * Of each {@code "name":} side by side, for it is looked at for each field of each record: the
   * length, the first eight bytes and which of them count, those behind, and the last eight.
   */
  private static final long[] QUOTED = new long[COUNT << 3];

  private static final int LENGTH = 0;
  private static final int HEAD = 1;
  private static final int MASK = 2;
  private static final int MIDDLE = 3;
  private static final int TAIL = 4;

  /** Fields by a hash of their names; −1 where there is none. */
  private static final byte[] TABLE = new byte[SLOTS];

  static {
    Arrays.fill(TABLE, (byte) FAILED);
    for (int i = 0; i < COUNT; i++) {
      Field field = Field.values()[i];
      NAMES[i] = field.ascii;
      byte[] quoted =
          Arrays.copyOf(("\"" + field.json + "\":").getBytes(StandardCharsets.US_ASCII), 24);
      int length = field.ascii.length + 3;
      int row = i << 3;
      QUOTED[row + LENGTH] = length;
      QUOTED[row + HEAD] = Eights.at(quoted, 0);
      QUOTED[row + MASK] = length >= 8 ? -1L : (1L << 8 * length) - 1;
      QUOTED[row + MIDDLE] = Eights.at(quoted, 8);
      QUOTED[row + TAIL] = length >= 8 ? Eights.at(quoted, length - 8) : 0;
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
    int row = field << 3;
    int length = (int) QUOTED[row + LENGTH];
    if (at + Math.max(length, 8) > in.length
        || ((Eights.at(in, at) ^ QUOTED[row + HEAD]) & QUOTED[row + MASK]) != 0) {
      return 0;
    }
    if (length > 8
        && (Eights.at(in, at + length - 8) != QUOTED[row + TAIL]
            || (length > 16 && Eights.at(in, at + 8) != QUOTED[row + MIDDLE]))) {
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
