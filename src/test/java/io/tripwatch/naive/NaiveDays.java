package io.tripwatch.naive;

import io.tripwatch.naive.NaiveInput.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules about a driver's day: {@code device-shared} and {@code account-in-two-places}. */
final class NaiveDays {
  private final NaiveFacts facts;
  private final Map<String, List<NaiveTrip>> tripsByDriver;
  private final Map<String, NaiveFinding> found = new TreeMap<>();

  NaiveDays(NaiveFacts facts, Map<String, List<NaiveTrip>> tripsByDriver) {
    this.facts = facts;
    this.tripsByDriver = tripsByDriver;
  }

  Collection<NaiveFinding> judge() {
    facts.loginsByDevice.values().forEach(this::deviceShared);
    tripsByDriver.values().forEach(trips -> trips.forEach(this::accountInTwoPlaces));
    return found.values();
  }

  private void deviceShared(List<Event> logins) {
    for (Event later : logins) {
      for (Event other : logins) {
        boolean pair =
            !other.text("driverId").equals(later.text("driverId"))
                && other.time() <= later.time()
                && later.time() - other.time() <= NaiveFacts.DAY_MS;
        if (pair) {
          shared(later.text("driverId"), later.text("deviceId"), later.time());
          shared(other.text("driverId"), later.text("deviceId"), later.time());
        }
      }
    }
  }

  private void shared(String driverId, String deviceId, long time) {
    String city = facts.registryCity(driverId, time);
    add(
        "device-shared",
        facts.settingsAt(time).scope(city, null),
        driverId,
        deviceId + "@" + day(facts.settingsAt(time), city, time),
        time);
  }

  private void accountInTwoPlaces(NaiveTrip trip) {
    List<NaiveFix> fixes = facts.ofAnyDevice(trip.driverId, trip.set.value("trip.maxAccuracyM"));
    for (NaiveFix fix : NaiveFacts.within(fixes, NaiveTracks.windowStart(trip), trip.end)) {
      NaiveFix before = latestElsewhere(fixes, fix);
      if (before != null
          && fix.time - before.time <= 5 * NaiveTrip.MINUTE_MS
          && before.metresTo(fix) > 5000
          && before.kmhTo(fix) > trip.set.value("rules.account-in-two-places.kmh")) {
        String city = facts.registryCity(trip.driverId, fix.time);
        add(
            "account-in-two-places",
            trip.set,
            trip.driverId,
            day(trip.set.settings(), city, fix.time),
            fix.time);
      }
    }
  }

  /** The latest fix strictly before this from another device; of one time the first. */
  private static NaiveFix latestElsewhere(List<NaiveFix> fixes, NaiveFix fix) {
    NaiveFix latest = null;
    for (int i = NaiveFacts.firstFrom(fixes, fix.time) - 1; i >= 0; i--) {
      NaiveFix other = fixes.get(i);
      if (latest != null && other.time < latest.time) {
        break;
      }
      if (!other.deviceId.equals(fix.deviceId)) {
        latest = other;
      }
    }
    return latest;
  }

  private static String day(NaiveSettings settings, String city, long time) {
    return Instant.ofEpochMilli(time)
        .atZone(settings.scope(city, null).zone())
        .toLocalDate()
        .toString();
  }

  private void add(
      String rule, NaiveSettings.Scope set, String driverId, String subject, long moment) {
    String name = "rules." + rule + ".";
    if (!set.on(name + "enabled")) {
      return;
    }
    String alertId = "-/" + driverId + "/" + rule + "/" + subject;
    NaiveFinding finding =
        new NaiveFinding(
            alertId,
            rule,
            null,
            driverId,
            set,
            moment,
            false,
            set.on(name + "review"),
            set.ms(name + "fineCents"),
            set.ms(name + "points"));
    found.merge(alertId, finding, (a, b) -> b.moment() < a.moment() ? b : a);
  }
}
