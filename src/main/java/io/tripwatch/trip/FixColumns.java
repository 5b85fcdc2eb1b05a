package io.tripwatch.trip;

import java.util.Arrays;

/**
 * How a {@link FixLog} holds its fixes: in narrow rows of 16 bytes and delays of two as long as all
 * of them fit, which nearly all do, and in wide columns from the first that does not until the log
 * is empty again. Every number comes back to the bit.
 */
class FixColumns {
  private static final int FIRST_CAPACITY = 16;
  private static final long NARROW_BYTES = 16 + Character.BYTES;

  /** Degrees are held in units of 1e-7: a centimetre. */
  private static final double DEGREE_UNITS = 1e7;

  private static final double ACCURACY_UNITS = 10;
  private static final double SPEED_UNITS = 100;
  private static final int QUALITY_BITS = 16;
  private static final int ABSENT = (1 << QUALITY_BITS) - 1;

  /** Not every number has one: no code of a quality. */
  private static final int NO_CODE = -1;

  private static final int TIME = 0;
  private static final int LAT = 1;
  private static final int LON = 2;
  private static final int QUALITY = 3;
  private static final int ROW_SHIFT = 2;

  private static final int REBASE_FROM = 1 << 30;
  private static final int NOWHERE = Integer.MIN_VALUE;
  private static final int[] NONE = {};
  private static final char[] NO_DELAYS = {};

  /** No latitude. */
  private static final double UNKNOWN = 1000;

  private int capacity;

  /** What the narrow times are counted from, milliseconds since 1970. */
  private long base;

  private boolean isBased;

  /**
   * Time, latitude, longitude and quality, accuracy in its upper half and speed in its lower, of
   * one fix after the other: a driver's are far from the last one's in memory, and so come near at
   * once. What is wide is not looked up here.
   */
  private int[] rows = NONE;

  private long[] wideTimes;
  private double[] wideLats;
  private double[] wideLons;
  private double[] wideAccuracies;
  private double[] wideSpeeds;

  /** Null while all fixes have one kind. */
  private int[] kinds;

  private int onlyKind;

  /** Milliseconds a clock ran ahead; null while all ran well. */
  private long[] mended;

  /** Milliseconds from when it happened to when it was received: a minute at most, mostly. */
  private char[] delays = NO_DELAYS;

  private long[] wideDelays;

  /** Hashes of eventIds; null while no fix carried an eventId. */
  private long[] idHashes;

  /** Positions in WGS-84, found when first asked for; null while none was asked for. */
  private double[] wgsLats;

  private double[] wgsLons;

  /** Bytes that a fix takes. */
  long bytesPerFix() {
    long bytes = NARROW_BYTES;
    for (Object column :
        new Object[] {
          wideTimes,
          wideLats,
          wideLons,
          wideAccuracies,
          wideSpeeds,
          kinds,
          mended,
          wideDelays,
          idHashes,
          wgsLats,
          wgsLons
        }) {
      bytes += column == null ? 0 : Long.BYTES;
    }
    return bytes;
  }

  FixColumns copy() {
    FixColumns copy = new FixColumns();
    copy.capacity = capacity;
    copy.base = base;
    copy.isBased = isBased;
    copy.wideTimes = cloned(wideTimes);
    copy.wideLats = cloned(wideLats);
    copy.wideLons = cloned(wideLons);
    copy.rows = rows.clone();
    copy.wideAccuracies = cloned(wideAccuracies);
    copy.wideSpeeds = cloned(wideSpeeds);
    copy.kinds = kinds == null ? null : kinds.clone();
    copy.onlyKind = onlyKind;
    copy.mended = cloned(mended);
    copy.delays = delays.clone();
    copy.wideDelays = cloned(wideDelays);
    copy.idHashes = cloned(idHashes);
    copy.wgsLats = cloned(wgsLats);
    copy.wgsLons = cloned(wgsLons);
    return copy;
  }

  private static long[] cloned(long[] column) {
    return column == null ? null : column.clone();
  }

  private static double[] cloned(double[] column) {
    return column == null ? null : column.clone();
  }

  int capacity() {
    return capacity;
  }

  /** Forgets everything, and how wide it was. */
  void clear() {
    resize(0);
    isBased = false;
    wideTimes = null;
    wideLats = null;
    wideLons = null;
    wideAccuracies = null;
    wideSpeeds = null;
    rows = NONE;
    kinds = null;
    mended = null;
    delays = NO_DELAYS;
    wideDelays = null;
    idHashes = null;
    forgetConverted();
  }

  /** Makes room for one more than there is room for. */
  void grow() {
    resize(capacity + Math.max(FIRST_CAPACITY, capacity >> 2));
  }

  /** Makes room for so many fixes, and no more. */
  void resize(int newCapacity) {
    int known = capacity;
    capacity = newCapacity;
    rows = Arrays.copyOf(rows, newCapacity << ROW_SHIFT);
    wideTimes = resized(wideTimes);
    wideLats = resized(wideLats);
    wideLons = resized(wideLons);
    wideAccuracies = resized(wideAccuracies);
    wideSpeeds = resized(wideSpeeds);
    kinds = kinds == null ? null : Arrays.copyOf(kinds, newCapacity);
    mended = resized(mended);
    delays = Arrays.copyOf(delays, newCapacity);
    wideDelays = resized(wideDelays);
    idHashes = resized(idHashes);
    wgsLats = resized(wgsLats);
    wgsLons = resized(wgsLons);
    if (wgsLats != null && known < newCapacity) {
      Arrays.fill(wgsLats, known, newCapacity, UNKNOWN);
    }
  }

  private double[] resized(double[] column) {
    return column == null ? null : Arrays.copyOf(column, capacity);
  }

  private long[] resized(long[] column) {
    return column == null ? null : Arrays.copyOf(column, capacity);
  }

  /** Moves fixes to another place. */
  void move(int from, int to, int length) {
    if (length <= 0) {
      return;
    }
    move(rows, from << ROW_SHIFT, to << ROW_SHIFT, length << ROW_SHIFT);
    move(wideTimes, from, to, length);
    move(wideLats, from, to, length);
    move(wideLons, from, to, length);
    move(wideAccuracies, from, to, length);
    move(wideSpeeds, from, to, length);
    move(kinds, from, to, length);
    move(mended, from, to, length);
    move(delays, from, to, length);
    move(wideDelays, from, to, length);
    move(idHashes, from, to, length);
    move(wgsLats, from, to, length);
    move(wgsLons, from, to, length);
  }

  private static void move(Object column, int from, int to, int length) {
    if (column != null) {
      System.arraycopy(column, from, column, to, length);
    }
  }

  /** Moves fixes to the front, with nothing before them. */
  void moveToFront(int from, int length) {
    move(from, 0, length);
    if (wideTimes == null && length > 0 && rows[TIME] > REBASE_FROM) {
      int passed = rows[TIME];
      base += passed;
      for (int i = 0; i < length; i++) {
        // Far before the first there is none: they are in order.
        rows[cell(i, TIME)] -= passed;
      }
    }
  }

  private static int cell(int i, int column) {
    return (i << ROW_SHIFT) + column;
  }

  long time(int i) {
    return wideTimes == null ? base + rows[cell(i, TIME)] : wideTimes[i];
  }

  /**
   * Sets a time.
   *
   * @param end how many fixes there are, this one included
   */
  void time(int i, long time, int end) {
    if (!isBased) {
      base = time;
      isBased = true;
    }
    if (wideTimes == null && (int) (time - base) != time - base) {
      wideTimes = new long[capacity];
      for (int known = 0; known < end; known++) {
        wideTimes[known] = base + rows[cell(known, TIME)];
      }
    }
    if (wideTimes == null) {
      rows[cell(i, TIME)] = (int) (time - base);
    } else {
      wideTimes[i] = time;
    }
  }

  double lat(int i) {
    return wideLats == null ? rows[cell(i, LAT)] / DEGREE_UNITS : wideLats[i];
  }

  double lon(int i) {
    return wideLats == null ? rows[cell(i, LON)] / DEGREE_UNITS : wideLons[i];
  }

  /** Sets where it was, as reported. */
  void place(int i, double lat, double lon) {
    if (wideLats == null) {
      int latCode = degreeCode(lat);
      int lonCode = degreeCode(lon);
      if (latCode != NOWHERE && lonCode != NOWHERE) {
        rows[cell(i, LAT)] = latCode;
        rows[cell(i, LON)] = lonCode;
        return;
      }
      widenPlaces();
    }
    wideLats[i] = lat;
    wideLons[i] = lon;
  }

  private void widenPlaces() {
    double[] wide = new double[capacity];
    wideLons = new double[capacity];
    for (int i = 0; i < capacity; i++) {
      wide[i] = rows[cell(i, LAT)] / DEGREE_UNITS;
      wideLons[i] = rows[cell(i, LON)] / DEGREE_UNITS;
    }
    wideLats = wide;
  }

  private static int degreeCode(double degrees) {
    int code = (int) Math.rint(degrees * DEGREE_UNITS);
    return isSame(code / DEGREE_UNITS, degrees) ? code : NOWHERE;
  }

  private static boolean isSame(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  double accuracyM(int i) {
    return wideSpeeds == null
        ? quality(rows[cell(i, QUALITY)] >>> QUALITY_BITS, ACCURACY_UNITS)
        : wideAccuracies[i];
  }

  double speedKmh(int i) {
    return wideSpeeds == null
        ? quality(rows[cell(i, QUALITY)] & ABSENT, SPEED_UNITS)
        : wideSpeeds[i];
  }

  private static double quality(int code, double units) {
    return code == ABSENT ? Double.NaN : code / units;
  }

  /** Sets how good it is and how fast he went, NaN where absent. */
  void quality(int i, double accuracyM, double speedKmh) {
    if (wideSpeeds == null) {
      int accuracy = qualityCode(accuracyM, ACCURACY_UNITS);
      int speed = qualityCode(speedKmh, SPEED_UNITS);
      if (accuracy != NO_CODE && speed != NO_CODE) {
        rows[cell(i, QUALITY)] = accuracy << QUALITY_BITS | speed;
        return;
      }
      widenQualities();
    }
    wideAccuracies[i] = accuracyM;
    wideSpeeds[i] = speedKmh;
  }

  private void widenQualities() {
    double[] speeds = new double[capacity];
    wideAccuracies = new double[capacity];
    for (int i = 0; i < capacity; i++) {
      speeds[i] = speedKmh(i);
      wideAccuracies[i] = accuracyM(i);
    }
    wideSpeeds = speeds;
  }

  private static int qualityCode(double value, double units) {
    if (Double.isNaN(value)) {
      return ABSENT;
    }
    int code = (int) Math.rint(value * units);
    return code >= 0 && code < ABSENT && isSame(code / units, value) ? code : NO_CODE;
  }

  int kind(int i) {
    return kinds == null ? onlyKind : kinds[i];
  }

  /**
   * Sets a kind.
   *
   * @param isOnly whether there is no other fix
   */
  void kind(int i, int kind, boolean isOnly) {
    if (isOnly) {
      kinds = null;
      onlyKind = kind;
    } else if (kinds == null && kind != onlyKind) {
      kinds = new int[capacity];
      Arrays.fill(kinds, onlyKind);
    }
    if (kinds != null) {
      kinds[i] = kind;
    }
  }

  long mendedMs(int i) {
    return mended == null ? 0 : mended[i];
  }

  boolean anyMended() {
    return mended != null;
  }

  void mendedMs(int i, long ms) {
    if (ms != 0 && mended == null) {
      mended = new long[capacity];
    }
    if (mended != null) {
      mended[i] = ms;
    }
  }

  /** How long after it happened it was received, milliseconds; 0 where its clock was mended. */
  long delayMs(int i) {
    return wideDelays == null ? delays[i] : wideDelays[i];
  }

  void delayMs(int i, long ms) {
    if (wideDelays == null && (char) ms != ms) {
      wideDelays = new long[capacity];
      for (int known = 0; known < capacity; known++) {
        wideDelays[known] = delays[known];
      }
    }
    if (wideDelays == null) {
      delays[i] = (char) ms;
    } else {
      wideDelays[i] = ms;
    }
  }

  long receivedAt(int i) {
    return time(i) + delayMs(i);
  }

  /** 0 where it carried no eventId. */
  long idHash(int i) {
    return idHashes == null ? 0 : idHashes[i];
  }

  boolean anyIds() {
    return idHashes != null;
  }

  /** Sets the hash of an eventId, 0 for none. */
  void id(int i, long hash) {
    if (hash != 0 && idHashes == null) {
      idHashes = new long[capacity];
    }
    if (idHashes != null) {
      idHashes[i] = hash;
    }
  }

  /** Whether the position in WGS-84 is still to be found. */
  boolean isToConvert(int i) {
    return wgsLats == null || wgsLats[i] == UNKNOWN;
  }

  double wgsLat(int i) {
    return wgsLats[i];
  }

  double wgsLon(int i) {
    return wgsLons[i];
  }

  /** Sets the position in WGS-84: its latitude, and its longitude. */
  void converted(int i, double[] wgs) {
    if (wgsLats == null) {
      wgsLats = new double[capacity];
      wgsLons = new double[capacity];
      Arrays.fill(wgsLats, UNKNOWN);
    }
    wgsLats[i] = wgs[0];
    wgsLons[i] = wgs[1];
  }

  /** The position in WGS-84 is to be found anew. */
  void notConverted(int i) {
    if (wgsLats != null) {
      wgsLats[i] = UNKNOWN;
    }
  }

  /** Forgets the positions in WGS-84: they are found again when asked for. */
  void forgetConverted() {
    wgsLats = null;
    wgsLons = null;
  }
}
