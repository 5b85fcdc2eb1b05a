package io.tripwatch.speed;

import io.tripwatch.trip.Speeds;
import java.util.Arrays;

/**
 * How fast drivers get on, place by place: hexagons of 5 km², each for the day and for the eight
 * parts of it, and the wider ones of 250 km² they lie in. What is known of the wider place weighs
 * ten minutes against what is known of the narrower. Old samples fade. Of more places than there is
 * room for, those longest unused are forgotten.
 *
 * <p>One task holds one; it is in no checkpoint, and learned again within the hour.
 */
public final class SpeedMap implements Speeds {
  /** Two doubles each, for all places together: 3 MB. */
  public static final int MAX_ENTRIES = 200_000;

  private static final int PARTS_OF_DAY = 8;

  /** Those of a narrow place: the day's, then its parts'. */
  private static final int ENTRIES = 1 + PARTS_OF_DAY;

  private static final long PART_MS = 24 / PARTS_OF_DAY * 3_600_000L;

  /** Driving remembered of a place in a part of the day, of a place, of a wide place; seconds. */
  private static final double PART_S = 7_200;

  private static final double PLACE_S = 4 * PART_S;
  private static final double WIDE_S = 10 * PART_S;

  private static final int FIRST_CAPACITY = 16;

  private final Hexagons hexagons = new Hexagons();
  private final Places narrow;
  private final Places wide;
  private boolean learns;

  /** An empty map with room for {@link #MAX_ENTRIES}. */
  public SpeedMap() {
    this(MAX_ENTRIES);
  }

  SpeedMap(int maxEntries) {
    // At worst every narrow place lies in a wide one of its own.
    int places = maxEntries / (ENTRIES + 1);
    narrow = new Places(places, ENTRIES);
    wide = new Places(places, 1);
  }

  /** Whether it learns from now on; until then it does not. */
  public void learnIf(boolean wanted) {
    learns = wanted;
  }

  @Override
  public boolean learns() {
    return learns;
  }

  @Override
  public void learn(double lat, double lon, long time, double metres, double seconds) {
    int square = hexagons.square(lat, lon);
    wide.add(wide.place(hexagons.wide(square)), 0, metres, seconds, WIDE_S);
    int place = narrow.place(hexagons.narrow(square));
    narrow.add(place, 0, metres, seconds, PLACE_S);
    narrow.add(place, partOfDay(time), metres, seconds, PART_S);
  }

  @Override
  public double at(double lat, double lon, long time, double ownMetresPerSecond) {
    int square = hexagons.square(lat, lon);
    double speed = ownMetresPerSecond;
    int around = wide.find(hexagons.wide(square));
    if (around >= 0) {
      speed = wide.over(around, 0, speed);
    }
    int place = narrow.find(hexagons.narrow(square));
    if (place >= 0) {
      speed = narrow.over(place, 0, speed);
      speed = narrow.over(place, partOfDay(time), speed);
    }
    return speed;
  }

  private static int partOfDay(long time) {
    return 1 + (int) Math.floorMod(Math.floorDiv(time, PART_MS), (long) PARTS_OF_DAY);
  }

  /** How many entries there are. */
  int entries() {
    return narrow.size * ENTRIES + wide.size;
  }

  /** Places by their cells, each with some entries: an open-addressed table over dense columns. */
  private static final class Places {
    private final int most;
    private final int entries;
    private int size;
    private long[] cells;
    private long[] usedAt;
    private double[] metres;
    private double[] seconds;

    /** The place of a cell plus one, where its hash says; 0 where there is none. */
    private int[] table;

    private long uses;

    Places(int most, int entries) {
      this.most = most;
      this.entries = entries;
      int capacity = Math.min(FIRST_CAPACITY, most);
      cells = new long[capacity];
      usedAt = new long[capacity];
      metres = new double[capacity * entries];
      seconds = new double[capacity * entries];
      table = new int[Integer.highestOneBit(4 * capacity)];
    }

    /** The place of a cell, -1 if there is none. */
    int find(long cell) {
      int mask = table.length - 1;
      for (int slot = hash(cell) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
        int place = table[slot] - 1;
        if (cells[place] == cell) {
          usedAt[place] = ++uses;
          return place;
        }
      }
      return -1;
    }

    /** The place of a cell, a new one if there is none. */
    int place(long cell) {
      int known = find(cell);
      if (known >= 0) {
        return known;
      }
      if (size == most) {
        forgetTheLongerUnusedHalf();
      }
      if (size == cells.length) {
        grow();
      }
      cells[size] = cell;
      usedAt[size] = ++uses;
      enter(size);
      return size++;
    }

    void add(int place, int entry, double moreMetres, double moreSeconds, double remembered) {
      int i = place * entries + entry;
      metres[i] += moreMetres;
      seconds[i] += moreSeconds;
      if (seconds[i] > remembered) {
        metres[i] /= 2;
        seconds[i] /= 2;
      }
    }

    double over(int place, int entry, double prior) {
      int i = place * entries + entry;
      return (metres[i] + PRIOR_S * prior) / (seconds[i] + PRIOR_S);
    }

    private void enter(int place) {
      int mask = table.length - 1;
      int slot = hash(cells[place]) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = place + 1;
    }

    private void grow() {
      int capacity = Math.min(2 * size, most);
      cells = Arrays.copyOf(cells, capacity);
      usedAt = Arrays.copyOf(usedAt, capacity);
      metres = Arrays.copyOf(metres, capacity * entries);
      seconds = Arrays.copyOf(seconds, capacity * entries);
      table = new int[Integer.highestOneBit(4 * capacity)];
      for (int place = 0; place < size; place++) {
        enter(place);
      }
    }

    /** Half at a time, so that it costs little for each. */
    private void forgetTheLongerUnusedHalf() {
      long[] inOrder = Arrays.copyOf(usedAt, size);
      Arrays.sort(inOrder);
      long from = inOrder[size / 2];
      int kept = 0;
      for (int place = 0; place < size; place++) {
        if (usedAt[place] >= from) {
          cells[kept] = cells[place];
          usedAt[kept] = usedAt[place];
          System.arraycopy(metres, place * entries, metres, kept * entries, entries);
          System.arraycopy(seconds, place * entries, seconds, kept * entries, entries);
          kept++;
        }
      }
      Arrays.fill(metres, kept * entries, size * entries, 0);
      Arrays.fill(seconds, kept * entries, size * entries, 0);
      size = kept;
      Arrays.fill(table, 0);
      for (int place = 0; place < size; place++) {
        enter(place);
      }
    }

    private static int hash(long cell) {
      long mixed = cell * 0x9E3779B97F4A7C15L;
      return (int) (mixed >>> 32);
    }
  }
}
