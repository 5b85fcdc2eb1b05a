package io.tripwatch.trip;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;
import io.tripwatch.geo.Datums;
import io.tripwatch.geo.GreatCircle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixes of one driver's phones as reported, each once, in order of time; at one time by
 * accuracyM (absent last), deviceId, lat, lon, and what else differs. Columns instead of objects: a
 * driver sends a fix every three seconds.
 */
public final class FixLog {
  /** A fix mended by more is not usable. */
  public static final long MAX_MENDED_MS = 10_000;

  /** Where positioning fails, a phone reports a place as near as this to (0,0). */
  private static final double NOWHERE_DEG = 0.001;

  /** No two places are nearer in time, or in metres even as BD-09 stretches them. */
  private static final long TWO_PLACES_MS = 5 * 60_000;

  private static final double TWO_PLACES_M = 5_000 * 0.95;

  private static final int MOCK = 1;
  private static final int DATUM_SHIFT = 1;

  /** Of a kind, the bits below the number of the phone. */
  static final int KIND_BITS = 3;

  private static final int BITS_OF_KIND = (1 << KIND_BITS) - 1;

  /** Their names are compared one by one. */
  private static final int FEW_DEVICES = 16;

  /** Below, room is not given back. */
  private static final int ROOMY = 64;

  private static final long[] NO_PIECES = {};
  private static final long NO_PIECE = Long.MIN_VALUE / 2;

  private static final Fix.Datum[] DATUMS = Fix.Datum.values();

  /** The number of the first fix of a new log: older ones may be read back before it. */
  private static final long FIRST_NUMBER = 1L << 40;

  private int start;
  private int end;

  /** The number of the fix at the start: it stays a fix's while others are forgotten. */
  private long forgotten = FIRST_NUMBER;

  private final FixColumns columns;

  /** Null while copies of an event stand beside each other: none has an eventId, or was mended. */
  private FixIndex index;

  /** Phones by their numbers; a kind of fix is such a number and, below, mock flag and datum. */
  private List<String> deviceNames = List.of();

  /** The numbers by phone; null while there are few. */
  private Map<String, Integer> deviceNumbers;

  /** The pieces that differ from those written last, see {@link DriverWire}; the first so many. */
  private long[] changedPieces = NO_PIECES;

  private int changedCount;

  /** When the piece begins that changed last; all of its fixes change no other. */
  private long lastChangedFrom = NO_PIECE;

  /** A log of no fixes. */
  public FixLog() {
    this(new FixColumns());
  }

  FixLog(FixColumns columns) {
    this.columns = columns;
  }

  /** Where a fix went. */
  public enum Place {
    /** Behind all others. */
    LAST,
    /** Between others: what was derived from the fixes from there on no longer holds. */
    BETWEEN,
    /** Anywhere, and another one is gone: a record of the same event that no longer counts. */
    INSTEAD,
    /** Nowhere: it is known. */
    REPEATED
  }

  /** About how many bytes of the heap its fixes take. */
  long heapBytes() {
    long bytes = columns.capacity() == 0 ? 0 : columns.capacity() * columns.bytesPerFix();
    return index == null ? bytes : bytes + index.heapBytes();
  }

  /** A log of the same fixes, each with the same number. */
  FixLog copy() {
    FixLog copy = new FixLog(columns.copy());
    copy.start = start;
    copy.end = end;
    copy.forgotten = forgotten;
    copy.deviceNames = new ArrayList<>(deviceNames);
    return copy;
  }

  /** Whether any fix came with an eventId: a copy under the same one may tell of another time. */
  public boolean hasEventIds() {
    return columns.anyIds();
  }

  /** Number of fixes. */
  public int size() {
    return end - start;
  }

  long bringNear() {
    int last = end - 1;
    return end == start
        ? 0
        : columns.time(last)
            + columns.delayMs(last)
            + deviceName(last).length()
            + (columns.isToConvert(last) ? 1 : 0);
  }

  /** Puts a fix in its place. */
  public Place learn(Fix fix) {
    long id = hash(fix.stamp().eventId());
    int at = placeOf(fix);
    Place place = at == end ? Place.LAST : Place.BETWEEN;
    int known = find(fix, id, at);
    if (known >= 0) {
      if (!countsBefore(fix, known)) {
        return Place.REPEATED;
      }
      changed(columns.time(known));
      remove(known);
      at -= known < at ? 1 : 0;
      place = Place.INSTEAD;
    }
    int kind = deviceIndex(fix.deviceId()) << KIND_BITS | bitsOf(fix);
    int opened = open(at);
    put(opened, fix, kind);
    columns.id(opened, id);
    if (index != null) {
      index().put(eventHash(opened), fix.time());
    }
    changed(fix.time());
    return place;
  }

  /** Nearly all come in order, or a little late. */
  private int placeOf(Fix fix) {
    if (end == start || compare(fix, end - 1) >= 0) {
      return end;
    }
    int low = start;
    int high = end - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(fix, middle) >= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void put(int index, Fix fix, int kind) {
    Stamp stamp = fix.stamp();
    columns.time(index, stamp.time(), end);
    columns.delayMs(index, stamp.arrival() - stamp.time());
    columns.place(index, fix.lat(), fix.lon());
    columns.quality(index, fix.accuracyM(), fix.speedKmh());
    columns.kind(index, kind, size() == 1);
    columns.mendedMs(index, stamp.mendedMs());
    columns.notConverted(index);
  }

  /** Forgets the fixes before a time. */
  public void forgetBefore(long time) {
    while (start < end && columns.time(start) < time) {
      start++;
      forgotten++;
    }
    if (start == end) {
      start = 0;
      end = 0;
      columns.clear();
      index = null;
      deviceNames = List.of();
      deviceNumbers = null;
      changedPieces = NO_PIECES;
      changedCount = 0;
      lastChangedFrom = NO_PIECE;
    } else if (start > columns.capacity() / 2) {
      moveToFront();
      giveBackRoom();
    }
  }

  private void moveToFront() {
    columns.moveToFront(start, end - start);
    end -= start;
    start = 0;
  }

  /** After hours of a trip minutes may be all that is kept. */
  private void giveBackRoom() {
    int size = end - start;
    if (columns.capacity() > ROOMY && size < columns.capacity() / 3) {
      columns.resize(size + (size >> 2));
    }
  }

  private void changed(long time) {
    if (time >= lastChangedFrom && time - lastChangedFrom < DriverWire.PIECE_MS) {
      return;
    }
    long piece = DriverWire.pieceOf(time);
    lastChangedFrom = piece * DriverWire.PIECE_MS;
    for (int i = changedCount - 1; i >= 0; i--) {
      if (changedPieces[i] == piece) {
        return;
      }
    }
    if (changedCount == changedPieces.length) {
      changedPieces = Arrays.copyOf(changedPieces, changedCount + 1);
    }
    changedPieces[changedCount++] = piece;
  }

  /** The pieces that changed since it was asked last; forgetting fixes changes none. */
  public List<Long> takeChangedPieces() {
    List<Long> taken = new ArrayList<>(changedCount);
    for (int i = 0; i < changedCount; i++) {
      taken.add(changedPieces[i]);
    }
    Collections.sort(taken);
    changedCount = 0;
    lastChangedFrom = NO_PIECE;
    return taken;
  }

  /** The pieces before one that changed since it was asked last, in order. */
  List<Long> takeChangedPiecesBefore(long piece) {
    List<Long> taken = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < changedCount; i++) {
      if (changedPieces[i] < piece) {
        taken.add(changedPieces[i]);
      } else {
        changedPieces[left++] = changedPieces[i];
      }
    }
    changedCount = left;
    if (lastChangedFrom < piece * DriverWire.PIECE_MS) {
      lastChangedFrom = NO_PIECE;
    }
    Collections.sort(taken);
    return taken;
  }

  /**
   * Puts older fixes before those there are, whose numbers stay.
   *
   * @param pieces as they were written, in their order, all before the first fix
   */
  void readBack(List<byte[]> pieces) throws IOException {
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    int heldCount = size();
    if (heldCount > 0) {
      write(new DataOutputStream(held), 0, heldCount);
    }
    long firstNumber = forgotten;
    start = 0;
    end = 0;
    columns.clear();
    deviceNames = List.of();
    index = null;
    for (byte[] piece : pieces) {
      read(new DataInputStream(new ByteArrayInputStream(piece)));
    }
    forgotten = firstNumber - size();
    if (heldCount > 0) {
      read(new DataInputStream(new ByteArrayInputStream(held.toByteArray())));
    }
  }

  /** The number of the i-th fix; it stays while fixes are only added at the end and forgotten. */
  long number(int i) {
    return forgotten + i;
  }

  /** The index of the fix of a number, or of the first one still known behind it. */
  int indexOf(long number) {
    return (int) Math.max(0, number - forgotten);
  }

  /** Milliseconds since 1970 of the i-th fix, from 0. */
  public long time(int i) {
    return columns.time(start + i);
  }

  /** Degrees as reported. */
  public double lat(int i) {
    return columns.lat(start + i);
  }

  /** Degrees as reported. */
  public double lon(int i) {
    return columns.lon(start + i);
  }

  /** Degrees in WGS-84. */
  double wgsLat(int i) {
    if (datum(i) == Fix.Datum.WGS84) {
      return lat(i);
    }
    convertIfNew(start + i);
    return columns.wgsLat(start + i);
  }

  /** Degrees in WGS-84. */
  double wgsLon(int i) {
    if (datum(i) == Fix.Datum.WGS84) {
      return lon(i);
    }
    convertIfNew(start + i);
    return columns.wgsLon(start + i);
  }

  /** Converting costs more than all else about a fix: only where a trip asks, and once. */
  private void convertIfNew(int index) {
    if (columns.isToConvert(index)) {
      columns.converted(index, convert(index));
    }
  }

  private double[] convert(int index) {
    return DATUMS[bits(index) >> DATUM_SHIFT] == Fix.Datum.GCJ02
        ? Datums.gcj02ToWgs84(columns.lat(index), columns.lon(index))
        : Datums.bd09ToWgs84(columns.lat(index), columns.lon(index));
  }

  /**
   * Degrees in WGS-84, latitude and longitude, for one who asks but now and then: what is found is
   * not kept.
   */
  double[] wgsOnce(int i) {
    if (datum(i) == Fix.Datum.WGS84) {
      return new double[] {lat(i), lon(i)};
    } else if (columns.isToConvert(start + i)) {
      return convert(start + i);
    }
    return new double[] {wgsLat(i), wgsLon(i)};
  }

  /** Forgets the positions in WGS-84, which are found again when asked for. */
  void forgetConverted() {
    columns.forgetConverted();
  }

  /** Metres, NaN where absent. */
  public double accuracyM(int i) {
    return columns.accuracyM(start + i);
  }

  /** Kilometres an hour, NaN where absent. */
  public double speedKmh(int i) {
    return columns.speedKmh(start + i);
  }

  /** The phone. */
  public String deviceId(int i) {
    return deviceName(start + i);
  }

  private String deviceName(int index) {
    return deviceNames.get(columns.kind(index) >> KIND_BITS);
  }

  private int bits(int index) {
    return columns.kind(index) & BITS_OF_KIND;
  }

  /** How many devices the fixes came from, and those lately forgotten. */
  int deviceCount() {
    return deviceNames.size();
  }

  /** Whether another device was so far from the last fix so shortly before as to tell of two. */
  boolean lastIsElsewhere() {
    int last = end - 1;
    long time = columns.time(last);
    for (int i = last - 1; i >= start && time - columns.time(i) <= TWO_PLACES_MS; i--) {
      boolean differ = bits(i) >> DATUM_SHIFT != bits(last) >> DATUM_SHIFT;
      if (columns.kind(i) >> KIND_BITS != columns.kind(last) >> KIND_BITS
          && (differ || isElsewhere(i, last))) {
        return true;
      }
    }
    return false;
  }

  private boolean isElsewhere(int i, int last) {
    return GreatCircle.mayBeFartherThan(
        columns.lat(i), columns.lon(i), columns.lat(last), columns.lon(last), TWO_PLACES_M);
  }

  /** Whether the last fix came from the same phone as the one before, mocked or not, and datum. */
  boolean lastIsLikeTheOneBefore() {
    int last = end - 1;
    return last > start && columns.kind(last) == columns.kind(last - 1);
  }

  /** The phone's own mock-location flag. */
  public boolean mock(int i) {
    return (bits(start + i) & MOCK) != 0;
  }

  /** The datum of the reported position. */
  public Fix.Datum datum(int i) {
    return DATUMS[bits(start + i) >> DATUM_SHIFT];
  }

  /** Milliseconds by which the clock ran ahead. */
  public long mendedMs(int i) {
    return columns.mendedMs(start + i);
  }

  /**
   * Whether the i-th fix is usable but for its phone and {@code mock}: accurate enough, its clock
   * not mended by more than {@link #MAX_MENDED_MS}, and no report that positioning failed, which is
   * a negative accuracy or a place near (0,0).
   *
   * @param maxAccuracyM metres; a less accurate fix is not usable
   */
  boolean isUsable(int i, double maxAccuracyM) {
    double accuracyM = accuracyM(i);
    // NaN, an absent accuracy, is neither greater nor less than anything.
    return !(accuracyM > maxAccuracyM)
        && !(accuracyM < 0)
        && !(Math.abs(lat(i)) <= NOWHERE_DEG && Math.abs(lon(i)) <= NOWHERE_DEG)
        && mendedMs(i) <= MAX_MENDED_MS;
  }

  /** Milliseconds from when it happened to when the platform got it; 0 for a mended one. */
  public long delayMs(int i) {
    return columns.delayMs(start + i);
  }

  /** When the platform got it, milliseconds since 1970. */
  public long receivedAt(int i) {
    return columns.receivedAt(start + i);
  }

  /** The index of the first fix at or after a time; the size if there is none. */
  public int firstFrom(long time) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns.time(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - start;
  }

  /**
   * The record of the same event that is known; -1 if there is none.
   *
   * @param id a hash of its eventId, 0 for none
   * @param at where it belongs
   */
  private int find(Fix fix, long id, int at) {
    // Copies under one eventId may say anything; a mended time tells of the receipt.
    if (id != 0 || fix.stamp().mendedMs() > 0 || columns.anyMended()) {
      long time = index().timeOf(id != 0 ? id : contentHash(fix));
      int first = time == FixIndex.ABSENT ? end : start + firstFrom(time);
      for (int i = first; i < end && columns.time(i) == time; i++) {
        if (columns.idHash(i) == id && (id != 0 || hasContentOf(fix, i))) {
          return i;
        }
      }
      return -1;
    }
    for (int i = at - 1; i >= start && hasContentOf(fix, i); i--) {
      if (columns.idHash(i) == 0) {
        return i;
      }
    }
    for (int i = at; i < end && hasContentOf(fix, i); i++) {
      if (columns.idHash(i) == 0) {
        return i;
      }
    }
    return -1;
  }

  private FixIndex index() {
    if (index == null || index.isFull()) {
      index = new FixIndex(size());
      for (int i = start; i < end; i++) {
        index.put(eventHash(i), columns.time(i));
      }
    }
    return index;
  }

  private long eventHash(int i) {
    long id = columns.idHash(i);
    if (id != 0) {
      return id;
    }
    double[] numbers = {columns.lat(i), columns.lon(i), columns.accuracyM(i), columns.speedKmh(i)};
    return contentHash(reportedTime(i), numbers, bits(i), deviceName(i));
  }

  private static long contentHash(Fix fix) {
    double[] numbers = {fix.lat(), fix.lon(), fix.accuracyM(), fix.speedKmh()};
    return contentHash(fix.stamp().eventTime(), numbers, bitsOf(fix), fix.deviceId());
  }

  private static long contentHash(long time, double[] numbers, int bits, String deviceId) {
    long hash = time;
    for (double number : numbers) {
      hash = mixed(hash ^ Double.doubleToLongBits(number + 0.0));
    }
    hash = mixed(hash ^ (long) deviceId.hashCode() << KIND_BITS ^ bits);
    return hash == 0 ? 1 : hash;
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  private long reportedTime(int i) {
    return columns.time(i) + columns.mendedMs(i);
  }

  private boolean hasContentOf(Fix fix, int i) {
    return reportedTime(i) == fix.stamp().eventTime() && compareContent(fix, i) == 0;
  }

  /** Two copies received at one time with one id but different content: the lesser content. */
  private boolean countsBefore(Fix fix, int known) {
    int byReceipt = Long.compare(fix.stamp().arrival(), columns.receivedAt(known));
    return byReceipt != 0 ? byReceipt < 0 : compare(fix, known) < 0;
  }

  private int compare(Fix fix, int i) {
    int byTime = Long.compare(fix.stamp().time(), columns.time(i));
    if (byTime != 0) {
      return byTime;
    }
    int byContent = compareContent(fix, i);
    if (byContent != 0) {
      return byContent;
    }
    int byMended = Long.compare(fix.stamp().mendedMs(), columns.mendedMs(i));
    return byMended != 0 ? byMended : Long.compare(fix.stamp().arrival(), columns.receivedAt(i));
  }

  private int compareContent(Fix fix, int i) {
    // NaN compares greatest: absent last.
    int byAccuracy = compare(fix.accuracyM(), columns.accuracyM(i));
    if (byAccuracy != 0) {
      return byAccuracy;
    }
    int byDevice = fix.deviceId().compareTo(deviceName(i));
    if (byDevice != 0) {
      return byDevice;
    }
    int byLat = compare(fix.lat(), columns.lat(i));
    if (byLat != 0) {
      return byLat;
    }
    int byLon = compare(fix.lon(), columns.lon(i));
    if (byLon != 0) {
      return byLon;
    }
    // The contract's order ends before; ours must not depend on which came first.
    int byBits = Integer.compare(bitsOf(fix), bits(i));
    return byBits != 0 ? byBits : compare(fix.speedKmh(), columns.speedKmh(i));
  }

  /** By value: -0.0 is 0.0. */
  private static int compare(double a, double b) {
    return Double.compare(a + 0.0, b + 0.0);
  }

  private static int bitsOf(Fix fix) {
    return (fix.mock() ? MOCK : 0) | fix.datum().ordinal() << DATUM_SHIFT;
  }

  private int deviceIndex(String deviceId) {
    int known =
        deviceNumbers == null
            ? deviceNames.indexOf(deviceId)
            : deviceNumbers.getOrDefault(deviceId, -1);
    if (known >= 0) {
      return known;
    }
    int next = deviceNames.size();
    deviceNames = deviceNames.isEmpty() ? new ArrayList<>(1) : deviceNames;
    deviceNames.add(deviceId);
    if (deviceNumbers != null) {
      deviceNumbers.put(deviceId, next);
    } else if (next >= FEW_DEVICES) {
      deviceNumbers = new HashMap<>();
      for (int number = 0; number <= next; number++) {
        deviceNumbers.put(deviceNames.get(number), number);
      }
    }
    return next;
  }

  /** 64 bits of an eventId: FNV-1a with a final mix; 0 for none, and for none other. */
  private static long hash(String eventId) {
    if (eventId == null) {
      return 0;
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < eventId.length(); i++) {
      hash = (hash ^ eventId.charAt(i)) * 0x100000001b3L;
    }
    hash = mixed(hash);
    return hash == 0 ? 1 : hash;
  }

  /** Makes room at a place and returns it. What is on its shorter side moves, if it can. */
  private int open(int at) {
    int before = at - start;
    boolean inFront = before < end - at;
    if (end == columns.capacity()) {
      if (inFront && start == 0) {
        columns.grow();
        start = columns.capacity() - end;
        columns.move(0, start, end);
        end += start;
      } else if (!inFront && start > 0) {
        moveToFront();
      } else if (!inFront) {
        columns.grow();
      }
    }
    if (inFront && start > 0) {
      columns.move(start, start - 1, before);
      start--;
    } else {
      columns.move(start + before, start + before + 1, size() - before);
      end++;
    }
    return start + before;
  }

  private void remove(int index) {
    columns.move(index + 1, index, end - index - 1);
    end--;
  }

  /**
   * The i-th fix again, as far as it is kept: without what no rule asks for, and under the eventId
   * that {@link #asKept} gives it.
   */
  public Fix fix(int i, boolean vehicle, String owner) {
    int at = start + i;
    return new Fix(
        new Stamp(
            columns.time(at) + mendedMs(i),
            columns.receivedAt(at),
            shortId(columns.idHash(at)),
            null),
        vehicle,
        owner,
        deviceId(i),
        lat(i),
        lon(i),
        accuracyM(i),
        speedKmh(i),
        Double.NaN,
        mock(i),
        datum(i));
  }

  /**
   * A fix as another log should get it that may get it again by {@link #fix}: only a hash of an
   * eventId is kept, so that this stands for it from here on.
   */
  public static Fix asKept(Fix fix) {
    Stamp stamp = fix.stamp();
    if (stamp.eventId() == null) {
      return fix;
    }
    String shortId = shortId(hash(stamp.eventId()));
    return new Fix(
        new Stamp(stamp.eventTime(), stamp.receivedAt(), shortId, null),
        fix.vehicle(),
        fix.owner(),
        fix.deviceId(),
        fix.lat(),
        fix.lon(),
        fix.accuracyM(),
        fix.speedKmh(),
        fix.headingDeg(),
        fix.mock(),
        fix.datum());
  }

  private static String shortId(long hash) {
    return hash == 0 ? null : Long.toUnsignedString(hash, Character.MAX_RADIX);
  }

  /** The first piece that holds a fix; NEVER where there is none. */
  public long firstPiece() {
    return size() == 0 ? PickupTime.NEVER : DriverWire.pieceOf(columns.time(start));
  }

  /**
   * Writes one piece.
   *
   * @return false, with nothing written, if it holds no fix
   */
  public boolean writePiece(long piece, DataOutput out) throws IOException {
    int from = firstFrom(piece * DriverWire.PIECE_MS);
    int to = firstFrom((piece + 1) * DriverWire.PIECE_MS);
    if (from == to) {
      return false;
    }
    write(out, from, to);
    return true;
  }

  /** Reads a piece; pieces are read in their order. */
  public void readPiece(DataInput in) throws IOException {
    read(in);
  }

  /** Writes the fixes from one index to another, the second excluded. */
  void write(DataOutput out, int from, int to) throws IOException {
    new FixWire(columns, to - from).write(start + from, deviceNames, out);
  }

  /** Reads what was written, behind what is there. */
  void read(DataInput in) throws IOException {
    int count = FixWire.readCount(in);
    if (end + count > columns.capacity()) {
      moveToFront();
      columns.resize(Math.max(end + count, columns.capacity()));
    }
    new FixWire(columns, count).read(end, this::deviceIndex, in);
    end += count;
    index = null;
  }
}
