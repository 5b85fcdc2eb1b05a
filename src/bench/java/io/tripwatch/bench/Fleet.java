package io.tripwatch.bench;

import io.tripwatch.bench.Template.Slot;
import io.tripwatch.event.Topic;
import io.tripwatch.geo.Datums;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The records of a fleet, without end, in order of event time: each driver a fix every three
 * seconds, and what is said of one trip of his after another. The same for the same {@link Plan},
 * always.
 *
 * <p>It begins in the middle of things: the drivers are spread evenly over the cycle of their
 * trips. So a prelude comes first: the registry's word on each driver, and what was said before of
 * the trips under way, all of them as promised. What is over is left out: the fixes of that time,
 * logins, ratings, statuses of flights.
 *
 * <p>Not thread-safe; {@link #advance} first, then ask for the record it stands at.
 */
public final class Fleet {
  /** A driver's fixes are so far apart. */
  public static final int TICK_MS = 3_000;

  /** When the fixes begin. */
  public static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");

  /** Drivers' numbers have seven digits. */
  public static final int MOST_DRIVERS = 9_999_999;

  /** The registry spoke so long before the first trip. */
  private static final long REGISTERED_BEFORE_MS = 3_600_000;

  /** The city is a square of one degree; its homes lie so that all ways stay within it. */
  private static final int CORNER_LAT = 30;

  private static final int CORNER_LON = 104;
  private static final int HOMES_FROM = 150_000;
  private static final int HOMES_SPAN = 600_000;
  private static final double MICRODEGREES_PER_METRE = 10.44;

  /** GCJ-02 and WGS-84 differ by nearly the same within a hundredth of a degree. */
  private static final int CELLS = 100;

  private static final int CELL = 1_000_000 / CELLS;

  /**
   * Which fleet.
   *
   * @param drivers at most {@link #MOST_DRIVERS}
   */
  public record Plan(Shape shape, int drivers, long seed) {
    /** Checks the number. */
    public Plan {
      if (drivers < 1 || drivers > MOST_DRIVERS) {
        throw new IllegalArgumentException(
            "a fleet has " + drivers + " drivers; give it 1 to " + MOST_DRIVERS);
      }
    }
  }

  /** Which of equal shares of the fleet's drivers: 0 to {@code of} − 1. */
  public record Share(int number, int of) {
    /** All drivers. */
    public static final Share WHOLE = new Share(0, 1);
  }

  /** In which order the drivers of a tick come. */
  public enum Turns {
    /** By how far they are in their trips: all START at one moment of the three seconds. */
    BY_STAGE,
    /** As in life: at each moment some START, others END. */
    MIXED
  }

  /** Multiples of it, whole parts left out, fill the span from 0 to 1 evenly. */
  private static final double GOLDEN = 0.6180339887498949;

  private final Plan plan;
  private final Share share;
  private final long beginMs;
  private final int cycle;
  private final Script[] scripts;
  private final Template[] fixes;
  private final Template fixKey = Template.of("d-<driver>");
  private final int[] staggers;
  private final int[] homeLats;
  private final int[] homeLons;
  private final int[] shiftLat = new int[CELLS * CELLS];
  private final int[] shiftLon = new int[CELLS * CELLS];
  private final long[] values = new long[Slot.values().length];

  /** The tick the fleet is at: before −cycle the registry speaks, before 0 is the prelude. */
  private int tick;

  /** The driver whose turn it is, and which of his records of this tick is next. */
  private int driver;

  /** Of those of the share. */
  private int row;

  /** His trip, and how far in it he is. */
  private int trip;

  private int phase;
  private Script script;

  private Script.Step[] steps;
  private int nextStep;

  private Topic topic;
  private byte[] value;
  private Template key;
  private long dayKnown = Long.MIN_VALUE;

  /** A fleet before its first record. */
  public Fleet(Plan plan) {
    this(plan, Share.WHOLE);
  }

  /**
   * Some of a fleet's drivers: those whose number leaves the share's when divided by {@code of}.
   */
  public Fleet(Plan plan, Share share) {
    this(plan, share, BEGIN, Turns.BY_STAGE);
  }

  /**
   * Some of a fleet's drivers at another time.
   *
   * @param begin when the fixes begin
   */
  public Fleet(Plan plan, Share share, Instant begin, Turns turns) {
    this.plan = plan;
    this.share = share;
    beginMs = begin.toEpochMilli();
    cycle = plan.shape().plan().cycle();
    Kind[] kinds = Kind.values();
    scripts = new Script[2 * kinds.length];
    for (Kind kind : kinds) {
      scripts[2 * kind.ordinal()] = new Script(plan.shape(), kind, false);
      scripts[2 * kind.ordinal() + 1] = new Script(plan.shape(), kind, true);
    }
    fixes =
        new Template[] {fix("0.0", "90"), fix("0.0", "270"), fix(MOVING, "90"), fix(MOVING, "270")};
    int drivers = Math.max(0, plan.drivers() - share.number() + share.of() - 1) / share.of();
    staggers = new int[drivers];
    homeLats = new int[drivers];
    homeLons = new int[drivers];
    knowDrivers(turns);
    knowShifts();
    tick = -cycle - 1;
    driver = share.number();
    beginDriver();
  }

  private static final String MOVING = "<speed>.<speed_tenths>";

  private static Template fix(String speed, String heading) {
    return Template.of(
        "{\"eventTime\":<time>,\"receivedAt\":<received>,\"source\":\"PHONE\""
            + ",\"driverId\":\"d-<driver>\",\"deviceId\":\"ph-<driver>\""
            + ",\"lat\":30.<lat>,\"lon\":104.<lon>,\"accuracyM\":<accuracy>,\"speedKmh\":"
            + speed
            + ",\"headingDeg\":"
            + heading
            + ",\"datum\":\"GCJ02\"}");
  }

  private void knowDrivers(Turns turns) {
    for (int i = 0; i < staggers.length; i++) {
      long number = share.number() + (long) i * share.of();
      staggers[i] =
          turns == Turns.BY_STAGE
              ? (int) (number * cycle / plan.drivers())
              : (int) (number * GOLDEN % 1 * cycle);
      homeLats[i] = HOMES_FROM + (int) ((mix(number, -1) >>> 33) % HOMES_SPAN);
      homeLons[i] = HOMES_FROM + (int) ((mix(number, -2) >>> 33) % HOMES_SPAN);
    }
  }

  private void knowShifts() {
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        double lat = CORNER_LAT + (row + 0.5) / CELLS;
        double lon = CORNER_LON + (column + 0.5) / CELLS;
        double[] reported = Datums.wgs84ToGcj02(lat, lon);
        shiftLat[row * CELLS + column] = (int) Math.round((reported[0] - lat) * 1e6);
        shiftLon[row * CELLS + column] = (int) Math.round((reported[1] - lon) * 1e6);
      }
    }
  }

  /** Goes on to the next record. */
  public void advance() {
    while (true) {
      while (steps != null && nextStep < steps.length) {
        Script.Step step = steps[nextStep++];
        if (tick >= 0 || step.isLasting()) {
          say(step);
          return;
        }
      }
      boolean hasFix = tick >= 0 && steps != FIX_SAID;
      if (hasFix) {
        steps = FIX_SAID;
        nextStep = 0;
        sayFix();
        return;
      }
      driver += share.of();
      row++;
      if (row == staggers.length) {
        driver = share.number();
        row = 0;
        tick++;
      }
      beginDriver();
    }
  }

  /** Stands for the steps of a driver whose fix has been said. */
  private static final Script.Step[] FIX_SAID = {};

  private static final Script.Step[] REGISTERED = {Script.REGISTERED};

  private void beginDriver() {
    nextStep = 0;
    if (tick < -cycle) {
      steps = REGISTERED;
      return;
    }
    int at = tick + stagger();
    if (at < 0) {
      steps = null;
      return;
    }
    trip = at / cycle;
    phase = at - trip * cycle;
    script = script(trip);
    steps = script.at(phase);
  }

  private int stagger() {
    return staggers[row];
  }

  /** Trips that began before there were fixes are as promised: else nobody could tell. */
  private Script script(int trip) {
    long bits = mix(driver, trip);
    Kind kind = trip == 0 ? Kind.AS_PROMISED : Kind.drawn(bits);
    return scripts[2 * kind.ordinal() + (int) (bits >>> 63)];
  }

  private long mix(long a, long b) {
    long mixed = (plan.seed() + a * 0x9E3779B97F4A7C15L) ^ (b + 1) * 0xC2B2AE3D27D4EB4FL;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 29)) * 0x9FB21C651E98DF25L;
    return mixed ^ (mixed >>> 32);
  }

  private void stamp(long bits) {
    long time =
        tick < -cycle
            ? beginMs - (long) cycle * TICK_MS - REGISTERED_BEFORE_MS
            : beginMs + (long) tick * TICK_MS + (long) driver * TICK_MS / plan.drivers();
    values[Slot.TIME.ordinal()] = time;
    values[Slot.RECEIVED.ordinal()] = time + 200 + (bits & 511);
    values[Slot.DRIVER.ordinal()] = driver;
  }

  private void sayFix() {
    long bits = mix(driver, ~(long) tick);
    stamp(bits);
    int metres = script.metresAt(phase);
    int stepMetres = phase == 0 ? 0 : metres - script.metresAt(phase - 1);
    int lat = homeLat() + 10 * ((int) (bits >>> 16 & 15) - 8);
    int lon = lonAt(trip, metres) + 10 * ((int) (bits >>> 20 & 15) - 8);
    int cell = lat / CELL * CELLS + lon / CELL;
    int speedTenths = 12 * stepMetres;
    values[Slot.LAT.ordinal()] = lat + shiftLat[cell];
    values[Slot.LON.ordinal()] = lon + shiftLon[cell];
    values[Slot.ACCURACY.ordinal()] = 3 + (bits >>> 24 & 3);
    values[Slot.SPEED.ordinal()] = Math.max(10, Math.min(99, speedTenths / 10));
    values[Slot.SPEED_TENTHS.ordinal()] = speedTenths % 10;
    topic = Topic.GPS;
    key = fixKey;
    value = fixes[(stepMetres > 0 ? 2 : 0) + (trip & 1)].fill(values);
  }

  private int homeLat() {
    return homeLats[row];
  }

  /** There and back: odd trips go the way of even ones the other way round. */
  private int lonAt(int trip, int metres) {
    int whole = plan.shape().approach().metres() + plan.shape().ride().metres();
    int driven = (trip & 1) == 0 ? metres : whole - metres;
    return homeLons[row] + (int) (driven * MICRODEGREES_PER_METRE);
  }

  private void say(Script.Step step) {
    long bits = mix(driver, ~(long) tick);
    stamp(bits);
    if (step.topic() != Topic.FLEET) {
      knowTrip();
    }
    topic = step.topic();
    key = step.key();
    value = step.value().fill(values);
  }

  private void knowTrip() {
    Shape shape = plan.shape();
    long pickupAt = values[Slot.TIME.ordinal()] + (long) (shape.plan().pickup() - phase) * TICK_MS;
    long landsAt = pickupAt - script.landsBeforePickupMs();
    int pickup = shape.approach().metres();
    values[Slot.TRIP.ordinal()] = trip % 100_000;
    values[Slot.PASSENGER.ordinal()] = (mix(driver, trip) >>> 20) % 1_000_000_000;
    values[Slot.PICKUP_AT.ordinal()] = pickupAt;
    values[Slot.PICKUP_LAT.ordinal()] = homeLat();
    values[Slot.PICKUP_LON.ordinal()] = lonAt(trip, pickup);
    values[Slot.DROPOFF_LAT.ordinal()] = homeLat();
    values[Slot.DROPOFF_LON.ordinal()] = lonAt(trip, pickup + shape.ride().metres());
    values[Slot.LANDS_AT.ordinal()] = landsAt;
    knowDay(Math.floorDiv(landsAt, 86_400_000L));
  }

  private void knowDay(long day) {
    if (day != dayKnown) {
      LocalDate date = LocalDate.ofEpochDay(day);
      values[Slot.YEAR.ordinal()] = date.getYear();
      values[Slot.MONTH.ordinal()] = date.getMonthValue();
      values[Slot.DAY.ordinal()] = date.getDayOfMonth();
      dayKnown = day;
    }
  }

  /** The topic of the record. */
  public Topic topic() {
    return topic;
  }

  /** The record: its JSON in UTF-8, in an array of its own. */
  public byte[] value() {
    return value;
  }

  /** The record's Kafka key, in an array of its own. */
  public byte[] key() {
    return key.fill(values);
  }

  /** When it happened, milliseconds since 1970: never before the record that went before. */
  public long time() {
    return values[Slot.TIME.ordinal()];
  }

  /** When the gateway got it, milliseconds since 1970: the record's Kafka timestamp. */
  public long receivedAt() {
    return values[Slot.RECEIVED.ordinal()];
  }

  /** Whether the record is of the time before there were fixes. */
  public boolean isPrelude() {
    return tick < 0;
  }

  /** The kind of the trip that a driver is on, or was last on, at the record. */
  public Kind kind() {
    int at = Math.max(0, tick + stagger());
    return at < cycle ? Kind.AS_PROMISED : Kind.drawn(mix(driver, at / cycle));
  }
}
