package io.tripwatch.rule;

import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/**
 * A statement about one trip that holds or does not, given all that is known up to the trip's now.
 * Pure: the same trip gives the same finding. A rule that waits for an instant asks the trip
 * whether it has come ({@link Trip#comes}, {@link Trip#hasCome}), and so is asked again when it
 * has. It asks that last, so that no one is woken for what is settled already.
 */
public interface Rule {
  /** Its id, family, consequences and settings. */
  RuleSpec spec();

  /** The finding, if the rule holds. */
  Optional<Finding> judge(Trip trip, Values settings);
}
