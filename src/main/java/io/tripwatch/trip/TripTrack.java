package io.tripwatch.trip;

import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Place;
import io.tripwatch.geo.Circle;
import io.tripwatch.geo.GreatCircle;
import java.util.Arrays;

/**
 * The usable fixes of a driver as one trip sees them, in order of time, one for each time, in
 * WGS-84, each with the circles it lies in. Of a fix it holds which one of the log it is, for
 * several trips may see it.
 */
public final class TripTrack {
  private static final byte IN_PICKUP = 1;
  private static final byte IN_DROPOFF = 2;
  private static final int FIRST_CAPACITY = 32;
  private static final int[] NONE_YET = {};
  private static final byte[] NO_FLAGS = {};
  private static final long NONE = Long.MIN_VALUE;

  /** More than a degree of latitude is anywhere. */
  private static final double METRES_PER_DEGREE = 111_700;

  /** BD-09 stretches and shrinks by two metres in a hundred. */
  private static final double SURELY = 0.95;

  /** Below what any setting takes for a jump, or for a car that moves. */
  private static final double JUMP_M = 300 * SURELY;

  static final double JUMP_M_PER_MS = 250 / Trip.MS_AND_M_PER_KMH * SURELY;
  static final double STANDING_KMH = 20;

  /**
   * What the track was made by: another basis asks for another track.
   *
   * @param from fixes before are left out
   * @param fleetRevision counts what was learned of the driver's registration
   */
  record Basis(
      Place pickup,
      Place dropoff,
      double pickupRadiusM,
      double dropoffRadiusM,
      double maxAccuracyM,
      long from,
      int fleetRevision) {}

  private final Basis basis;
  private final Circle pickupCircle;
  private final Circle dropoffCircle;

  /** The number, in the log, of the first fix not yet read. */
  private long unread;

  private FleetRecord askedRecord;
  private String askedDevice;

  /** Of a driver the registry does not know any phone counts: so for no record and no device. */
  private boolean answer = true;

  private long lookedAt = NONE;
  private double lookedLat;
  private double lookedLon;
  private Fix.Datum lookedDatum;
  private boolean looksSpoofed;
  private boolean lastLooksSpoofed;

  private long longestDelayMs;

  /** Where its fixes are: the log keeps them for as long as the trip may be judged. */
  private FixLog log;

  private int size;

  /** The number, in the log, of its first fix, and how much greater those of all of them are. */
  private long firstNumber;

  private int[] numbers = NONE_YET;
  private byte[] flags = NO_FLAGS;

  /** What was asked last of the way driven, and the answer. */
  private int drivenFirst = -1;

  private int drivenEnd;
  private double drivenKmh;
  private double drivenMetres;

  /** What was asked last of how near the pickup point the driver came, and the answer. */
  private PickupSighting sighting;

  TripTrack(Basis basis) {
    this.basis = basis;
    Place pickup = basis.pickup();
    Place dropoff = basis.dropoff();
    pickupCircle = new Circle(pickup.lat(), pickup.lon(), basis.pickupRadiusM());
    dropoffCircle = new Circle(dropoff.lat(), dropoff.lon(), basis.dropoffRadiusM());
  }

  Basis basis() {
    return basis;
  }

  /**
   * Adds the fixes of the log that it has not read yet. From the track's beginning on the log must
   * only have grown at its end since; otherwise a new track is due.
   *
   * @param until fixes after that are left unread
   * @return whether the last fix of the log counts and is new
   */
  boolean readOn(FixLog fixes, Registration registration, long until) {
    boolean added = false;
    lastLooksSpoofed = false;
    log = fixes;
    int from = Math.max(fixes.indexOf(unread), unread == 0 ? fixes.firstFrom(basis.from()) : 0);
    int i = from;
    while (i < fixes.size() && fixes.time(i) <= until) {
      added = add(fixes, i, registration);
      i++;
    }
    unread = fixes.number(i);
    return added && i == fixes.size();
  }

  /** A fix before all of the track's was put into the log: the unread ones moved up by one. */
  void passOver() {
    unread += unread == 0 ? 0 : 1;
    firstNumber++;
  }

  private boolean add(FixLog fixes, int i, Registration registration) {
    long time = fixes.time(i);
    if (time < basis.from() || !usableButForMock(fixes, i, registration)) {
      return false;
    }
    lookForSpoofing(fixes, i);
    // Earlier ones were read already, when a fix that does not concern the track came between.
    boolean taken = size > 0 && time(size - 1) >= time;
    if (taken || fixes.mock(i)) {
      return false;
    }
    if (size == numbers.length) {
      grow();
    }
    double lat = fixes.wgsLat(i);
    double lon = fixes.wgsLon(i);
    double accuracyM = Double.isNaN(fixes.accuracyM(i)) ? 0 : fixes.accuracyM(i);
    firstNumber = size == 0 ? fixes.number(i) : firstNumber;
    numbers[size] = (int) (fixes.number(i) - firstNumber);
    flags[size] =
        (byte)
            ((pickupCircle.holds(lat, lon, accuracyM) ? IN_PICKUP : 0)
                | (dropoffCircle.holds(lat, lon, accuracyM) ? IN_DROPOFF : 0));
    longestDelayMs = Math.max(longestDelayMs, fixes.delayMs(i));
    size++;
    return true;
  }

  /** Tells quickly, of most tracks, that the rule about mocked positions need not be asked. */
  private void lookForSpoofing(FixLog fixes, int i) {
    long time = fixes.time(i);
    if (time <= lookedAt) {
      // Of those with one time the first counts.
      return;
    }
    double lat = fixes.lat(i);
    double lon = fixes.lon(i);
    boolean looks = fixes.mock(i) || (lookedAt != NONE && fixes.datum(i) != lookedDatum);
    if (lookedAt != NONE) {
      boolean stands = lat == lookedLat && lon == lookedLon;
      looks |= stands && fixes.speedKmh(i) > STANDING_KMH;
      looks |= !stands && jumps(time - lookedAt, lat, lon);
    }
    lookedAt = time;
    lookedLat = lat;
    lookedLon = lon;
    lookedDatum = fixes.datum(i);
    lastLooksSpoofed = looks;
    looksSpoofed |= looks;
  }

  /** In the datum it was reported in: a hint, for the rule measures exactly. */
  private boolean jumps(long ms, double lat, double lon) {
    double degrees = Math.abs(lat - lookedLat) + Math.abs(lon - lookedLon);
    double metresAtMost = degrees * METRES_PER_DEGREE;
    return metresAtMost > JUMP_M && metresAtMost > ms * JUMP_M_PER_MS;
  }

  /** Whether a mock fix, a jump or a moving car in one place was seen. */
  boolean looksSpoofed() {
    return looksSpoofed;
  }

  /** Whether the fix read last showed such a thing. */
  boolean lastLooksSpoofed() {
    return lastLooksSpoofed;
  }

  private boolean usableButForMock(FixLog fixes, int i, Registration registration) {
    return fixes.isUsable(i, basis.maxAccuracyM()) && isHisPhone(fixes, i, registration);
  }

  /** Nearly all fixes come from one phone under one record: asked once for all of them. */
  private boolean isHisPhone(FixLog fixes, int i, Registration registration) {
    FleetRecord held = registration.at(fixes.time(i));
    String deviceId = fixes.deviceId(i);
    if (held != askedRecord || !deviceId.equals(askedDevice)) {
      askedRecord = held;
      askedDevice = deviceId;
      answer = Registration.isPhoneOf(held, deviceId);
    }
    return answer;
  }

  private void grow() {
    int capacity = Math.max(FIRST_CAPACITY, size + (size >> 1));
    numbers = Arrays.copyOf(numbers, capacity);
    flags = Arrays.copyOf(flags, capacity);
  }

  /** The same, of a log of its own: it stays when the driver's log goes on. */
  TripTrack kept() {
    TripTrack kept = new TripTrack(basis);
    kept.log = log == null ? null : log.copy();
    kept.unread = unread;
    kept.looksSpoofed = looksSpoofed;
    kept.lastLooksSpoofed = lastLooksSpoofed;
    kept.longestDelayMs = longestDelayMs;
    kept.size = size;
    kept.firstNumber = firstNumber;
    kept.numbers = numbers.clone();
    kept.flags = flags.clone();
    return kept;
  }

  private int at(int i) {
    return log.indexOf(firstNumber + numbers[i]);
  }

  /** Number of fixes. */
  public int size() {
    return size;
  }

  /** Milliseconds since 1970 of the i-th fix, from 0. */
  public long time(int i) {
    return log.time(at(i));
  }

  /** The phone that reported the i-th fix. */
  public String deviceId(int i) {
    return log.deviceId(at(i));
  }

  /** When the platform got the i-th fix, milliseconds since 1970. */
  public long receivedAt(int i) {
    return log.receivedAt(at(i));
  }

  /** Milliseconds from when the i-th fix was taken to when the platform got it. */
  public long delayMs(int i) {
    return log.delayMs(at(i));
  }

  /** The longest of these delays; 0 without a fix. */
  public long longestDelayMs() {
    return longestDelayMs;
  }

  /** Metres of accuracy of the i-th fix, 0 where it told none. */
  public double accuracyM(int i) {
    double accuracyM = log.accuracyM(at(i));
    return Double.isNaN(accuracyM) ? 0 : accuracyM;
  }

  /** Degrees in WGS-84 of the i-th fix. */
  public double lat(int i) {
    return log.wgsLat(at(i));
  }

  /** Degrees in WGS-84 of the i-th fix. */
  public double lon(int i) {
    return log.wgsLon(at(i));
  }

  /** Kilometres an hour as the i-th fix reported them, NaN where it told none. */
  public double speedKmh(int i) {
    return log.speedKmh(at(i));
  }

  /**
   * The sum of the ways between neighbours from one time to another, in order of time, but for
   * those faster than a car.
   */
  double metresDriven(long from, long to, double fastestKmh) {
    int first = firstFrom(from);
    int end = to == Long.MAX_VALUE ? size : firstFrom(to + 1);
    // Asked again with each judgement; the fixes so far stay as they are.
    if (first != drivenFirst || end != drivenEnd || fastestKmh != drivenKmh) {
      drivenMetres = sumOfWays(first, end, fastestKmh);
      drivenFirst = first;
      drivenEnd = end;
      drivenKmh = fastestKmh;
    }
    return drivenMetres;
  }

  private double sumOfWays(int first, int end, double fastestKmh) {
    double metres = 0;
    for (int i = first + 1; i < end; i++) {
      double step = metresBetween(i - 1, i);
      double kmh = step / (time(i) - time(i - 1)) * Trip.MS_AND_M_PER_KMH;
      metres += kmh > fastestKmh ? 0 : step;
    }
    return metres;
  }

  /** What the fixes from one time to another tell of how near the pickup point the driver came. */
  PickupSighting pickupSighting(long from, long to) {
    int first = firstFrom(from);
    int end = firstFrom(to + 1);
    // Asked again with each judgement; the fixes so far stay as they are.
    if (sighting == null || sighting.first() != first || sighting.end() != end) {
      sighting = sight(first, end);
    }
    return sighting;
  }

  private PickupSighting sight(int first, int end) {
    int nearest = -1;
    double leastM = 0;
    int inside = 0;
    int lastInside = -1;
    int runFrom = -1;
    for (int i = first; i < end; i++) {
      double metres = metresFrom(i, basis.pickup()) - accuracyM(i);
      if (nearest < 0 || metres < leastM) {
        nearest = i;
        leastM = metres;
      }
      if (inPickup(i)) {
        boolean goesOn =
            inside > 0 && lastInside == i - 1 && time(i) - time(i - 1) <= Trip.STAY_GAP_MS;
        runFrom = goesOn ? runFrom : i;
        lastInside = i;
        inside++;
      }
    }
    long lastInsideMs = inside == 0 ? 0 : time(lastInside) - time(runFrom);
    return new PickupSighting(first, end, nearest, inside, lastInside, lastInsideMs);
  }

  /** Metres between two fixes. */
  public double metresBetween(int i, int j) {
    return GreatCircle.metres(lat(i), lon(i), lat(j), lon(j));
  }

  /** Whether the i-th fix is inside the pickup circle. */
  public boolean inPickup(int i) {
    return (flags[i] & IN_PICKUP) != 0;
  }

  /** Whether the i-th fix is inside the drop-off circle. */
  public boolean inDropoff(int i) {
    return (flags[i] & IN_DROPOFF) != 0;
  }

  /** Metres that a point is outside both circles at least, however inaccurate a usable fix is. */
  double metresOutside(double lat, double lon) {
    return Math.min(pickupCircle.metresOutside(lat, lon), dropoffCircle.metresOutside(lat, lon))
        - basis.maxAccuracyM();
  }

  /** Whether the i-th fix is inside a circle. */
  public boolean isIn(int i, Circle circle) {
    return circle.holds(lat(i), lon(i), accuracyM(i));
  }

  /** Metres between the i-th fix and a place. */
  public double metresFrom(int i, Place place) {
    return GreatCircle.metres(lat(i), lon(i), place.lat(), place.lon());
  }

  /** The index of the first fix at or after a time; the size if there is none. */
  public int firstFrom(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
