package io.tripwatch.job;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Holds on the heap what is known of the keys lately heard of. What changed is written before each
 * barrier, or when it makes room for another key: so state is touched once per key and checkpoint,
 * not once per event.
 */
final class WriteBack<H extends WriteBack.Held> {
  private static final int MIN_HELD = 1_000;
  private static final int MAX_HELD = 1_000_000;

  private final int limit;
  private final Store<H> store;

  /** In order of use, the longest unused first. */
  private final LinkedHashMap<String, H> held = new LinkedHashMap<>(1024, 0.75f, true);

  private final Set<H> changed = new LinkedHashSet<>();

  /** What is known of one key. */
  abstract static class Held {
    private final String key;
    private boolean isChanged;
    private boolean isDropped;

    Held(String key) {
      this.key = key;
    }

    final String key() {
      return key;
    }

    /** Whether it made room for another: what is known of the key is in state, and not here. */
    final boolean isDropped() {
      return isDropped;
    }
  }

  /** Keyed state. */
  interface Store<H> {
    /** Reads what is known of a key; something empty where nothing is. */
    H read(String key) throws Exception;

    /** Writes what is known of a key. */
    void write(H one) throws Exception;
  }

  /**
   * Holds nothing yet.
   *
   * @param limit how many keys are held, at least 1
   */
  WriteBack(int limit, Store<H> store) {
    this.limit = limit;
    this.store = store;
  }

  /** How many keys a task holds, where one takes so many bytes and all a given part of the heap. */
  static int asHeapAllows(long heapShare, long bytesPerKey) {
    long keys = Runtime.getRuntime().maxMemory() / heapShare / bytesPerKey;
    return (int) Math.max(MIN_HELD, Math.min(keys, MAX_HELD));
  }

  /** What is known of a key, read if it is not held. */
  H hold(String key) throws Exception {
    H one = held.get(key);
    if (one == null) {
      if (held.size() >= limit) {
        dropLongestUnused();
      }
      one = store.read(key);
      held.put(key, one);
    }
    return one;
  }

  /** Notes that it differs from what is in state. */
  void change(H one) {
    Held changing = one;
    if (!changing.isChanged) {
      changing.isChanged = true;
      changed.add(one);
    }
  }

  /** Writes all that changed. */
  void write() throws Exception {
    for (H one : changed) {
      write(one);
    }
    changed.clear();
  }

  private void write(H one) throws Exception {
    Held changing = one;
    changing.isChanged = false;
    store.write(one);
  }

  private void dropLongestUnused() throws Exception {
    Iterator<H> longestUnusedFirst = held.values().iterator();
    H one = longestUnusedFirst.next();
    longestUnusedFirst.remove();
    Held dropping = one;
    if (dropping.isChanged) {
      write(one);
      changed.remove(one);
    }
    dropping.isDropped = true;
  }

  int size() {
    return held.size();
  }
}
