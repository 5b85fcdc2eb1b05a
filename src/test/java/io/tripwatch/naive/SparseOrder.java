package io.tripwatch.naive;

import static io.tripwatch.naive.SparseLog.DAY;
import static io.tripwatch.naive.SparseLog.HOUR;
import static io.tripwatch.naive.SparseLog.MINUTE;
import static io.tripwatch.naive.SparseLog.SECOND;
import static io.tripwatch.naive.SparseLog.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripwatch.naive.SparseMonths.Driver;
import java.time.Instant;
import java.time.ZoneOffset;

/** One order's life, from PLACED to the last complaint. */
final class SparseOrder {
  private final SparseMonths months;
  private final SparseLog log;
  final String id;
  final int city;
  final String passenger;
  final ObjectNode whole = object();
  private Driver driver;
  private long clock;
  private long delay;
  private final boolean fake;

  SparseOrder(SparseMonths months, int number) {
    this.months = months;
    log = months.log;
    id = "o-" + number;
    city = log.below(SparseMonths.CITIES.size());
    fake = log.chance(0.08);
    passenger = "p-" + (fake ? log.below(3) : months.anyPassenger());
  }

  void live() {
    clock = months.anyTime();
    book();
    if (log.chance(0.8)) {
      say("PLACED", clock);
    }
    clock += log.oneOf(log.between(SECOND, 3 * MINUTE), log.between(MINUTE, 2 * HOUR));
    driver = fake ? months.drivers.get(city) : months.anyDriverIn(city);
    boolean goesOn = true;
    for (int turn = 0; turn < 4 && goesOn; turn++) {
      assign(log.oneOf("ACCEPTED", "ACCEPTED", "REASSIGNED"));
      for (int change = log.below(3); change > 0 && log.chance(0.5); change--) {
        change();
      }
      double ending = log.below(100) / 100.0;
      if (ending < 0.66) {
        ride(driver, pickupTime());
        goesOn = log.chance(0.08);
        clock = Math.max(clock, pickupTime() + log.between(-HOUR, 5 * HOUR));
        if (goesOn) {
          cancel(clock);
          revive();
        }
      } else if (ending < 0.86) {
        goesOn = cancelled();
      } else {
        clock = someTime();
        if (log.chance(0.3)) {
          ride(driver, pickupTime());
        }
        driver = months.anyDriverIn(city);
        goesOn = true;
      }
    }
    aftermath();
  }

  // The order itself.

  private void book() {
    NaiveGeo.Place middle = SparseMonths.CITIES.get(city).middle();
    boolean beside = log.chance(0.04);
    double lat = middle.lat() + log.spread(0.1);
    double lon = middle.lon() + log.spread(0.1);
    double toLat =
        lat + (beside ? 0.005 : (log.chance(0.5) ? 1 : -1) * (0.03 + log.below(100) / 1000.0));
    NaiveGeo.Place from = new NaiveGeo.Place(lat, lon);
    NaiveGeo.Place to = new NaiveGeo.Place(toLat, lon + log.spread(0.05));
    double meters = NaiveGeo.metres(from, to) * (1.1 + log.below(30) / 100.0);
    whole.put("orderId", id);
    whole.put(
        "scenario",
        log.oneOf(
            "AIRPORT_PICKUP",
            "AIRPORT_PICKUP",
            "STATION_PICKUP",
            "AIRPORT_DROPOFF",
            "STATION_DROPOFF"));
    whole.put("city", SparseMonths.CITIES.get(city).name());
    whole.put("passengerId", passenger);
    if (log.chance(0.6)) {
      whole.put("passengerDeviceId", "pd-" + passenger.substring(2));
    }
    long lead =
        log.oneOf(
            log.between(10 * MINUTE, 3 * HOUR),
            log.between(HOUR, 2 * DAY),
            log.between(DAY, 25 * DAY));
    whole.put("pickupAt", clock + lead);
    whole.set("pickup", place(from));
    whole.set("dropoff", place(to));
    whole.put("estimatedMeters", (int) meters);
    whole.put("estimatedSeconds", (int) (meters / 9));
    whole.put("orderedClass", log.chance(0.04) ? "BUSINESS" : "COMFORT");
    whole.put("fixedPriceCents", 3000 + log.below(9000));
    if (log.chance(0.3)) {
      whole.put("couponCents", log.chance(0.3) ? whole.get("fixedPriceCents").intValue() : 300);
    }
    if (log.chance(whole.get("scenario").textValue().endsWith("PICKUP") ? 0.7 : 0.4)) {
      flight();
    }
  }

  static ObjectNode place(NaiveGeo.Place place) {
    return object().put("lat", place.lat()).put("lon", place.lon());
  }

  NaiveGeo.Place where(String field) {
    return new NaiveGeo.Place(
        whole.get(field).get("lat").doubleValue(), whole.get(field).get("lon").doubleValue());
  }

  private long pickupAt() {
    return whole.get("pickupAt").longValue();
  }

  /** About when the passenger is there: with the flight's delay, if the driver heeds it. */
  private long pickupTime() {
    return pickupAt() + (log.chance(0.85) ? delay : 0);
  }

  private void say(String type, long time) {
    log.add("orders", time, whole.deepCopy().put("type", type));
  }

  private void assign(String type) {
    ObjectNode body =
        whole
            .deepCopy()
            .put("type", type)
            .put("driverId", driver.id)
            .put("plate", driver.plate)
            .put("vehicleClass", "COMFORT");
    log.add("orders", clock, body);
    for (int i = log.below(3); i > 0; i--) {
      call(clock + log.between(-5 * MINUTE, 90 * MINUTE));
    }
    if (log.chance(0.05)) {
      log.add("orders", clock + log.between(MINUTE, DAY), body.deepCopy());
    }
  }

  /** A time from now to a while after P. */
  private long someTime() {
    long p = pickupAt() + delay;
    long time =
        log.oneOf(
            log.between(clock, Math.max(clock + MINUTE, p)),
            p - log.between(0, 3 * HOUR),
            p + log.between(-20 * MINUTE, 50 * MINUTE),
            p - HOUR,
            p,
            p + log.between(0, 26 * HOUR));
    return Math.max(time, clock + SECOND);
  }

  private void change() {
    clock = someTime();
    switch (log.below(5)) {
      case 0 -> {
        long by = log.oneOf(log.between(MINUTE, 2 * HOUR), log.between(HOUR, 9 * DAY));
        whole.put("pickupAt", pickupAt() + by);
      }
      case 1 -> {
        long by = log.oneOf(log.between(MINUTE, 2 * HOUR), log.between(HOUR, 3 * DAY));
        whole.put("pickupAt", pickupAt() - by);
      }
      case 2 -> {
        NaiveGeo.Place old = where("pickup");
        double by = log.oneOf(0.003, 0.008, 0.04);
        whole.set("pickup", place(new NaiveGeo.Place(old.lat() + log.spread(by), old.lon() + by)));
      }
      case 3 -> {
        whole.put("fixedPriceCents", 3000 + log.below(9000)).remove("couponCents");
        whole.put("estimatedMeters", log.chance(0.1) ? 400 : 3000 + log.below(20_000));
      }
      default -> {
        NaiveGeo.Place old = where("dropoff");
        whole.set("dropoff", place(new NaiveGeo.Place(old.lat() + 0.03, old.lon())));
      }
    }
    say("CHANGED", clock);
  }

  private void cancel(long time) {
    cancel(time, log.oneOf("PASSENGER", "PASSENGER", "DRIVER", "PLATFORM"));
  }

  private void cancel(long time, String by) {
    ObjectNode body = object().put("type", "CANCELLED").put("orderId", id).put("cancelledBy", by);
    if (log.chance(0.2)) {
      body.put("reason", "OVER_CAPACITY");
    }
    log.add("orders", time, body);
  }

  /** Returns whether somebody takes the order again. */
  private boolean cancelled() {
    clock = someTime();
    if (log.chance(0.5)) {
      call(clock - log.between(0, 16 * MINUTE));
    }
    if (log.chance(0.2)) {
      call(clock - log.between(0, 15 * MINUTE), "CALL", "DRIVER", "CONNECTED");
      new SparseRide(months, this, driver, clock + log.between(-5 * MINUTE, 25 * MINUTE), fake)
          .drive();
      cancel(clock, "PASSENGER");
      return false;
    }
    if (log.chance(0.5)) {
      ride(driver, clock + log.between(-40 * MINUTE, 30 * MINUTE));
    } else if (log.chance(0.5)) {
      ride(driver, pickupTime());
    }
    cancel(clock);
    if (log.chance(0.55)) {
      return false;
    }
    revive();
    return true;
  }

  private void revive() {
    clock +=
        log.oneOf(
            log.between(SECOND, HOUR), log.between(HOUR, 2 * DAY), log.between(DAY, 24 * DAY));
    if (log.chance(0.5)) {
      driver = months.anyDriverIn(city);
    }
    if (log.chance(0.6)) {
      whole.put("pickupAt", clock + log.between(10 * MINUTE, 5 * DAY));
      if (log.chance(0.3)) {
        say("CHANGED", clock - log.between(0, 30 * MINUTE));
      }
    }
  }

  // Flight or train.

  private void flight() {
    long scheduled = pickupAt() - log.between(0, 50 * MINUTE);
    whole.put("flightNo", log.oneOf("CA", "G") + id.substring(2));
    whole.put(
        "serviceDate",
        Instant.ofEpochMilli(scheduled).atZone(ZoneOffset.UTC).toLocalDate().toString());
    if (log.chance(0.6)) {
      whole.put("arrivesAt", "APT");
    }
    if (log.chance(0.1)) {
      return;
    }
    long time = clock - log.between(0, 20 * DAY);
    status(time, "SCHEDULED", scheduled, 0, "");
    int turns = log.below(4);
    for (int i = 0; i < turns; i++) {
      time =
          log.oneOf(
              time + log.between(MINUTE, 2 * DAY),
              scheduled - log.between(0, 12 * HOUR),
              scheduled + log.between(0, 2 * HOUR));
      delay =
          log.oneOf(
              0L,
              log.between(5 * MINUTE, 3 * HOUR),
              log.between(HOUR, DAY),
              log.between(DAY, 12 * DAY),
              -10 * MINUTE);
      switch (log.below(7)) {
        case 0 -> status(time, "CANCELLED", scheduled, 0, "");
        case 1 ->
            status(time, log.oneOf("DIVERTED", "RETURNED"), scheduled, delay, "estimatedArrival");
        case 2 -> status(time, "DEPARTED", scheduled, delay, "estimatedArrival");
        case 3 -> {
          status(time, "CANCELLED", scheduled, 0, "");
          status(
              time + log.oneOf(log.between(MINUTE, 2 * HOUR), log.between(HOUR, 3 * DAY)),
              log.oneOf("SCHEDULED", "DELAYED", "DEPARTED"),
              scheduled,
              delay,
              "estimatedArrival");
        }
        default -> status(time, "DELAYED", scheduled, delay, "estimatedArrival");
      }
    }
    if (log.chance(0.7)) {
      long arrived = scheduled + delay;
      long told = arrived + log.oneOf(log.between(-MINUTE, 5 * MINUTE), log.between(0, 15 * DAY));
      status(told, "ARRIVED", scheduled, delay, log.chance(0.9) ? "actualArrival" : "");
    }
    delay = Math.max(0, delay);
  }

  private void status(long time, String status, long scheduled, long late, String field) {
    ObjectNode body =
        object()
            .put("status", status)
            .put("flightNo", whole.get("flightNo").textValue())
            .put("serviceDate", whole.get("serviceDate").textValue())
            .put("mode", whole.get("flightNo").textValue().startsWith("G") ? "TRAIN" : "FLIGHT")
            .put("scheduledArrival", scheduled);
    if (whole.has("arrivesAt")) {
      body.put("arrivesAt", whole.get("arrivesAt").textValue());
    }
    if (!field.isEmpty()) {
      body.put(field, scheduled + late);
    }
    log.add("flights", time, body);
  }

  // Contact and ride.

  private void call(long time) {
    boolean call = log.chance(0.7);
    call(
        time,
        call ? "CALL" : "SMS",
        log.chance(0.75) ? "DRIVER" : "PASSENGER",
        call
            ? log.oneOf("CONNECTED", "CONNECTED", "NO_ANSWER", "FAILED")
            : log.oneOf("SENT", "SENT", "FAILED"));
  }

  private void call(long time, String channel, String caller, String outcome) {
    log.add(
        "calls",
        time,
        object()
            .put("orderId", id)
            .put("driverId", driver.id)
            .put("passengerId", passenger)
            .put("channel", channel)
            .put("caller", caller)
            .put("outcome", outcome));
  }

  private void ride(Driver who, long pickupTime) {
    if (log.chance(0.07)) {
      return;
    }
    long offset =
        log.oneOf(
            -log.between(10 * MINUTE, 30 * MINUTE),
            -log.between(10 * MINUTE, 20 * MINUTE),
            -log.between(0, 10 * MINUTE),
            log.between(0, 35 * MINUTE),
            log.chance(0.3) ? log.between(-5 * DAY, 3 * DAY) : log.between(-3 * HOUR, 2 * HOUR));
    if (log.chance(0.4)) {
      call(pickupTime + offset + log.between(-15 * MINUTE, 15 * MINUTE));
    }
    if (fake) {
      offset = clock - pickupTime + log.between(0, 4 * MINUTE);
    }
    if (log.chance(0.15)) {
      months.login(
          pickupTime + offset - log.between(-HOUR, log.chance(0.5) ? HOUR : 8 * DAY),
          who,
          log.chance(0.4) && whole.has("passengerDeviceId")
              ? whole.get("passengerDeviceId").textValue()
              : log.oneOf(who.phone, "ph-none", months.anyDriver().phone));
    }
    SparseRide ride = new SparseRide(months, this, who, pickupTime + offset, fake);
    ride.drive();
    if (log.chance(0.04)) {
      clock = Math.max(clock, ride.start());
      whole.put("fixedPriceCents", 3000 + log.below(9000));
      say("CHANGED", clock + log.between(0, 20 * MINUTE));
    }
  }

  // What follows.

  private void aftermath() {
    long ended = Math.max(clock, pickupAt() + delay) + HOUR;
    for (int i = log.below(3); i > 0; i--) {
      long price = whole.get("fixedPriceCents").longValue();
      log.add(
          "orders",
          ended + weeks(),
          object()
              .put("type", "SETTLED")
              .put("orderId", id)
              .put("chargedCents", log.chance(0.25) ? price + log.below(500) : price));
    }
    rate("PASSENGER", ended, fake ? 0.9 : 0.5);
    rate("DRIVER", ended, fake ? 0.9 : 0.35);
    if (log.chance(0.2)) {
      complain(ended);
    }
  }

  /** From minutes before to weeks after, some beyond 30 days. */
  private long weeks() {
    return log.oneOf(
        log.between(-HOUR, HOUR),
        log.between(0, 3 * DAY),
        log.between(DAY, 29 * DAY),
        log.between(27 * DAY, 33 * DAY));
  }

  private void rate(String by, long ended, double chance) {
    for (int i = log.chance(0.1) ? 2 : 1; i > 0 && log.chance(chance); i--) {
      long time = ended + weeks();
      int stars = log.chance(0.5) ? 1 + log.below(3) : 1 + log.below(5);
      log.add(
          "ratings",
          time,
          object()
              .put("orderId", id)
              .put("driverId", driver.id)
              .put("passengerId", passenger)
              .put("by", by)
              .put("stars", stars));
      if (log.chance(0.25)) {
        months.decide("RATING", id, driver.id, time);
      }
    }
  }

  private void complain(long ended) {
    long opened = ended + weeks();
    String complaint = "c-" + id;
    step(complaint, opened, "OPENED");
    if (log.chance(0.7)) {
      step(complaint, opened + log.between(0, 2 * HOUR), "REPLIED");
    }
    if (log.chance(0.7)) {
      step(
          complaint,
          opened + log.oneOf(log.between(0, 50 * MINUTE), log.between(0, 9 * DAY)),
          "RESOLVED");
    }
    if (log.chance(0.6)) {
      months.decide("COMPLAINT", complaint, driver.id, opened);
    }
  }

  private void step(String complaint, long time, String type) {
    log.add(
        "complaints",
        time,
        object()
            .put("complaintId", complaint)
            .put("orderId", id)
            .put("driverId", driver.id)
            .put("passengerId", passenger)
            .put("type", type)
            .put("category", "ATTITUDE"));
  }
}
