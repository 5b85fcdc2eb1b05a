package io.tripwatch.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The words that stand for the constants of an enum: their names. */
final class Words<E extends Enum<E>> {
  private final E[] constants;
  private final byte[][] ascii;

  /** A quote and the name, ending with the last of eight bytes; 0 where it is longer. */
  private final long[] quoted;

  private Words(E[] constants) {
    this.constants = constants;
    ascii = new byte[constants.length][];
    quoted = new long[constants.length];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = constants[i].name().getBytes(StandardCharsets.US_ASCII);
      if (ascii[i].length < 8) {
        byte[] eight = new byte[8];
        eight[7 - ascii[i].length] = '"';
        System.arraycopy(ascii[i], 0, eight, 8 - ascii[i].length, ascii[i].length);
        quoted[i] = Eights.at(eight, 0);
      }
    }
  }

  static <E extends Enum<E>> Words<E> of(Class<E> type) {
    return new Words<>(type.getEnumConstants());
  }

  /** The constant of that name; null if none. */
  E constant(Object word) {
    for (E constant : constants) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    return null;
  }

  /** The constant whose name these bytes, which follow a quote, are; null if none. */
  E constant(byte[] in, int from, int to) {
    int length = to - from;
    if (length < 8 && from + 7 <= in.length) {
      long word = Eights.at(in, from - 1) << 8 * (7 - length);
      for (int i = 0; i < quoted.length; i++) {
        if (quoted[i] == word) {
          return constants[i];
        }
      }
      return null;
    }
    for (int i = 0; i < ascii.length; i++) {
      if (Arrays.equals(ascii[i], 0, ascii[i].length, in, from, to)) {
        return constants[i];
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return Arrays.toString(constants);
  }
}
