package io.tripwatch.codec;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an ordinary record straight from its bytes: a JSON parser takes several times as long. It
 * accepts, or gives up by returning null and leaves the record to {@link TreeFields}, which must
 * accept the same and say the same of it. So whatever is rare is left out here: escapes, arrays,
 * objects in unknown fields, many unknown fields, faults of all kinds; of other topics than fixes
 * all that the event does not say.
 *
 * <p>First all values are found and the numbers read, in one pass; then the topic's form asks for
 * them. Fields may come in any order; that of the records before is the fastest. Not thread-safe.
 */
final class RecordScanner implements Fields {
  private static final Refusal UNUSUAL = new Refusal(null, "left to the slow way");

  /** All but those of a few records a day, which have fields of their own. */
  private static final Set<Topic> SCANNED =
      EnumSet.complementOf(EnumSet.of(Topic.VERDICTS, Topic.RULES, Topic.UNDO));

  /** Of so many unknown fields the names are compared one by one to find one that occurs twice. */
  private static final int MAX_UNKNOWN = 8;

  /** Where the numbers of places are kept, behind those of the fields. */
  private static final int PICKUP_LAT = FieldNames.COUNT;

  private static final int PICKUP_LON = PICKUP_LAT + 1;
  private static final int DROPOFF_LAT = PICKUP_LON + 1;
  private static final int DROPOFF_LON = DROPOFF_LAT + 1;
  private static final int ELSEWHERE = DROPOFF_LON + 1;
  private static final int SLOTS = ELSEWHERE + 1;

  /** Of other topics than fixes only numbers that canonical JSON writes as they are. */
  private static final int PLAIN_DIGITS = 15;

  private static final int MAX_FRACTION = 9;

  /** With no more digits behind the point canonical JSON has no exponent. */
  private static final int PLAIN_FRACTION = 6;

  private static final int MAX_INTEGER_DIGITS = Limits.SAFE_LONG_DIGITS - 1;
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  /** What a value is. */
  private static final byte ASCII = 1;

  private static final byte UNICODE = 2;
  private static final byte INTEGER = 3;
  private static final byte DECIMAL = 4;
  private static final byte LONG_NUMBER = 5;
  private static final byte TRUE = 6;
  private static final byte FALSE = 7;
  private static final byte OBJECT = 8;

  private byte[] in;
  private int at;
  private Topic topic;

  /** Bits of the fields that occurred, of those that were not null, and of those asked for. */
  private long seen;

  private long present;
  private long asked;

  /** Bits of the fields that are strings not all of ASCII. */
  private long unicode;

  /** Whether there is something that the event will not say, or not so. */
  private boolean saysMore;

  private final byte[] kinds = new byte[SLOTS];

  /** Where strings and long numbers begin and end; of a decimal, its digits behind the point. */
  private final int[] froms = new int[SLOTS];

  private final int[] tos = new int[SLOTS];

  /** Of a number, all its digits. */
  private final long[] digits = new long[SLOTS];

  private final int[] unknownFrom = new int[MAX_UNKNOWN];
  private final int[] unknownTo = new int[MAX_UNKNOWN];
  private int unknown;

  private final FieldNames[] names = new FieldNames[Topic.values().length];

  RecordScanner() {
    Arrays.setAll(names, topic -> new FieldNames());
  }

  /** The event, or null where the record is anything but ordinary. */
  Event scan(Topic topic, byte[] value) {
    if (!SCANNED.contains(topic)) {
      return null;
    }
    this.topic = topic;
    in = value;
    at = 0;
    seen = 0;
    present = 0;
    asked = 0;
    unicode = 0;
    saysMore = false;
    unknown = 0;
    Event event = null;
    if (object() && onlySpaceFollows()) {
      event = event();
    }
    in = null;
    return event;
  }

  private Event event() {
    try {
      Event event = TopicForms.read(topic, this);
      boolean isOrdinary = topic == Topic.GPS ? allElseIsUtf8() : saysAllOf(event);
      return isOrdinary ? event : null;
    } catch (Refusal e) {
      return null;
    }
  }

  /** Strings that were asked for were looked at. */
  private boolean allElseIsUtf8() {
    for (long rest = unicode & ~asked; rest != 0; rest &= rest - 1) {
      if (utf8(Long.numberOfTrailingZeros(rest)) == null) {
        return false;
      }
    }
    return true;
  }

  /** Whether the event says all that the record says, but receivedAt. */
  private boolean saysAllOf(Event event) {
    if (saysMore || (present & ~asked) != 0) {
      return false;
    }
    if (event instanceof Call call) {
      return !has(Field.DURATION_S) || call.durationS() >= 0;
    }
    if (event instanceof OrderEvent order && order.booking() != null) {
      return order.booking().flight() != null
          || (!has(Field.SERVICE_DATE) && !has(Field.ARRIVES_AT));
    }
    return true;
  }

  private boolean object() {
    skipSpace();
    if (!take('{')) {
      return false;
    }
    FieldNames order = names[topic.ordinal()];
    int last = FieldNames.NONE;
    do {
      int field = order.after(last);
      int length = FieldNames.lengthIfAt(in, at, field);
      if (length > 0) {
        at += length;
      } else {
        field = name();
        if (field == FieldNames.FAILED) {
          return false;
        }
        order.learn(last, field);
      }
      if (!value(field)) {
        return false;
      }
      last = field;
    } while (takeBehindSpace(','));
    return take('}');
  }

  /** Reads a name and its colon; which field it names, NONE if none. */
  private int name() {
    skipSpace();
    if (string(ELSEWHERE) != ASCII) {
      return FieldNames.FAILED;
    }
    int from = froms[ELSEWHERE];
    int to = tos[ELSEWHERE];
    int field = FieldNames.find(in, from, to);
    if (field == FieldNames.NONE && !rememberUnknown(from, to)) {
      return FieldNames.FAILED;
    }
    skipSpace();
    return take(':') ? field : FieldNames.FAILED;
  }

  private boolean rememberUnknown(int from, int to) {
    saysMore = true;
    if (unknown == MAX_UNKNOWN) {
      return false;
    }
    for (int i = 0; i < unknown; i++) {
      if (Arrays.equals(in, unknownFrom[i], unknownTo[i], in, from, to)) {
        return false;
      }
    }
    unknownFrom[unknown] = from;
    unknownTo[unknown++] = to;
    return true;
  }

  private boolean value(int field) {
    if (field == FieldNames.NONE) {
      return plainValue(ELSEWHERE) && (kinds[ELSEWHERE] != UNICODE || utf8(ELSEWHERE) != null);
    }
    long bit = 1L << field;
    if ((seen & bit) != 0) {
      return false;
    }
    seen |= bit;
    present |= bit;
    if (!plainValue(field)) {
      return false;
    }
    if (kinds[field] == UNICODE) {
      unicode |= bit;
    }
    return true;
  }

  private boolean plainValue(int slot) {
    if (at < in.length && in[at] <= ' ') {
      skipSpace();
    }
    if (at == in.length) {
      return false;
    }
    byte c = in[at];
    if (c == '"') {
      return string(slot) != 0;
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number(slot);
    }
    return switch (c) {
      case 't' -> literal("true", slot, TRUE);
      case 'f' -> literal("false", slot, FALSE);
      case 'n' -> absent(slot);
      case '{' -> place(slot);
      default -> false;
    };
  }

  private boolean absent(int slot) {
    saysMore = true;
    if (slot < FieldNames.COUNT) {
      present &= ~(1L << slot);
    }
    return literal("null", slot, (byte) 0);
  }

  private boolean place(int slot) {
    if (slot != Field.PICKUP.ordinal() && slot != Field.DROPOFF.ordinal()) {
      return false;
    }
    kinds[slot] = OBJECT;
    at++;
    int lat = slot == Field.PICKUP.ordinal() ? PICKUP_LAT : DROPOFF_LAT;
    return coordinate("\"lat\"", lat) && take(',') && coordinate("\"lon\"", lat + 1) && take('}');
  }

  private boolean coordinate(String name, int slot) {
    skipSpace();
    if (!literal(name, slot, (byte) 0)) {
      return false;
    }
    skipSpace();
    if (!take(':')) {
      return false;
    }
    skipSpace();
    boolean isNumber = number(slot);
    skipSpace();
    return isNumber;
  }

  private boolean onlySpaceFollows() {
    skipSpace();
    return at == in.length;
  }

  private void skipSpace() {
    while (at < in.length
        && in[at] <= ' '
        && (in[at] == ' ' || in[at] == '\t' || in[at] == '\n' || in[at] == '\r')) {
      at++;
    }
  }

  /** Mostly there is no space. */
  private boolean takeBehindSpace(char c) {
    if (take(c)) {
      return true;
    }
    skipSpace();
    return take(c);
  }

  private boolean take(char c) {
    if (at < in.length && in[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean literal(String literal, int slot, byte kind) {
    int end = at + literal.length();
    if (end > in.length) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (in[at + i] != literal.charAt(i)) {
        return false;
      }
    }
    at = end;
    kinds[slot] = kind;
    return true;
  }

  /** Reads a string without escapes; whether it is UTF-8 is not yet known. Its kind, 0 if none. */
  private int string(int slot) {
    if (!take('"')) {
      return 0;
    }
    byte[] bytes = in;
    int from = at;
    int to = Eights.endOfPlain(bytes, from);
    byte kind = ASCII;
    while (to < bytes.length && bytes[to] != '"') {
      if (bytes[to] >= 0) {
        return 0;
      }
      kind = UNICODE;
      to = Eights.endOfPlain(bytes, to + 1);
    }
    if (to == bytes.length) {
      return 0;
    }
    at = to + 1;
    froms[slot] = from;
    tos[slot] = to;
    kinds[slot] = kind;
    return kind;
  }

  private boolean number(int slot) {
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
    digits[slot] = negative ? -value : value;
    froms[slot] = fraction;
    boolean hasExponent = at < in.length && (in[at] | 0x20) == 'e';
    int many = whole + fraction;
    if (hasExponent || many > (fraction == 0 ? MAX_INTEGER_DIGITS : PLAIN_DIGITS)) {
      return longNumber(start, slot, hasExponent);
    }
    kinds[slot] = fraction == 0 ? INTEGER : DECIMAL;
    saysMore |= many > PLAIN_DIGITS || fraction > MAX_FRACTION || isTiny(value, fraction);
    return true;
  }

  /** Canonical JSON gives what is nearer to zero than a millionth an exponent. */
  private static boolean isTiny(long value, int fraction) {
    return fraction > PLAIN_FRACTION
        && value != 0
        && value < POWERS_OF_TEN[fraction - PLAIN_FRACTION];
  }

  /** Appends the digits that follow to a number; what overflows is not used. */
  private long digits(long before) {
    byte[] bytes = in;
    long value = before;
    int from = at;
    while (from + 8 <= bytes.length) {
      long eight = Eights.digits(bytes, from);
      int many = Eights.countDigits(eight);
      value = Eights.append(value, eight, many);
      from += many;
      if (many < 8) {
        at = from;
        return value;
      }
    }
    for (; from < bytes.length && bytes[from] >= '0' && bytes[from] <= '9'; from++) {
      value = value * 10 + (bytes[from] - '0');
    }
    at = from;
    return value;
  }

  /** One whose text is kept, because its digits do not tell it. */
  private boolean longNumber(int start, int slot, boolean hasExponent) {
    if (hasExponent && !exponent()) {
      return false;
    }
    kinds[slot] = LONG_NUMBER;
    froms[slot] = start;
    tos[slot] = at;
    saysMore = true;
    return true;
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

  @Override
  public String canonical() {
    boolean leavesOut =
        switch (topic) {
          case ORDERS -> has(Field.PICKUP) && !has(Field.COUPON_CENTS);
          case FLIGHTS -> !has(Field.MODE);
          case RATINGS -> !has(Field.TAGS);
          default -> false;
        };
    return leavesOut ? Stamp.PLAIN : Stamp.SPELT;
  }

  @Override
  public boolean has(Field field) {
    return (present & field.bit) != 0;
  }

  private int kind(Field field) {
    asked |= field.bit;
    return (present & field.bit) == 0 ? 0 : kinds[field.ordinal()];
  }

  @Override
  public String id(Field field) throws Refusal {
    if (kind(field) != ASCII) {
      throw UNUSUAL;
    }
    int from = froms[field.ordinal()];
    int to = tos[field.ordinal()];
    if (to == from || to - from > Limits.MAX_ID_CHARS || !Eights.isId(in, from, to)) {
      throw UNUSUAL;
    }
    if (to - from == 1 && in[from] == Limits.NO_ORDER.charAt(0)) {
      throw UNUSUAL;
    }
    return ascii(from, to);
  }

  private String ascii(int from, int to) {
    return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Null where it is not UTF-8, or has the character that the JDK puts for what is not. */
  private String utf8(int slot) {
    String text = new String(in, froms[slot], tos[slot] - froms[slot], StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : null;
  }

  @Override
  public String text(Field field) throws Refusal {
    int kind = kind(field);
    int slot = field.ordinal();
    if (kind == ASCII) {
      return ascii(froms[slot], tos[slot]);
    }
    String text = kind == UNICODE ? utf8(slot) : null;
    if (text == null) {
      throw UNUSUAL;
    }
    return text;
  }

  @Override
  public String city(Field field) throws Refusal {
    String city = text(field);
    if (!Limits.isCity(city)) {
      throw UNUSUAL;
    }
    return city;
  }

  @Override
  public String plate(Field field) throws Refusal {
    String plate = text(field);
    if (!Limits.isPlate(plate)) {
      throw UNUSUAL;
    }
    return plate;
  }

  @Override
  public String subject(Field field) throws Refusal {
    throw UNUSUAL;
  }

  /** As {@link LocalDate#parse}, which takes longer than the rest of the record. */
  @Override
  public String date(Field field) throws Refusal {
    int from = froms[field.ordinal()];
    if (kind(field) != ASCII || tos[field.ordinal()] - from != "YYYY-MM-DD".length()) {
      throw UNUSUAL;
    }
    int year = twoDigits(from) * 100 + twoDigits(from + 2);
    int month = twoDigits(from + 5);
    int day = twoDigits(from + 8);
    if (in[from + 4] != '-' || in[from + 7] != '-') {
      throw UNUSUAL;
    }
    if (month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
      throw UNUSUAL;
    }
    return ascii(from, from + 10);
  }

  private int twoDigits(int from) throws Refusal {
    int tens = in[from] - '0';
    int ones = in[from + 1] - '0';
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) {
      throw UNUSUAL;
    }
    return 10 * tens + ones;
  }

  @Override
  public <E extends Enum<E>> E oneOf(Words<E> words, Field field) throws Refusal {
    E constant =
        kind(field) == ASCII
            ? words.constant(in, froms[field.ordinal()], tos[field.ordinal()])
            : null;
    if (constant == null) {
      throw UNUSUAL;
    }
    return constant;
  }

  @Override
  public boolean flag(Field field) throws Refusal {
    int kind = kind(field);
    if (kind == TRUE || kind == FALSE || !has(field)) {
      return kind == TRUE;
    }
    throw UNUSUAL;
  }

  @Override
  public long instant(Field field) throws Refusal {
    return integer(field, Limits.MIN_INSTANT_MS, Limits.MAX_INSTANT_MS);
  }

  @Override
  public long cents(Field field) throws Refusal {
    return integer(field, 0, Limits.MAX_CENTS);
  }

  @Override
  public int stars(Field field) throws Refusal {
    return (int) integer(field, 1, 5);
  }

  private long integer(Field field, long min, long max) throws Refusal {
    long integer = digits[field.ordinal()];
    if (kind(field) != INTEGER || integer < min || integer > max) {
      throw UNUSUAL;
    }
    return integer;
  }

  @Override
  public double number(Field field) throws Refusal {
    return number(kind(field), field.ordinal(), Double.MAX_VALUE);
  }

  @Override
  public double seconds(Field field) throws Refusal {
    return number(kind(field), field.ordinal(), Limits.MAX_ESTIMATED_SECONDS);
  }

  @Override
  public double latitude(Field field) throws Refusal {
    return number(kind(field), field.ordinal(), Limits.MAX_LAT);
  }

  @Override
  public double longitude(Field field) throws Refusal {
    return number(kind(field), field.ordinal(), Limits.MAX_LON);
  }

  /** The nearest double, as parseDouble gives it; −0.0 as the 0 that it equals. */
  private double number(int kind, int slot, double max) throws Refusal {
    double number =
        switch (kind) {
          case INTEGER -> digits[slot];
          // Both are exact and the division rounds once.
          case DECIMAL -> digits[slot] / POWERS_OF_TEN[froms[slot]];
          case LONG_NUMBER -> Double.parseDouble(ascii(froms[slot], tos[slot])) + 0.0;
          default -> throw UNUSUAL;
        };
    if (Math.abs(number) > max) {
      throw UNUSUAL;
    }
    return number;
  }

  @Override
  public Place place(Field field) throws Refusal {
    if (kind(field) != OBJECT) {
      throw UNUSUAL;
    }
    int lat = field == Field.PICKUP ? PICKUP_LAT : DROPOFF_LAT;
    return new Place(
        number(kinds[lat], lat, Limits.MAX_LAT), number(kinds[lat + 1], lat + 1, Limits.MAX_LON));
  }

  @Override
  public List<String> ids(Field field) throws Refusal {
    throw UNUSUAL;
  }

  @Override
  public List<String> texts(Field field) throws Refusal {
    asked |= field.bit;
    if (has(field)) {
      throw UNUSUAL;
    }
    return List.of();
  }

  @Override
  public Map<String, Object> map(Field field) throws Refusal {
    throw UNUSUAL;
  }
}
