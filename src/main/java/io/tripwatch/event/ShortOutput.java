package io.tripwatch.event;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one value of state in few bytes: whole numbers and decimals as long as they need, instants
 * by how much they differ from the one before, a text that was written before as its number. {@link
 * ShortInput} reads it. What is written to the underlying output directly must not be read through
 * it, and the other way round. With every change of the form, or of that of {@link PlainRecord},
 * the version of what is written so is raised.
 */
public final class ShortOutput implements DataOutput {
  static final int NULL = 0;
  static final int KIND_BITS = 2;
  static final int KNOWN = 0;
  static final int WORD = 1;
  static final int LITERAL = 2;
  static final int JOINED = 3;

  static final int DOUBLE_ABSENT = 0;
  static final int DOUBLE_BITS = 1;
  static final int DOUBLE_DIGITS = 2;

  static final int LONG_MAX = 0;
  static final int LONG_MIN = 1;
  static final int LONG_BITS = 2;
  static final int LONG_CODES = 3;

  /** Smaller numbers are no instants. */
  static final long SMALL = 1L << 28;

  private static final long MAX_STEP = 1L << 60;

  private final DataOutput out;
  private final Map<String, Integer> known = new HashMap<>();
  private long instant;

  /** An output to which nothing was written. */
  public ShortOutput(DataOutput out) {
    this.out = out;
  }

  /** Writes a text or null. */
  void writeText(String text) throws IOException {
    if (text == null) {
      Varints.write(NULL, out);
      return;
    }
    Integer number = known.get(text);
    if (number != null) {
      Varints.write((number + 1L) << KIND_BITS | KNOWN, out);
      return;
    }
    Integer word = ShortWords.number(text);
    if (word != null) {
      Varints.write((long) word << KIND_BITS | WORD, out);
      return;
    }
    // Of an id made of ids the parts are known, or soon will be.
    int slash = text.lastIndexOf('/');
    if (slash > 0) {
      Varints.write(JOINED, out);
      writeText(text.substring(0, slash));
      writeText(text.substring(slash + 1));
    } else {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      Varints.write((long) utf8.length << KIND_BITS | LITERAL, out);
      out.write(utf8);
    }
    known.put(text, known.size());
  }

  /** Writes what makes an event the same as another and how its record reads. */
  void writeStamp(Event event) throws IOException {
    Stamp stamp = event.stamp();
    int record = recordOf(stamp.canonical());
    boolean isReceived = stamp.receivedAt() != Stamp.ABSENT;
    out.writeByte(
        event.topic().ordinal() << ShortInput.TOPIC_SHIFT
            | record << ShortInput.RECORD_SHIFT
            | (stamp.eventId() == null ? 0 : ShortInput.WITH_ID)
            | (isReceived ? ShortInput.RECEIVED : 0));
    writeLong(stamp.eventTime());
    if (isReceived) {
      Varints.writeSigned(stamp.receivedAt() - stamp.eventTime(), out);
    }
    if (stamp.eventId() != null) {
      writeText(stamp.eventId());
    }
    if (record == ShortInput.LITERAL_RECORD) {
      writeText(stamp.canonical());
    }
  }

  private static int recordOf(String canonical) {
    if (canonical == null) {
      return ShortInput.NO_RECORD;
    } else if (canonical.equals(Stamp.SPELT)) {
      return ShortInput.SPELT_RECORD;
    } else if (canonical.equals(Stamp.PLAIN)) {
      return ShortInput.PLAIN_RECORD;
    }
    return ShortInput.LITERAL_RECORD;
  }

  @Override
  public void writeLong(long number) throws IOException {
    if (number == Long.MAX_VALUE) {
      Varints.write(LONG_MAX, out);
    } else if (number == Long.MIN_VALUE) {
      Varints.write(LONG_MIN, out);
    } else if (Math.abs(number) < SMALL) {
      Varints.write((Varints.zigzag(number) << 1) + LONG_CODES, out);
    } else if (Math.abs(number) < MAX_STEP) {
      Varints.write((Varints.zigzag(number - instant) << 1 | 1) + LONG_CODES, out);
      instant = number;
    } else {
      Varints.write(LONG_BITS, out);
      out.writeLong(number);
    }
  }

  @Override
  public void writeInt(int number) throws IOException {
    Varints.writeSigned(number, out);
  }

  @Override
  public void writeShort(int number) throws IOException {
    Varints.writeSigned((short) number, out);
  }

  @Override
  public void writeChar(int character) throws IOException {
    Varints.write((char) character, out);
  }

  @Override
  public void writeDouble(double number) throws IOException {
    if (Double.isNaN(number)) {
      out.writeByte(DOUBLE_ABSENT);
      return;
    }
    int digits = Decimals.digits(number);
    if (digits == Decimals.NONE) {
      out.writeByte(DOUBLE_BITS);
      out.writeLong(Double.doubleToRawLongBits(number));
    } else {
      out.writeByte(DOUBLE_DIGITS + digits);
      Varints.writeSigned(Decimals.whole(number, digits), out);
    }
  }

  @Override
  public void writeFloat(float number) throws IOException {
    out.writeFloat(number);
  }

  @Override
  public void writeBoolean(boolean flag) throws IOException {
    out.writeBoolean(flag);
  }

  @Override
  public void writeByte(int number) throws IOException {
    out.writeByte(number);
  }

  @Override
  public void write(int number) throws IOException {
    out.writeByte(number);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  @Override
  public void writeBytes(String text) throws IOException {
    out.writeBytes(text);
  }

  @Override
  public void writeChars(String text) throws IOException {
    out.writeChars(text);
  }

  @Override
  public void writeUTF(String text) throws IOException {
    writeText(text);
  }

  /** What is known from the start: these need not be written once. */
  public ShortOutput knowing(List<String> texts) {
    texts.forEach(text -> known.putIfAbsent(text, known.size()));
    return this;
  }
}
