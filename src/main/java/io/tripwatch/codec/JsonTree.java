package io.tripwatch.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tripwatch.event.DeadLetter.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object as sorted maps, lists, strings, {@link Num}, booleans and nulls. Numbers keep
 * their text, so that nothing is rounded before someone asks for a value.
 */
final class JsonTree {
  /** A number as it was written. */
  record Num(String text, boolean isInteger) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * No table of names is shared between records: what a record is must not depend on which names
   * came before it, and a table can be made to overflow. Lengths need no limit of their own, for a
   * record is short.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.MAX_DEPTH)
                  .maxNameLength(Limits.MAX_BYTES)
                  .maxNumberLength(Limits.MAX_BYTES)
                  .maxStringLength(Limits.MAX_BYTES)
                  .build())
          .build();

  /** The first key found twice; told only once the whole text is known to be JSON. */
  private String duplicateKey;

  private JsonTree() {}

  /** Reads a text that must be one object and nothing else. */
  static Map<String, Object> read(char[] text, int length) throws Refusal {
    try (JsonParser parser = FACTORY.createParser(text, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Refusal(Reason.BAD_JSON, "the record is not a JSON object");
      }
      JsonTree tree = new JsonTree();
      Map<String, Object> object = tree.object(parser);
      if (parser.nextToken() != null) {
        throw new Refusal(Reason.BAD_JSON, "more follows after the JSON object");
      }
      if (tree.duplicateKey != null) {
        throw new Refusal(
            Reason.DUPLICATE_KEY,
            "the key \"" + Refusal.clipped(tree.duplicateKey) + "\" occurs twice in one object");
      }
      return object;
    } catch (StreamConstraintsException e) {
      throw new Refusal(Reason.BAD_JSON, "nested deeper than " + Limits.MAX_DEPTH);
    } catch (JsonProcessingException e) {
      throw new Refusal(Reason.BAD_JSON, "not JSON " + placeAndProblem(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  /** Where and what, on one line. */
  private static String placeAndProblem(JsonProcessingException e) {
    String problem = Refusal.problem(e.getOriginalMessage());
    String place =
        e.getLocation() == null
            ? ""
            : "at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ": ";
    return place + problem;
  }

  private Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      boolean seen = object.containsKey(key);
      object.put(key, value(parser));
      if (seen && duplicateKey == null) {
        duplicateKey = key;
      }
    }
    return object;
  }

  private List<Object> array(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> new Num(parser.getText(), true);
      case VALUE_NUMBER_FLOAT -> new Num(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("no JSON value: " + parser.currentToken());
    };
  }
}
