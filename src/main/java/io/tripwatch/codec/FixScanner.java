package io.tripwatch.codec;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Place;
import io.tripwatch.event.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads an ordinary fix straight from its bytes: more than nine records in ten are fixes, and a
 * JSON parser takes several times as long. It accepts, or gives up by returning null and leaves the
 * record to {@link TopicForms}, which must accept the same and say the same of it. So whatever is
 * rare is left out here: escapes, objects in unknown fields, many unknown fields, faults of all
 * kinds.
 *
 * <p>Fields may come in any order; the usual order is the fastest. Not thread-safe.
 */
final class FixScanner {
  private static final int EVENT_TIME = 0;
  private static final int RECEIVED_AT = 1;
  private static final int EVENT_ID = 2;
  private static final int SOURCE = 3;
  private static final int DRIVER_ID = 4;
  private static final int PLATE = 5;
  private static final int DEVICE_ID = 6;
  private static final int LAT = 7;
  private static final int LON = 8;
  private static final int ACCURACY_M = 9;
  private static final int SPEED_KMH = 10;
  private static final int HEADING_DEG = 11;
  private static final int MOCK = 12;
  private static final int DATUM = 13;
  private static final byte[][] NAMES =
      bytes(
          "eventTime",
          "receivedAt",
          "eventId",
          "source",
          "driverId",
          "plate",
          "deviceId",
          "lat",
          "lon",
          "accuracyM",
          "speedKmh",
          "headingDeg",
          "mock",
          "datum");

  private static final int ALWAYS =
      1 << EVENT_TIME | 1 << RECEIVED_AT | 1 << SOURCE | 1 << DEVICE_ID | 1 << LAT | 1 << LON;

  private static final Fix.Datum[] DATUMS = Fix.Datum.values();
  private static final byte[][] DATUM_NAMES = bytes("WGS84", "GCJ02", "BD09");
  private static final byte[][] SOURCE_NAMES = bytes("PHONE", "VEHICLE");
  private static final byte[] TRUE = bytes("true")[0];
  private static final byte[] FALSE = bytes("false")[0];
  private static final byte[] NULL = bytes("null")[0];

  /** Of so many unknown fields the names are compared one by one to find one that occurs twice. */
  private static final int MAX_UNKNOWN = 8;

  /** A long of so many digits converts to a double exactly, and so do these powers of ten. */
  private static final int EXACT_DIGITS = 15;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private static final boolean[] ID_CHARS = new boolean[128];

  static {
    for (int c = 0; c < ID_CHARS.length; c++) {
      ID_CHARS[c] = Limits.isIdChar(c);
    }
  }

  private byte[] in;
  private int at;

  /** The last string read, without its quotes. */
  private int stringFrom;

  private int stringTo;
  private boolean stringIsAscii;

  /** Bits of the fields that occurred, and of those that were not null. */
  private int seen;

  private int present;
  private final int[] unknownFrom = new int[MAX_UNKNOWN];
  private final int[] unknownTo = new int[MAX_UNKNOWN];
  private int unknown;
  private int lastField;

  private long eventTime;
  private long receivedAt;
  private long integer;
  private double number;
  private String eventId;
  private String driverId;
  private String plate;
  private String deviceId;
  private int source;
  private int datum;
  private boolean mock;
  private final double[] numbers = new double[NAMES.length];

  /** The fix, or null where the record is anything but an ordinary fix. */
  Fix scan(byte[] value) {
    start(value);
    Fix fix = object() && onlySpaceFollows() ? fix() : null;
    in = null;
    return fix;
  }

  private void start(byte[] value) {
    in = value;
    at = 0;
    seen = 0;
    present = 0;
    unknown = 0;
    lastField = -1;
    eventId = null;
    mock = false;
    datum = 0;
    numbers[ACCURACY_M] = Double.NaN;
    numbers[SPEED_KMH] = Double.NaN;
    numbers[HEADING_DEG] = Double.NaN;
  }

  private Fix fix() {
    boolean vehicle = source == 1;
    int required = ALWAYS | 1 << (vehicle ? PLATE : DRIVER_ID);
    if ((present & required) != required
        || !Limits.isInstant(eventTime)
        || !Limits.isInstant(receivedAt)
        || !Place.isOnGlobe(numbers[LAT], numbers[LON])
        || (vehicle && !Limits.isPlate(plate))) {
      return null;
    }
    return new Fix(
        new Stamp(eventTime, receivedAt, eventId, null),
        vehicle,
        vehicle ? plate : driverId,
        deviceId,
        numbers[LAT],
        numbers[LON],
        numbers[ACCURACY_M],
        numbers[SPEED_KMH],
        numbers[HEADING_DEG],
        mock,
        DATUMS[datum]);
  }

  private boolean object() {
    skipSpace();
    if (!take('{')) {
      return false;
    }
    do {
      skipSpace();
      if (!string() || !stringIsAscii) {
        return false;
      }
      int field = field();
      if (field < 0 && !rememberUnknown()) {
        return false;
      }
      skipSpace();
      if (!take(':')) {
        return false;
      }
      skipSpace();
      if (!value(field)) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take('}');
  }

  private boolean onlySpaceFollows() {
    skipSpace();
    return at == in.length;
  }

  /** Which field the last string names, −1 if none; looks first where the last record had it. */
  private int field() {
    int length = stringTo - stringFrom;
    for (int i = 1; i <= NAMES.length; i++) {
      int field = (lastField + i) % NAMES.length;
      byte[] name = NAMES[field];
      if (name.length == length && stringIs(name)) {
        lastField = field;
        return field;
      }
    }
    return -1;
  }

  private boolean rememberUnknown() {
    if (unknown == MAX_UNKNOWN) {
      return false;
    }
    for (int i = 0; i < unknown; i++) {
      if (Arrays.equals(in, unknownFrom[i], unknownTo[i], in, stringFrom, stringTo)) {
        return false;
      }
    }
    unknownFrom[unknown] = stringFrom;
    unknownTo[unknown++] = stringTo;
    return true;
  }

  private boolean value(int field) {
    if (field < 0) {
      return unknownValue();
    }
    int bit = 1 << field;
    if ((seen & bit) != 0) {
      return false;
    }
    seen |= bit;
    if (at < in.length && in[at] == 'n') {
      return literal(NULL);
    }
    present |= bit;
    return knownValue(field);
  }

  private boolean knownValue(int field) {
    switch (field) {
      case EVENT_TIME -> {
        boolean ok = integer();
        eventTime = integer;
        return ok;
      }
      case RECEIVED_AT -> {
        boolean ok = integer();
        receivedAt = integer;
        return ok;
      }
      case EVENT_ID -> {
        eventId = id();
        return eventId != null;
      }
      case DRIVER_ID -> {
        driverId = id();
        return driverId != null;
      }
      case DEVICE_ID -> {
        deviceId = id();
        return deviceId != null;
      }
      case PLATE -> {
        plate = text();
        return plate != null;
      }
      case SOURCE -> {
        source = oneOf(SOURCE_NAMES);
        return source >= 0;
      }
      case DATUM -> {
        datum = oneOf(DATUM_NAMES);
        return datum >= 0;
      }
      case MOCK -> {
        mock = at < in.length && in[at] == 't';
        return literal(mock ? TRUE : FALSE);
      }
      default -> {
        boolean ok = number();
        numbers[field] = number;
        return ok;
      }
    }
  }

  private boolean unknownValue() {
    if (at == in.length) {
      return false;
    }
    return switch (in[at]) {
      case '"' -> text() != null;
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> number();
    };
  }

  private void skipSpace() {
    while (at < in.length
        && (in[at] == ' ' || in[at] == '\t' || in[at] == '\n' || in[at] == '\r')) {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < in.length && in[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean literal(byte[] literal) {
    int end = at + literal.length;
    if (end > in.length || !Arrays.equals(in, at, end, literal, 0, literal.length)) {
      return false;
    }
    at = end;
    return true;
  }

  /** Reads a string without escapes; whether it is UTF-8 is not yet known. */
  private boolean string() {
    if (!take('"')) {
      return false;
    }
    stringFrom = at;
    int signs = 0;
    for (; at < in.length; at++) {
      byte c = in[at];
      if (c == '"') {
        stringTo = at++;
        stringIsAscii = signs >= 0;
        return true;
      }
      if (c == '\\' || (c >= 0 && c < ' ')) {
        return false;
      }
      signs |= c;
    }
    return false;
  }

  private boolean stringIs(byte[] expected) {
    return Arrays.equals(in, stringFrom, stringTo, expected, 0, expected.length);
  }

  private int oneOf(byte[][] names) {
    if (string()) {
      for (int i = 0; i < names.length; i++) {
        if (stringIs(names[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  private String id() {
    if (!string()) {
      return null;
    }
    int length = stringTo - stringFrom;
    if (length < 1 || length > Limits.MAX_ID_CHARS) {
      return null;
    }
    for (int i = stringFrom; i < stringTo; i++) {
      if (in[i] < 0 || !ID_CHARS[in[i]]) {
        return null;
      }
    }
    return new String(in, stringFrom, length, StandardCharsets.ISO_8859_1);
  }

  private String text() {
    if (!string()) {
      return null;
    }
    String text = new String(in, stringFrom, stringTo - stringFrom, StandardCharsets.UTF_8);
    // The JDK puts this character for what is not UTF-8. A genuine one is rare enough to give up.
    return stringIsAscii || text.indexOf('\uFFFD') < 0 ? text : null;
  }

  private boolean integer() {
    boolean negative = take('-');
    int from = at;
    long value = digits(0);
    int count = at - from;
    if (count == 0
        || count >= Limits.SAFE_LONG_DIGITS
        || (count > 1 && in[from] == '0')
        || numberGoesOn()) {
      return false;
    }
    integer = negative ? -value : value;
    return true;
  }

  private boolean number() {
    int start = at;
    boolean negative = take('-');
    int from = at;
    long value = digits(0);
    int whole = at - from;
    if (whole == 0 || (whole > 1 && in[from] == '0')) {
      return false;
    }
    int fraction = 0;
    if (take('.')) {
      int fractionFrom = at;
      value = digits(value);
      fraction = at - fractionFrom;
      if (fraction == 0) {
        return false;
      }
    }
    boolean exact = whole + fraction <= EXACT_DIGITS;
    if (at < in.length && (in[at] == 'e' || in[at] == 'E')) {
      exact = false;
      if (!exponent()) {
        return false;
      }
    }
    if (exact) {
      // Both are exact and the division rounds once: the nearest double, as parseDouble gives.
      double magnitude = value / POWERS_OF_TEN[fraction];
      number = negative ? 0.0 - magnitude : magnitude;
    } else {
      number =
          Double.parseDouble(new String(in, start, at - start, StandardCharsets.ISO_8859_1)) + 0.0;
    }
    return Double.isFinite(number);
  }

  private boolean exponent() {
    at++;
    if (!take('-')) {
      take('+');
    }
    int from = at;
    digits(0);
    return at > from;
  }

  /** Appends the digits that follow to a number; what overflows is not used. */
  private long digits(long value) {
    for (; at < in.length && in[at] >= '0' && in[at] <= '9'; at++) {
      value = value * 10 + (in[at] - '0');
    }
    return value;
  }

  private boolean numberGoesOn() {
    return at < in.length && (in[at] == '.' || in[at] == 'e' || in[at] == 'E');
  }

  private static byte[][] bytes(String... texts) {
    byte[][] bytes = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }
}
