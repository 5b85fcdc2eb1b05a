package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.job.StagesOnHeap.Level;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Delivery;
import io.tripwatch.simulate.Faults;
import io.tripwatch.simulate.Mix;
import io.tripwatch.trip.Pairs;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import io.tripwatch.verdict.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * State is bounded: weeks in a city of few drivers with the same many trips a day, then silence.
 * What an order may still ask for when it is given to a driver again stays, and waits for nothing.
 */
class StateBoundIT {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final long WATERMARK_LAG_MS = 5_000;
  private static final long WATERMARK_EVERY_MS = 60_000;

  private static final int DRIVERS = 3;

  /** A driver has one every two and a half hours. */
  private static final int TRIPS_PER_DAY = DRIVERS * 48 / 5;

  /** Longer than anything is kept but a day's figures and points. */
  private static final int DAYS = 44;

  /** By then drivers wait for nothing but what the last month left. */
  private static final int LEVEL_FROM_DAY = 36;

  /** What an order leaves for ever, with its trips, in all stages; and a flight. */
  private static final long ORDER_BYTES = 1_800;

  /** What is kept for days only. */
  private static final int SOON_LEVEL_FROM_DAY = 8;

  /**
   * Of who is registered and was fined: his registration, his record, what barred him, and what was
   * found of his days.
   */
  private static final long HEAD_BYTES = 4_500;

  private static final Faults FAULTS =
      Faults.parse("late=0.05,offline=0.1,shuffle=60s,duplicate=0.05,clock=0.2");

  private final Map<String, Statement> records = new TreeMap<>();

  /** What was in state at each midnight, by stage; of the drivers' stage by table, too. */
  private final List<Map<String, Level>> midnights = new ArrayList<>();

  private long now = City.DEFAULT_START.toEpochMilli();

  @Test
  void stateReturnsToItsLevelEveryDayAndNothingOutlivesItsHorizon() throws Exception {
    try (StagesOnHeap stages = new StagesOnHeap(DRIVERS - 1, this::hear)) {
      live(stages);
      staysLevel(SOON_LEVEL_FROM_DAY, "plates", "registry", "drivers/fixes");
      staysLevel(LEVEL_FROM_DAY, "drivers/archive");
      staysLevel(LEVEL_FROM_DAY, Level::timers, "orders", "flights", "claims", "drivers");
      for (int day = 1; day < midnights.size(); day++) {
        // Four tables of each day; the next minute's timer may be another.
        assertTrue(level(day, "cities").keys() <= 4 * (day + 2), "cities, day " + day);
        assertTrue(level(day, "cities").timers() <= 3, "cities, day " + day);
        // Phones of drivers, and what passengers' devices and others' logins of a day leave.
        assertTrue(level(day, "devices").keys() <= 4 * DRIVERS, "devices, day " + day);
        assertTrue(level(day, "nation").keys() <= 2 * (day + 2), "nation, day " + day);
      }
      fallSilent(stages);
    }
  }

  private void hear(Output output) {
    if (output.topic() == OutputTopic.DRIVERS) {
      records.put(output.id(), (Statement) output);
    }
  }

  private void live(StagesOnHeap stages) throws Exception {
    City city =
        new City(
            new City.Plan(
                5,
                TRIPS_PER_DAY * DAYS,
                DRIVERS,
                City.DEFAULT_START,
                Duration.ofSeconds(60),
                Mix.ofDefaults(),
                FAULTS));
    EventDecoder decoder = new EventDecoder();
    while (city.hasNext()) {
      Delivery delivery = city.next();
      Event event = decoder.decode(delivery.topic(), delivery.json()).event();
      stages.take(Objects.requireNonNull(event, "the city tells nothing that is refused"));
      if (event.time() - WATERMARK_LAG_MS >= now + WATERMARK_EVERY_MS) {
        advanceTo(event.time() - WATERMARK_LAG_MS, stages);
      }
    }
  }

  private void advanceTo(long time, StagesOnHeap stages) throws Exception {
    boolean isMidnight = Math.floorDiv(now, DAY_MS) < Math.floorDiv(time, DAY_MS);
    now = time;
    stages.advanceTo(now);
    if (isMidnight) {
      midnights.add(levels(stages));
    }
  }

  private static Map<String, Level> levels(StagesOnHeap stages) throws Exception {
    Map<String, Level> levels = stages.levels();
    for (String table : List.of("driver", "fixes", "archive", "old")) {
      levels.put("drivers/" + table, stages.driversTable(table));
    }
    return levels;
  }

  private Level level(int day, String stage) {
    return midnights.get(day).get(stage);
  }

  private void staysLevel(int fromDay, String... stages) {
    staysLevel(fromDay, Level::keys, stages);
    staysLevel(fromDay, Level::timers, stages);
    staysLevel(fromDay, Level::bytes, stages);
  }

  /** The second half of the days is no higher than the first, but for a busy night. */
  private void staysLevel(int fromDay, ToLongFunction<Level> what, String... stages) {
    int half = (fromDay + midnights.size()) / 2;
    for (String stage : stages) {
      long before = highest(midnights.subList(fromDay, half), stage, what);
      long after = highest(midnights.subList(half, midnights.size()), stage, what);
      assertTrue(after <= before * 5 / 4, stage + ": first up to " + before + ", then " + after);
    }
  }

  private static long highest(
      List<Map<String, Level>> days, String stage, ToLongFunction<Level> what) {
    return days.stream().mapToLong(day -> what.applyAsLong(day.get(stage))).max().orElseThrow();
  }

  private void fallSilent(StagesOnHeap stages) throws Exception {
    Map<String, Level> after38Days = silentFor(38, stages);
    assertTrue(after38Days.get("plates").isEmpty());
    assertTrue(after38Days.get("drivers/fixes").isEmpty());
    assertTrue(after38Days.get("drivers/archive").isEmpty());
    // Who is registered stays, and nothing waits.
    assertEquals(DRIVERS, after38Days.get("registry").keys());
    assertEquals(DRIVERS, after38Days.get("devices").keys());
    for (String stage : List.of("orders", "flights", "claims", "devices", "cities", "nation")) {
      assertEquals(0, after38Days.get(stage).timers(), stage);
    }
    long left = 0;
    for (String stage : List.of("orders", "flights", "claims", "drivers/old")) {
      left += after38Days.get(stage).bytes();
    }
    assertTrue(left < TRIPS_PER_DAY * DAYS * ORDER_BYTES, left + " bytes");
    assertTrue(points() > 0);
    Map<String, Level> after92Days = silentFor(92 - 38, stages);
    assertEquals(DRIVERS, records.size());
    assertEquals(0, points());
    assertEquals(after92Days, silentFor(30, stages));
    // All pairs are off the blacklist, and what is left of a driver is his record.
    advanceTo(now + Pairs.KEPT_MS, stages);
    advanceTo(now + HOUR_MS, stages);
    long heads = stages.driversTable("driver").bytes();
    assertTrue(heads < DRIVERS * HEAD_BYTES, heads + " bytes");
  }

  private Map<String, Level> silentFor(int days, StagesOnHeap stages) throws Exception {
    for (long until = now + days * DAY_MS; now < until; ) {
      advanceTo(now + HOUR_MS, stages);
    }
    return levels(stages);
  }

  private long points() {
    return records.values().stream().mapToLong(one -> (Long) one.fields().get("points")).sum();
  }
}
