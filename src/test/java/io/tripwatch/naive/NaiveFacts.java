package io.tripwatch.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripwatch.naive.NaiveInput.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** All that is known at the end, by what it is about, each list in order. */
final class NaiveFacts {
  static final long DAY_MS = 86_400_000;

  /** Event time at the end: what is later has not come. */
  final long now;

  final Map<String, List<Event>> orders;
  final Map<String, List<Event>> presses;
  final Map<String, List<Event>> calls;
  final Map<String, List<Event>> flights;
  final Map<String, List<Event>> ratings;
  final Map<String, List<Event>> complaints;
  final Map<String, List<Event>> loginsByDriver;
  final Map<String, List<Event>> loginsByDevice;
  private final Map<String, List<Event>> verdicts;
  private final Map<String, List<Event>> registry;
  private final Map<String, Set<String>> everRegistered = new HashMap<>();
  private final Map<String, Event> undos = new TreeMap<>();
  private final List<Event> versions = new ArrayList<>();
  private final Map<String, NaiveSettings> settings = new HashMap<>();
  private final NaiveSettings first;
  private final Map<String, List<NaiveFix>> phones;
  private final Map<String, List<NaiveFix>> vehicles;
  private final Map<String, List<NaiveFix>> chosen = new HashMap<>();

  NaiveFacts(NaiveInput input, NaiveSettings first, long now) {
    this.now = now;
    this.first = first;
    orders = group(input.events("orders", now), e -> e.text("orderId"));
    presses = group(input.events("buttons", now), e -> e.text("orderId"));
    calls = group(input.events("calls", now), e -> e.text("orderId"));
    flights = group(input.events("flights", now), NaiveFacts::flight);
    ratings = group(input.events("ratings", now), e -> e.text("orderId"));
    complaints = group(input.events("complaints", now), e -> e.text("complaintId"));
    List<Event> logins =
        input.events("logins", now).stream().filter(e -> e.text("action").equals("LOGIN")).toList();
    loginsByDriver = group(logins, e -> e.text("driverId"));
    loginsByDevice = group(logins, e -> e.text("deviceId"));
    verdicts = group(input.events("verdicts", now), e -> e.text("subject") + e.text("subjectId"));
    registry = group(input.events("fleet", now), e -> e.text("driverId"));
    registry.forEach(
        (driver, records) ->
            records.forEach(
                r ->
                    phonesOf(r)
                        .forEach(
                            p ->
                                everRegistered
                                    .computeIfAbsent(p, k -> new HashSet<>())
                                    .add(driver))));
    input.events("undo", now).forEach(e -> undos.put(e.text("undoId"), e));
    input.events("rules", now).forEach(this::addVersion);
    List<Event> gps = input.events("gps", now);
    phones = NaiveInput.fixes(gps, true);
    vehicles = NaiveInput.fixes(gps, false);
    phones.values().forEach(l -> l.forEach(this::markRegistered));
  }

  private static Map<String, List<Event>> group(List<Event> events, Function<Event, String> key) {
    Map<String, List<Event>> groups = new TreeMap<>();
    events.forEach(e -> groups.computeIfAbsent(key.apply(e), k -> new ArrayList<>()).add(e));
    return groups;
  }

  /** What a flight's statuses and the orders with that flight have in common; null without one. */
  static String flight(Event event) {
    return event.text("flightNo") == null || event.text("serviceDate") == null
        ? null
        : event.text("flightNo")
            + "\n"
            + event.text("serviceDate")
            + "\n"
            + event.text("arrivesAt");
  }

  // Versions of the settings.

  private void addVersion(Event event) {
    if (settings.containsKey(event.text("version"))) {
      return;
    }
    versions.add(event);
    settings.put(
        event.text("version"),
        new NaiveSettings(event.text("version"), event.body().get("settings")));
  }

  NaiveSettings settingsAt(long time) {
    return versions.stream()
        .filter(v -> v.number("effectiveFrom") <= time)
        .max(Comparator.comparingLong(v -> v.number("effectiveFrom")))
        .map(v -> settings.get(v.text("version")))
        .orElse(first);
  }

  // The registry.

  /** The record that holds at the time, or null. */
  Event registered(String driverId, long time) {
    Event held = null;
    for (Event record : registry.getOrDefault(driverId, List.of())) {
      if (record.time() <= time) {
        held = record;
      }
    }
    return held;
  }

  String registryCity(String driverId, long time) {
    Event record = registered(driverId, time);
    return record == null ? null : record.text("city");
  }

  static Set<String> phonesOf(Event record) {
    Set<String> ids = new HashSet<>();
    if (record != null) {
      for (JsonNode id : record.body().get("phones")) {
        ids.add(id.textValue());
      }
    }
    return ids;
  }

  boolean isPhoneOf(String deviceId, String driverId, long time) {
    return phonesOf(registered(driverId, time)).contains(deviceId);
  }

  /** The drivers to whom the device is registered at the time. */
  List<String> ownersOf(String deviceId, long time) {
    return everRegistered.getOrDefault(deviceId, Set.of()).stream()
        .filter(d -> isPhoneOf(deviceId, d, time))
        .sorted()
        .toList();
  }

  private void markRegistered(NaiveFix fix) {
    Event record = registered(fix.owner, fix.time);
    fix.registered = record == null || phonesOf(record).contains(fix.deviceId);
  }

  // Fixes.

  List<NaiveFix> usable(String driverId, double maxAccuracyM) {
    return chosen.computeIfAbsent(
        driverId + " usable " + maxAccuracyM,
        k ->
            firstOfEachTime(
                phones.get(driverId),
                f -> f.sound && f.accurate(maxAccuracyM) && f.registered && !f.mock));
  }

  /** Fixes that are usable, or would be but for {@code mock}. */
  List<NaiveFix> usableOrMock(String driverId, double maxAccuracyM) {
    return chosen.computeIfAbsent(
        driverId + " mock " + maxAccuracyM,
        k ->
            firstOfEachTime(
                phones.get(driverId), f -> f.sound && f.accurate(maxAccuracyM) && f.registered));
  }

  /** Fixes that are usable but for their device, all of them. */
  List<NaiveFix> ofAnyDevice(String driverId, double maxAccuracyM) {
    return chosen.computeIfAbsent(
        driverId + " any " + maxAccuracyM,
        k ->
            phones.getOrDefault(driverId, List.of()).stream()
                .filter(f -> f.sound && f.accurate(maxAccuracyM) && !f.mock)
                .toList());
  }

  List<NaiveFix> ofVehicle(String plateKey) {
    return chosen.computeIfAbsent(
        plateKey + " vehicle", k -> firstOfEachTime(vehicles.get(plateKey), f -> f.sound));
  }

  private static List<NaiveFix> firstOfEachTime(List<NaiveFix> fixes, Predicate<NaiveFix> which) {
    List<NaiveFix> kept = new ArrayList<>();
    for (NaiveFix fix : fixes == null ? List.<NaiveFix>of() : fixes) {
      if (which.test(fix) && (kept.isEmpty() || kept.get(kept.size() - 1).time != fix.time)) {
        kept.add(fix);
      }
    }
    return kept;
  }

  /** The fixes in [from, to] of a list in order of time. */
  static List<NaiveFix> within(List<NaiveFix> fixes, long from, long to) {
    int start = firstFrom(fixes, from);
    return fixes.subList(start, Math.max(start, firstFrom(fixes, to + 1)));
  }

  /** The index of the first fix at or after the time. */
  static int firstFrom(List<NaiveFix> fixes, long time) {
    int low = 0;
    int high = fixes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fixes.get(middle).time < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // What people decided.

  /**
   * The last verdict on a subject that bears on a trip ended at {@code end}, or null.
   *
   * @param end {@link NaiveTrip#NEVER} for what is about no trip
   */
  Event verdict(String subject, String subjectId, long end) {
    Event last = null;
    for (Event verdict : verdicts.getOrDefault(subject + subjectId, List.of())) {
      if (bears(verdict, end)) {
        last = verdict;
      }
    }
    return last;
  }

  /** When the last UPHELDs in a row on a subject began; never is Long.MAX_VALUE. */
  long upheldSince(String subject, String subjectId, long end) {
    long since = Long.MAX_VALUE;
    for (Event verdict : verdicts.getOrDefault(subject + subjectId, List.of())) {
      if (bears(verdict, end)) {
        boolean isUpheld = verdict.text("verdict").equals("UPHELD");
        since = isUpheld ? Math.min(since, verdict.time()) : Long.MAX_VALUE;
      }
    }
    return since;
  }

  /** When the first verdict on a subject was said, or NEVER. */
  long firstVerdictAt(String subject, String subjectId, long end) {
    return verdicts.getOrDefault(subject + subjectId, List.of()).stream()
        .filter(v -> bears(v, end))
        .mapToLong(Event::time)
        .min()
        .orElse(NaiveTrip.NEVER);
  }

  static boolean bears(Event event, long end) {
    return event.time() - end < 30 * DAY_MS;
  }

  /** When the last undo that covers the alert was said, or Long.MIN_VALUE. */
  long undoneAt(String version, String rule, long moment, long end) {
    long last = Long.MIN_VALUE;
    for (Event undo : undos.values()) {
      boolean covers =
          undo.text("state").equals("UNDONE")
              && undo.text("version").equals(version)
              && (!undo.has("ruleId") || undo.text("ruleId").equals(rule))
              && (!undo.has("from") || undo.number("from") <= moment)
              && (!undo.has("until") || undo.number("until") >= moment);
      if (covers && bears(undo, end)) {
        last = Math.max(last, undo.time());
      }
    }
    return last;
  }
}
