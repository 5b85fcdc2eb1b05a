package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.event.Topic;
import io.tripwatch.job.StagesOnHeap.Level;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** What a checkpoint holds of a driver, in all stages together, keys and timers included. */
class StateSizeTest {
  private static final int DRIVERS = 40;

  private static final long NOON = 1_795_392_000_000L;
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final long FIX_EVERY_MS = 3_000;
  private static final long WATERMARK_EVERY_MS = 30_000;
  private static final long WATERMARK_LAG_MS = 5_000;
  private static final long CHECKPOINT_EVERY_MS = 2 * MINUTE_MS;

  private static final int MAX_OPEN_TRIP_BYTES = 16 * 1024;
  private static final int MAX_ONLINE_BYTES = 6 * 1024;
  private static final int MAX_OFFLINE_BYTES = 250;

  /** Of what is kept for long the registry and the devices know the better part, too. */
  private static final int MAX_OFFLINE_BYTES_OF_ALL_STAGES = 400;

  @Test
  void anOpenTripWithAnHourOfFixesTakesAtMost16Kilobytes() throws Exception {
    try (City city = new City()) {
      city.register();
      city.logIn(NOON);
      city.accept(NOON + 10 * MINUTE_MS);
      city.drive(NOON + 5 * MINUTE_MS, NOON + 40 * MINUTE_MS);
      city.press("ON_SITE", NOON + 40 * MINUTE_MS);
      city.call(NOON + 41 * MINUTE_MS);
      city.press("START", NOON + 42 * MINUTE_MS);
      city.drive(NOON + 40 * MINUTE_MS, NOON + 65 * MINUTE_MS);
      city.atMost(MAX_OPEN_TRIP_BYTES, "open trip with an hour of fixes");
    }
  }

  @Test
  void aDriverOnlineWithoutATripTakesAtMost6Kilobytes() throws Exception {
    try (City city = new City()) {
      city.register();
      city.logIn(NOON);
      // When the first piece is about to be let go of, and all of it is still in state.
      city.drive(NOON, NOON + 3 * HOUR_MS + 5 * MINUTE_MS);
      city.atMost(MAX_ONLINE_BYTES, "online, no trip");
    }
  }

  @Test
  void aDriverOfflineTakesAtMost250Bytes() throws Exception {
    try (City city = new City()) {
      city.register();
      city.logIn(NOON);
      city.drive(NOON, NOON + HOUR_MS);
      city.advanceTo(NOON + 12 * HOUR_MS);
      city.atMost(MAX_OFFLINE_BYTES_OF_ALL_STAGES, "offline since the morning");
      assertTrue(city.ofDrivers() <= MAX_OFFLINE_BYTES, city.ofDrivers() + " bytes");
      city.advanceTo(NOON + 20 * DAY_MS);
      city.atMost(MAX_OFFLINE_BYTES_OF_ALL_STAGES, "offline for weeks");
      assertTrue(city.ofDrivers() <= MAX_OFFLINE_BYTES, city.ofDrivers() + " bytes");
    }
  }

  /** Drivers who all do the same, and the stages that hear of it. */
  private static final class City implements AutoCloseable {
    private final StagesOnHeap stages = new StagesOnHeap(DRIVERS, said -> {});
    private final EventDecoder decoder = new EventDecoder();
    private final Map<String, Level> empty = stages.levels();
    private final Drive[] drives = new Drive[DRIVERS];

    City() throws Exception {
      for (int driver = 0; driver < DRIVERS; driver++) {
        drives[driver] = new Drive(driver);
      }
    }

    private void hear(Topic topic, Json json) throws Exception {
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      Event event = decoder.decode(topic, bytes).event();
      stages.take(Objects.requireNonNull(event, json::toString));
    }

    void register() throws Exception {
      for (int driver = 0; driver < DRIVERS; driver++) {
        Json record = new Json(NOON - 30 * DAY_MS, driver).text("city", "chengdu");
        record.raw("phones", "[\"" + phone(driver) + "\"]").text("plate", plate(driver));
        record.text("vehicleClass", "COMFORT").text("vehicleDeviceId", "vt-" + code(driver));
        hear(Topic.FLEET, record);
      }
      advanceTo(NOON - DAY_MS);
    }

    void logIn(long time) throws Exception {
      for (int driver = 0; driver < DRIVERS; driver++) {
        Json login = new Json(time, driver).received().text("deviceId", phone(driver));
        hear(Topic.LOGINS, login.text("action", "LOGIN").text("appVersion", "6.2.1"));
      }
    }

    void accept(long time) throws Exception {
      for (int driver = 0; driver < DRIVERS; driver++) {
        hear(Topic.ORDERS, order(driver, "PLACED", time - 5 * MINUTE_MS));
        Json accepted = order(driver, "ACCEPTED", time).text("plate", plate(driver));
        hear(Topic.ORDERS, accepted.text("vehicleClass", "COMFORT"));
        Json status = new Json(time - 3 * MINUTE_MS).text("flightNo", "3U" + code(driver));
        status.text("serviceDate", "2026-11-23").text("arrivesAt", "CTU").text("mode", "FLIGHT");
        status.text("status", "SCHEDULED").raw("scheduledArrival", time + 15 * MINUTE_MS);
        hear(Topic.FLIGHTS, status);
      }
    }

    private Json order(int driver, String type, long time) {
      Json order = new Json(time).received().text("type", type).text("orderId", orderId(driver));
      order.text("scenario", "AIRPORT_PICKUP").text("city", "chengdu");
      order.text("passengerId", "p-" + code(driver + 7)).raw("pickupAt", NOON + 45 * MINUTE_MS);
      order.text("passengerDeviceId", "pd-" + code(driver + 9));
      order.raw("pickup", "{\"lat\":30.571565,\"lon\":103.998047}");
      order.raw("dropoff", "{\"lat\":30.675699,\"lon\":104.043414}");
      order.raw("estimatedMeters", 14_839).raw("estimatedSeconds", 1_331);
      order.text("orderedClass", "COMFORT").raw("fixedPriceCents", 4_800);
      order.text("flightNo", "3U" + code(driver)).text("serviceDate", "2026-11-23");
      order.text("arrivesAt", "CTU");
      return type.equals("PLACED") ? order : order.text("driverId", driverId(driver));
    }

    void press(String button, long time) throws Exception {
      for (int driver = 0; driver < DRIVERS; driver++) {
        Json press = new Json(time, driver).received().text("orderId", orderId(driver));
        hear(Topic.BUTTONS, press.text("deviceId", phone(driver)).text("button", button));
      }
    }

    void call(long time) throws Exception {
      for (int driver = 0; driver < DRIVERS; driver++) {
        Json call = new Json(time, driver).received().text("orderId", orderId(driver));
        call.text("passengerId", "p-" + code(driver + 7)).text("channel", "CALL");
        call.text("caller", "DRIVER").text("outcome", "CONNECTED").raw("durationS", 37);
        hear(Topic.CALLS, call);
      }
    }

    void drive(long from, long to) throws Exception {
      for (long time = from; time < to; time += FIX_EVERY_MS) {
        for (int driver = 0; driver < DRIVERS; driver++) {
          hear(Topic.GPS, drives[driver].next(driver, time));
        }
        if ((time - from) % WATERMARK_EVERY_MS == 0) {
          stages.advanceTo(time - WATERMARK_LAG_MS);
        }
        if ((time - from) % CHECKPOINT_EVERY_MS == 0) {
          stages.levels();
        }
      }
      stages.advanceTo(to - WATERMARK_LAG_MS);
    }

    void advanceTo(long time) throws Exception {
      stages.advanceTo(time);
    }

    /** Bytes a driver in the drivers' stage. */
    long ofDrivers() throws Exception {
      return (stages.levels().get("drivers").bytes() - empty.get("drivers").bytes()) / DRIVERS;
    }

    void atMost(int bytes, String what) throws Exception {
      StringJoiner parts = new StringJoiner(", ");
      long all = 0;
      for (Map.Entry<String, Level> stage : stages.levels().entrySet()) {
        long each = (stage.getValue().bytes() - empty.get(stage.getKey()).bytes()) / DRIVERS;
        all += each;
        if (each > 0) {
          parts.add(stage.getKey() + " " + each);
        }
      }
      for (String table : new String[] {"driver", "fixes", "archive"}) {
        parts.add(table + " " + stages.driversTable(table).bytes() / DRIVERS);
      }
      System.out.println(what + ": " + all + " bytes a driver (" + parts + ")");
      assertTrue(all <= bytes, what + ": " + all + " bytes a driver: " + parts);
    }

    @Override
    public void close() {
      stages.close();
    }
  }

  /** One driver's drive: some 35 km/h, round a corner now and then; 2.5 m of noise. */
  private static final class Drive {
    private static final double MS_PER_KMH = 3.6;

    private final Random random;
    private double northM;
    private double eastM;
    private double heading;

    Drive(int seed) {
      random = new Random(seed);
    }

    Json next(int driver, long time) {
      heading += random.nextInt(20) == 0 ? Math.PI / 2 : 0.02 * random.nextGaussian();
      double speedKmh = Math.max(0, 35 + 12 * random.nextGaussian());
      double metres = speedKmh / MS_PER_KMH * FIX_EVERY_MS / 1_000;
      northM += metres * Math.cos(heading);
      eastM += metres * Math.sin(heading);
      // Networks are not equally quick: a delay costs more than where all are the same.
      long receivedAt = time + 150 + random.nextInt(300);
      Json fix = new Json(time, driver).raw("receivedAt", receivedAt);
      fix.text("deviceId", phone(driver));
      fix.text("source", "PHONE").text("datum", "GCJ02");
      fix.raw("lat", decimal("%.7f", 30.6 + (northM + 2.5 * random.nextGaussian()) / 111_000));
      fix.raw("lon", decimal("%.7f", 104.1 + (eastM + 2.5 * random.nextGaussian()) / 96_000));
      fix.raw("accuracyM", new int[] {5, 10, 25}[random.nextInt(3)]);
      return fix.raw("speedKmh", decimal("%.1f", speedKmh));
    }

    private static String decimal(String format, double value) {
      return String.format(Locale.ROOT, format, value);
    }
  }

  /** A record. */
  private static final class Json {
    private final StringJoiner fields = new StringJoiner(",", "{", "}");
    private final long time;

    Json(long time) {
      this.time = time;
      raw("eventTime", time);
    }

    Json(long time, int driver) {
      this(time);
      text("driverId", driverId(driver));
    }

    Json received() {
      return raw("receivedAt", time + 200);
    }

    Json text(String name, String value) {
      return raw(name, '"' + value + '"');
    }

    Json raw(String name, Object value) {
      fields.add('"' + name + "\":" + value);
      return this;
    }

    @Override
    public String toString() {
      return fields.toString();
    }
  }

  private static String code(int driver) {
    return Integer.toHexString(0x9e3779b1 * (driver + 1));
  }

  private static String driverId(int driver) {
    return "d-" + code(driver);
  }

  private static String phone(int driver) {
    return "ph-" + code(driver + 1_000);
  }

  private static String plate(int driver) {
    return "川A" + code(driver).substring(0, 5);
  }

  private static String orderId(int driver) {
    return "o-" + code(driver + 2_000);
  }
}
