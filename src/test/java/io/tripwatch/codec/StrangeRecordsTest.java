package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.StrangeRecords.Strange;
import io.tripwatch.codec.StrangeRecords.When;
import io.tripwatch.event.Event;
import io.tripwatch.event.Topic;
import io.tripwatch.event.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrangeRecordsTest {
  private static final int RECORDS = 20_000;

  private final EventDecoder decoder = new EventDecoder();

  @ParameterizedTest
  @EnumSource(When.class)
  void areAcceptedAlikeOnBothWaysAndComeBackFromTheWire(When when) throws IOException {
    StrangeRecords records = new StrangeRecords(7, when);
    Map<Topic, Integer> accepted = new EnumMap<>(Topic.class);
    for (int i = 0; i < RECORDS; i++) {
      Strange record = records.next();
      String shown = record.topic() + " " + new String(record.json(), StandardCharsets.UTF_8);
      Decoded decoded = decoder.decode(record.topic(), record.json());
      assertTrue(decoded.isAccepted(), () -> decoded + " of " + shown);
      assertEquals(decoder.decodeSlowly(record.topic(), record.json()), decoded, shown);
      assertEquals(decoded.event(), throughTheWire(decoded.event()), shown);
      accepted.merge(record.topic(), 1, Integer::sum);
    }
    assertEquals(Topic.values().length, accepted.size());
  }

  private static Event throughTheWire(Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.write(event, new DataOutputStream(bytes));
    return Wire.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
