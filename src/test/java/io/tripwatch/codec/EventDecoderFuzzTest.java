package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.DeadLetter.Reason;
import io.tripwatch.event.Event;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutated records: the decoder never throws, and agrees with a slow model written apart. */
class EventDecoderFuzzTest {
  private static final int PER_TOPIC = 8_000;
  private static final int OF_GPS = 40_000;

  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0",
    "1",
    "5",
    "6",
    "-1",
    "1.0",
    "1e3",
    "1.9",
    "1E+2",
    "1e999",
    "-1e999",
    "1e-999",
    "0123",
    ".5",
    "1.",
    "+1",
    "NaN",
    "Infinity",
    "0x10",
    "90",
    "90.0000001",
    "0.0000005",
    "-0.0000001",
    "0.000001",
    "0.00000000",
    "-90",
    "180",
    "-180.00000001",
    "1e400000000000",
    "0.1234567890123456789",
    "0.123456789",
    "0.1234567891",
    "12.500",
    "1.0000000000",
    "99999999999999",
    "999999999999999",
    "9999999999999999",
    "99999999999999999",
    "123456789012345678",
    "-12345678901234567",
    "-123456789012345678",
    "1234567890123456789",
    "1234567.12345678",
    "12345678.12345678",
    "123456789012345.5",
    "179.99999999999997",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "253402300799999",
    "253402300800000",
    "-62167219200000",
    "-62167219200001",
    "1795334400",
    "946684800000",
    "946684799999",
    "4102444799999",
    "4102444800000",
    "1829894400000",
    "1829894400001",
    "1760774400000",
    "1760774399999",
    "1797925800000",
    "1797925800001",
    "1792741800000",
    "1792741799999",
    "1000000000000000",
    "1000000000000001",
    "1795334400000",
    "1795334399999",
    "1795341600000",
    "1795341600001",
    "1795335000000",
    "1795335000001",
    "1795327200350",
    "1795327200349",
    "1795333800350",
    "1795333800349",
    "\"\"",
    "\"12\"",
    "\" \"",
    "\"a b\"",
    "\"d-7\"",
    "\"d\\u002d7\"",
    "\"川A12345\"",
    "\"\\u5ddd\"",
    "\"Ａ·１２\"",
    "\"·\"",
    "\"-\"",
    "\"a\\u0000\"",
    "\"\u0085\"",
    "\"ﬁ ß\"",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"😀\"",
    "\"\uFFFD\"",
    "\"a\\/b\"",
    "\"\\x\"",
    "\"tab\there\"",
    "\"\u007f\"",
    "\"PHONE\"",
    "\"phone\"",
    "\"VEHICLE\"",
    "\"SMS\"",
    "\"CALL\"",
    "\"FAILED\"",
    "\"SENT\"",
    "\"SETTLED\"",
    "\"PLACED\"",
    "\"CANCELLED\"",
    "\"2026-02-29\"",
    "\"2024-02-29\"",
    "\"2026-13-01\"",
    "\"20261122\"",
    "\"+999-01-01\"",
    "\"BD09\"",
    "\"WGS84\"",
    "[]",
    "{}",
    "[\"a\"]",
    "[1]",
    "[null]",
    "{\"lat\":1,\"lon\":2}",
    "{\"lat\":1}",
    "{\"lat\":1,\"lon\":2,\"lat\":1}",
    "{\"a\":[{\"b\":1e5}]}",
    "[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]",
    "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
    "[1,]",
    "{\"a\"}",
    "tru"
  };

  private static final String[] PIECES = {
    "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\t", "\r\n", "\f", "\0", "\uFEFF", "null", "1",
    "-", ".", "e", "//", "/**/", "\\u0000", "\\ud800", "é", "川", "😀", "'"
  };

  private static final byte[][] BAD_UTF8 = {
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xE0, (byte) 0x80, (byte) 0xAF},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xE5, (byte) 0xB7},
    {(byte) 0x80},
    {(byte) 0xFF}
  };

  private final SplittableRandom random = new SplittableRandom(20261122);
  private final EventDecoder decoder = new EventDecoder();
  private final SlowModel model = new SlowModel();
  private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
  private int accepted;

  @ParameterizedTest
  @EnumSource(Topic.class)
  void agreesWithTheSlowModelOnMutatedRecords(Topic topic) throws Exception {
    List<String> samples = Records.OF_TOPIC.get(topic);
    int lines = topic == Topic.GPS ? OF_GPS : PER_TOPIC;
    for (int i = 0; i < lines; i++) {
      check(topic, mutant(samples.get(random.nextInt(samples.size()))));
    }
    assertTrue(accepted > lines / 10, "accepted only " + accepted);
    for (Reason reason :
        List.of(
            Reason.BAD_UTF8,
            Reason.BAD_JSON,
            Reason.DUPLICATE_KEY,
            Reason.MISSING_FIELD,
            Reason.BAD_FIELD)) {
      assertTrue(refused.getOrDefault(reason, 0) > 10, reason + ": " + refused);
    }
  }

  private void check(Topic topic, byte[] line) throws Exception {
    String shown = topic + " " + new String(line, StandardCharsets.UTF_8);
    Decoded decoded;
    try {
      decoded = decoder.decode(topic, line);
    } catch (RuntimeException e) {
      throw new AssertionError("threw on " + shown, e);
    }
    assertEquals(decoder.decodeSlowly(topic, line), decoded, () -> "fast is not as slow: " + shown);
    Event event = decoded.event();
    String canonical = event == null ? null : event.canonicalJson();
    SlowModel.Result expected = model.decode(topic, line, canonical);
    if (expected.event() == null) {
      assertEquals(kind(expected.reason()), kind(decoded.reason()), () -> shown + "\n" + decoded);
      refused.merge(decoded.reason(), 1, Integer::sum);
      DeadLetter letter = new DeadLetter("f", -1, 1, decoded.reason(), decoded.detail(), line);
      JsonNode written = SlowModel.LENIENT.readTree(DeadLetterJson.write(letter));
      assertEquals(decoded.detail(), written.get("detail").textValue());
      assertArrayEquals(line, written.get("valueBase64").binaryValue());
      return;
    }
    accepted++;
    if (event instanceof RulesRecord rules) {
      JsonNode settings = SlowModel.tree(line).get("settings");
      assertSameContent(settings, rules.settingsJson(), shown);
      event = new RulesRecord(rules.stamp(), rules.version(), rules.effectiveFrom(), null);
    }
    assertEquals(expected.event().shortened(), event, () -> shown + "\n" + decoded.detail());
    if (topic != Topic.GPS) {
      ObjectNode content = (ObjectNode) SlowModel.tree(line);
      content.remove("receivedAt");
      assertSameContent(content, canonical, shown);
    }
  }

  /** Missing or bad: of a record with both, either may be told. */
  private static String kind(Reason reason) {
    return reason == Reason.MISSING_FIELD ? Reason.BAD_FIELD.name() : String.valueOf(reason);
  }

  private static void assertSameContent(JsonNode content, String canonical, String shown)
      throws Exception {
    JsonNode read = SlowModel.LENIENT.readTree(canonical);
    assertTrue(same(content, read), () -> shown + "\n" + canonical);
    Map<String, Object> tree = JsonTree.read(canonical.toCharArray(), canonical.length());
    assertEquals(canonical, CanonicalJson.of(tree), shown);
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.isIntegralNumber() && b.isIntegralNumber()
          ? a.bigIntegerValue().equals(b.bigIntegerValue())
          : a.doubleValue() + 0.0 == b.doubleValue() + 0.0;
    }
    if (a.isValueNode() || b.isValueNode()) {
      return a.equals(b);
    }
    if (a.size() != b.size() || a.isArray() != b.isArray()) {
      return false;
    }
    for (int i = 0; a.isArray() && i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    String last = null;
    for (Iterator<String> names = b.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!a.has(name) || !same(a.get(name), b.get(name))) {
        return false;
      }
      if (last != null && last.compareTo(name) >= 0) {
        return false;
      }
      last = name;
    }
    return true;
  }

  private byte[] mutant(String sample) throws Exception {
    JsonNode tree = SlowModel.LENIENT.readTree(sample);
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      fields.add("\"" + field.getKey() + "\":" + field.getValue());
    }
    if (random.nextInt(2) == 0) {
      for (int i = fields.size() - 1; i > 0; i--) {
        Collections.swap(fields, i, random.nextInt(i + 1));
      }
    }
    for (int n = random.nextInt(3); n > 0; n--) {
      mutateField(fields);
    }
    String separator = random.nextInt(4) == 0 ? " ,\r\n\t" : ",";
    String text = "{" + String.join(separator, fields) + "}" + (random.nextInt(9) == 0 ? " " : "");
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? mutateBytes(line) : line;
  }

  private void mutateField(List<String> fields) {
    if (fields.isEmpty()) {
      return;
    }
    int at = random.nextInt(fields.size());
    String field = fields.get(at);
    String name = field.substring(0, field.indexOf(':'));
    switch (random.nextInt(8)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(random.nextInt(fields.size() + 1), field);
      case 2 -> fields.add(name + ":" + pick(VALUES));
      case 3 -> fields.add(at, "\"x" + random.nextInt(30) + "\":" + pick(VALUES));
      case 4 -> {
        for (int i = 0; i < 10; i++) {
          fields.add(at, "\"x" + random.nextInt(40) + "\":" + i);
        }
      }
      case 5 -> fields.set(at, name + " : " + field.substring(field.indexOf(':') + 1) + "\n");
      default -> fields.set(at, name + ":" + pick(VALUES));
    }
  }

  private byte[] mutateBytes(byte[] line) {
    int at = random.nextInt(line.length);
    int end = Math.min(line.length, at + random.nextInt(4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(line, 0, at);
    switch (random.nextInt(7)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 -> out.writeBytes(pick(PIECES).getBytes(StandardCharsets.UTF_8));
      case 2 -> out.writeBytes(BAD_UTF8[random.nextInt(BAD_UTF8.length)]);
      case 3 -> {
        return out.toByteArray();
      }
      case 4 -> out.write(line, at, end - at);
      case 5 -> {
        out.write(line[at] ^ (1 << random.nextInt(8)));
        end = at + 1;
      }
      default -> end = Math.min(line.length, end + 1);
    }
    int from = random.nextInt(3) == 0 ? at : end;
    out.write(line, from, line.length - from);
    return out.toByteArray();
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
