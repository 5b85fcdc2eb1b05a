package io.tripwatch.job;

import io.tripwatch.event.Fix;
import java.util.Arrays;

/**
 * Fixes of phones that wait for the next watermark, those of one driver behind each other. A
 * driver's file is far from the caches when his next fix comes, and fetching it costs many times
 * what is done with the fix: so it is fetched once for all that came since the last watermark.
 */
final class FixBatch {
  /** Takes the waiting fixes, those of one driver in the order in which they came. */
  interface Taker {
    void take(Fix fix) throws Exception;
  }

  /** More than come between two watermarks, mostly; beyond that a batch pays no better. */
  static final int CAPACITY = 1 << 17;

  private static final int SLOTS = 1 << 17;
  private static final int NONE = -1;

  private final Fix[] fixes = new Fix[CAPACITY];

  /** The one behind, of those that share a slot. */
  private final int[] behind = new int[CAPACITY];

  private final int[] firsts = new int[SLOTS];
  private final int[] lasts = new int[SLOTS];

  /** The slots in use. */
  private final int[] used = new int[SLOTS];

  private int usedMany;
  private int many;

  FixBatch() {
    Arrays.fill(firsts, NONE);
  }

  boolean isFull() {
    return many == CAPACITY;
  }

  /** Adds one; it must not be full. */
  void add(Fix fix) {
    int slot = slotOf(fix.owner());
    fixes[many] = fix;
    behind[many] = NONE;
    if (firsts[slot] == NONE) {
      firsts[slot] = many;
      used[usedMany++] = slot;
    } else {
      behind[lasts[slot]] = many;
    }
    lasts[slot] = many++;
  }

  private static int slotOf(String driverId) {
    int hash = driverId.hashCode() * 0x9E3779B9;
    return hash >>> 32 - Integer.numberOfTrailingZeros(SLOTS);
  }

  /** Hands on those of a driver, and of others who share his slot. */
  void takeOf(String driverId, Taker taker) throws Exception {
    if (many > 0) {
      take(slotOf(driverId), taker);
    }
  }

  /** Hands on all of them. */
  void takeAll(Taker taker) throws Exception {
    for (int i = 0; i < usedMany; i++) {
      take(used[i], taker);
    }
    // What was taken is kept from nobody: the garbage collector asks for nothing of it.
    Arrays.fill(fixes, 0, many, null);
    usedMany = 0;
    many = 0;
  }

  private void take(int slot, Taker taker) throws Exception {
    int next = firsts[slot];
    // Its place among those in use stays: it may be filled again.
    firsts[slot] = NONE;
    while (next != NONE) {
      taker.take(fixes[next]);
      next = behind[next];
    }
  }
}
