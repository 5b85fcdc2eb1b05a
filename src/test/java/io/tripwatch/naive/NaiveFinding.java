package io.tripwatch.naive;

/**
 * A rule that holds.
 *
 * @param trip null for what is about a driver's day
 * @param moment milliseconds
 */
record NaiveFinding(
    String alertId,
    String rule,
    NaiveTrip trip,
    String driverId,
    NaiveSettings.Scope set,
    long moment,
    boolean unverified,
    boolean review,
    long fineCents,
    long points) {

  String setting(String name) {
    return "rules." + rule + "." + name;
  }

  boolean shadow() {
    return set.on(setting("shadow"));
  }

  String family() {
    return NaiveSettings.family(rule);
  }

  /** When the trip ended; NEVER for what is about a driver's day, so that any word bears on it. */
  long end() {
    return trip == null ? NaiveTrip.NEVER : trip.end;
  }
}
