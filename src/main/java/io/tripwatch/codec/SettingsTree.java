package io.tripwatch.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Settings as plain maps, in the order of the text. Values are Map, List, String, Long, Double,
 * Boolean or null; an integer that no Long holds is a Double.
 */
public final class SettingsTree {
  /** All settings together take a few kilobytes; more is a mistake, or an attack. */
  public static final int MAX_CHARS = 1024 * 1024;

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Limits.MAX_DEPTH).build())
          // A name without a value is null. The default of a factory, but not of its builder.
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  /** A fine of 0500 would silently be 320. */
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-9_]+");

  private final JsonParser parser;

  private SettingsTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads {@code rules.yaml}. A text without any value has no settings, and gives an empty map.
   *
   * @throws SettingsSyntaxException if it is not one YAML mapping, if a key occurs twice in a
   *     mapping, or if it uses aliases
   */
  public static Map<String, Object> readYaml(String text) {
    refuseIfTooLong(text);
    try (JsonParser parser = YAML.createParser(text)) {
      return new SettingsTree(parser).document(true);
    } catch (JsonProcessingException e) {
      throw problem(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  /**
   * Reads the settings of a rules record.
   *
   * @throws SettingsSyntaxException if it is not one JSON object, or a key occurs twice in an
   *     object
   */
  public static Map<String, Object> readJson(String text) {
    refuseIfTooLong(text);
    try (JsonParser parser = JsonTree.FACTORY.createParser(text)) {
      return new SettingsTree(parser).document(false);
    } catch (JsonProcessingException e) {
      throw problem(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  /**
   * The settings of a rules record that was read already; numbers as large as no double infinite.
   */
  static Map<String, Object> ofJson(Map<String, Object> tree) {
    Map<String, Object> settings = new LinkedHashMap<>();
    tree.forEach((name, value) -> settings.put(name, plain(value)));
    return settings;
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other maps.
  private static Object plain(Object value) {
    if (value instanceof Map) {
      return ofJson((Map<String, Object>) value);
    } else if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(plain(element)));
      return elements;
    }
    return value instanceof JsonTree.Num number ? plain(number) : value;
  }

  private static Object plain(JsonTree.Num number) {
    if (number.isInteger() && number.text().length() <= Limits.SAFE_LONG_DIGITS) {
      return Long.parseLong(number.text());
    }
    return Double.parseDouble(number.text());
  }

  private static void refuseIfTooLong(String text) {
    if (text.length() > MAX_CHARS) {
      throw new SettingsSyntaxException(
          1, 1, "the text has " + text.length() + " characters; the limit is " + MAX_CHARS);
    }
  }

  private static SettingsSyntaxException problem(JsonProcessingException e) {
    // Jackson's place is that of the last good token; the YAML scanner knows better.
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      String context = marked.getContext() == null ? "" : marked.getContext() + ": ";
      return new SettingsSyntaxException(
          mark.getLine() + 1, mark.getColumn() + 1, Refusal.problem(context + marked.getProblem()));
    }
    return problem(e.getLocation(), e.getOriginalMessage());
  }

  private static SettingsSyntaxException problem(JsonLocation where, String problem) {
    return new SettingsSyntaxException(
        where == null ? 1 : where.getLineNr(),
        where == null ? 1 : where.getColumnNr(),
        Refusal.problem(problem));
  }

  private SettingsSyntaxException problemHere(String problem) {
    return problem(parser.currentTokenLocation(), problem);
  }

  private Map<String, Object> document(boolean mayBeEmpty) throws IOException {
    JsonToken first = parser.nextToken();
    Map<String, Object> settings = Map.of();
    if (first == JsonToken.START_OBJECT) {
      settings = mapping();
    } else if (!mayBeEmpty || (first != null && first != JsonToken.VALUE_NULL)) {
      throw problemHere("the text must be one mapping of names to values");
    }
    if (parser.nextToken() != null) {
      throw problemHere("more follows after the mapping; remove it");
    }
    return settings;
  }

  private Map<String, Object> mapping() throws IOException {
    Map<String, Object> mapping = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      refuseAlias();
      String key = parser.currentName();
      if (mapping.containsKey(key)) {
        throw problemHere("the key \"" + Refusal.clipped(key) + "\" occurs twice; remove one");
      }
      parser.nextToken();
      mapping.put(key, value());
    }
    return mapping;
  }

  private List<Object> list() throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return list;
  }

  private Object value() throws IOException {
    refuseAlias();
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping();
      case START_ARRAY -> list();
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw problemHere("a value is a map, list, text, number, true or false");
    };
  }

  private Object integer() throws IOException {
    if (OCTAL.matcher(parser.getText()).matches()) {
      throw problemHere("a leading zero makes a number octal in YAML; write it without");
    }
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> finite(parser.getDoubleValue());
    };
  }

  private Double finite(double value) {
    if (!Double.isFinite(value)) {
      throw problemHere("the number is not finite; write one that is");
    }
    return value;
  }

  /** The parser gives an alias as the text of its name, which would be taken for the value. */
  private void refuseAlias() throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw problemHere("aliases are not supported; write the value out");
    }
  }
}
