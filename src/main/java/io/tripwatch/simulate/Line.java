package io.tripwatch.simulate;

import io.tripwatch.event.Place;
import java.util.List;

/**
 * Writes fields of one JSON object. Names and texts are the simulator's own ids and words, so there
 * is nothing to escape.
 */
final class Line {
  private static final long MICRO = 1_000_000;

  private final StringBuilder out = new StringBuilder(256);

  /** A field with this text; none where it is null. */
  Line text(String name, String text) {
    if (text != null) {
      name(name).append('"').append(text).append('"');
    }
    return this;
  }

  Line word(String name, Enum<?> word) {
    return text(name, word.name());
  }

  Line number(String name, long number) {
    name(name).append(number);
    return this;
  }

  /** A number with one decimal. */
  Line tenths(String name, double number) {
    long tenths = Math.round(number * 10);
    name(name).append(tenths / 10).append('.').append(Math.abs(tenths % 10));
    return this;
  }

  Line yes(String name) {
    name(name).append("true");
    return this;
  }

  Line texts(String name, List<String> texts) {
    name(name).append('[');
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "\"" : ",\"").append(texts.get(i)).append('"');
    }
    out.append(']');
    return this;
  }

  Line place(String name, Place place) {
    name(name).append('{');
    out.append("\"lat\":");
    degrees(place.lat());
    out.append(",\"lon\":");
    degrees(place.lon());
    out.append('}');
    return this;
  }

  /** The two fields {@code lat} and {@code lon}. */
  Line position(Place place) {
    name("lat");
    degrees(place.lat());
    name("lon");
    degrees(place.lon());
    return this;
  }

  /** Six decimals, a tenth of a metre; by hand, so that every Java writes the same bytes. */
  private void degrees(double degrees) {
    long micro = Math.round(Math.abs(degrees) * MICRO);
    if (degrees < 0) {
      out.append('-');
    }
    out.append(micro / MICRO).append('.');
    out.append(Long.toString(MICRO + micro % MICRO), 1, 7);
  }

  private StringBuilder name(String name) {
    if (out.length() > 0) {
      out.append(',');
    }
    return out.append('"').append(name).append("\":");
  }

  /** The fields with the commas between them, without braces. */
  @Override
  public String toString() {
    return out.toString();
  }
}
