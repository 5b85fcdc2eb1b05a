package io.tripwatch.speed;

import com.uber.h3core.H3Core;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The hexagons of H3 a place lies in. Asking H3 costs more than all else about a place, so the
 * answer for the middle of a square of some 200 m is kept for all of it.
 */
final class Hexagons {
  private static final int NARROW = 7;
  private static final int WIDE = 5;
  private static final double SQUARES_PER_DEGREE = 500;
  private static final int KEPT = 1 << 15;
  private static final long NONE = Long.MIN_VALUE;

  private final long[] squares = new long[KEPT];
  private final long[] narrow = new long[KEPT];
  private final long[] wide = new long[KEPT];

  Hexagons() {
    Arrays.fill(squares, NONE);
  }

  /** Its native library is loaded when it is asked first. */
  private static final class Asked {
    static final H3Core H3 = load();

    private static H3Core load() {
      try {
        return H3Core.newInstance();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "H3's native library cannot be unpacked; let the temporary folder be written to, or"
                + " set rules.lateness-predicted.enabled to false",
            e);
      }
    }
  }

  /** Where the answers for a place are kept; valid until it is asked again. */
  int square(double lat, double lon) {
    long row = (long) Math.floor(lat * SQUARES_PER_DEGREE);
    long column = (long) Math.floor(lon * SQUARES_PER_DEGREE);
    long square = row << 32 ^ column & 0xFFFF_FFFFL;
    int slot = (int) (square * 0x9E3779B97F4A7C15L >>> 49);
    if (squares[slot] != square) {
      squares[slot] = square;
      double middleLat = (row + 0.5) / SQUARES_PER_DEGREE;
      double middleLon = (column + 0.5) / SQUARES_PER_DEGREE;
      narrow[slot] = Asked.H3.latLngToCell(middleLat, middleLon, NARROW);
      wide[slot] = Asked.H3.cellToParent(narrow[slot], WIDE);
    }
    return slot;
  }

  /** A hexagon of 5 km². */
  long narrow(int square) {
    return narrow[square];
  }

  /** The hexagon of 250 km² it lies in. */
  long wide(int square) {
    return wide[square];
  }
}
