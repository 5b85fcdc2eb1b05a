package io.tripwatch.event;

/**
 * A refused record, with its bytes and the place it came from.
 *
 * @param source Kafka topic or file name
 * @param partition Kafka partition; −1 for a file
 * @param position Kafka offset, or line number from 1
 * @param detail one sentence: what was found where
 * @param value the record as it came
 */
public record DeadLetter(
    String source, int partition, long position, Reason reason, String detail, byte[] value) {

  /** Why a record is refused. */
  public enum Reason {
    /** Larger than 64 KiB. */
    TOO_LARGE,
    /** Not UTF-8. */
    BAD_UTF8,
    /** Not one JSON text: syntax, trailing bytes, deeper than 16. */
    BAD_JSON,
    /** A key occurs twice in one object. */
    DUPLICATE_KEY,
    /** A required field is absent or null. */
    MISSING_FIELD,
    /** A field has the wrong type, an unknown enum value, or a value outside its limits. */
    BAD_FIELD,
    /** Received longer after it happened than evidence is taken. */
    TOO_LATE,
    /** There is as much already of one order, flight, device or driver as is taken in. */
    TOO_MANY
  }
}
