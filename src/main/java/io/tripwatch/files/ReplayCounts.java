package io.tripwatch.files;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a replay has done.
 *
 * @param read records: accepted, repeated, refused and left out
 * @param accepted events judged, each once
 * @param repeated records of events that were known already
 * @param deadLettered records refused
 * @param tooMany of them, those of a key of which there is as much as is taken in
 * @param leftOut how many times a record was kept from someone it bears on
 * @param afterUntil events left out as they happened after {@code --until}
 * @param until where event time ended; null when nothing was accepted and no end was given
 * @param unknown JSON files in the input folder that are no inputs, and were not read
 * @param padded gzipped files with zeros behind them, which were passed over
 * @param replaying the second reading, to the end of the job
 * @param took all of it: Flink's start, the first reading, the second
 */
public record ReplayCounts(
    long read,
    long accepted,
    long repeated,
    long deadLettered,
    long tooMany,
    long leftOut,
    long afterUntil,
    Instant until,
    List<String> unknown,
    List<String> padded,
    Duration replaying,
    Duration took) {
  /** Records read each second by the second reading. */
  public long recordsPerSecond() {
    return Math.round(read / Math.max(seconds(replaying), 0.001));
  }

  /** A few lines for people. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d records read: %,d accepted, %,d repeated, %,d dead-lettered, %,d after the end;"
                + " event time ends at %s%n",
            read,
            accepted,
            repeated,
            deadLettered,
            afterUntil,
            until == null ? "no event" : until));
    text.append(
        String.format(
            Locale.ROOT,
            "replayed in %.1f s, %,d records/s; %.1f s with starting and ordering",
            seconds(replaying),
            recordsPerSecond(),
            seconds(took)));
    if (tooMany > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nwarning: %,d records are dead letters for there were too many of one key;"
                  + " see TOO_MANY in dead-letters.ndjson",
              tooMany));
    }
    if (leftOut > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nwarning: %,d times a record was not told to all it bears on: one vehicle or"
                  + " device is shared by too many drivers",
              leftOut));
    }
    if (!unknown.isEmpty()) {
      text.append(
          String.format("%nnot read, as they are no inputs: %s", String.join(", ", unknown)));
    }
    if (!padded.isEmpty()) {
      text.append(
          String.format(
              "%nwarning: zeros behind what is gzipped are passed over; all before them was read: %s",
              String.join(", ", padded)));
    }
    return text.toString();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
