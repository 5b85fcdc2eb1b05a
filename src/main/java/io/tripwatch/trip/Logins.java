package io.tripwatch.trip;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import java.util.List;

/**
 * The logins of a driver, and those of others on the devices he logged in on.
 *
 * <p>Instants are milliseconds since 1970.
 */
public final class Logins {
  private final Registration registration;
  private final EventLog<Login> own = EventLog.byTime();
  private final EventLog<Login> others = EventLog.byTime();

  Logins(Registration registration) {
    this.registration = registration;
  }

  boolean learn(Login login, String driverId) {
    return (login.driverId().equals(driverId) ? own : others).learn(login);
  }

  /** His LOGINs and LOGOUTs, in order. */
  public List<Login> own() {
    return own;
  }

  /** LOGINs of others on devices he logged in on, a day around his, in order. */
  public List<Login> others() {
    return others;
  }

  /** The city the registry has him in at a time; null where it does not know him yet. */
  public String cityAt(long time) {
    FleetRecord held = registration.at(time);
    return held == null ? null : held.city();
  }

  void forgetBefore(long ownTime, long othersTime) {
    own.forgetBefore(ownTime);
    others.forgetBefore(othersTime);
  }

  /** When the first login still known happened. */
  long firstTime() {
    long ownFirst = own.isEmpty() ? PickupTime.NEVER : own.get(0).time();
    return others.isEmpty() ? ownFirst : Math.min(ownFirst, others.get(0).time());
  }

  boolean isEmpty() {
    return own.isEmpty() && others.isEmpty();
  }
}
