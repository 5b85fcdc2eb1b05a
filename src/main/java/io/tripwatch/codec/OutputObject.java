package io.tripwatch.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** One JSON object on its way out: fields in the order they are given, the same bytes always. */
final class OutputObject {
  /** The JDK's own text of a double changed with JDK 19; Jackson's does not. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final JsonGenerator json;

  OutputObject() {
    try {
      json = FACTORY.createGenerator(bytes);
      json.writeStartObject();
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** ISO-8601 in UTC with milliseconds, as people read it. */
  static String shown(Instant instant) {
    return INSTANT.format(instant);
  }

  /**
   * Adds a field.
   *
   * @param value String, Integer, Long, Double, Boolean, Instant, or a List or Map of these
   */
  OutputObject put(String name, Object value) {
    try {
      json.writeFieldName(name);
      write(name, value);
      return this;
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** Adds a field, unless its value is null. */
  OutputObject putIfAny(String name, Object value) {
    return value == null ? this : put(name, value);
  }

  byte[] toBytes() {
    try {
      json.writeEndObject();
      json.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  private void write(String name, Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Instant instant) {
      json.writeString(shown(instant));
    } else if (value instanceof Integer integer) {
      json.writeNumber(integer);
    } else if (value instanceof Long integer) {
      json.writeNumber(integer);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(name, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(name + "." + entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    } else {
      throw new IllegalArgumentException(
          name
              + " is "
              + value
              + (value == null ? "" : " (" + value.getClass().getSimpleName() + ")")
              + "; outputs hold texts, finite numbers, booleans, instants, lists and maps");
    }
  }

  private static UncheckedIOException unexpected(IOException e) {
    return new UncheckedIOException("writing to memory cannot fail", e);
  }
}
