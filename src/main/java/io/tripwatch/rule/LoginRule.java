package io.tripwatch.rule;

import io.tripwatch.settings.RuleBook;
import io.tripwatch.trip.Logins;
import java.util.List;

/** A statement about a driver, a device and a local day, seen in logins. */
public non-sealed interface LoginRule extends Rule {
  /**
   * The findings, each with {@code <deviceId>@<local date>} as subject.
   *
   * @param rules the versions of the settings: the one in force at a finding's moment holds for it
   */
  List<Finding> judge(Logins logins, RuleBook rules);
}
