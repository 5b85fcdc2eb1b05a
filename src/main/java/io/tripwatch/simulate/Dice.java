package io.tripwatch.simulate;

import java.util.Random;

/**
 * Seeded randomness, one stream for each purpose and number, so that what one trip draws moves no
 * other and faults change what arrives, not what happened.
 */
final class Dice {
  /** What a stream is for. */
  enum Purpose {
    DRIVER,
    DECK,
    JOURNEY,
    TRACK,
    OUTAGE,
    NETWORK
  }

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;

  Dice(long seed) {
    this.seed = seed;
  }

  /** java.util.Random, for its numbers are fixed by its specification. */
  Random random(Purpose purpose, long number) {
    return new Random(mixed(mixed(mixed(seed) + purpose.ordinal()) + number));
  }

  /** The finalizer of SplitMix64: neighbouring seeds give streams that have nothing in common. */
  private static long mixed(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
