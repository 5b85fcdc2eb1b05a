package io.tripwatch.files;

import io.tripwatch.event.Incoming;
import io.tripwatch.event.Topic;

/** Turns a record's bytes into the event, or the dead letter, they are. Never throws. */
@FunctionalInterface
public interface RecordDecoder {
  /**
   * Decodes one record. Called by one thread only.
   *
   * @param source the file's name
   * @param partition −1, as files have none
   * @param position the line's number from 1
   */
  Incoming decode(Topic topic, String source, int partition, long position, byte[] value);
}
