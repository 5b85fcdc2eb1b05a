package io.tripwatch.event;

/** Doubles as the short decimals they nearly always are: a whole number of a power of ten. */
public final class Decimals {
  /** More digits behind the point are taken for noise. */
  public static final int MAX_DIGITS = 9;

  /** There is no such decimal. */
  public static final int NONE = -1;

  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  /** Beyond, a double does not hold every whole number. */
  private static final double MAX_WHOLE = 1L << 53;

  private Decimals() {}

  /** Ten to the power of a number of digits. */
  public static long ten(int digits) {
    return (long) TENS[digits];
  }

  /** The fewest digits behind the point that tell the number to the bit, or NONE. */
  public static int digits(double number) {
    for (int digits = 0; digits <= MAX_DIGITS; digits++) {
      if (hasDigits(number, digits)) {
        return digits;
      }
    }
    return NONE;
  }

  /** Whether so many digits behind the point tell the number to the bit; not that of -0.0. */
  public static boolean hasDigits(double number, int digits) {
    double whole = Math.rint(number * TENS[digits]);
    return Math.abs(whole) < MAX_WHOLE
        && Double.doubleToRawLongBits((long) whole / TENS[digits])
            == Double.doubleToRawLongBits(number);
  }

  /** The number times ten to the power of digits, which tell it. */
  public static long whole(double number, int digits) {
    return (long) Math.rint(number * TENS[digits]);
  }

  /** The number of which that was told. */
  public static double number(long whole, int digits) {
    return whole / TENS[digits];
  }
}
