package io.tripwatch.rule;

/**
 * How figures of evidence and messages are rounded. What had to exceed a limit is rounded up, and
 * what had to stay within it down, so that the rounded figure shows the same as the exact one.
 */
public final class Rounded {
  /** An exact 500 m may be computed as a hair more. */
  private static final double HAIR = 1e-6;

  private static final double PLACES = 10_000;

  private Rounded() {}

  /** The next whole number that is not less. */
  public static long up(double value) {
    return (long) Math.ceil(value - HAIR);
  }

  /** The next whole number that is not greater. */
  public static long down(double value) {
    return (long) Math.floor(value + HAIR);
  }

  /** The next tenth that is not less. */
  public static double tenthUp(double value) {
    return Math.ceil(value * 10 - HAIR) / 10;
  }

  /** The nearest tenth. */
  public static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** Milliseconds as seconds, rounded up. */
  public static long secondsUp(long ms) {
    return -Math.floorDiv(-ms, 1_000L);
  }

  /** Degrees with four decimals: ten metres are near enough. */
  static double degrees(double value) {
    return Math.round(value * PLACES) / PLACES;
  }
}
