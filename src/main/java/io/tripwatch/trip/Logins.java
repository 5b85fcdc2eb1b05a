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

  /** Null while nobody else logged in on a device of his: nobody mostly does. */
  private EventLog<Login> others;

  Logins(Registration registration) {
    this.registration = registration;
  }

  boolean learn(Login login, String driverId) {
    if (login.driverId().equals(driverId)) {
      return own.learn(login);
    }
    others = others == null ? EventLog.byTime() : others;
    return others.learn(login);
  }

  /** His LOGINs and LOGOUTs, in order. */
  public List<Login> own() {
    return own;
  }

  /** LOGINs of others on devices he logged in on, a day around his, in order. */
  public List<Login> others() {
    return others == null ? List.of() : others;
  }

  /** The city the registry has him in at a time; null where it does not know him yet. */
  public String cityAt(long time) {
    FleetRecord held = registration.at(time);
    return held == null ? null : held.city();
  }

  void forgetBefore(long ownTime, long othersTime) {
    own.forgetBefore(ownTime);
    if (others != null) {
      others.forgetBefore(othersTime);
      others = others.isEmpty() ? null : others;
    }
  }

  /** When the first login still known happened. */
  long firstTime() {
    long ownFirst = own.isEmpty() ? PickupTime.NEVER : own.get(0).time();
    return others == null ? ownFirst : Math.min(ownFirst, others.get(0).time());
  }

  boolean isEmpty() {
    return own.isEmpty() && others == null;
  }
}
