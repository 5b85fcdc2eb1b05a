package io.tripwatch.trip;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Whether a login of his is one more than is taken in. */
  boolean isOneTooMany(Login login, String driverId) {
    return login.driverId().equals(driverId)
        && Bound.LOGINS_OF_A_DRIVER.isReachedAround(login.time(), own)
        && !own.knows(login);
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

  /**
   * Forgets the logins before a time, but those on a phone not his for longer: {@code
   * unregistered-device} may ask for them when a pickup time is moved into the past.
   */
  void forgetBefore(long ownTime, long foreignTime, long othersTime) {
    own.forgetIf(
        login -> login.time() < (isForeign(login) ? Math.min(foreignTime, ownTime) : ownTime));
    if (others != null) {
      others.forgetBefore(othersTime);
      others = others.isEmpty() ? null : others;
    }
  }

  private boolean isForeign(Login login) {
    FleetRecord held = registration.at(login.time());
    return login.action() == Login.Action.LOGIN
        && held != null
        && !held.phones().contains(login.deviceId());
  }

  /** When the next login may be forgotten though nothing is learned; NEVER if there is none. */
  long nextExpiry() {
    long next = PickupTime.NEVER;
    for (Login login : own) {
      long kept =
          isForeign(login)
              ? Horizons.FOREIGN_LOGINS_MS
              : Horizons.LOGINS_BEFORE_START_MS + Horizons.LATE_EVIDENCE_MS;
      next = Math.min(next, login.time() + kept + 1);
    }
    return others == null
        ? next
        : Math.min(next, others.get(0).time() + Horizons.OTHERS_LOGINS_MS + 1);
  }

  /** The devices he logged in on, as far as known. */
  Set<String> devices() {
    Set<String> devices = new HashSet<>();
    own.forEach(login -> devices.add(login.deviceId()));
    return devices;
  }

  /** When the first login still known happened; NEVER if there is none. */
  long firstTime() {
    long ownFirst = own.isEmpty() ? PickupTime.NEVER : own.get(0).time();
    return others == null ? ownFirst : Math.min(ownFirst, others.get(0).time());
  }

  boolean isEmpty() {
    return own.isEmpty() && others == null;
  }
}
