package io.tripwatch.codec;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.DeadLetter.Reason;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Topic;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Turns the bytes of a record into an event, or says why it is none. It throws on no bytes at all,
 * and what it says depends on nothing but topic and bytes.
 *
 * <p>Of several faults the first of these is told: size, UTF-8, JSON, a key that occurs twice, a
 * field missing or bad, lateness.
 *
 * <p>Every record is tried by {@link RecordScanner} first. It accepts or gives up; every refusal is
 * worded by the one slow way.
 *
 * <p>Not thread-safe: one for each reader.
 */
public final class EventDecoder {
  private static final byte[] NO_BYTES = {};

  private final RecordScanner scanner = new RecordScanner();
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer text = CharBuffer.allocate(Limits.MAX_BYTES);

  /**
   * Decodes one record and says where a refused one came from.
   *
   * @param source Kafka topic or file name
   * @param partition Kafka partition; −1 for a file
   * @param position Kafka offset, or line number from 1
   * @param value the record, without the line's end; null where Kafka holds a tombstone
   */
  public Incoming decode(Topic topic, String source, int partition, long position, byte[] value) {
    Event scanned = scan(topic, value);
    if (scanned != null) {
      return accepted(scanned, source, partition, position, value);
    }
    Decoded decoded = decodeSlowly(topic, value);
    if (decoded.isAccepted()) {
      return accepted(decoded.event(), source, partition, position, value);
    }
    return Incoming.refused(
        new DeadLetter(
            source,
            partition,
            position,
            decoded.reason(),
            decoded.detail(),
            value == null ? NO_BYTES : value));
  }

  /** Fixes are by far the most, and no stage refuses one: they go without their bytes. */
  private static Incoming accepted(
      Event event, String source, int partition, long position, byte[] value) {
    return event instanceof Fix
        ? Incoming.accepted(event)
        : Incoming.accepted(event, new Origin(source, partition, position, value));
  }

  /**
   * Decodes one record.
   *
   * @param value the record, without the line's end; null where Kafka holds a tombstone
   */
  public Decoded decode(Topic topic, byte[] value) {
    Event scanned = scan(topic, value);
    return scanned != null ? Decoded.accepted(scanned) : decodeSlowly(topic, value);
  }

  /** The event of an ordinary record; null where the slow way must say what it is. */
  private Event scan(Topic topic, byte[] value) {
    if (value == null || value.length > Limits.MAX_BYTES) {
      return null;
    }
    Event event = scanner.scan(topic, value);
    return event != null && !isTooLate(event) ? event : null;
  }

  /** The same, without trying the fast way first. */
  Decoded decodeSlowly(Topic topic, byte[] value) {
    if (value == null) {
      return Decoded.refused(Reason.BAD_JSON, "the record has no value");
    }
    if (value.length > Limits.MAX_BYTES) {
      return Decoded.refused(
          Reason.TOO_LARGE,
          "the record has " + value.length + " bytes; the limit is " + Limits.MAX_BYTES);
    }
    try {
      int length = decodeUtf8(value);
      Fields fields = new TreeFields("", JsonTree.read(text.array(), length));
      Event event = TopicForms.read(topic, fields);
      refuseIfTooLate(event);
      return Decoded.accepted(event.shortened());
    } catch (Refusal e) {
      return Decoded.refused(e.reason, e.getMessage());
    }
  }

  /** Into {@link #text}, which holds as many characters as a record may have bytes. */
  private int decodeUtf8(byte[] value) throws Refusal {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    text.clear();
    utf8.reset();
    CoderResult result = utf8.decode(bytes, text, true);
    if (result.isError()) {
      throw new Refusal(Reason.BAD_UTF8, "the bytes from " + bytes.position() + " are not UTF-8");
    }
    return text.position();
  }

  private static boolean isTooLate(Event event) {
    Duration limit = lateAfter(event);
    return limit != null && event.stamp().arrival() - event.stamp().eventTime() > limit.toMillis();
  }

  private static void refuseIfTooLate(Event event) throws Refusal {
    if (isTooLate(event)) {
      long lateMs = event.stamp().arrival() - event.stamp().eventTime();
      throw new Refusal(
          Reason.TOO_LATE,
          "received "
              + lateMs
              + " ms after it happened; the limit is "
              + lateAfter(event).toMillis()
              + " ms");
    }
  }

  /** How long after it happened an event may be received; null where it is never too late. */
  private static Duration lateAfter(Event event) {
    return switch (event.topic()) {
      case GPS, BUTTONS, CALLS, LOGINS, FLIGHTS -> Topic.LATE_EVIDENCE;
      case FLEET, RULES -> Topic.LATE_ORDERS;
      case ORDERS ->
          ((OrderEvent) event).type() == OrderEvent.Type.SETTLED ? null : Topic.LATE_ORDERS;
      case RATINGS, COMPLAINTS, VERDICTS, UNDO -> null;
    };
  }
}
