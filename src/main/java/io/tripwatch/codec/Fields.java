package io.tripwatch.codec;

import io.tripwatch.event.Place;
import io.tripwatch.event.Stamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The fields of one object, each asked for by name and type. Null is absent. An integer must be
 * written as one: {@code 1.0}, {@code 1e3} and {@code "1"} are refused, for nobody who counts
 * milliseconds or cents writes them so.
 */
final class Fields {
  private final String path;
  private final Map<String, Object> values;

  Fields(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  /** An id: 1 to 64 of A–Z a–z 0–9 . _ : - */
  String id(String name) throws Refusal {
    return asId(path + name, required(name, ID));
  }

  String idOrNull(String name) throws Refusal {
    return has(name) ? id(name) : null;
  }

  List<String> ids(String name) throws Refusal {
    Object value = required(name, "an array of device ids");
    if (!(value instanceof List<?> elements)) {
      throw Refusal.bad(path + name, value, "an array of device ids");
    }
    List<String> ids = new ArrayList<>(elements.size());
    for (Object element : elements) {
      ids.add(asId(path + name + "[" + ids.size() + "]", element));
    }
    return List.copyOf(ids);
  }

  String plate(String name) throws Refusal {
    String form = "a string of 1 to " + Limits.MAX_PLATE_CHARS + " characters";
    String plate = asText(path + name, required(name, form), form);
    if (!Limits.isPlate(plate)) {
      throw Refusal.bad(path + name, plate, form);
    }
    return plate;
  }

  /** What a verdict is about: any 1 to 512 characters. */
  String subject(String name) throws Refusal {
    String form = "a string of 1 to " + Limits.MAX_SUBJECT_CHARS + " characters";
    String subject = asText(path + name, required(name, form), form);
    int chars = subject.codePointCount(0, subject.length());
    if (chars < 1 || chars > Limits.MAX_SUBJECT_CHARS) {
      throw Refusal.bad(path + name, subject, form);
    }
    return subject;
  }

  String text(String name) throws Refusal {
    return asText(path + name, required(name, "a string"), "a string");
  }

  String textOrNull(String name) throws Refusal {
    return has(name) ? text(name) : null;
  }

  /** Absent is empty. */
  List<String> texts(String name) throws Refusal {
    if (!has(name)) {
      return List.of();
    }
    Object value = values.get(name);
    if (!(value instanceof List<?> elements)) {
      throw Refusal.bad(path + name, value, "an array of strings");
    }
    List<String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      texts.add(asText(path + name + "[" + texts.size() + "]", element, "a string"));
    }
    return List.copyOf(texts);
  }

  String date(String name) throws Refusal {
    String form = "a date as YYYY-MM-DD";
    String date = asText(path + name, required(name, form), form);
    if (date.length() != "YYYY-MM-DD".length() || !Character.isDigit(date.charAt(0))) {
      throw Refusal.bad(path + name, date, form);
    }
    try {
      LocalDate.parse(date);
    } catch (DateTimeException e) {
      throw Refusal.bad(path + name, date, form);
    }
    return date;
  }

  String dateOrNull(String name) throws Refusal {
    return has(name) ? date(name) : null;
  }

  <E extends Enum<E>> E oneOf(Class<E> type, String name) throws Refusal {
    String form = "one of " + Arrays.toString(type.getEnumConstants());
    Object value = required(name, form);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw Refusal.bad(path + name, value, form);
  }

  <E extends Enum<E>> E oneOf(Class<E> type, String name, E whereAbsent) throws Refusal {
    return has(name) ? oneOf(type, name) : whereAbsent;
  }

  boolean flag(String name) throws Refusal {
    Object value = values.get(name);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw Refusal.bad(path + name, value, "true or false");
  }

  long instant(String name) throws Refusal {
    return integer(
        name,
        Limits.MIN_INSTANT_MS,
        Limits.MAX_INSTANT_MS,
        "an integer, milliseconds since 1970, within the years 0000 to 9999");
  }

  long instantOrAbsent(String name) throws Refusal {
    return has(name) ? instant(name) : Stamp.ABSENT;
  }

  long cents(String name) throws Refusal {
    return integer(name, 0, Limits.MAX_CENTS, "an integer from 0 to " + Limits.MAX_CENTS);
  }

  long centsOrNone(String name) throws Refusal {
    return has(name) ? cents(name) : 0;
  }

  int stars(String name) throws Refusal {
    return (int) integer(name, 1, 5, "an integer from 1 to 5");
  }

  double number(String name) throws Refusal {
    return number(name, Double.MAX_VALUE, "a number");
  }

  double numberOr(String name, double whereAbsent) throws Refusal {
    return has(name) ? number(name) : whereAbsent;
  }

  double seconds(String name) throws Refusal {
    double max = Limits.MAX_ESTIMATED_SECONDS;
    return number(name, max, "a number of seconds, not over " + (long) max);
  }

  double latitude(String name) throws Refusal {
    return number(name, Limits.MAX_LAT, "degrees from -90 to 90");
  }

  double longitude(String name) throws Refusal {
    return number(name, Limits.MAX_LON, "degrees from -180 to 180");
  }

  Place place(String name) throws Refusal {
    Fields place = object(name);
    return new Place(place.latitude("lat"), place.longitude("lon"));
  }

  Fields object(String name) throws Refusal {
    return new Fields(path + name + ".", map(name));
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other maps.
  Map<String, Object> map(String name) throws Refusal {
    Object value = required(name, "an object");
    if (value instanceof Map) {
      return (Map<String, Object>) value;
    }
    throw Refusal.bad(path + name, value, "an object");
  }

  private static final String ID =
      "1 to " + Limits.MAX_ID_CHARS + " characters of A-Z a-z 0-9 . _ : -";

  private Object required(String name, String form) throws Refusal {
    Object value = values.get(name);
    if (value == null) {
      throw Refusal.missing(path + name, form);
    }
    return value;
  }

  private static String asId(String where, Object value) throws Refusal {
    if (value instanceof String id
        && !id.isEmpty()
        && id.length() <= Limits.MAX_ID_CHARS
        && id.chars().allMatch(Limits::isIdChar)) {
      return id;
    }
    throw Refusal.bad(where, value, ID);
  }

  private static String asText(String where, Object value, String form) throws Refusal {
    if (!(value instanceof String text)) {
      throw Refusal.bad(where, value, form);
    }
    // An escape can name half a surrogate pair. That is no character, and could not be passed on.
    if (text.codePoints().anyMatch(Refusal::isSurrogate)) {
      throw Refusal.bad(where, value, form + " without half a surrogate pair");
    }
    return text;
  }

  private long integer(String name, long min, long max, String form) throws Refusal {
    Object value = required(name, form);
    if (value instanceof JsonTree.Num number
        && number.isInteger()
        && number.text().length() <= Limits.SAFE_LONG_DIGITS) {
      long integer = Long.parseLong(number.text());
      if (integer >= min && integer <= max) {
        return integer;
      }
    }
    throw Refusal.bad(path + name, value, form);
  }

  private double number(String name, double max, String form) throws Refusal {
    Object value = required(name, form);
    if (value instanceof JsonTree.Num number) {
      // Adding 0 makes −0.0 the 0 that it equals.
      double parsed = Double.parseDouble(number.text()) + 0.0;
      if (Math.abs(parsed) <= max) {
        return parsed;
      }
    }
    throw Refusal.bad(path + name, value, form);
  }
}
