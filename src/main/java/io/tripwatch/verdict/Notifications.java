package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.contact.NoContactAfterAccept;
import io.tripwatch.trip.PickupTime;
import io.tripwatch.trip.Trip;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What passenger and driver are told of a trip while it goes on. A text once sent is sent: it is
 * never taken back, never sent twice, and never sent of what is long past, so that neither a replay
 * nor a restart texts anyone about it.
 */
final class Notifications {
  /** Of nothing longer past is anybody told. */
  static final long LATEST_MS = 10 * 60_000L;

  /** The driver is told when the pickup time moves by so much. */
  static final long MOVED_MS = 5 * 60_000L;

  /** The driver is reminded so long before he would have failed to call. */
  static final long REMINDED_BEFORE_MS = 15 * 60_000L;

  private static final String CALLED_OFF = "CALLED_OFF";

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Whom a notification is for. */
  private enum To {
    PASSENGER,
    DRIVER
  }

  private final Trip trip;
  private final OrderFile file;
  private final int epoch;
  private final Publisher publisher;

  private Notifications(Trip trip, OrderFile file, int epoch, Publisher publisher) {
    this.trip = trip;
    this.file = file;
    this.epoch = epoch;
    this.publisher = publisher;
  }

  /** Sends what is due and was not sent. */
  static void send(Trip trip, OrderFile file, int epoch, Publisher publisher) {
    // Events are often known before their time: only what has happened by now counts for anything.
    if (!trip.hasCome(trip.openedAt()) || trip.end() < trip.now() - LATEST_MS) {
      return;
    }
    Notifications notifications = new Notifications(trip, file, epoch, publisher);
    notifications.onSite();
    notifications.ratingLink();
    notifications.contactDue();
    if (trip.isPickupWithFlight()) {
      notifications.flightArrived();
    }
    notifications.calledOffOrReinstated();
    notifications.pickupMoved();
  }

  private void onSite() {
    for (Press press : trip.presses()) {
      if (press.button() == Button.ON_SITE) {
        if (press.time() <= trip.end() && isDue(press.time()) && isNews(press)) {
          sendOnce(To.PASSENGER, "ON_SITE", press.time());
        }
        return;
      }
    }
  }

  private void ratingLink() {
    long moment = trip.endPress();
    if (isDue(moment) && isNews(trip.press(Button.END, moment))) {
      sendOnce(To.PASSENGER, "RATING_LINK", moment);
    }
  }

  /**
   * A phone without a network tells of a press when it is long past. Event time may be behind then,
   * too, and in each replay by another span: only the record says how late it came.
   */
  private static boolean isNews(Press press) {
    return press.stamp().arrival() <= press.time() + LATEST_MS;
  }

  private void contactDue() {
    long failsAt = NoContactAfterAccept.dueAt(trip);
    long remindAt = failsAt - REMINDED_BEFORE_MS;
    if (failsAt == NEVER
        || remindAt < trip.openedAt()
        || remindAt < trip.now() - LATEST_MS
        || trip.end() <= trip.now()
        || trip.isCalledOffBy(trip.now())
        || trip.contactIn(trip.openedAt(), trip.now())) {
      return;
    }
    if (trip.hasCome(remindAt) && trip.now() < failsAt) {
      send(To.DRIVER, "CONTACT_DUE", instant(failsAt), remindAt);
    }
  }

  private void flightArrived() {
    for (FlightStatus status : trip.statuses()) {
      if (status.status() == Status.ARRIVED && concernsDriver(status.time())) {
        send(To.DRIVER, "FLIGHT_ARRIVED", status.status().name(), status.time());
        return;
      }
    }
  }

  /** By the statuses so far: what follows may be known already, but has not happened. */
  private void calledOffOrReinstated() {
    List<FlightStatus> changes = trip.journeyChanges();
    int many = 0;
    while (many < changes.size() && trip.hasCome(changes.get(many).time())) {
      many++;
    }
    if (many == 0) {
      return;
    }
    FlightStatus last = changes.get(many - 1);
    boolean calledOff = many % 2 == 1;
    long moment = Math.max(last.time(), trip.openedAt());
    if (concernsDriver(moment) && (calledOff || wasSent(CALLED_OFF))) {
      send(To.DRIVER, calledOff ? CALLED_OFF : "REINSTATED", last.status().name(), moment);
    }
  }

  private void pickupMoved() {
    PickupTime pickupTime = trip.pickupTime();
    long pickup = pickupTime.at(trip.now());
    long movedAt = pickupTime.since(trip.now());
    long movesAt = pickupTime.nextChange(trip.now());
    if (movesAt <= Math.min(trip.start(), trip.end())) {
      trip.hasCome(movesAt);
    }
    if (pickup == NEVER || movedAt <= trip.openedAt() || !concernsDriver(movedAt)) {
      return;
    }
    Long told = file.toldPickups().get(trip.tripId());
    long before = told == null ? pickupTime.at(trip.openedAt()) : told;
    if (Math.abs(pickup - before) >= MOVED_MS) {
      if (send(To.DRIVER, "PICKUP_MOVED", instant(pickup), movedAt)) {
        file.toldPickup(trip.tripId(), pickup);
      }
    }
  }

  /** Whoever drives the passenger, or is through, knows. */
  private boolean concernsDriver(long moment) {
    return moment <= Math.min(trip.start(), trip.end()) && isDue(moment);
  }

  private boolean isDue(long moment) {
    return moment != NEVER && moment >= trip.now() - LATEST_MS && trip.hasCome(moment);
  }

  /** A second one would say the same again, though its moment is another. */
  private void sendOnce(To to, String kind, long moment) {
    if (!wasSent(kind)) {
      send(to, kind, instant(moment), moment);
    }
  }

  private boolean wasSent(String kind) {
    String ofKind = trip.tripId() + "/" + kind + "/";
    return file.notified().stream().anyMatch(sent -> sent.startsWith(ofKind));
  }

  private static String instant(long ms) {
    return INSTANT.format(Instant.ofEpochMilli(ms));
  }

  /** Whether it was not sent before. */
  private boolean send(To to, String kind, String what, long moment) {
    String id = trip.tripId() + "/" + kind + "/" + what;
    if (!file.notified(id)) {
      return false;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("to", to.name());
    fields.put("kind", kind);
    fields.put("what", what);
    fields.put("tripId", trip.tripId());
    fields.put("orderId", trip.orderId());
    if (to == To.DRIVER) {
      fields.put("driverId", trip.driverId());
    } else {
      fields.put("passengerId", trip.booking().passengerId());
    }
    fields.put("occurredAt", Instant.ofEpochMilli(moment));
    publisher.say(Statement.of(OutputTopic.NOTIFICATIONS, id, epoch, null, fields));
    return true;
  }
}
