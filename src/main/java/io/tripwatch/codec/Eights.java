package io.tripwatch.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of a text at once, where there are so many: byte by byte, a record's strings
 * and digits took more than half the time of decoding it.
 *
 * <p>A byte stands for yes by its highest bit. Sums and differences of bytes spill over only into
 * bytes behind one that stands for yes, so the first one is right.
 */
final class Eights {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = ONES * 0x80;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final long ZEROS = ONES * '0';
  private static final long ABOVE_NINE = ONES * (0x80 - 10);
  private static final long LOWER_CASE = ONES * 0x20;
  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private Eights() {}

  /** The eight bytes there, the first one lowest. */
  static long at(byte[] in, int at) {
    return (long) LONGS.get(in, at);
  }

  /** Where the next quote, backslash, control character or byte beyond ASCII is, or the end. */
  static int endOfPlain(byte[] in, int from) {
    int at = from;
    for (; at + 8 <= in.length; at += 8) {
      long bytes = at(in, at);
      long ends =
          (((bytes ^ QUOTES) - ONES) | ((bytes ^ BACKSLASHES) - ONES) | (bytes - SPACES) | bytes)
              & HIGH;
      if (ends != 0) {
        return at + first(ends);
      }
    }
    while (at < in.length && in[at] >= ' ' && in[at] != '"' && in[at] != '\\') {
      at++;
    }
    return at;
  }

  private static int first(long yes) {
    return Long.numberOfTrailingZeros(yes) >>> 3;
  }

  /** The eight bytes there, those that are digits as their values. */
  static long digits(byte[] in, int at) {
    return at(in, at) ^ ZEROS;
  }

  /** How many of these eight are digits before the first that is none. */
  static int countDigits(long digits) {
    long ends = ((digits + ABOVE_NINE) | digits) & HIGH;
    return Long.numberOfTrailingZeros(ends) >>> 3;
  }

  /** Appends the first ones of eight digits to a number. */
  static long append(long number, long digits, int many) {
    // Zeros take the place of the missing digits in front; of none, in two steps, all of it.
    return number * POWERS_OF_TEN[many] + eightDigits(digits << 4 * (8 - many) << 4 * (8 - many));
  }

  /** Pairs of digits first, then pairs of pairs, then both halves. */
  private static long eightDigits(long digits) {
    long pairs = (digits * (1 + (10 << 8)) >>> 8) & 0x00FF00FF00FF00FFL;
    long fours = (pairs * (1 + (100 << 16)) >>> 16) & 0x0000FFFF0000FFFFL;
    return fours * (1 + (10_000L << 32)) >>> 32;
  }

  /** Whether ASCII characters are all of those that an id may have. */
  static boolean isId(byte[] in, int from, int to) {
    int at = from;
    for (; at + 8 <= in.length && at < to; at += 8) {
      long bytes = at(in, at);
      long ids =
          between(bytes | LOWER_CASE, 'a', 'z')
              | between(bytes, '0', ':')
              | between(bytes, '-', '.')
              | between(bytes, '_', '_');
      int many = Math.min(8, to - at);
      if (((~ids & HIGH) << 8 * (8 - many)) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (!Limits.isIdChar(in[at])) {
        return false;
      }
    }
    return true;
  }

  /** Of ASCII characters, those from one to another. */
  private static long between(long bytes, char first, char last) {
    return (bytes + ONES * (0x80 - first)) ^ (bytes + ONES * (0x7f - last));
  }
}
