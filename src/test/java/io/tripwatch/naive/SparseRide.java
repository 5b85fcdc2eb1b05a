package io.tripwatch.naive;

import static io.tripwatch.naive.SparseLog.DAY;
import static io.tripwatch.naive.SparseLog.HOUR;
import static io.tripwatch.naive.SparseLog.MINUTE;
import static io.tripwatch.naive.SparseLog.SECOND;
import static io.tripwatch.naive.SparseLog.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripwatch.naive.NaiveGeo.Place;
import io.tripwatch.naive.SparseMonths.Driver;

/** One ride, or what looks like one: the presses and the fixes of phone and vehicle around it. */
final class SparseRide {
  private enum Fault {
    NONE,
    NO_PHONE,
    NO_VEHICLE,
    GAP,
    MOCK,
    JUMPS,
    STANDS,
    DETOUR,
    SPEEDS,
    APART,
    CLOCK_BEHIND,
    OFFLINE,
    TWO_PHONES,
    FAILED_FIXES,
    ELSEWHERE,
    LEAVES,
    STAYS_PUT,
    FOREIGN_PHONE,
    DATUM
  }

  private final SparseMonths months;
  private final SparseLog log;
  private final SparseOrder order;
  private final Driver driver;
  private final Fault fault;
  private final Place pickup;
  private final Place dropoff;
  private final long arrive;
  private final long start;
  private final long end;
  private final long step;
  private final long behind;
  private final long uploaded;
  private final String device;

  SparseRide(SparseMonths months, SparseOrder order, Driver driver, long arrive, boolean fake) {
    this.months = months;
    this.log = months.log;
    this.order = order;
    this.driver = driver;
    this.arrive = arrive;
    fault = fake ? log.oneOf(Fault.STAYS_PUT, Fault.MOCK, Fault.NONE) : fault();
    Place meant = order.where("pickup");
    boolean elsewhere = fault == Fault.ELSEWHERE;
    pickup = elsewhere ? new Place(meant.lat() + 0.03, meant.lon()) : meant;
    dropoff = fault == Fault.STAYS_PUT ? pickup : order.where("dropoff");
    double meters = NaiveGeo.metres(pickup, order.where("dropoff"));
    start = arrive + (fake ? SECOND : log.between(0, log.chance(0.1) ? 2 * HOUR : 25 * MINUTE));
    long ride = (long) (meters / (7 + log.below(9)) * SECOND) + MINUTE;
    end = start + (log.chance(0.03) ? 3 * HOUR : fake ? 2 * MINUTE : ride);
    step = log.chance(0.2) ? 15 * SECOND : log.oneOf(30, 60, 60, 100) * SECOND;
    behind = fault == Fault.CLOCK_BEHIND ? log.between(4 * MINUTE, 110 * MINUTE) : 0;
    uploaded = end + log.between(0, 40 * MINUTE);
    device = fault == Fault.FOREIGN_PHONE ? months.anyDriver().phone : driver.phone;
  }

  private Fault fault() {
    return log.chance(0.35) ? Fault.NONE : Fault.values()[log.below(Fault.values().length)];
  }

  long start() {
    return start;
  }

  void drive() {
    presses();
    if (fault != Fault.NO_PHONE) {
      phone();
    }
    if (fault != Fault.NO_VEHICLE) {
      vehicle();
    }
  }

  // Presses.

  private void presses() {
    long onSite = arrive + log.oneOf(0L, log.between(0, 5 * MINUTE));
    if (log.chance(0.12)) {
      onSite -= log.oneOf(log.between(0, 20 * MINUTE), log.between(HOUR, 4 * DAY));
    }
    if (log.chance(0.88)) {
      press(onSite, "ON_SITE");
    }
    if (log.chance(0.93)) {
      press(log.chance(0.04) ? start - log.between(0, 3 * HOUR) : start, "START");
    }
    if (log.chance(0.9)) {
      press(log.chance(0.06) ? end - log.between(0, 2 * HOUR) : end, "END");
    }
    if (log.chance(0.05)) {
      press(log.between(arrive - HOUR, end + HOUR), log.oneOf("ON_SITE", "START", "END"));
    }
  }

  private void press(long time, String button) {
    ObjectNode body =
        object().put("orderId", order.id).put("driverId", driver.id).put("button", button);
    body.put("deviceId", device);
    double draw = log.below(1000) / 1000.0;
    if (draw < 0.03) {
      body.put("deviceId", "ph-none-" + log.below(3));
    } else if (draw < 0.05) {
      body.put("deviceId", months.anyDriver().phone);
    } else if (draw < 0.06) {
      body.put("driverId", months.anyDriver().id);
    }
    log.add("buttons", time - behind, received(time, 2 * HOUR), body);
    if (log.chance(0.08)) {
      long again = time + log.oneOf(SECOND, 5 * SECOND, 5 * SECOND + 1, 25 * SECOND, 10 * MINUTE);
      log.add("buttons", again - behind, received(again, 2 * HOUR), body.deepCopy());
    }
  }

  /** When the phone gets it through. */
  private long received(long time, long latest) {
    boolean stored = fault == Fault.OFFLINE && uploaded - time < latest && uploaded > time;
    return stored ? uploaded : time + log.between(100, 3 * SECOND);
  }

  // Fixes.

  /** Where the car is at a time. */
  private Place at(long time) {
    if (time < arrive) {
      double left = Math.min(1, (arrive - time) / (12.0 * MINUTE));
      return new Place(pickup.lat() + 0.05 * left, pickup.lon() + 0.03 * left);
    }
    if (time < start) {
      boolean gone =
          fault == Fault.LEAVES && time > arrive + 5 * MINUTE && time < arrive + 12 * MINUTE;
      return gone ? new Place(pickup.lat() + 0.04, pickup.lon()) : pickup;
    }
    double done = Math.min(1, (time - start) / (double) Math.max(1, end - start));
    double aside = fault == Fault.DETOUR ? 0.15 * Math.sin(done * Math.PI) : 0;
    return new Place(
        pickup.lat() + (dropoff.lat() - pickup.lat()) * done,
        pickup.lon() + (dropoff.lon() - pickup.lon()) * done + aside);
  }

  private void phone() {
    long gapFrom = fault == Fault.GAP ? log.between(start, Math.max(start + 1, end)) : 0;
    long gapTo = gapFrom + log.between(4 * MINUTE, 13 * MINUTE);
    long from = arrive - (log.chance(0.3) ? 20 : 6) * MINUTE;
    int number = 0;
    for (long time = from; time < end + 2 * MINUTE && number < 90; time += step) {
      number++;
      if (time < gapFrom || time > gapTo) {
        fix(time, number);
      }
    }
    for (long time : new long[] {arrive, start, end}) {
      if (log.chance(0.5)) {
        fix(time + log.between(-70 * SECOND, 70 * SECOND), 0);
      }
    }
    if (log.chance(0.1)) {
      fix(arrive - log.between(DAY, 9 * DAY), 0);
    }
  }

  private void fix(long time, int number) {
    Place place = at(time);
    if (fault == Fault.JUMPS && number % 7 == 3) {
      place = new Place(place.lat() + 0.2, place.lon());
    }
    if (fault == Fault.STANDS && number > 5) {
      place = new Place(pickup.lat() + 0.02, pickup.lon());
    }
    ObjectNode body =
        object().put("source", "PHONE").put("driverId", driver.id).put("deviceId", device);
    boolean steady = fault == Fault.STANDS;
    body.put("lat", place.lat() + (steady ? 0 : log.spread(0.0003)));
    body.put("lon", place.lon() + (steady ? 0 : log.spread(0.0003)));
    if (log.chance(0.8)) {
      body.put("accuracyM", log.chance(0.05) ? 150 : 5 + log.below(70));
    }
    if (log.chance(0.9)) {
      boolean fast = fault == Fault.SPEEDS && time > start + 3 * MINUTE;
      body.put("speedKmh", fast ? 125 : 21 + log.below(60));
    }
    if (fault == Fault.MOCK && log.chance(0.05)) {
      body.put("mock", true);
    }
    if (fault == Fault.FAILED_FIXES && log.chance(0.2)) {
      failed(body);
    }
    if (fault == Fault.DATUM) {
      Place gcj = NaiveGeo.toGcj(place);
      body.put("lat", gcj.lat()).put("lon", gcj.lon()).put("datum", "GCJ02");
    }
    log.add("gps", time - behind, received(time, 2 * HOUR), body);
    if (fault == Fault.TWO_PHONES && log.chance(0.1)) {
      ObjectNode other = body.deepCopy().put("deviceId", "ph-second");
      other.put("lat", place.lat() + 0.3);
      long soon = time + log.between(0, 2 * MINUTE);
      log.add("gps", soon, received(soon, 2 * HOUR), other);
    }
  }

  private void failed(ObjectNode body) {
    if (log.chance(0.5)) {
      body.put("accuracyM", -1);
    } else {
      body.put("lat", 0.0005).put("lon", -0.001);
    }
  }

  private void vehicle() {
    long every = log.oneOf(60, 60, 150, 700) * SECOND;
    for (long time = arrive - 3 * MINUTE; time < end + MINUTE; time += every) {
      long drawn = time + log.between(0, 20 * SECOND);
      Place place = at(drawn);
      double aside = fault == Fault.APART ? 0.05 : 0;
      log.add(
          "gps",
          drawn,
          object()
              .put("source", "VEHICLE")
              .put("plate", log.chance(0.2) ? driver.plate.replace("A", "a·") : driver.plate)
              .put("deviceId", "vt-" + driver.id)
              .put("lat", place.lat() + aside)
              .put("lon", place.lon()));
    }
  }
}
