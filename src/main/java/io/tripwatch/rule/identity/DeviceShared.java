package io.tripwatch.rule.identity;

import io.tripwatch.event.Login;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.LoginRule;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Settings;
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
    Map<String, Pair> firstBySubject = new LinkedHashMap<>();
    for (Login own : logins.own()) {
      for (Login other : logins.others()) {
        if (areTogether(own, other)) {
          Pair pair = new Pair(own, other);
          firstBySubject.merge(
              subject(pair, logins, rules), pair, (a, b) -> b.at() < a.at() ? b : a);
        }
      }
    }
    List<Finding> found = new ArrayList<>();
    firstBySubject.forEach(
        (subject, pair) -> found.add(finding(pair, logins, rules).about(subject)));
    return found;
  }

  private static boolean areTogether(Login own, Login other) {
    return own.action() == Login.Action.LOGIN
        && other.action() == Login.Action.LOGIN
        && own.deviceId().equals(other.deviceId())
        && Math.abs(own.time() - other.time()) <= WITHIN_MS;
  }

  private static String subject(Pair pair, Logins logins, RuleBook rules) {
    Settings settings = rules.at(pair.at());
    LocalDate day =
        LocalDate.ofInstant(
            Instant.ofEpochMilli(pair.at()), settings.zone(logins.cityAt(pair.at())));
    return pair.own.deviceId() + "@" + day;
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
