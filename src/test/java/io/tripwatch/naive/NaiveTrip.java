package io.tripwatch.naive;

import io.tripwatch.naive.NaiveGeo.Place;
import io.tripwatch.naive.NaiveInput.Event;
import java.util.ArrayList;
import java.util.List;

/** What a trip knows: one driver's service of one order. Times are milliseconds, NEVER if none. */
final class NaiveTrip {
  static final long NEVER = Long.MAX_VALUE;
  static final long MINUTE_MS = 60_000;
  private static final long EVIDENCE_MS = MINUTE_MS;

  /** The order events of one turn, as the order's story tells them. */
  record Turn(String tripId, List<Event> events, Event cancelled, long awayAt) {}

  final NaiveFacts facts;
  final String id;
  final String orderId;
  final String driverId;
  final NaiveSettings.Scope set;
  final NaivePickupTime pickupTime;
  final Event opening;
  final Event last;
  final Event cancelled;
  final List<Event> events;
  final boolean isPickup;
  final boolean hasFlight;

  final long accepted;
  final long end;
  final long cancelledAt;
  final long start;
  final long finish;
  final long calledOff;
  final long tenBefore;

  /** All presses of the trip, and those that count, by Tend + 60 s. */
  final List<Event> presses;

  final List<Event> counted;
  final List<Event> calls;
  final List<Event> statuses;
  final List<NaiveFix> track;
  final long stay;
  final long presence;

  NaiveTrip(NaiveFacts facts, List<Event> orderEvents, Turn turn) {
    this.facts = facts;
    id = turn.tripId;
    opening = turn.events.get(0);
    orderId = opening.text("orderId");
    driverId = opening.text("driverId");
    accepted = opening.time();
    String scenario = opening.text("scenario");
    isPickup = scenario.endsWith("_PICKUP");
    set = facts.settingsAt(accepted).scope(opening.text("city"), scenario);
    pickupTime = new NaivePickupTime(facts, orderEvents, isPickup);
    tenBefore = pickupTime.deadline(-10 * MINUTE_MS);
    cancelled = turn.cancelled;
    cancelledAt = cancelled == null ? NEVER : cancelled.time();
    long dayAfter = pickupTime.deadline(NaiveFacts.DAY_MS);
    long lost = Math.min(cancelledAt, turn.awayAt);

    presses =
        facts.presses.getOrDefault(orderId, List.of()).stream()
            .filter(p -> p.text("driverId").equals(driverId))
            .filter(p -> p.time() >= accepted && p.time() <= lost)
            .filter(p -> p.time() <= dayAfter + EVIDENCE_MS)
            .toList();
    List<Event> once = unrepeated(presses, set.ms("trip.repeat"));
    finish = finish(once);
    counted =
        once.stream().filter(p -> !p.text("button").equals("START") || p.time() <= finish).toList();
    start = first("START");
    end = Math.min(Math.min(finish, lost), dayAfter);

    events =
        turn.events.stream().filter(e -> e == opening || e.time() <= end + EVIDENCE_MS).toList();
    last = events.get(events.size() - 1);
    calls =
        facts.calls.getOrDefault(orderId, List.of()).stream()
            .filter(c -> c.text("driverId").equals(driverId) && c.time() >= accepted)
            .toList();
    hasFlight = last.has("flightNo");
    statuses = statusesUntil(end + EVIDENCE_MS);
    calledOff = calledOffBy(end + EVIDENCE_MS);
    track = facts.usable(driverId, set.value("trip.maxAccuracyM"));
    stay = firstStay();
    presence = Math.min(Math.min(firstOnSiteNotAway(), startNotAway()), stay);
  }

  private static List<Event> unrepeated(List<Event> presses, long repeatMs) {
    List<Event> counted = new ArrayList<>();
    for (Event press : presses) {
      boolean repeats =
          counted.stream()
              .anyMatch(
                  c ->
                      c.text("button").equals(press.text("button"))
                          && press.time() - c.time() <= repeatMs);
      if (!repeats) {
        counted.add(press);
      }
    }
    return counted;
  }

  private long finish(List<Event> once) {
    long started = NEVER;
    for (Event press : once) {
      if (press.text("button").equals("START")) {
        started = Math.min(started, press.time());
      }
    }
    for (Event press : once) {
      if (press.text("button").equals("END")
          && (press.time() >= started || press.time() >= tenBefore)) {
        return press.time();
      }
    }
    return NEVER;
  }

  private long first(String button) {
    return counted.stream()
        .filter(p -> p.text("button").equals(button))
        .mapToLong(Event::time)
        .min()
        .orElse(NEVER);
  }

  // Flight or train.

  List<Event> statusesUntil(long time) {
    String flight = NaiveFacts.flight(last);
    return flight == null
        ? List.of()
        : facts.flights.getOrDefault(flight, List.of()).stream()
            .filter(s -> s.time() <= time)
            .toList();
  }

  /** Koff by the statuses until the time. */
  long calledOffBy(long time) {
    long off = NEVER;
    for (Event status : statusesUntil(time)) {
      if (callsOff(status)) {
        off = Math.min(off, status.time());
      } else if (reinstates(status)) {
        off = NEVER;
      }
    }
    return off;
  }

  private boolean callsOff(Event status) {
    return switch (status.text("status")) {
      case "CANCELLED" -> true;
      case "DIVERTED", "RETURNED" -> isPickup;
      default -> false;
    };
  }

  private static boolean reinstates(Event status) {
    return switch (status.text("status")) {
      case "SCHEDULED", "DELAYED", "DEPARTED" -> true;
      default -> false;
    };
  }

  // Places.

  /** The order event of the trip that held at the time. */
  Event heldAt(long time) {
    Event held = opening;
    for (Event event : events) {
      if (event.time() <= time) {
        held = event;
      }
    }
    return held;
  }

  double radiusM(String place) {
    return set.value(place.equals("pickup") ? "trip.pickupRadiusM" : "trip.dropoffRadiusM");
  }

  private List<NaiveFix> around(long time) {
    long window = set.ms("trip.pressWindow");
    return NaiveFacts.within(track, time - window, Math.min(time + window, end + EVIDENCE_MS));
  }

  private boolean anyInside(String place, long time) {
    Place centre = heldAt(time).place(place);
    return around(time).stream().anyMatch(f -> f.nearestM(centre) <= radiusM(place));
  }

  boolean near(String place, long time) {
    return anyInside(place, time);
  }

  boolean away(String place, long time) {
    return !around(time).isEmpty() && !anyInside(place, time);
  }

  boolean inside(NaiveFix fix, String place) {
    return fix.nearestM(last.place(place)) <= radiusM(place);
  }

  // Presence.

  private long firstStay() {
    long after = Math.max(accepted, last.number("pickupAt") - 90 * MINUTE_MS);
    List<NaiveFix> run = new ArrayList<>();
    for (NaiveFix fix : NaiveFacts.within(track, after + 1, end - 1)) {
      boolean inside = inside(fix, "pickup");
      if (!run.isEmpty() && (!inside || fix.time - run.get(run.size() - 1).time > 5 * MINUTE_MS)) {
        if (isStay(run)) {
          return run.get(0).time;
        }
        run.clear();
      }
      if (inside) {
        run.add(fix);
      }
    }
    return isStay(run) ? run.get(0).time : NEVER;
  }

  private boolean isStay(List<NaiveFix> run) {
    if (run.isEmpty()) {
      return false;
    }
    long to = run.get(run.size() - 1).time;
    return to - run.get(0).time >= set.ms("trip.stay") && to >= tenBefore - 5 * MINUTE_MS;
  }

  List<Event> onSites() {
    return counted.stream()
        .filter(p -> p.text("button").equals("ON_SITE") && p.time() <= end)
        .toList();
  }

  long firstOnSiteNotAway() {
    return onSites().stream()
        .mapToLong(Event::time)
        .filter(t -> !away("pickup", t))
        .min()
        .orElse(NEVER);
  }

  private long startNotAway() {
    return start != NEVER && !away("pickup", start) ? start : NEVER;
  }

  /** Whether the presence is seen by the time, not merely claimed. */
  boolean seenBy(long time) {
    return stay <= time
        || start <= time && near("pickup", start)
        || onSites().stream().anyMatch(p -> p.time() <= time && near("pickup", p.time()));
  }

  // Contact.

  boolean contactIn(long from, long to) {
    return calls.stream().anyMatch(c -> c.time() >= from && c.time() <= to && isContact(c));
  }

  private static boolean isContact(Event call) {
    boolean byDriver = call.text("caller").equals("DRIVER");
    return switch (call.text("outcome")) {
      case "CONNECTED" -> true;
      case "SENT" -> byDriver;
      default -> false;
    };
  }

  // Confidence.

  /** The first time at which something moved or came back too shortly before P, or NEVER. */
  long shortNotice() {
    long noticeMs = set.ms("trip.notice");
    long first = NEVER;
    for (int i = 1; i < events.size(); i++) {
      Event before = events.get(i - 1);
      Event event = events.get(i);
      boolean moved =
          event.number("pickupAt") < before.number("pickupAt")
              || NaiveGeo.metres(event.place("pickup"), before.place("pickup")) > radiusM("pickup");
      if (moved && event.time() > event.number("pickupAt") - noticeMs && event.time() <= end) {
        first = Math.min(first, event.time());
      }
    }
    boolean off = false;
    for (Event status : statuses) {
      if (off
          && reinstates(status)
          && status.time() >= accepted
          && status.time() <= end
          && status.time() > pickupTime.at(status.time()) - noticeMs) {
        first = Math.min(first, status.time());
      }
      off = callsOff(status) || off && !reinstates(status);
    }
    return first;
  }

  /** Whether a deadline has come. */
  boolean comes(long deadline) {
    return deadline >= accepted && deadline <= Math.min(end, calledOff) && deadline <= facts.now;
  }

  /** Whether at the cancellation the driver had waited for the free wait in vain. */
  boolean waitedInVain(long k) {
    return presence <= k
        && k >= Math.max(presence, pickupTime.at(k)) + set.ms("rules.pickup-abandoned.freeWait");
  }

  /** The usable fixes of the vehicle of the trip's plate. */
  List<NaiveFix> vehicle() {
    String plate = null;
    for (Event event : events) {
      plate = event.text("type").equals("CHANGED") ? plate : event.text("plate");
    }
    return facts.ofVehicle(NaiveFix.plateKey(plate));
  }

  boolean completed() {
    return start != NEVER && finish != NEVER;
  }

  boolean changedAfterStart() {
    return events.stream().anyMatch(e -> e.text("type").equals("CHANGED") && e.time() > start);
  }
}
