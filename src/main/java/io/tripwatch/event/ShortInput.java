package io.tripwatch.event;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link ShortOutput} wrote. */
public final class ShortInput implements DataInput {
  static final int TOPIC_SHIFT = 4;
  static final int RECORD_SHIFT = 2;
  static final int RECORD_MASK = 3;
  static final int WITH_ID = 2;
  static final int RECEIVED = 1;

  /** The event has no canonical record. */
  static final int NO_RECORD = 0;

  /** It says what the event says, and what is usual, too. */
  static final int SPELT_RECORD = 1;

  /** It says what the event says and leaves out what is usual. */
  static final int PLAIN_RECORD = 2;

  /** It says more, and is kept word by word. */
  static final int LITERAL_RECORD = 3;

  private static final Topic[] TOPICS = Topic.values();
  private static final int TEXT_KIND = (1 << ShortOutput.KIND_BITS) - 1;

  private final DataInput in;
  private final List<String> known = new ArrayList<>();
  private long instant;

  /** An input from which nothing was read. */
  public ShortInput(DataInput in) {
    this.in = in;
  }

  /** What was known from the start when it was written. */
  public ShortInput knowing(List<String> texts) {
    for (String text : texts) {
      if (!known.contains(text)) {
        known.add(text);
      }
    }
    return this;
  }

  String readText() throws IOException {
    long code = Varints.read(in);
    if (code == ShortOutput.NULL) {
      return null;
    }
    int number = (int) (code >>> ShortOutput.KIND_BITS);
    switch ((int) code & TEXT_KIND) {
      case ShortOutput.KNOWN:
        return known.get(number - 1);
      case ShortOutput.WORD:
        return ShortWords.word(number);
      case ShortOutput.JOINED:
        return know(readText() + "/" + readText());
      default:
        byte[] utf8 = new byte[number];
        in.readFully(utf8);
        return know(new String(utf8, StandardCharsets.UTF_8));
    }
  }

  private String know(String text) {
    known.add(text);
    return text;
  }

  /** Reads an event. */
  Event readEvent() throws IOException {
    int head = in.readByte();
    int record = head >> RECORD_SHIFT & RECORD_MASK;
    long eventTime = readLong();
    long receivedAt = Stamp.ABSENT;
    if ((head & RECEIVED) != 0) {
      receivedAt = eventTime + Varints.readSigned(in);
    }
    String eventId = (head & WITH_ID) == 0 ? null : readText();
    String canonical =
        switch (record) {
          case SPELT_RECORD -> Stamp.SPELT;
          case PLAIN_RECORD -> Stamp.PLAIN;
          case LITERAL_RECORD -> readText();
          default -> null;
        };
    Topic topic = TOPICS[head >> TOPIC_SHIFT & 0xf];
    return Wire.read(topic, new Stamp(eventTime, receivedAt, eventId, canonical), this);
  }

  @Override
  public long readLong() throws IOException {
    long code = Varints.read(in);
    if (code < ShortOutput.LONG_CODES && code >= 0) {
      return code == ShortOutput.LONG_BITS
          ? in.readLong()
          : code == ShortOutput.LONG_MAX ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    long rest = code - ShortOutput.LONG_CODES;
    long number = Varints.unzigzag(rest >>> 1);
    if ((rest & 1) == 0) {
      return number;
    }
    instant += number;
    return instant;
  }

  @Override
  public int readInt() throws IOException {
    return (int) Varints.readSigned(in);
  }

  @Override
  public short readShort() throws IOException {
    return (short) Varints.readSigned(in);
  }

  @Override
  public char readChar() throws IOException {
    return (char) Varints.read(in);
  }

  @Override
  public double readDouble() throws IOException {
    int kind = in.readByte();
    if (kind == ShortOutput.DOUBLE_ABSENT) {
      return Double.NaN;
    } else if (kind == ShortOutput.DOUBLE_BITS) {
      return Double.longBitsToDouble(in.readLong());
    }
    return Decimals.number(Varints.readSigned(in), kind - ShortOutput.DOUBLE_DIGITS);
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public byte readByte() throws IOException {
    return in.readByte();
  }

  @Override
  public int readUnsignedByte() throws IOException {
    return in.readUnsignedByte();
  }

  @Override
  public int readUnsignedShort() throws IOException {
    return readShort() & 0xffff;
  }

  @Override
  public void readFully(byte[] bytes) throws IOException {
    in.readFully(bytes);
  }

  @Override
  public void readFully(byte[] bytes, int from, int length) throws IOException {
    in.readFully(bytes, from, length);
  }

  @Override
  public int skipBytes(int many) throws IOException {
    return in.skipBytes(many);
  }

  @Override
  public String readLine() throws IOException {
    return in.readLine();
  }

  @Override
  public String readUTF() throws IOException {
    return readText();
  }
}
