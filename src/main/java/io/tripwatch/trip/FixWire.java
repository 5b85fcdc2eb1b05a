package io.tripwatch.trip;

import io.tripwatch.event.Varints;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The binary form of a piece of a log of fixes, column by column: of a phone that reports every
 * three seconds about nine bytes a fix. What all have in common is written once.
 */
final class FixWire {
  /** Raised with every change of the form. */
  private static final int FORM = 3;

  private static final int WITH_MENDED = 1;
  private static final int WITH_IDS = 2;
  private static final int BITS_OF_KIND = (1 << FixLog.KIND_BITS) - 1;

  private final FixColumns columns;
  private final int count;
  private final long[] whole;
  private final double[] fractions;

  FixWire(FixColumns columns, int count) {
    this.columns = columns;
    this.count = count;
    whole = new long[count];
    fractions = new double[count];
  }

  /** Writes the fixes from an index of the columns on. */
  void write(int from, List<String> deviceNames, DataOutput out) throws IOException {
    out.writeByte(FORM);
    Varints.write(count, out);
    boolean mended = isAnyMended(from);
    boolean ids = isAnyWithId(from);
    out.writeByte((mended ? WITH_MENDED : 0) | (ids ? WITH_IDS : 0));
    writeKinds(from, deviceNames, out);
    writeTimes(from, out);
    for (int i = 0; i < count; i++) {
      whole[i] = columns.delayMs(from + i);
    }
    ColumnWire.writeWhole(whole, count, out);
    writePlaces(from, out);
    writeQualities(from, out);
    if (mended) {
      for (int i = 0; i < count; i++) {
        whole[i] = columns.mendedMs(from + i);
      }
      ColumnWire.writeWhole(whole, count, out);
    }
    for (int i = 0; ids && i < count; i++) {
      out.writeLong(columns.idHash(from + i));
    }
  }

  private boolean isAnyMended(int from) {
    boolean any = false;
    for (int i = from; columns.anyMended() && i < from + count; i++) {
      any |= columns.mendedMs(i) != 0;
    }
    return any;
  }

  private boolean isAnyWithId(int from) {
    boolean any = false;
    for (int i = from; columns.anyIds() && i < from + count; i++) {
      any |= columns.idHash(i) != 0;
    }
    return any;
  }

  /** Kinds in order of their first appearance, then how many fixes in a row have which. */
  private void writeKinds(int from, List<String> deviceNames, DataOutput out) throws IOException {
    int[] seen = new int[1];
    int many = 0;
    for (int i = from; i < from + count; i++) {
      if (numberOf(columns.kind(i), seen, many) == many) {
        seen = many == seen.length ? Arrays.copyOf(seen, 2 * many) : seen;
        seen[many++] = columns.kind(i);
      }
    }
    Varints.write(many, out);
    for (int number = 0; number < many; number++) {
      Wire.writeString(deviceNames.get(seen[number] >> FixLog.KIND_BITS), out);
      out.writeByte(seen[number] & BITS_OF_KIND);
    }
    for (int i = from; many > 1 && i < from + count; ) {
      int next = i + 1;
      while (next < from + count && columns.kind(next) == columns.kind(i)) {
        next++;
      }
      Varints.write(numberOf(columns.kind(i), seen, many), out);
      Varints.write(next - i, out);
      i = next;
    }
  }

  private static int numberOf(int kind, int[] seen, int many) {
    int number = 0;
    while (number < many && seen[number] != kind) {
      number++;
    }
    return number;
  }

  /** The first time, then the steps: mostly the same ones. */
  private void writeTimes(int from, DataOutput out) throws IOException {
    if (count == 0) {
      return;
    }
    Varints.writeSigned(columns.time(from), out);
    for (int i = 1; i < count; i++) {
      whole[i - 1] = columns.time(from + i) - columns.time(from + i - 1);
    }
    ColumnWire.writeWhole(whole, count - 1, out);
  }

  private void writePlaces(int from, DataOutput out) throws IOException {
    for (int i = 0; i < count; i++) {
      fractions[i] = columns.lat(from + i);
    }
    ColumnWire.writeFractions(fractions, count, whole, out);
    for (int i = 0; i < count; i++) {
      fractions[i] = columns.lon(from + i);
    }
    ColumnWire.writeFractions(fractions, count, whole, out);
  }

  private void writeQualities(int from, DataOutput out) throws IOException {
    for (int i = 0; i < count; i++) {
      fractions[i] = columns.accuracyM(from + i);
    }
    ColumnWire.writeFractions(fractions, count, whole, out);
    for (int i = 0; i < count; i++) {
      fractions[i] = columns.speedKmh(from + i);
    }
    ColumnWire.writeFractions(fractions, count, whole, out);
  }

  /** Begins to read: tells how many fixes are there. */
  static int readCount(DataInput in) throws IOException {
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException(
          "fixes in state have form "
              + form
              + "; this build reads form "
              + FORM
              + ": restore with the build that wrote them");
    }
    return (int) Varints.read(in);
  }

  /** Reads the rest into the columns, from an index on: nothing is behind it. */
  void read(int from, ToIntFunction<String> deviceNumbers, DataInput in) throws IOException {
    int with = in.readByte();
    int[] kinds = readKinds(deviceNumbers, in);
    readTimes(from, in);
    ColumnWire.readWhole(whole, count, in);
    for (int i = 0; i < count; i++) {
      columns.delayMs(from + i, whole[i]);
    }
    for (int i = 0; i < count; i++) {
      columns.kind(from + i, kinds[i], from + i == 0);
      columns.notConverted(from + i);
    }
    double[] others = new double[count];
    ColumnWire.readFractions(fractions, count, whole, in);
    ColumnWire.readFractions(others, count, whole, in);
    for (int i = 0; i < count; i++) {
      columns.place(from + i, fractions[i], others[i]);
    }
    ColumnWire.readFractions(fractions, count, whole, in);
    ColumnWire.readFractions(others, count, whole, in);
    for (int i = 0; i < count; i++) {
      columns.quality(from + i, fractions[i], others[i]);
    }
    readMended(from, (with & WITH_MENDED) != 0, in);
    readIds(from, (with & WITH_IDS) != 0, in);
  }

  private int[] readKinds(ToIntFunction<String> deviceNumbers, DataInput in) throws IOException {
    int[] known = new int[(int) Varints.read(in)];
    for (int number = 0; number < known.length; number++) {
      int device = deviceNumbers.applyAsInt(Wire.readString(in));
      known[number] = device << FixLog.KIND_BITS | in.readByte();
    }
    int[] kinds = new int[count];
    for (int i = 0; i < count; ) {
      int kind = known[known.length == 1 ? 0 : (int) Varints.read(in)];
      int next = known.length == 1 ? count : i + (int) Varints.read(in);
      while (i < next) {
        kinds[i++] = kind;
      }
    }
    return kinds;
  }

  private void readTimes(int from, DataInput in) throws IOException {
    if (count == 0) {
      return;
    }
    long time = Varints.readSigned(in);
    ColumnWire.readWhole(whole, count - 1, in);
    columns.time(from, time, from + 1);
    for (int i = 1; i < count; i++) {
      time += whole[i - 1];
      columns.time(from + i, time, from + i + 1);
    }
  }

  private void readMended(int from, boolean any, DataInput in) throws IOException {
    if (any) {
      ColumnWire.readWhole(whole, count, in);
    }
    for (int i = 0; i < count; i++) {
      columns.mendedMs(from + i, any ? whole[i] : 0);
    }
  }

  private void readIds(int from, boolean any, DataInput in) throws IOException {
    for (int i = 0; i < count; i++) {
      columns.id(from + i, any ? in.readLong() : 0);
    }
  }
}
