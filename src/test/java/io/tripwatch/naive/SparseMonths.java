package io.tripwatch.naive;

import static io.tripwatch.naive.SparseLog.DAY;
import static io.tripwatch.naive.SparseLog.HOUR;
import static io.tripwatch.naive.SparseLog.MINUTE;
import static io.tripwatch.naive.SparseLog.object;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Writes months of few orders in which much is early, late, moved, taken back and revived, so that
 * what is kept too briefly or judged too early shows. By seed: the same arguments give the same
 * folder. Unrelated records between the events ({@code interleave}) drive event time on; they
 * change no final verdict, and the last event is the same with and without them.
 */
public final class SparseMonths {
  private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final int PASSENGERS = 60;
  private static final int DRIVERS = 40;
  private static final int UNKNOWN_DRIVERS = 3;

  /** A driver, with what the registry says of him now. */
  static final class Driver {
    final String id;
    final int city;
    final String plate;
    String phone;

    private Driver(int number, int city) {
      id = "d-" + number;
      phone = "ph-" + number;
      plate = "川A" + (1000 + number);
      this.city = city;
    }
  }

  /** A city: its name and its middle. */
  record City(String name, NaiveGeo.Place middle) {}

  static final List<City> CITIES =
      List.of(
          new City("chengdu", new NaiveGeo.Place(30.6, 104.05)),
          new City("SFO", new NaiveGeo.Place(37.7, -122.4)),
          new City("Domat/Ems", new NaiveGeo.Place(46.83, 9.45)),
          new City("成都", new NaiveGeo.Place(30.7, 104.0)));

  final SparseLog log;
  final List<Driver> drivers = new ArrayList<>();
  final long days;

  private SparseMonths(long seed, long days) {
    log = new SparseLog(new Random(seed));
    this.days = days;
  }

  /**
   * Writes a replay folder.
   *
   * @param interleave {@code none}, {@code hourly} or {@code random}
   */
  public static void write(Path folder, long seed, int orders, int days, String interleave)
      throws IOException {
    SparseMonths months = new SparseMonths(seed, days);
    months.registry();
    months.rules();
    for (int i = 0; i < orders; i++) {
      new SparseOrder(months, i).live();
    }
    months.logins();
    months.strayFixes(orders);
    months.undos();
    long last = months.log.last() + 100 * DAY;
    months.unrelated(last);
    months.log.write(folder);
    months.decide(folder);
    months.interleave(interleave, seed);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    months.log.write(folder);
  }

  long anyTime() {
    return START + log.between(0, days * DAY);
  }

  Driver anyDriver() {
    return drivers.get(log.below(drivers.size()));
  }

  Driver anyDriverIn(int city) {
    Driver driver = anyDriver();
    for (int i = 0; i < 30 && driver.city != city; i++) {
      driver = anyDriver();
    }
    return driver;
  }

  int anyPassenger() {
    return log.below(PASSENGERS);
  }

  // The registry.

  private void registry() {
    for (int i = 0; i < DRIVERS; i++) {
      Driver driver = new Driver(i, i % CITIES.size());
      drivers.add(driver);
      if (i >= DRIVERS - UNKNOWN_DRIVERS) {
        continue;
      }
      String city = CITIES.get(driver.city).name();
      boolean terminal = log.chance(0.9);
      record(START - 40 * DAY, driver, city, terminal, driver.phone);
      for (int change = log.below(4); change > 0; change--) {
        switch (log.below(4)) {
          case 0 -> record(anyTime(), driver, city, terminal, driver.phone, driver.phone + "b");
          case 1 -> record(anyTime(), driver, city, !terminal, driver.phone);
          case 2 -> record(anyTime(), driver, log.oneOf("SFO", "chengdu"), terminal, driver.phone);
          default ->
              record(anyTime(), driver, city, terminal, driver.phone, "pd-" + anyPassenger());
        }
      }
      if (log.chance(0.2)) {
        long time = anyTime();
        record(time, driver, city, terminal);
        record(time + log.between(HOUR, 20 * DAY), driver, city, terminal, driver.phone);
      }
    }
  }

  private void record(long time, Driver driver, String city, boolean terminal, String... phones) {
    ObjectNode body =
        object()
            .put("driverId", driver.id)
            .put("plate", driver.plate)
            .put("vehicleClass", "COMFORT")
            .put("city", city);
    for (String phone : phones) {
      body.withArray("/phones").add(phone);
    }
    if (phones.length == 0) {
      body.putArray("phones");
    }
    if (terminal) {
      body.put("vehicleDeviceId", "vt-" + driver.id);
    }
    log.add("fleet", time, body);
  }

  // Settings, undone at times.

  private static final List<String> SETTINGS =
      List.of(
          """
          {"rules":{"no-show":{"noShowAfter":"45 min"},"margin-missed":{"enabled":false},
          "detour":{"factor":1.2}},"scenarios":{"AIRPORT_PICKUP":{"trip":{"pickupRadiusM":700}}},
          "cities":{"SFO":{"rules":{"late-at-pickup":{"fineCents":7000}}}}}
          """,
          """
          {"trip":{"notice":"2 h","stay":"90 s"},"rules":{"end-not-pressed":{"shadow":true},
          "bad-rating":{"stars":2},"gps-spoofed":{"shadow":true},"device-shared":{"points":7}},
          "cities":{"Domat/Ems":{"zone":"Europe/Zurich","scenarios":{"STATION_PICKUP":
          {"rules":{"margin-missed":{"margin":"20 min"}}}}}}}
          """,
          """
          {"trip":{"notice":"0 s","pressWindow":"2 min","repeat":"30 s","maxAccuracyM":60},
          "rules":{"no-contact-after-accept":{"within":"30 min"},"no-show":{"fineCents":30000},
          "clock-behind":{"behind":"20 min"},"speeding":{"for":"0 s"},"fake-order":{"threshold":90}},
          "penalties":{"settleAfter":"48 h"},
          "scenarios":{"STATION_DROPOFF":{"rules":{"late-at-pickup":{"review":true}}}}}
          """,
          "{}");

  private void rules() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < SETTINGS.size(); i++) {
      long time = START + days * DAY * (i + 1) / (SETTINGS.size() + 2) + log.between(0, 5 * DAY);
      version(time, "v" + i, json.readTree(SETTINGS.get(i)).deepCopy());
    }
    ObjectNode nonsense = object();
    nonsense.putObject("trip").put("pickupRadiusM", 999_999);
    version(anyTime(), "v9", nonsense);
  }

  private void version(long time, String version, ObjectNode settings) {
    ObjectNode body =
        object().put("version", version).put("effectiveFrom", time + log.between(MINUTE, 3 * DAY));
    body.set("settings", settings);
    log.add("rules", time, time + 500, body);
  }

  private void undos() {
    List<String> rules =
        List.of(
            "late-at-pickup",
            "no-show",
            "bad-rating",
            "device-shared",
            "no-contact-on-arrival",
            "account-in-two-places",
            "complaint-upheld");
    for (int i = 0; i < 10; i++) {
      long time = anyTime();
      String version = log.oneOf("default", "default", "v0", "v1", "v2", "v3", "v8");
      ObjectNode body =
          object().put("undoId", "u-" + i).put("version", version).put("decidedBy", "head-1");
      if (log.chance(0.8)) {
        body.put("ruleId", rules.get(log.below(rules.size())));
      }
      body.put("from", time - log.between(0, 30 * DAY));
      if (log.chance(0.5)) {
        body.put("until", time + log.between(-5 * DAY, 5 * DAY));
      }
      log.add("undo", time, body.deepCopy().put("state", "UNDONE"));
      if (log.chance(0.4)) {
        log.add("undo", time + log.between(HOUR, 40 * DAY), body.put("state", "RESTORED"));
      }
    }
  }

  // What is about no order.

  private void logins() {
    for (int i = 0; i < days * DRIVERS / 3; i++) {
      Driver driver = anyDriver();
      String device = driver.phone;
      if (log.chance(0.04)) {
        device = log.oneOf(anyDriver().phone, "ph-none-" + log.below(5), "pd-" + anyPassenger());
      }
      login(anyTime(), driver, device);
    }
  }

  void login(long time, Driver driver, String device) {
    log.add(
        "logins",
        time,
        object()
            .put("driverId", driver.id)
            .put("deviceId", device)
            .put("action", log.chance(0.9) ? "LOGIN" : "LOGOUT"));
  }

  private void strayFixes(int orders) {
    for (int i = 0; i < orders; i++) {
      Driver driver = anyDriver();
      NaiveGeo.Place middle = CITIES.get(driver.city).middle();
      ObjectNode body =
          object()
              .put("lat", middle.lat() + log.spread(0.3))
              .put("lon", middle.lon() + log.spread(0.3));
      if (log.chance(0.5)) {
        body.put("source", "PHONE").put("driverId", driver.id).put("deviceId", driver.phone);
      } else {
        body.put("source", "VEHICLE").put("plate", driver.plate).put("deviceId", "vt-" + driver.id);
      }
      log.add("gps", anyTime(), body);
    }
  }

  /** Something that bears on no verdict but lets event time pass. */
  private void unrelated(long time) {
    log.addPlain(
        "gps",
        time,
        object()
            .put("source", "VEHICLE")
            .put("plate", "Z0")
            .put("deviceId", "vt-z")
            .put("lat", 10)
            .put("lon", 10));
  }

  private void interleave(String mode, long seed) {
    SparseLog own = new SparseLog(new Random(~seed));
    long from = log.first() - DAY;
    long to = log.last();
    if (mode.equals("none")) {
      return;
    }
    long step = HOUR;
    for (long time = from; time < to; time += step) {
      if (mode.equals("hourly")) {
        unrelated(time);
      } else if (mode.equals("random")) {
        step = own.chance(0.1) ? own.between(HOUR, 2 * DAY) : own.between(1, 90 * MINUTE);
        if (own.chance(0.5)) {
          unrelated(time);
        } else {
          ObjectNode body =
              object()
                  .put("driverId", "d-unrelated")
                  .put("plate", "Z0")
                  .put("vehicleClass", "COMFORT")
                  .put("city", "chengdu");
          body.putArray("phones").add("ph-unrelated");
          log.addPlain("fleet", time, body);
        }
      } else {
        throw new IllegalArgumentException("interleave is none, hourly or random, not " + mode);
      }
    }
  }

  // What people decide: on alerts that there are.

  private void decide(Path folder) throws IOException {
    NaiveJudge.Verdicts verdicts = NaiveJudge.judge(folder, null);
    for (Map<String, Object> alert : verdicts.alerts().values()) {
      if (log.chance(0.2)) {
        long moment = Instant.parse(alert.get("occurredAt").toString()).toEpochMilli();
        String id = alert.get("alertId").toString();
        decide("ALERT", id, alert.get("driverId").toString(), moment);
        if (log.chance(0.3)) {
          decide("ALERT", id, alert.get("driverId").toString(), moment);
        }
      }
    }
  }

  /** A verdict some time from minutes to weeks after. */
  void decide(String subject, String subjectId, String driverId, long after) {
    long delay =
        log.oneOf(
            log.between(MINUTE, HOUR),
            log.between(HOUR, 3 * DAY),
            log.between(DAY, 29 * DAY),
            log.between(28 * DAY, 34 * DAY));
    log.add(
        "verdicts",
        after + delay,
        object()
            .put("subject", subject)
            .put("subjectId", subjectId)
            .put("driverId", driverId)
            .put("verdict", log.chance(0.5) ? "UPHELD" : "REJECTED")
            .put("decidedBy", "qc-" + log.below(4)));
  }

  /** Usage: {@code SparseMonths OUT_DIR --seed S --orders N --days D --interleave MODE}. */
  public static void main(String[] args) throws IOException {
    long seed = 1;
    int orders = 2000;
    int days = 120;
    String interleave = "none";
    for (int i = 1; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--seed" -> seed = Long.parseLong(args[i + 1]);
        case "--orders" -> orders = Integer.parseInt(args[i + 1]);
        case "--days" -> days = Integer.parseInt(args[i + 1]);
        case "--interleave" -> interleave = args[i + 1];
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    write(Path.of(args[0]), seed, orders, days, interleave);
  }
}
