package io.tripwatch.simulate;

import io.tripwatch.event.Fix.Datum;
import io.tripwatch.event.Place;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Topic;
import io.tripwatch.geo.Datums;
import java.util.Random;

/** One device's fixes along a drive, one at a time. */
final class Tracker {
  /** A span of time in which something is different; the end is not of it. */
  record Span(long fromMs, long untilMs) {
    static final Span NONE = new Span(0, 0);

    boolean covers(long atMs) {
      return fromMs <= atMs && atMs < untilMs;
    }
  }

  private static final double NOISE_M = 2.5;

  /** Phones between houses now and then report fixes that no rule may use. */
  private static final double POOR_FIX_SHARE = 0.01;

  private static final double REPORTED_WHEN_SPEEDING_KMH = 131;

  private final Driver driver;
  private final boolean vehicle;
  private final String deviceId;
  private final Drive drive;
  private final long everyMs;
  private final long untilMs;
  private final Random random;
  private long nextMs;

  private Span silent = Span.NONE;
  private Span mock = Span.NONE;
  private Span speeding = Span.NONE;

  private Tracker(
      Driver driver,
      boolean vehicle,
      String deviceId,
      Drive drive,
      Span span,
      long everyMs,
      Random random) {
    this.driver = driver;
    this.vehicle = vehicle;
    this.deviceId = deviceId;
    this.drive = drive;
    this.everyMs = everyMs;
    this.untilMs = span.untilMs();
    this.random = random;
    this.nextMs = span.fromMs() + (long) (random.nextDouble() * everyMs);
  }

  static Tracker phone(
      Driver driver, String deviceId, Drive drive, Span span, long everyMs, Random random) {
    return new Tracker(driver, false, deviceId, drive, span, everyMs, random);
  }

  static Tracker terminal(Driver driver, Drive drive, Span span, long everyMs, Random random) {
    return new Tracker(driver, true, driver.terminal(), drive, span, everyMs, random);
  }

  /** Sends nothing in this span. */
  Tracker silent(Span span) {
    silent = span;
    return this;
  }

  /** Admits in this span that its location is mocked. */
  Tracker mock(Span span) {
    mock = span;
    return this;
  }

  /** Reports in this span a speed that no road of the city allows. */
  Tracker speeding(Span span) {
    speeding = span;
    return this;
  }

  /** When the next fix is taken; Long.MAX_VALUE when there is none. */
  long nextMs() {
    if (silent.covers(nextMs)) {
      long steps = (silent.untilMs() - nextMs + everyMs - 1) / everyMs;
      nextMs += steps * everyMs;
    }
    return nextMs < untilMs ? nextMs : Long.MAX_VALUE;
  }

  Report next() {
    long atMs = nextMs();
    nextMs += everyMs;
    Place place = Town.place(noisy(drive.at(atMs)));
    return vehicle ? vehicleFix(atMs, place) : phoneFix(atMs, place);
  }

  private Spot noisy(Spot spot) {
    return spot.moved(NOISE_M * random.nextGaussian(), NOISE_M * random.nextGaussian());
  }

  private Report vehicleFix(long atMs, Place place) {
    String fields =
        new Line()
            .text("source", "VEHICLE")
            .text("plate", driver.plate())
            .text("deviceId", deviceId)
            .position(place)
            .number("accuracyM", 5)
            .tenths("speedKmh", drive.speedKmh(atMs))
            .toString();
    return new Report(
        Topic.GPS, Plates.key(driver.plate()), atMs, Report.Teller.OUTSIDE, 0, fields);
  }

  private Report phoneFix(long atMs, Place place) {
    boolean chinese = driver.datum() == Datum.GCJ02;
    boolean poor = random.nextDouble() < POOR_FIX_SHARE;
    boolean fast = speeding.covers(atMs);
    Line line =
        new Line()
            .text("source", "PHONE")
            .text("driverId", driver.driverId())
            .text("deviceId", deviceId)
            .position(chinese ? gcj02(place) : place)
            .number("accuracyM", (poor ? 120 : 5) + random.nextInt(25))
            .tenths("speedKmh", fast ? REPORTED_WHEN_SPEEDING_KMH : drive.speedKmh(atMs));
    if (chinese) {
      line.word("datum", Datum.GCJ02);
    }
    if (mock.covers(atMs)) {
      line.yes("mock");
    }
    return new Report(
        Topic.GPS,
        driver.driverId(),
        atMs,
        Report.Teller.PHONE,
        driver.clockAheadMs(),
        line.toString());
  }

  private static Place gcj02(Place wgs84) {
    double[] reported = Datums.wgs84ToGcj02(wgs84.lat(), wgs84.lon());
    return new Place(reported[0], reported[1]);
  }
}
