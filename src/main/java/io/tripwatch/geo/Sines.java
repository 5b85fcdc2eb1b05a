package io.tripwatch.geo;

/**
 * Sines by plain arithmetic, which Java lays down to the last bit on every machine. {@link
 * StrictMath} is as sure, but its native calls took a fifth of the time spent on drivers. The two
 * differ by less than 1.2e-15 for two turns either way. For the datums, whose inverse the contract
 * asks for to 1e-9°; distances are StrictMath's to the last digit.
 */
final class Sines {
  private static final double C3 = -1 / 6.0;
  private static final double C5 = 1 / 120.0;
  private static final double C7 = -1 / 5_040.0;
  private static final double C9 = 1 / 362_880.0;
  private static final double C11 = -1 / 39_916_800.0;
  private static final double C13 = 1 / 6_227_020_800.0;
  private static final double C15 = -1 / 1_307_674_368_000.0;
  private static final double C17 = 1 / 355_687_428_096_000.0;
  private static final double C19 = -1 / 121_645_100_408_832_000.0;
  private static final double C21 = 1 / 51_090_942_171_709_440_000.0;

  private Sines() {}

  /** The sine of an angle in half turns, up to a million of them. */
  static double ofHalfTurns(double halfTurns) {
    double whole = Math.rint(halfTurns);
    double sine = upToAQuarter((halfTurns - whole) * StrictMath.PI);
    return ((long) whole & 1) == 0 ? sine : -sine;
  }

  /** The cosine of a latitude in degrees. */
  static double cosineOf(double degrees) {
    return upToAQuarter((0.5 - Math.abs(degrees) / 180) * StrictMath.PI);
  }

  /** The Taylor series, for angles up to a quarter of a turn, in two strands. */
  private static double upToAQuarter(double angle) {
    double x2 = angle * angle;
    double x4 = x2 * x2;
    double low = C3 + x2 * C5 + x4 * (C7 + x2 * C9);
    double high = C11 + x2 * C13 + x4 * (C15 + x2 * C17) + x4 * x4 * (C19 + x2 * C21);
    return angle + angle * x2 * (low + x4 * x4 * high);
  }
}
