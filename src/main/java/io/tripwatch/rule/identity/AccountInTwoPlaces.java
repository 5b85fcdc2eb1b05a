package io.tripwatch.rule.identity;

import io.tripwatch.rule.DayRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.FixChoice;
import io.tripwatch.trip.Trip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Two phones of one account report within five minutes from places more than five kilometres apart,
 * farther than {@code kmh} takes one: two people drive on one account. The later fix lies in a trip
 * or the hour before its pickup, the earlier one is the latest strictly before it from another
 * device. Once for each local day of the driver's city.
 */
public final class AccountInTwoPlaces implements DayRule {
  static final Setting KMH = Setting.number("kmh", 250, 1, 10_000);

  private static final long WITHIN_MS = 5 * 60_000;
  private static final double APART_M = 5_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("account-in-two-places", Family.IDENTITY, Severity.CRITICAL)
          .fined(10_000, 6)
          .reviewed()
          .with(KMH);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public List<Finding> judge(Trip trip, Values settings) {
    List<Finding> found = new ArrayList<>();
    if (!trip.hasSeveralPhones()) {
      return found;
    }
    Set<String> days = new HashSet<>();
    FixChoice fixes = trip.fixesOfAnyDevice(trip.watchedFrom() - WITHIN_MS, trip.end());
    for (int i = 0; i < fixes.size(); i++) {
      int other = fixes.time(i) < trip.watchedFrom() ? -1 : elsewhere(fixes, i, settings);
      if (other >= 0) {
        String day = trip.localDayAt(fixes.time(i)).toString();
        if (days.add(day) && trip.hasCome(fixes.time(i))) {
          found.add(finding(settings, fixes, other, i).about(day));
        }
      }
    }
    return found;
  }

  /** The fix of another device that shows two places; -1 if there is none. */
  private static int elsewhere(FixChoice fixes, int i, Values settings) {
    int before = i - 1;
    while (before >= 0
        && fixes.time(i) - fixes.time(before) <= WITHIN_MS
        && !isBeforeElsewhere(fixes, before, i)) {
      before--;
    }
    // Of several at that time any that is far counts.
    for (int j = before; j >= 0 && fixes.time(j) == fixes.time(before); j--) {
      if (isBeforeElsewhere(fixes, j, i) && isFar(fixes, j, i, settings.number(KMH))) {
        return j;
      }
    }
    return -1;
  }

  private static boolean isBeforeElsewhere(FixChoice fixes, int j, int i) {
    return fixes.time(j) < fixes.time(i) && !fixes.deviceId(j).equals(fixes.deviceId(i));
  }

  private static boolean isFar(FixChoice fixes, int j, int i, double kmh) {
    long ms = fixes.time(i) - fixes.time(j);
    if (ms > WITHIN_MS) {
      return false;
    }
    double metres = fixes.metresBetween(j, i);
    return metres > APART_M && metres / ms * Trip.MS_AND_M_PER_KMH > kmh;
  }

  private static Finding finding(Values settings, FixChoice fixes, int j, int i) {
    double metres = fixes.metresBetween(j, i);
    long ms = fixes.time(i) - fixes.time(j);
    double kmh = Rounded.tenthUp(metres / ms * Trip.MS_AND_M_PER_KMH);
    String message =
        "Devices "
            + fixes.deviceId(j)
            + " and "
            + fixes.deviceId(i)
            + " of one account were "
            + Rounded.up(metres)
            + " m apart within "
            + Saying.span(ms)
            + " at "
            + Saying.instant(fixes.time(i))
            + ": "
            + Math.round(kmh)
            + " km/h.";
    return Finding.at(fixes.time(i), settings, message)
        .with("firstDeviceId", fixes.deviceId(j))
        .withInstant("firstAt", fixes.time(j))
        .withPlace("first", fixes.lat(j), fixes.lon(j))
        .with("secondDeviceId", fixes.deviceId(i))
        .withInstant("secondAt", fixes.time(i))
        .withPlace("second", fixes.lat(i), fixes.lon(i))
        .with("apartMeters", Rounded.up(metres))
        .with("apartSeconds", ms / 1_000)
        .with("apartKmh", kmh)
        .withExact("limitKmh", settings.number(KMH));
  }
}
