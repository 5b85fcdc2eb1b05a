package io.tripwatch.trip;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;
import io.tripwatch.geo.Datums;
import io.tripwatch.geo.GreatCircle;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The fixes of one driver's phones as reported, each once, in order of time; at one time by
 * accuracyM (absent last), deviceId, lat, lon, and what else differs. Columns instead of objects: a
 * driver sends a fix every three seconds.
 */
public final class FixLog {
  /** A fix mended by more is not usable. */
  public static final long MAX_MENDED_MS = 10_000;

  private static final int FIRST_CAPACITY = 16;

  /** No two places are nearer in time, or in metres even as BD-09 stretches them. */
  private static final long TWO_PLACES_MS = 5 * 60_000;

  private static final double TWO_PLACES_M = 5_000 * 0.95;

  private static final byte MOCK = 1;
  private static final int DATUM_SHIFT = 1;

  private static final long NO_PIECE = Long.MIN_VALUE / 2;

  /** No latitude. */
  private static final double UNKNOWN = 1000;

  private static final Fix.Datum[] DATUMS = Fix.Datum.values();

  private int start;
  private int end;

  /** How many fixes were forgotten: with it, places at the end have numbers that stay. */
  private long forgotten;

  private long[] times = new long[FIRST_CAPACITY];
  private double[] lats = new double[FIRST_CAPACITY];
  private double[] lons = new double[FIRST_CAPACITY];
  private double[] accuracies = new double[FIRST_CAPACITY];
  private double[] speeds = new double[FIRST_CAPACITY];
  private int[] devices = new int[FIRST_CAPACITY];
  private byte[] bits = new byte[FIRST_CAPACITY];

  /** Milliseconds a clock ran ahead; null while all ran well. */
  private long[] mended;

  /** Hashes of eventIds and receivedAts; null while no fix carried an eventId. */
  private long[] idHashes;

  private long[] receivedAts;

  /** Positions in WGS-84, found when first asked for; null while none was asked for. */
  private double[] wgsLats;

  private double[] wgsLons;

  private final List<String> deviceNames = new ArrayList<>(2);

  /** The pieces that differ from those written last, see {@link DriverWire}. */
  private final TreeSet<Long> changedPieces = new TreeSet<>();

  /** When the piece begins that changed last; all of its fixes change no other. */
  private long lastChangedFrom = NO_PIECE;

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

  /** Number of fixes. */
  public int size() {
    return end - start;
  }

  /** Puts a fix in its place. */
  public Place learn(Fix fix) {
    Stamp stamp = fix.stamp();
    boolean replaced = false;
    int known = find(fix);
    if (known >= 0) {
      if (!countsBefore(fix, known)) {
        return Place.REPEATED;
      }
      changed(times[known]);
      remove(known);
      replaced = true;
    }
    int device = deviceIndex(fix.deviceId());
    int at = end;
    while (at > start && compare(fix, at - 1) < 0) {
      at--;
    }
    Place place = replaced ? Place.INSTEAD : at == end ? Place.LAST : Place.BETWEEN;
    int index = open(at);
    times[index] = stamp.time();
    lats[index] = fix.lat();
    lons[index] = fix.lon();
    accuracies[index] = fix.accuracyM();
    speeds[index] = fix.speedKmh();
    devices[index] = device;
    bits[index] = bitsOf(fix);
    keepRareColumns(index, stamp);
    changed(stamp.time());
    return place;
  }

  /** Forgets the fixes before a time. */
  public void forgetBefore(long time) {
    while (start < end && times[start] < time) {
      start++;
      forgotten++;
    }
    if (start == end) {
      start = 0;
      end = 0;
      mended = null;
      idHashes = null;
      receivedAts = null;
      wgsLats = null;
      wgsLons = null;
      deviceNames.clear();
      changedPieces.clear();
      lastChangedFrom = NO_PIECE;
    } else if (start > times.length / 2) {
      shift(start, 0, end - start);
      end -= start;
      start = 0;
    }
  }

  private void changed(long time) {
    if (time < lastChangedFrom || time - lastChangedFrom >= DriverWire.PIECE_MS) {
      long piece = DriverWire.pieceOf(time);
      lastChangedFrom = piece * DriverWire.PIECE_MS;
      changedPieces.add(piece);
    }
  }

  /** The pieces that changed since it was asked last; forgetting fixes changes none. */
  public List<Long> takeChangedPieces() {
    List<Long> taken = List.copyOf(changedPieces);
    changedPieces.clear();
    lastChangedFrom = NO_PIECE;
    return taken;
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
    return times[start + i];
  }

  /** Degrees as reported. */
  public double lat(int i) {
    return lats[start + i];
  }

  /** Degrees as reported. */
  public double lon(int i) {
    return lons[start + i];
  }

  /** Degrees in WGS-84. */
  double wgsLat(int i) {
    if (datum(i) == Fix.Datum.WGS84) {
      return lat(i);
    }
    convertIfNew(start + i);
    return wgsLats[start + i];
  }

  /** Degrees in WGS-84. */
  double wgsLon(int i) {
    if (datum(i) == Fix.Datum.WGS84) {
      return lon(i);
    }
    convertIfNew(start + i);
    return wgsLons[start + i];
  }

  /** Converting costs more than all else about a fix: only where a trip asks, and once. */
  private void convertIfNew(int index) {
    if (wgsLats == null) {
      wgsLats = new double[times.length];
      wgsLons = new double[times.length];
      Arrays.fill(wgsLats, UNKNOWN);
    }
    if (wgsLats[index] == UNKNOWN) {
      double[] wgs =
          DATUMS[bits[index] >> DATUM_SHIFT] == Fix.Datum.GCJ02
              ? Datums.gcj02ToWgs84(lats[index], lons[index])
              : Datums.bd09ToWgs84(lats[index], lons[index]);
      wgsLats[index] = wgs[0];
      wgsLons[index] = wgs[1];
    }
  }

  /** Metres, NaN where absent. */
  public double accuracyM(int i) {
    return accuracies[start + i];
  }

  /** Kilometres an hour, NaN where absent. */
  public double speedKmh(int i) {
    return speeds[start + i];
  }

  /** The phone. */
  public String deviceId(int i) {
    return deviceNames.get(devices[start + i]);
  }

  /** How many devices the fixes came from, and those lately forgotten. */
  int deviceCount() {
    return deviceNames.size();
  }

  /** Whether another device was so far from the last fix so shortly before as to tell of two. */
  boolean lastIsElsewhere() {
    int last = end - 1;
    for (int i = last - 1; i >= start && times[last] - times[i] <= TWO_PLACES_MS; i--) {
      boolean differ = bits[i] >> DATUM_SHIFT != bits[last] >> DATUM_SHIFT;
      if (devices[i] != devices[last]
          && (differ
              || GreatCircle.mayBeFartherThan(
                  lats[i], lons[i], lats[last], lons[last], TWO_PLACES_M))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last fix came from the same phone as the one before, mocked or not, and datum. */
  boolean lastIsLikeTheOneBefore() {
    int last = end - 1;
    return last > start && devices[last] == devices[last - 1] && bits[last] == bits[last - 1];
  }

  /** The phone's own mock-location flag. */
  public boolean mock(int i) {
    return (bits[start + i] & MOCK) != 0;
  }

  /** The datum of the reported position. */
  public Fix.Datum datum(int i) {
    return DATUMS[bits[start + i] >> DATUM_SHIFT];
  }

  /** Milliseconds by which the clock ran ahead. */
  public long mendedMs(int i) {
    return mended == null ? 0 : mended[start + i];
  }

  /** The index of the first fix at or after a time; the size if there is none. */
  public int firstFrom(long time) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - start;
  }

  private int find(Fix fix) {
    Stamp stamp = fix.stamp();
    if (stamp.eventId() != null || idHashes != null) {
      long hash = hash(stamp.eventId());
      for (int i = end - 1; i >= start; i--) {
        long known = idHashes == null ? 0 : idHashes[i];
        if (hash != 0 ? known == hash : known == 0 && sameContent(fix, i)) {
          return i;
        }
      }
      return -1;
    }
    if (mended != null || stamp.mendedMs() > 0) {
      for (int i = end - 1; i >= start; i--) {
        if (sameContent(fix, i)) {
          return i;
        }
      }
      return -1;
    }
    for (int i = end - 1; i >= start && times[i] >= stamp.time(); i--) {
      if (sameContent(fix, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean sameContent(Fix fix, int i) {
    long reported = times[i] + (mended == null ? 0 : mended[i]);
    return reported == fix.stamp().eventTime()
        && lats[i] == fix.lat()
        && lons[i] == fix.lon()
        && Double.compare(accuracies[i], fix.accuracyM()) == 0
        && Double.compare(speeds[i], fix.speedKmh()) == 0
        && bits[i] == bitsOf(fix)
        && deviceNames.get(devices[i]).equals(fix.deviceId());
  }

  private boolean countsBefore(Fix fix, int known) {
    Stamp stamp = fix.stamp();
    if (receivedAts == null || receivedAts[known] == stamp.receivedAt()) {
      // Equal content differs only by its mended time; equal ids at one receipt by their content.
      return stamp.time() < times[known]
          || (receivedAts != null && stamp.time() == times[known] && compare(fix, known) < 0);
    }
    return stamp.receivedAt() < receivedAts[known];
  }

  private int compare(Fix fix, int i) {
    int byTime = Long.compare(fix.stamp().time(), times[i]);
    if (byTime != 0) {
      return byTime;
    }
    // NaN compares greatest: absent last.
    int byAccuracy = Double.compare(fix.accuracyM(), accuracies[i]);
    if (byAccuracy != 0) {
      return byAccuracy;
    }
    int byDevice = fix.deviceId().compareTo(deviceNames.get(devices[i]));
    if (byDevice != 0) {
      return byDevice;
    }
    int byLat = Double.compare(fix.lat(), lats[i]);
    if (byLat != 0) {
      return byLat;
    }
    int byLon = Double.compare(fix.lon(), lons[i]);
    return byLon != 0 ? byLon : compareRest(fix, i);
  }

  /** The contract's order ends before; ours must not depend on which came first. */
  private int compareRest(Fix fix, int i) {
    int byBits = Byte.compare(bitsOf(fix), bits[i]);
    if (byBits != 0) {
      return byBits;
    }
    int bySpeed = Double.compare(fix.speedKmh(), speeds[i]);
    return bySpeed != 0
        ? bySpeed
        : Long.compare(fix.stamp().mendedMs(), mended == null ? 0 : mended[i]);
  }

  private static byte bitsOf(Fix fix) {
    return (byte) ((fix.mock() ? MOCK : 0) | fix.datum().ordinal() << DATUM_SHIFT);
  }

  private int deviceIndex(String deviceId) {
    int index = deviceNames.indexOf(deviceId);
    if (index < 0) {
      deviceNames.add(deviceId);
      index = deviceNames.size() - 1;
    }
    return index;
  }

  private void keepRareColumns(int index, Stamp stamp) {
    if (wgsLats != null) {
      wgsLats[index] = UNKNOWN;
    }
    if (stamp.mendedMs() > 0 && mended == null) {
      mended = new long[times.length];
    }
    if (mended != null) {
      mended[index] = stamp.mendedMs();
    }
    if (stamp.eventId() != null && idHashes == null) {
      idHashes = new long[times.length];
      receivedAts = new long[times.length];
      // Of those before only the id is known to be absent: they count as received when they
      // happened, which is the least that can be.
      System.arraycopy(times, 0, receivedAts, 0, end);
    }
    if (idHashes != null) {
      idHashes[index] = hash(stamp.eventId());
      receivedAts[index] = stamp.receivedAt();
    }
  }

  /** 64 bits of an eventId, never 0: FNV-1a with a final mix. */
  private static long hash(String eventId) {
    if (eventId == null) {
      return 0;
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < eventId.length(); i++) {
      hash = (hash ^ eventId.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }

  /** Makes room at a place and returns it. */
  private int open(int at) {
    int index = at;
    if (end == times.length) {
      if (start > 0) {
        shift(start, 0, end - start);
        index -= start;
        end -= start;
        start = 0;
      } else {
        grow(Math.max(FIRST_CAPACITY, times.length + (times.length >> 1)));
      }
    }
    shift(index, index + 1, end - index);
    end++;
    return index;
  }

  private void remove(int index) {
    shift(index + 1, index, end - index - 1);
    end--;
  }

  private void shift(int from, int to, int length) {
    if (length <= 0) {
      return;
    }
    System.arraycopy(times, from, times, to, length);
    System.arraycopy(lats, from, lats, to, length);
    System.arraycopy(lons, from, lons, to, length);
    System.arraycopy(accuracies, from, accuracies, to, length);
    System.arraycopy(speeds, from, speeds, to, length);
    System.arraycopy(devices, from, devices, to, length);
    System.arraycopy(bits, from, bits, to, length);
    if (mended != null) {
      System.arraycopy(mended, from, mended, to, length);
    }
    if (wgsLats != null) {
      System.arraycopy(wgsLats, from, wgsLats, to, length);
      System.arraycopy(wgsLons, from, wgsLons, to, length);
    }
    if (idHashes != null) {
      System.arraycopy(idHashes, from, idHashes, to, length);
      System.arraycopy(receivedAts, from, receivedAts, to, length);
    }
  }

  private void grow(int capacity) {
    times = Arrays.copyOf(times, capacity);
    lats = Arrays.copyOf(lats, capacity);
    lons = Arrays.copyOf(lons, capacity);
    accuracies = Arrays.copyOf(accuracies, capacity);
    speeds = Arrays.copyOf(speeds, capacity);
    devices = Arrays.copyOf(devices, capacity);
    bits = Arrays.copyOf(bits, capacity);
    if (wgsLats != null) {
      int known = wgsLats.length;
      wgsLats = Arrays.copyOf(wgsLats, capacity);
      wgsLons = Arrays.copyOf(wgsLons, capacity);
      Arrays.fill(wgsLats, known, capacity, UNKNOWN);
    }
    mended = mended == null ? null : Arrays.copyOf(mended, capacity);
    idHashes = idHashes == null ? null : Arrays.copyOf(idHashes, capacity);
    receivedAts = receivedAts == null ? null : Arrays.copyOf(receivedAts, capacity);
  }

  /**
   * The i-th fix again, as far as it is kept: without what no rule asks for, and under the eventId
   * that {@link #asKept} gives it.
   */
  public Fix fix(int i, boolean vehicle, String owner) {
    int at = start + i;
    long hash = idHashes == null ? 0 : idHashes[at];
    // Where none carried an eventId, receipts are not kept: as early as can be.
    long receivedAt = receivedAts == null ? times[at] : receivedAts[at];
    return new Fix(
        new Stamp(times[at] + mendedMs(i), receivedAt, shortId(hash), null),
        vehicle,
        owner,
        deviceId(i),
        lats[at],
        lons[at],
        accuracies[at],
        speeds[at],
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
    return size() == 0 ? PickupTime.NEVER : DriverWire.pieceOf(times[start]);
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
    out.writeInt(to - from);
    out.writeByte((mended == null ? 0 : 1) | (idHashes == null ? 0 : 2));
    out.writeInt(deviceNames.size());
    for (String device : deviceNames) {
      out.writeUTF(device);
    }
    for (int i = start + from; i < start + to; i++) {
      out.writeLong(times[i]);
      out.writeDouble(lats[i]);
      out.writeDouble(lons[i]);
      out.writeDouble(accuracies[i]);
      out.writeDouble(speeds[i]);
      out.writeInt(devices[i]);
      out.writeByte(bits[i]);
      if (mended != null) {
        out.writeLong(mended[i]);
      }
      if (idHashes != null) {
        out.writeLong(idHashes[i]);
        out.writeLong(receivedAts[i]);
      }
    }
  }

  /** Reads what was written, behind what is there. */
  void read(DataInput in) throws IOException {
    int count = in.readInt();
    int columns = in.readByte();
    int[] device = new int[in.readInt()];
    for (int i = 0; i < device.length; i++) {
      device[i] = deviceIndex(in.readUTF());
    }
    if (end + count > times.length) {
      grow(end + count);
    }
    if ((columns & 1) != 0 && mended == null) {
      mended = new long[times.length];
    }
    if ((columns & 2) != 0 && idHashes == null) {
      idHashes = new long[times.length];
      receivedAts = new long[times.length];
      System.arraycopy(times, 0, receivedAts, 0, end);
    }
    for (int i = end; i < end + count; i++) {
      times[i] = in.readLong();
      lats[i] = in.readDouble();
      lons[i] = in.readDouble();
      accuracies[i] = in.readDouble();
      speeds[i] = in.readDouble();
      devices[i] = device[in.readInt()];
      bits[i] = in.readByte();
      if (wgsLats != null) {
        wgsLats[i] = UNKNOWN;
      }
      if ((columns & 1) != 0) {
        mended[i] = in.readLong();
      }
      if ((columns & 2) != 0) {
        idHashes[i] = in.readLong();
        receivedAts[i] = in.readLong();
      } else if (idHashes != null) {
        receivedAts[i] = times[i];
      }
    }
    end += count;
  }
}
