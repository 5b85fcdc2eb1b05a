package io.tripwatch.codec;

import io.tripwatch.event.Place;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a tree; a refusal tells all of what is wrong. */
final class TreeFields implements Fields {
  private final String path;
  private final Map<String, Object> values;

  TreeFields(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
  }

  @Override
  public String canonical() {
    return CanonicalJson.ofRecord(values);
  }

  @Override
  public boolean has(Field field) {
    return values.get(field.json) != null;
  }

  @Override
  public String id(Field field) throws Refusal {
    return asId(path + field.json, required(field, ID));
  }

  @Override
  public List<String> ids(Field field) throws Refusal {
    Object value = required(field, "an array of device ids");
    if (!(value instanceof List<?> elements)) {
      throw Refusal.bad(path + field.json, value, "an array of device ids");
    }
    List<String> ids = new ArrayList<>(elements.size());
    for (Object element : elements) {
      ids.add(asId(path + field.json + "[" + ids.size() + "]", element));
    }
    return List.copyOf(ids);
  }

  @Override
  public String city(Field field) throws Refusal {
    String form =
        "a string of 1 to "
            + Limits.MAX_CITY_CHARS
            + " characters, none of them a control character";
    String city = asText(path + field.json, required(field, form), form);
    if (!Limits.isCity(city)) {
      throw Refusal.bad(path + field.json, city, form);
    }
    return city;
  }

  @Override
  public String plate(Field field) throws Refusal {
    String form =
        "a string of 1 to "
            + Limits.MAX_PLATE_CHARS
            + " characters, at least one of them a letter or digit";
    String plate = asText(path + field.json, required(field, form), form);
    if (!Limits.isPlate(plate)) {
      throw Refusal.bad(path + field.json, plate, form);
    }
    return plate;
  }

  @Override
  public String subject(Field field) throws Refusal {
    String form = "a string of 1 to " + Limits.MAX_SUBJECT_CHARS + " characters";
    String subject = asText(path + field.json, required(field, form), form);
    int chars = subject.codePointCount(0, subject.length());
    if (chars < 1 || chars > Limits.MAX_SUBJECT_CHARS) {
      throw Refusal.bad(path + field.json, subject, form);
    }
    return subject;
  }

  @Override
  public String text(Field field) throws Refusal {
    return asText(path + field.json, required(field, "a string"), "a string");
  }

  @Override
  public List<String> texts(Field field) throws Refusal {
    if (!has(field)) {
      return List.of();
    }
    Object value = values.get(field.json);
    if (!(value instanceof List<?> elements)) {
      throw Refusal.bad(path + field.json, value, "an array of strings");
    }
    List<String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      texts.add(asText(path + field.json + "[" + texts.size() + "]", element, "a string"));
    }
    return List.copyOf(texts);
  }

  @Override
  public String date(Field field) throws Refusal {
    String form = "a date as YYYY-MM-DD";
    String date = asText(path + field.json, required(field, form), form);
    if (date.length() != "YYYY-MM-DD".length() || !Character.isDigit(date.charAt(0))) {
      throw Refusal.bad(path + field.json, date, form);
    }
    try {
      LocalDate.parse(date);
    } catch (DateTimeException e) {
      throw Refusal.bad(path + field.json, date, form);
    }
    return date;
  }

  @Override
  public <E extends Enum<E>> E oneOf(Words<E> words, Field field) throws Refusal {
    String form = "one of " + words;
    Object value = required(field, form);
    E constant = words.constant(value);
    if (constant == null) {
      throw Refusal.bad(path + field.json, value, form);
    }
    return constant;
  }

  @Override
  public boolean flag(Field field) throws Refusal {
    Object value = values.get(field.json);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw Refusal.bad(path + field.json, value, "true or false");
  }

  @Override
  public long instant(Field field) throws Refusal {
    return integer(
        field,
        Limits.MIN_INSTANT_MS,
        Limits.MAX_INSTANT_MS,
        "an integer, milliseconds since 1970, within the years 0000 to 9999");
  }

  @Override
  public long cents(Field field) throws Refusal {
    return integer(field, 0, Limits.MAX_CENTS, "an integer from 0 to " + Limits.MAX_CENTS);
  }

  @Override
  public int stars(Field field) throws Refusal {
    return (int) integer(field, 1, 5, "an integer from 1 to 5");
  }

  @Override
  public double number(Field field) throws Refusal {
    return number(field, Double.MAX_VALUE, "a number");
  }

  @Override
  public double seconds(Field field) throws Refusal {
    double max = Limits.MAX_ESTIMATED_SECONDS;
    return number(field, max, "a number of seconds, not over " + (long) max);
  }

  @Override
  public double latitude(Field field) throws Refusal {
    return number(field, Limits.MAX_LAT, "degrees from -90 to 90");
  }

  @Override
  public double longitude(Field field) throws Refusal {
    return number(field, Limits.MAX_LON, "degrees from -180 to 180");
  }

  @Override
  public Place place(Field field) throws Refusal {
    TreeFields place = object(field);
    return new Place(place.latitude(Field.LAT), place.longitude(Field.LON));
  }

  TreeFields object(Field field) throws Refusal {
    return new TreeFields(path + field.json + ".", map(field));
  }

  @Override
  @SuppressWarnings("unchecked") // JsonTree makes no other maps.
  public Map<String, Object> map(Field field) throws Refusal {
    Object value = required(field, "an object");
    if (value instanceof Map) {
      return (Map<String, Object>) value;
    }
    throw Refusal.bad(path + field.json, value, "an object");
  }

  private static final String ID =
      "1 to " + Limits.MAX_ID_CHARS + " characters of A-Z a-z 0-9 . _ : -, and not - alone";

  private Object required(Field field, String form) throws Refusal {
    Object value = values.get(field.json);
    if (value == null) {
      throw Refusal.missing(path + field.json, form);
    }
    return value;
  }

  private static String asId(String where, Object value) throws Refusal {
    if (value instanceof String id
        && !id.isEmpty()
        && id.length() <= Limits.MAX_ID_CHARS
        && !id.equals(Limits.NO_ORDER)
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

  private long integer(Field field, long min, long max, String form) throws Refusal {
    Object value = required(field, form);
    if (value instanceof JsonTree.Num number
        && number.isInteger()
        && number.text().length() <= Limits.SAFE_LONG_DIGITS) {
      long integer = Long.parseLong(number.text());
      if (integer >= min && integer <= max) {
        return integer;
      }
    }
    throw Refusal.bad(path + field.json, value, form);
  }

  private double number(Field field, double max, String form) throws Refusal {
    Object value = required(field, form);
    if (value instanceof JsonTree.Num number) {
      // Adding 0 makes −0.0 the 0 that it equals.
      double parsed = Double.parseDouble(number.text()) + 0.0;
      if (Math.abs(parsed) <= max) {
        return parsed;
      }
    }
    throw Refusal.bad(path + field.json, value, form);
  }
}
