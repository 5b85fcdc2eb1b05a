package io.tripwatch.trip;

/**
 * When the fixes of a log happened, by a hash of what makes each the event it is. Entries of fixes
 * that are gone stay until it is full: whoever asks looks whether the fix is there.
 */
final class FixIndex {
  /** No fix is known. */
  static final long ABSENT = Long.MIN_VALUE;

  private static final int SPARE_PLACES = 32;

  /** Hash and time in turn; where the hash is 0 there is none. */
  private final long[] entries;

  private int count;

  /**
   * An empty one.
   *
   * @param fixes how many there are to begin with: it has room for half as many more
   */
  FixIndex(int fixes) {
    entries = new long[2 * (2 * fixes + SPARE_PLACES)];
  }

  /** Whether three of four places are taken: beyond, entries are found slowly. */
  boolean isFull() {
    return count >= entries.length / 8 * 3;
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
    int places = entries.length / 2;
    int place = (int) ((hash >>> 32) * places >>> 32);
    while (entries[2 * place] != 0 && entries[2 * place] != hash) {
      place = place + 1 == places ? 0 : place + 1;
    }
    return 2 * place;
  }
}
