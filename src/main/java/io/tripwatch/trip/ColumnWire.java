package io.tripwatch.trip;

import io.tripwatch.event.Decimals;
import io.tripwatch.event.Varints;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The short binary form of a column of numbers: by how much each differs from the one before. Every
 * number comes back to the bit.
 *
 * <p>Fractions are written as whole numbers of the least power of ten that makes them so, those few
 * that are no short decimals in between as they are; where they are not few, all by their bits.
 */
final class ColumnWire {
  private static final int SAME = 0;
  private static final int STEPS = 1;

  private static final int BITS = 16;

  /** Stand for numbers that are no decimals; steps are never as long. */
  private static final long ABSENT = Long.MIN_VALUE;

  private static final long ODD = Long.MIN_VALUE + 1;

  private static final int ABSENT_CODE = 0;
  private static final int ODD_CODE = 1;
  private static final int FIRST_STEP_CODE = 2;

  private ColumnWire() {}

  /** Writes the first numbers of an array. */
  static void writeWhole(long[] numbers, int count, DataOutput out) throws IOException {
    boolean same = true;
    for (int i = 1; i < count && same; i++) {
      same = numbers[i] == numbers[0];
    }
    out.writeByte(same ? SAME : STEPS);
    long last = 0;
    for (int i = 0; i < (same ? Math.min(count, 1) : count); i++) {
      Varints.writeSigned(numbers[i] - last, out);
      last = numbers[i];
    }
  }

  /** Reads the first numbers of an array. */
  static void readWhole(long[] numbers, int count, DataInput in) throws IOException {
    boolean same = in.readByte() == SAME;
    long last = 0;
    for (int i = 0; i < (same ? Math.min(count, 1) : count); i++) {
      last += Varints.readSigned(in);
      numbers[i] = last;
    }
    if (same && count > 0) {
      Arrays.fill(numbers, 0, count, last);
    }
  }

  /** Writes the first fractions of an array; room is for what is reckoned on the way. */
  static void writeFractions(double[] fractions, int count, long[] room, DataOutput out)
      throws IOException {
    int odd = 0;
    for (int i = 0; i < count; i++) {
      room[i] = whole(fractions[i]);
      odd += room[i] == ODD ? 1 : 0;
    }
    if (odd * 4 > count) {
      out.writeByte(BITS);
      for (int i = 0; i < count; i++) {
        room[i] = Double.doubleToRawLongBits(fractions[i]);
      }
      writeWhole(room, count, out);
      return;
    }
    int digits = Decimals.MAX_DIGITS - surplusDigits(room, count);
    long unit = Decimals.ten(Decimals.MAX_DIGITS - digits);
    out.writeByte(digits);
    boolean same = areSame(fractions, count);
    out.writeByte(same ? SAME : STEPS);
    long last = 0;
    for (int i = 0; i < (same ? Math.min(count, 1) : count); i++) {
      if (room[i] == ABSENT) {
        out.writeByte(ABSENT_CODE);
      } else if (room[i] == ODD) {
        out.writeByte(ODD_CODE);
        out.writeLong(Double.doubleToRawLongBits(fractions[i]));
      } else {
        long number = room[i] / unit;
        Varints.write(Varints.zigzag(number - last) + FIRST_STEP_CODE, out);
        last = number;
      }
    }
  }

  /** How many zeros all of them end in. */
  private static int surplusDigits(long[] numbers, int count) {
    int surplus = Decimals.MAX_DIGITS;
    for (int i = 0; i < count && surplus > 0; i++) {
      if (numbers[i] != ABSENT && numbers[i] != ODD) {
        while (numbers[i] % Decimals.ten(surplus) != 0) {
          surplus--;
        }
      }
    }
    return surplus;
  }

  private static boolean areSame(double[] fractions, int count) {
    for (int i = 1; i < count; i++) {
      if (Double.doubleToRawLongBits(fractions[i]) != Double.doubleToRawLongBits(fractions[0])) {
        return false;
      }
    }
    return true;
  }

  /** The fraction in the smallest units there are. */
  private static long whole(double fraction) {
    if (Double.isNaN(fraction)) {
      return ABSENT;
    }
    return Decimals.hasDigits(fraction, Decimals.MAX_DIGITS)
        ? Decimals.whole(fraction, Decimals.MAX_DIGITS)
        : ODD;
  }

  /** Reads the first fractions of an array; room is for what is reckoned on the way. */
  static void readFractions(double[] fractions, int count, long[] room, DataInput in)
      throws IOException {
    int digits = in.readByte();
    if (digits == BITS) {
      readWhole(room, count, in);
      for (int i = 0; i < count; i++) {
        fractions[i] = Double.longBitsToDouble(room[i]);
      }
      return;
    }
    boolean same = in.readByte() == SAME;
    long last = 0;
    for (int i = 0; i < (same ? Math.min(count, 1) : count); i++) {
      long code = Varints.read(in);
      if (code == ABSENT_CODE) {
        fractions[i] = Double.NaN;
      } else if (code == ODD_CODE) {
        fractions[i] = Double.longBitsToDouble(in.readLong());
      } else {
        last += Varints.unzigzag(code - FIRST_STEP_CODE);
        fractions[i] = Decimals.number(last, digits);
      }
    }
    if (same && count > 0) {
      Arrays.fill(fractions, 0, count, fractions[0]);
    }
  }
}
