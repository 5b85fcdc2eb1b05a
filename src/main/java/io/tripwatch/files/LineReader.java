package io.tripwatch.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Splits a stream into its non-empty lines without copying them.
 *
 * <p>A byte order mark before the first line is passed over. A line ends with LF, CR LF or the end
 * of the stream. However long a line is, no more than {@link #KEPT_BYTES} of it are held.
 */
final class LineReader implements Closeable {
  /** Enough to show what a refused line was: a record may have 64 KiB. */
  static final int KEPT_BYTES = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int FIRST_BUFFER_BYTES = 1 << 16;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  // What is in the buffer and not yet split: [next, limit).
  private int next;
  private int limit;
  private int from;
  private int to;
  private long number;
  private long length;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves on to the next line that is not empty; false at the end. */
  boolean advance() throws IOException {
    if (number == 0) {
      passOverByteOrderMark();
    }
    do {
      if (!advanceOver()) {
        return false;
      }
    } while (length == 0);
    return true;
  }

  private void passOverByteOrderMark() throws IOException {
    while (limit < BYTE_ORDER_MARK.length && fillBehind()) {
      // A stream may give them one by one.
    }
    if (limit >= BYTE_ORDER_MARK.length
        && Arrays.equals(buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3)) {
      next = BYTE_ORDER_MARK.length;
    }
  }

  /** Holds the line in {@code [from(), to())} until the next advance. */
  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The line's number from 1, empty lines counted. */
  long number() {
    return number;
  }

  /** Bytes of the whole line, of which {@code to() - from()} are kept. */
  long length() {
    return length;
  }

  /** A copy of the kept bytes. */
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, from, to);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean advanceOver() throws IOException {
    int searched = next;
    while (true) {
      int end = newline(buffer, searched, limit);
      if (end >= 0) {
        take(end, end + 1);
        return true;
      }
      if (limit - next > KEPT_BYTES) {
        takeLongLine();
        return true;
      }
      searched = limit - next;
      boolean more = fill();
      searched += next;
      if (!more) {
        if (next == limit) {
          return false;
        }
        take(limit, limit);
        return true;
      }
    }
  }

  private void take(int end, int following) {
    from = next;
    to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    length = to - from;
    if (length > KEPT_BYTES) {
      to = from + KEPT_BYTES;
    }
    next = following;
    number++;
  }

  /** The buffer holds more of a line than is kept, and no end of it: counts on to its end. */
  private void takeLongLine() throws IOException {
    number++;
    length = limit - next;
    byte last = buffer[limit - 1];
    System.arraycopy(buffer, next, buffer, 0, KEPT_BYTES);
    from = 0;
    to = KEPT_BYTES;
    int end = -1;
    do {
      next = KEPT_BYTES;
      limit = KEPT_BYTES;
      if (!fillBehind()) {
        break;
      }
      end = newline(buffer, next, limit);
      int endHere = end < 0 ? limit : end;
      length += endHere - next;
      last = endHere > next ? buffer[endHere - 1] : last;
      next = endHere + 1;
    } while (end < 0);
    if (last == '\r') {
      length--;
    }
  }

  /** Reads on behind what is held, making room first; false at the end. */
  private boolean fill() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      limit -= next;
      next = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return fillBehind();
  }

  private boolean fillBehind() throws IOException {
    int read;
    do {
      read = in.read(buffer, limit, buffer.length - limit);
    } while (read == 0);
    limit += Math.max(read, 0);
    return read >= 0;
  }

  /** Where the next LF is in {@code [from, to)}, or −1. Eight bytes at a step: this is hot. */
  private static int newline(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long zeroWhereLf = (long) EIGHT_BYTES.get(bytes, at) ^ 0x0A0A0A0A0A0A0A0AL;
      long found = (zeroWhereLf - 0x0101010101010101L) & ~zeroWhereLf & 0x8080808080808080L;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }
}
