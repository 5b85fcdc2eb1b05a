package io.tripwatch.rule;

import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.Optional;

/** A statement about one trip and what was seen of it, settled soon after the trip's end. */
public non-sealed interface TripRule extends Rule {
  /** The finding, if the rule holds. */
  Optional<Finding> judge(Trip trip, Values settings);
}
