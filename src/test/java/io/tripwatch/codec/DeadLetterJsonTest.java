package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeadLetterJsonTest {
  private static String line(int partition, byte[] value) {
    DeadLetter letter =
        new DeadLetter("here", partition, 12, DeadLetter.Reason.BAD_UTF8, "it is not", value);
    return new String(DeadLetterJson.write(letter), StandardCharsets.UTF_8);
  }

  @Test
  void namesPartitionAndOffsetOfAKafkaRecord() {
    assertEquals(
        "{\"source\":\"here\",\"partition\":0,\"offset\":12,\"reason\":\"BAD_UTF8\","
            + "\"detail\":\"it is not\",\"valueBase64\":\"//4A\"}",
        line(0, new byte[] {-1, -2, 0}));
  }

  @Test
  void namesTheLineOfAFile() {
    assertEquals(
        "{\"source\":\"here\",\"line\":12,\"reason\":\"BAD_UTF8\",\"detail\":\"it is not\","
            + "\"valueBase64\":\"\"}",
        line(-1, new byte[0]));
  }
}
