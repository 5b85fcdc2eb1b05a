package io.tripwatch.bench;

/** What becomes of a trip. Most are as promised. */
public enum Kind {
  AS_PROMISED(0),
  /** At the pickup point only after the margin: the first of the three rules. */
  MARGIN_MISSED(0.02),
  /** ON_SITE pressed two kilometres away: the second. */
  PRESSED_ELSEWHERE(0.02),
  /** Ended within two minutes where it began: the third. */
  FAKE(0.01),
  /** Ended half way: none of the three, as those that follow. */
  ENDED_ELSEWHERE(0.01),
  /** Nobody called or wrote. */
  NO_CONTACT(0.01),
  /** Charged more than the price. */
  OVERCHARGED(0.005),
  /** Rated with two stars, and complained of. */
  COMPLAINED_OF(0.005);

  private static final Kind[] ALL = values();
  private static final long[] UP_TO = new long[ALL.length];
  private static final int BITS = 20;

  static {
    double sum = 0;
    for (int i = 1; i < ALL.length; i++) {
      sum += ALL[i].share;
      UP_TO[i] = (long) (sum * (1 << BITS));
    }
  }

  private final double share;

  Kind(double share) {
    this.share = share;
  }

  /** The share of the trips that are of this kind; of the first, what the others leave. */
  public double share() {
    return this == AS_PROMISED ? 1 - (double) UP_TO[ALL.length - 1] / (1 << BITS) : share;
  }

  /** The kind a trip has that drew these random bits. */
  static Kind drawn(long bits) {
    long drawn = bits & ((1 << BITS) - 1);
    if (drawn >= UP_TO[ALL.length - 1]) {
      return AS_PROMISED;
    }
    int kind = 1;
    while (drawn >= UP_TO[kind]) {
      kind++;
    }
    return ALL[kind];
  }
}
