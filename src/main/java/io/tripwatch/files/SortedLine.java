package io.tripwatch.files;

import java.nio.ByteBuffer;

/**
 * A line among sorted ones: when it arrived, its number, its length, its kept bytes. Their unsigned
 * order is that of arrival, then of the line's number.
 */
final class SortedLine {
  private static final int HEAD_BYTES = 3 * Long.BYTES;

  private SortedLine() {}

  static byte[] encode(long arrivalMs, LineReader line) {
    int kept = line.to() - line.from();
    return ByteBuffer.allocate(HEAD_BYTES + kept)
        // The sign is turned, so that times before 1970 come first as unsigned bytes, too.
        .putLong(arrivalMs ^ Long.MIN_VALUE)
        .putLong(line.number())
        .putLong(line.length())
        .put(line.buffer(), line.from(), kept)
        .array();
  }

  static long arrivalMs(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong() ^ Long.MIN_VALUE;
  }

  static Line decode(FolderFile file, byte[] entry) {
    ByteBuffer in = ByteBuffer.wrap(entry);
    in.getLong();
    long number = in.getLong();
    long length = in.getLong();
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new Line(file.topic(), file.name(), number, bytes, length);
  }
}
