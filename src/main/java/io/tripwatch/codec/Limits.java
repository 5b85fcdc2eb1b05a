package io.tripwatch.codec;

import io.tripwatch.event.Plates;
import java.time.Duration;
import java.time.Instant;

/** What the topics' forms allow, and the bounds that keep later arithmetic from overflowing. */
final class Limits {
  /** Contract: larger than 64 KiB is refused. */
  static final int MAX_BYTES = 64 * 1024;

  /** Contract: deeper than 16 is refused. The record's own braces are the first level. */
  static final int MAX_DEPTH = 16;

  /** Contract: ids are 1 to 64 characters. */
  static final int MAX_ID_CHARS = 64;

  /** Contract: no id, for it stands for the order in the ids of alerts about none. */
  static final String NO_ORDER = "-";

  /** Contract: plates are up to 16 characters of any script, at least one a letter or digit. */
  static final int MAX_PLATE_CHARS = 16;

  /**
   * Contract: a city's name is 1 to 64 characters of any script; they are counted as code points.
   */
  static final int MAX_CITY_CHARS = 64;

  /** Contract: the subject of a verdict is 1 to 512 characters. */
  static final int MAX_SUBJECT_CHARS = 512;

  /** Degrees from the equator to a pole. */
  static final double MAX_LAT = 90;

  /** Degrees from Greenwich to the antimeridian. */
  static final double MAX_LON = 180;

  /**
   * Instants lie in the years 0000 to 9999: no sum or difference of two of them overflows, and all
   * are written with four digits of year.
   */
  static final long MIN_INSTANT_MS = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

  /** See {@link #MIN_INSTANT_MS}. */
  static final long MAX_INSTANT_MS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  /** Contract: an event happened in the years 2000 to 2099. */
  static final long MIN_EVENT_TIME_MS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  /** See {@link #MIN_EVENT_TIME_MS}. */
  static final long MAX_EVENT_TIME_MS = Instant.parse("2099-12-31T23:59:59.999Z").toEpochMilli();

  /** Contract: pickups and arrivals are no farther from their record's eventTime. */
  static final Duration MAX_FROM_EVENT_TIME = Duration.ofDays(400);

  /** Contract: an arrival as expected or as it was is no farther from the scheduled one. */
  static final Duration MAX_FROM_SCHEDULE = Duration.ofDays(30);

  /** Ten million million of the currency's units: sums over a nation's day stay within a long. */
  static final long MAX_CENTS = 1_000_000_000_000_000L;

  /** A route of a hundred years, in either direction: its milliseconds, doubled, fit in a long. */
  static final double MAX_ESTIMATED_SECONDS = 100.0 * 365 * 24 * 3600;

  /** Any number of so many digits fits in a long, and all bounds above are shorter. */
  static final int SAFE_LONG_DIGITS = 18;

  /** Of a refused value so much is quoted: the bytes are kept beside it. */
  static final int MAX_QUOTED_CHARS = 40;

  /** Of what a parser says so much is told. */
  static final int MAX_PROBLEM_CHARS = 300;

  /** Of one error in settings so much is told: a list of all rules has room. */
  static final int MAX_ERROR_CHARS = 1_500;

  /** Of all errors in a record so much: the dead letter must not be more than a broker takes. */
  static final int MAX_ERRORS_CHARS = 128 * 1024;

  private Limits() {}

  /** Whether a character may be part of an id. */
  static boolean isIdChar(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '-';
  }

  static boolean isInstant(long ms) {
    return ms >= MIN_INSTANT_MS && ms <= MAX_INSTANT_MS;
  }

  /** Whether a name has the length of a city's, and no control characters (Unicode Cc). */
  static boolean isCity(String name) {
    int chars = name.codePointCount(0, name.length());
    return chars >= 1 && chars <= MAX_CITY_CHARS && name.chars().noneMatch(Character::isISOControl);
  }

  /** Whether there is a letter or digit to compare plates by, and not too much of anything. */
  static boolean isPlate(String plate) {
    return plate.codePointCount(0, plate.length()) <= MAX_PLATE_CHARS
        && (plate.chars().anyMatch(Limits::isAsciiLetterOrDigit) || !Plates.key(plate).isEmpty());
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
