package io.tripwatch.event;

/** A login of a driver's account on a device, or its end. */
public record Login(
    Stamp stamp, String driverId, String deviceId, Action action, String appVersion, String ip)
    implements Event {

  /** Which of the two. */
  public enum Action {
    LOGIN,
    LOGOUT
  }

  @Override
  public Topic topic() {
    return Topic.LOGINS;
  }
}
