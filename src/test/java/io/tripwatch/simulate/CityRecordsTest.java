package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.Decoded;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.DeadLetter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the decoder makes of a city. */
class CityRecordsTest {
  private final EventDecoder decoder = new EventDecoder();

  @Test
  void everyRecordIsAccepted() {
    CityTest.each(
        CityTest.plan(31, 60, "late=0.05,offline=0.2,shuffle=60s,duplicate=0.05,clock=0.1"),
        delivery -> {
          Decoded decoded = decoder.decode(delivery.topic(), delivery.json());
          assertTrue(decoded.isAccepted(), () -> decoded.detail() + new String(delivery.json()));
        });
  }

  @Test
  void whatIsTooLateOrMalformedIsRefusedAndNothingElse() {
    Map<DeadLetter.Reason, Integer> refused = new EnumMap<>(DeadLetter.Reason.class);
    CityTest.each(
        CityTest.plan(32, 60, "toolate=0.01,malformed=0.01"),
        delivery -> {
          Decoded decoded = decoder.decode(delivery.topic(), delivery.json());
          if (!decoded.isAccepted()) {
            refused.merge(decoded.reason(), 1, Integer::sum);
          }
        });
    assertEquals(
        Set.of(
            DeadLetter.Reason.TOO_LATE,
            DeadLetter.Reason.BAD_JSON,
            DeadLetter.Reason.BAD_FIELD,
            DeadLetter.Reason.DUPLICATE_KEY,
            DeadLetter.Reason.BAD_UTF8),
        refused.keySet());
  }
}
