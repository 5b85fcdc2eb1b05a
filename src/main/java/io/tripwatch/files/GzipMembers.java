package io.tripwatch.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A gzipped file, unzipped: all its members, one after the other. Zeros behind the last one, with
 * which tapes and object stores fill up, are passed over; anything else there is an error.
 *
 * <p>Not Java's own: that one takes what follows a damaged second member for padding.
 */
final class GzipMembers extends InputStream {
  private final BufferedInputStream file;
  private final Runnable padded;
  private GzipCompressorInputStream member;

  /**
   * @param file closed with this one, but not where this fails
   * @param padded is told at the end when there were zeros
   */
  GzipMembers(BufferedInputStream file, Runnable padded) throws IOException {
    this.file = file;
    this.padded = padded;
    member = new GzipCompressorInputStream(file, false);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (member != null) {
      int read = member.read(into, offset, length);
      if (read >= 0) {
        return read;
      }
      member = next();
    }
    return -1;
  }

  /** The stream stands right behind a member: so it does as its marks are supported. */
  private GzipCompressorInputStream next() throws IOException {
    file.mark(1);
    int first = file.read();
    if (first == 0) {
      passOverZeros();
      return null;
    } else if (first < 0) {
      return null;
    }
    file.reset();
    return new GzipCompressorInputStream(file, false);
  }

  private void passOverZeros() throws IOException {
    int next;
    do {
      next = file.read();
    } while (next == 0);
    if (next > 0) {
      throw new IOException("more than zeros follow the last member");
    }
    padded.run();
  }

  @Override
  public void close() throws IOException {
    if (member != null) {
      member.close();
    }
    file.close();
  }
}
