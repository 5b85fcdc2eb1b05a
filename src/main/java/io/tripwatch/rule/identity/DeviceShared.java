package io.tripwatch.rule.identity;

import io.tripwatch.event.Login;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.LoginRule;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Logins;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two drivers log in on one device within a day: one account is driven by two. Each of the two is
 * told of once for the device and the local day of the later login, by the first such pair of that
 * day.
 */
public final class DeviceShared implements LoginRule {
  private static final long WITHIN_MS = 24 * 3_600_000L;

  private static final RuleSpec SPEC =
      RuleSpec.of("device-shared", Family.IDENTITY, Severity.MAJOR).fined(5_000, 6).reviewed();

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  /** A login of the driver and one of another on the same device. */
  private record Pair(Login own, Login other) {
    long at() {
      return Math.max(own.time(), other.time());
    }
  }

  @Override
  public List<Finding> judge(Logins logins, RuleBook rules) {
    Map<String, List<Login>> own = byDevice(logins.own());
    Map<String, Pair> firstBySubject = new LinkedHashMap<>();
    byDevice(logins.others())
        .forEach(
            (device, others) ->
                findFirst(own.getOrDefault(device, List.of()), others, logins, rules)
                    .forEach((day, pair) -> firstBySubject.put(device + "@" + day, pair)));
    List<Finding> found = new ArrayList<>();
    firstBySubject.forEach(
        (subject, pair) -> found.add(finding(pair, logins, rules).about(subject)));
    return found;
  }

  private static Map<String, List<Login>> byDevice(List<Login> logins) {
    Map<String, List<Login>> byDevice = new LinkedHashMap<>();
    for (Login login : logins) {
      if (login.action() == Login.Action.LOGIN) {
        byDevice.computeIfAbsent(login.deviceId(), any -> new ArrayList<>(1)).add(login);
      }
    }
    return byDevice;
  }

  /**
   * The first pair of each day on one device. Of the others before a login of his the earliest will
   * do, and of those after it the earliest of each day: not every pair is looked at.
   *
   * @param owns his logins, in order
   * @param others those of others, in order
   */
  private static Map<LocalDate, Pair> findFirst(
      List<Login> owns, List<Login> others, Logins logins, RuleBook rules) {
    LocalDate[] days = new LocalDate[others.size()];
    int[] nextDay = new int[others.size()];
    for (int i = others.size() - 1; i >= 0; i--) {
      days[i] = day(others.get(i).time(), logins, rules);
      boolean isSame = i + 1 < days.length && days[i].equals(days[i + 1]);
      nextDay[i] = isSame ? nextDay[i + 1] : i + 1;
    }
    Map<LocalDate, Pair> first = new LinkedHashMap<>();
    int from = 0;
    int after = 0;
    for (Login own : owns) {
      while (from < days.length && others.get(from).time() < own.time() - WITHIN_MS) {
        from++;
      }
      while (after < days.length && others.get(after).time() <= own.time()) {
        after++;
      }
      if (from < after) {
        put(first, day(own.time(), logins, rules), new Pair(own, others.get(from)));
      }
      for (int i = after; i < days.length; i = nextDay[i]) {
        if (others.get(i).time() - own.time() > WITHIN_MS) {
          break;
        }
        put(first, days[i], new Pair(own, others.get(i)));
      }
    }
    return first;
  }

  private static void put(Map<LocalDate, Pair> first, LocalDate day, Pair pair) {
    first.merge(day, pair, (a, b) -> b.at() < a.at() ? b : a);
  }

  private static LocalDate day(long time, Logins logins, RuleBook rules) {
    return LocalDate.ofInstant(
        Instant.ofEpochMilli(time), rules.at(time).zone(logins.cityAt(time)));
  }

  private static Finding finding(Pair pair, Logins logins, RuleBook rules) {
    Values settings = rules.at(pair.at()).forDrivers(logins.cityAt(pair.at())).of(SPEC);
    String message =
        "Drivers "
            + pair.own.driverId()
            + " and "
            + pair.other.driverId()
            + " logged in on device "
            + pair.own.deviceId()
            + " within "
            + Saying.span(pair.own.time() - pair.other.time())
            + ", the last at "
            + Saying.instant(pair.at())
            + ".";
    return Finding.at(pair.at(), settings, message)
        .with("deviceId", pair.own.deviceId())
        .withInstant("loginAt", pair.own.time())
        .with("otherDriverId", pair.other.driverId())
        .withInstant("otherLoginAt", pair.other.time())
        .with("apartSeconds", Rounded.secondsUp(Math.abs(pair.own.time() - pair.other.time())));
  }
}
