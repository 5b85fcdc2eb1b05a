package io.tripwatch.rule;

import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import java.util.List;

/**
 * A statement about a driver and a local day of his, seen during his trips. Of the findings of
 * several trips on one day the earliest counts.
 */
public non-sealed interface DayRule extends Rule {
  /** The findings of one trip, each with its local date as subject. */
  List<Finding> judge(Trip trip, Values settings);
}
