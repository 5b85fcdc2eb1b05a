package io.tripwatch.naive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The accepted events of a replay folder: refused, mended and deduplicated as the contract says.
 */
final class NaiveInput {
  static final List<String> TOPICS =
      List.of(
          "orders",
          "gps",
          "buttons",
          "calls",
          "logins",
          "flights",
          "fleet",
          "ratings",
          "complaints",
          "verdicts",
          "rules",
          "undo");
  private static final int LARGEST_BYTES = 64 * 1024;
  private static final int DEEPEST = 16;
  private static final List<String> ORDER_TYPES =
      List.of("PLACED", "ACCEPTED", "CHANGED", "REASSIGNED", "SETTLED", "CANCELLED");
  private static final List<String> FLIGHT_STATUSES =
      List.of("SCHEDULED", "DELAYED", "DEPARTED", "ARRIVED", "CANCELLED", "DIVERTED", "RETURNED");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** One event. {@code time} is the eventTime, mended; {@code body} is null for fixes. */
  record Event(
      long time, long received, String eventId, String canonical, JsonNode body, NaiveFix fix) {
    String text(String field) {
      JsonNode node = body.get(field);
      return node == null || node.isNull() ? null : node.textValue();
    }

    long number(String field) {
      return body.get(field).longValue();
    }

    boolean has(String field) {
      return body.hasNonNull(field);
    }

    NaiveGeo.Place place(String field) {
      JsonNode node = body.get(field);
      return new NaiveGeo.Place(node.get("lat").doubleValue(), node.get("lon").doubleValue());
    }
  }

  private final Map<String, Map<String, Event>> events = new HashMap<>();
  private final List<String> refused = new ArrayList<>();
  private long end = Long.MIN_VALUE;

  static NaiveInput read(Path folder) throws IOException {
    NaiveInput input = new NaiveInput();
    for (String topic : TOPICS) {
      for (Path file : files(folder, topic)) {
        input.readFile(topic, file);
      }
    }
    return input;
  }

  /** Why which line was refused, one text each. */
  List<String> refused() {
    return refused;
  }

  /** The greatest eventTime of an accepted record, in milliseconds. */
  long end() {
    return end;
  }

  /** The events of a topic until {@code until}, each once, in order. */
  List<Event> events(String topic, long until) {
    Collection<Event> all = events.getOrDefault(topic, Map.of()).values();
    Comparator<Event> order = Comparator.comparingLong(Event::time);
    if (topic.equals("orders")) {
      order = order.thenComparingInt(e -> ORDER_TYPES.indexOf(e.text("type")));
    } else if (topic.equals("flights")) {
      order = order.thenComparingInt(e -> FLIGHT_STATUSES.indexOf(e.text("status")));
    }
    order =
        order
            .thenComparing(Event::eventId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Event::canonical);
    return all.stream().filter(e -> e.time <= until).sorted(order).toList();
  }

  private static List<Path> files(Path folder, String topic) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              p -> p.getFileName().toString().matches(topic + "(-[^.]*)?\\.ndjson(\\.gz)?"))
          .sorted()
          .toList();
    }
  }

  private void readFile(String topic, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (file.toString().endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes = in.readAllBytes();
      }
    }
    int from =
        bytes.length > 2
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    int number = 0;
    while (from < bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      number++;
      line(topic, file.getFileName() + ":" + number, Arrays.copyOfRange(bytes, from, to));
      from = to + 1;
    }
  }

  private void line(String topic, String where, byte[] bytes) {
    if (bytes.length == 0 || bytes.length == 1 && bytes[0] == '\r') {
      return;
    }
    try {
      accept(topic, parse(bytes));
    } catch (NaiveForm.Refused e) {
      refused.add(where + ": " + e.getMessage());
    }
  }

  private static ObjectNode parse(byte[] bytes) throws NaiveForm.Refused {
    if (bytes.length > LARGEST_BYTES) {
      throw new NaiveForm.Refused("larger than 64 KiB");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      try (JsonParser parser = JSON.createParser(text)) {
        JsonNode node = JSON.readValue(parser, JsonNode.class);
        if (node instanceof ObjectNode object && depth(node) <= DEEPEST) {
          return object;
        }
        throw new NaiveForm.Refused("no object, or deeper than 16");
      }
    } catch (CharacterCodingException e) {
      throw new NaiveForm.Refused("bad UTF-8");
    } catch (JsonProcessingException e) {
      throw new NaiveForm.Refused("bad JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new NaiveForm.Refused("unreadable: " + e.getMessage());
    }
  }

  private static int depth(JsonNode node) {
    if (!node.isContainerNode()) {
      return 0;
    }
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child));
    }
    return 1 + deepest;
  }

  private void accept(String topic, ObjectNode body) throws NaiveForm.Refused {
    NaiveForm form = new NaiveForm(topic, body);
    form.check();
    long time = form.time();
    long received = form.received();
    String eventId = body.hasNonNull("eventId") ? body.get("eventId").textValue() : null;
    String canonical = canonical(body);
    NaiveFix fix = topic.equals("gps") ? NaiveFix.of(body, time, received) : null;
    JsonNode kept = fix == null ? body : null;
    end = Math.max(end, time);
    Event event = new Event(time, received, eventId, canonical, kept, fix);
    String key = eventId == null ? "=" + canonical : "#" + eventId;
    events
        .computeIfAbsent(topic, t -> new HashMap<>())
        .merge(key, event, (a, b) -> before(b, a) ? b : a);
  }

  private static boolean before(Event a, Event b) {
    return a.received != b.received
        ? a.received < b.received
        : a.canonical.compareTo(b.canonical) < 0;
  }

  /** Keys sorted, no spaces, without receivedAt at the top. */
  private static String canonical(ObjectNode body) {
    StringBuilder out = new StringBuilder(256);
    write(body, true, out);
    return out.toString();
  }

  private static void write(JsonNode node, boolean top, StringBuilder out) {
    if (node.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      if (top) {
        names.remove("receivedAt");
      }
      char separator = '{';
      for (String name : names) {
        out.append(separator).append('"').append(name).append("\":");
        write(node.get(name), false, out);
        separator = ',';
      }
      out.append(separator == '{' ? "{}" : "}");
    } else if (node.isArray()) {
      out.append('[');
      for (int i = 0; i < node.size(); i++) {
        out.append(i == 0 ? "" : ",");
        write(node.get(i), false, out);
      }
      out.append(']');
    } else {
      out.append(node);
    }
  }

  /** Fixes by whose they are: by driverId for phones, by plate key for vehicles. */
  static Map<String, List<NaiveFix>> fixes(List<Event> gps, boolean phones) {
    Map<String, List<NaiveFix>> byOwner = new TreeMap<>();
    for (Event event : gps) {
      if (event.fix.phone == phones) {
        byOwner.computeIfAbsent(event.fix.owner, o -> new ArrayList<>()).add(event.fix);
      }
    }
    byOwner.values().forEach(list -> list.sort(NaiveFix.ORDER));
    return byOwner;
  }
}
