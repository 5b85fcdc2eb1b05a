package io.tripwatch.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with places of fixed width for numbers, such as {@code {"eventTime":<time>}}. Filling one
 * is a copy of the bytes and the digits, so that making the input costs next to nothing beside
 * reading it.
 */
final class Template {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int EIGHT = 8;
  private static final int TO_THE_EIGHTH = 100_000_000;
  private static final long ZEROS = 0x3030303030303030L;

  /** What may stand in a text, and how many digits it has there. */
  enum Slot {
    TIME(13),
    RECEIVED(13),
    DRIVER(7),
    TRIP(5),
    PASSENGER(9),
    PICKUP_AT(13),
    PICKUP_LAT(6),
    PICKUP_LON(6),
    DROPOFF_LAT(6),
    DROPOFF_LON(6),
    /** Of a fix: millionths of a degree beyond the city's corner. */
    LAT(6),
    LON(6),
    SPEED(2),
    SPEED_TENTHS(1),
    ACCURACY(1),
    LANDS_AT(13),
    /** {@code 20261122}, written {@code 2026-11-22}. */
    YEAR(4),
    MONTH(2),
    DAY(2);

    private final int digits;

    Slot(int digits) {
      this.digits = digits;
    }
  }

  /** Where a slot's digits end in the text. */
  private record Place(Slot slot, int end) {}

  private final byte[] text;
  private final int[] slots;
  private final int[] widths;
  private final int[] ends;

  private Template(byte[] text, List<Place> places) {
    this.text = text;
    slots = places.stream().mapToInt(place -> place.slot().ordinal()).toArray();
    widths = places.stream().mapToInt(place -> place.slot().digits).toArray();
    ends = places.stream().mapToInt(Place::end).toArray();
  }

  /** Reads a text whose slots stand in angle brackets, in lower case: {@code <pickup_at>}. */
  static Template of(String marked) {
    StringBuilder text = new StringBuilder();
    List<Place> places = new ArrayList<>();
    int from = 0;
    for (int open = marked.indexOf('<'); open >= 0; open = marked.indexOf('<', from)) {
      int close = marked.indexOf('>', open);
      Slot slot =
          Slot.valueOf(marked.substring(open + 1, close).toUpperCase(java.util.Locale.ROOT));
      text.append(marked, from, open).append("0".repeat(slot.digits));
      places.add(new Place(slot, utf8(text).length));
      from = close + 1;
    }
    text.append(marked, from, marked.length());
    return new Template(utf8(text), places);
  }

  private static byte[] utf8(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text with its numbers, in an array of its own.
   *
   * @param values by ordinal of the slot; digits beyond a slot's width are left out
   */
  byte[] fill(long[] values) {
    byte[] filled = text.clone();
    for (int i = 0; i < slots.length; i++) {
      long value = values[slots[i]];
      int end = ends[i];
      int width = widths[i];
      if (width == 1) {
        filled[end - 1] = (byte) ('0' + (int) value % 10);
      } else if (width <= EIGHT) {
        lastDigits(filled, end, width, (int) value);
      } else {
        lastDigits(filled, end - EIGHT, width - EIGHT, (int) (value / TO_THE_EIGHTH));
        lastDigits(filled, end, EIGHT, (int) (value % TO_THE_EIGHTH));
      }
    }
    return filled;
  }

  /** Writes so many digits, eight at most, where all digits of a number below 10^8 would end. */
  private static void lastDigits(byte[] text, int end, int width, int value) {
    int from = end - EIGHT;
    long digits = eightDigits(value);
    if (width < EIGHT) {
      long before = (1L << 8 * (EIGHT - width)) - 1;
      digits = digits & ~before | (long) LONGS.get(text, from) & before;
    }
    LONGS.set(text, from, digits);
  }

  /** Both halves first, then pairs, then digits: one division by each multiplication. */
  private static long eightDigits(int value) {
    int upper = value / 10_000;
    long fours = upper | (long) (value - 10_000 * upper) << 32;
    long hundreds = (fours * 10_486 >>> 20) & 0x0000007F_0000007FL;
    long pairs = hundreds | (fours - 100 * hundreds) << 16;
    long tens = (pairs * 103 >>> 10) & 0x000F000F_000F000FL;
    return (tens | (pairs - 10 * tens) << 8) + ZEROS;
  }
}
