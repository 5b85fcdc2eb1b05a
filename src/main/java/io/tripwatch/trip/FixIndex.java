package io.tripwatch.trip;

/**
 * When the fixes of a log happened, by a hash of what makes each the event it is. Entries of fixes
 * that are gone stay until it is full: whoever asks looks whether the fix is there.
 */
final class FixIndex {
  /** No fix is known. */
  static final long ABSENT = Long.MIN_VALUE;

  private static final int LEAST_PLACES = 64;

  /** Hash and time in turn; where the hash is 0 there is none. */
  private final long[] entries;

  private int count;

  /**
   * An empty one.
   *
   * @param fixes how many there will be at least
   */
  FixIndex(int fixes) {
    int places = Math.max(LEAST_PLACES, Integer.highestOneBit(fixes) << 2);
    entries = new long[2 * places];
  }

  /** Whether there is no room for more: entries far from where they belong are found slowly. */
  boolean isFull() {
    return 4 * count >= entries.length;
  }

  long heapBytes() {
    return (long) entries.length * Long.BYTES;
  }

  /** Notes when the fix of a hash, which is not 0, happened. */
  void put(long hash, long time) {
    int at = find(hash);
    count += entries[at] == 0 ? 1 : 0;
    entries[at] = hash;
    entries[at + 1] = time;
  }

  /** When the fix of a hash happened, milliseconds since 1970; ABSENT if none is known. */
  long timeOf(long hash) {
    int at = find(hash);
    return entries[at] == 0 ? ABSENT : entries[at + 1];
  }

  /** Where a hash is, or would be. */
  private int find(long hash) {
    int at = ((int) (hash >>> 32 ^ hash) << 1) & entries.length - 1;
    while (entries[at] != 0 && entries[at] != hash) {
      at = at + 2 & entries.length - 1;
    }
    return at;
  }
}
