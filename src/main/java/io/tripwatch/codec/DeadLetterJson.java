package io.tripwatch.codec;

import io.tripwatch.event.DeadLetter;
import java.util.Base64;

/** Dead letters as they go out. */
public final class DeadLetterJson {
  private DeadLetterJson() {}

  /** One line of UTF-8 without its end; the same dead letter gives the same bytes. */
  public static byte[] write(DeadLetter letter) {
    OutputObject out = new OutputObject().put("source", letter.source());
    if (letter.partition() < 0) {
      out.put("line", letter.position());
    } else {
      out.put("partition", letter.partition()).put("offset", letter.position());
    }
    return out.put("reason", letter.reason().name())
        .put("detail", letter.detail())
        .put("valueBase64", Base64.getEncoder().encodeToString(letter.value()))
        .toBytes();
  }
}
