package io.tripwatch.files;

import io.tripwatch.event.Topic;

/**
 * One line of a replay folder's file.
 *
 * @param file the file's name within the folder
 * @param number from 1, empty lines counted
 * @param bytes without the line's ending; its first {@link LineReader#KEPT_BYTES} if it is longer
 * @param length of the whole line in bytes, without its ending
 */
record Line(Topic topic, String file, long number, byte[] bytes, long length) {
  /** Whether bytes of it were left out. */
  boolean cut() {
    return length > bytes.length;
  }
}
