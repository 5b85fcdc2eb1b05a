package io.tripwatch.job;

import static io.tripwatch.job.Given.DAY;
import static io.tripwatch.job.Given.HOUR;
import static io.tripwatch.job.Given.MINUTE;
import static io.tripwatch.job.Given.vehicle;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.trip.FixLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlateOperatorTest {
  private static final int DAYS = Integer.getInteger("tripwatch.promise.crashes", 16);
  private static final Supplier<StateBackend> HEAP = HashMapStateBackend::new;
  private static final Supplier<StateBackend> ROCKSDB = EmbeddedRocksDBStateBackend::new;
  private static final int[] PARALLELISMS = {1, 2, 4};
  private static final int PLATES = 5;
  private static final long T = 1_000 * DAY;

  static IntStream seeds() {
    return IntStream.range(0, DAYS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void crashesRestoresAndRescalesLoseNoFixOfARide(int seed) throws Exception {
    Random random = new Random(seed);
    Map<String, PlateInterest> rides = new TreeMap<>();
    List<Object> steps = steps(random, rides);
    Map<String, List<String>> expected = inRides(withoutFlink(steps), rides);
    List<ForDriver> told = run(steps, seed % 4 == 3 ? ROCKSDB : HEAP, random);
    assertEquals(expected, inRides(told, rides));
    assertNotEquals(0, expected.values().stream().mapToInt(List::size).sum());
  }

  /**
   * Fixes, interests and, as numbers, watermarks of a few hours; and how each ride is in the end.
   */
  private static List<Object> steps(Random random, Map<String, PlateInterest> rides) {
    List<Object> steps = new ArrayList<>();
    for (int plate = 0; plate < PLATES; plate++) {
      // An order accepted a day ago: fixes are kept as long as evidence may be late.
      steps.add(new PlateInterest("A" + plate, "d-0", "o-0", T - DAY, NEVER, NEVER, T + 30 * DAY));
    }
    long time = T;
    for (int i = 0; i < 400; i++) {
      time += random.nextInt(90_000);
      String plate = "A" + random.nextInt(PLATES);
      if (random.nextInt(12) == 0) {
        PlateInterest ride = ride(random, plate, time);
        rides.put(plate + "/" + ride.driverId() + "/" + ride.orderId(), ride);
        steps.add(ride);
      } else if (random.nextInt(8) == 0) {
        steps.add(time - MINUTE);
      } else {
        long late = random.nextInt(6) == 0 ? random.nextInt((int) (100 * MINUTE)) : 0;
        String eventId = random.nextInt(4) == 0 ? "e-" + i / 12 : null;
        Stamp stamp = new Stamp(time - late, time + 900, eventId, null);
        steps.add(vehicle(stamp, plate, random.nextInt(5)));
      }
    }
    return steps;
  }

  private static PlateInterest ride(Random random, String plate, long now) {
    long from = now - random.nextInt((int) (100 * MINUTE));
    long until = random.nextBoolean() ? NEVER : from + random.nextInt((int) HOUR);
    String driver = "d-" + random.nextInt(3);
    return new PlateInterest(
        plate, driver, "o-" + (1 + random.nextInt(3)), T - DAY, from, until, now + 4 * DAY);
  }

  /** The desks of all plates, which let go of nothing. */
  private static List<ForDriver> withoutFlink(List<Object> steps) {
    Map<String, PlateDesk> desks = new TreeMap<>();
    List<ForDriver> told = new ArrayList<>();
    for (Object step : steps) {
      if (step instanceof Fix fix) {
        desks
            .computeIfAbsent(fix.owner(), PlateDesk::new)
            .learn(fix, Desks.NOTHING_KNOWN, told::add);
      } else if (step instanceof PlateInterest ride) {
        desks
            .computeIfAbsent(ride.plate(), PlateDesk::new)
            .follow(ride, Desks.NOTHING_KNOWN, told::add);
      }
    }
    return told;
  }

  /** With crashes, from the last savepoint on again; what was told since is void. */
  private static List<ForDriver> run(
      List<Object> steps, Supplier<StateBackend> backend, Random random) throws Exception {
    List<ForDriver> told = new ArrayList<>();
    PlateTasks.Saved saved = null;
    int savedAt = 0;
    for (int crashes = 4; crashes >= 0; crashes--) {
      int left = steps.size() - savedAt;
      int last = crashes == 0 ? steps.size() : savedAt + random.nextInt(left / crashes + 1);
      int saveAt = savedAt + random.nextInt(last - savedAt + 1);
      int parallelism = PARALLELISMS[random.nextInt(PARALLELISMS.length)];
      try (PlateTasks tasks = new PlateTasks(backend, 1 + random.nextInt(4), parallelism, saved)) {
        for (int i = savedAt; i < last; i++) {
          if (i == saveAt && crashes > 0) {
            saved = tasks.save();
            savedAt = i;
            told.addAll(tasks.told());
          }
          if (steps.get(i) instanceof Long time) {
            tasks.advanceTo(time);
          } else {
            tasks.send(steps.get(i), T);
          }
        }
        if (crashes == 0) {
          told.addAll(tasks.told());
        }
      }
    }
    return told;
  }

  private static Map<String, List<String>> inRides(
      List<ForDriver> told, Map<String, PlateInterest> rides) {
    Map<String, FixLog> logs = new TreeMap<>();
    for (ForDriver message : told) {
      Fix fix = (Fix) message.event();
      logs.computeIfAbsent(fix.owner() + "/" + message.driverId(), any -> new FixLog()).learn(fix);
    }
    Map<String, List<String>> known = new TreeMap<>();
    rides.forEach(
        (key, ride) -> {
          FixLog log = logs.getOrDefault(ride.plate() + "/" + ride.driverId(), new FixLog());
          List<String> inRide = new ArrayList<>();
          for (int i = 0; i < log.size(); i++) {
            if (ride.rides(log.time(i))) {
              inRide.add(log.time(i) + " " + log.lat(i) + " " + log.mendedMs(i));
            }
          }
          known.put(key, inRide);
        });
    return known;
  }

  @Test
  void aFixGoesOnWithItsTimestampOrThatOfTheWordOfTheRide() throws Exception {
    try (PlateTasks tasks = new PlateTasks(HEAP, 10, 1, null)) {
      tasks.send(vehicle(T, "A1"), T);
      tasks.send(interest("A1", T, NEVER), T + HOUR);
      tasks.send(vehicle(T + MINUTE, "A1"), T + MINUTE);
      List<Long> timestamps = new ArrayList<>();
      for (Object one : tasks.outputOfFirst()) {
        timestamps.add(((StreamRecord<?>) one).getTimestamp());
      }
      assertEquals(List.of(T + HOUR, T + MINUTE), timestamps);
    }
  }

  @Test
  void repeatedFixesAreCountedAlsoWhenTheirPlateIsNotHeld() throws Exception {
    try (PlateTasks tasks = new PlateTasks(HEAP, 1, 1, null)) {
      for (int round = 0; round < 3; round++) {
        for (int plate = 0; plate < 4; plate++) {
          tasks.send(vehicle(T, "A" + plate), T);
        }
      }
      assertEquals(8, tasks.repeated());
    }
  }

  @Test
  void theEndOfTheInputSaysNothingAboutTime() throws Exception {
    try (PlateTasks tasks = new PlateTasks(HEAP, 10, 1, null)) {
      tasks.send(vehicle(T, "A1"), T);
      tasks.save();
      tasks.advanceTo(Watermark.MAX_WATERMARK.getTimestamp());
      tasks.send(interest("A1", T, NEVER), T);
      assertEquals(1, tasks.told().size());
    }
  }

  @Test
  void forgottenPlatesLeaveNoState() throws Exception {
    for (int maxHeld : new int[] {1, 10}) {
      try (PlateTasks tasks = new PlateTasks(HEAP, maxHeld, 1, null)) {
        tasks.send(vehicle(T, "A1"), T);
        tasks.send(vehicle(T, "A2"), T);
        tasks.send(interest("A2", T, NEVER), T);
        tasks.send(interest("A3", NEVER, NEVER), T);
        tasks.save();
        assertEquals(3, tasks.timers());
        for (long time = T; time <= T + 4 * DAY; time += 10 * MINUTE) {
          tasks.advanceTo(time);
          tasks.save();
        }
        assertEquals(0, tasks.left());
      }
    }
  }

  @Test
  void aBusyPlateHasOneTimerThatSeldomMoves() throws Exception {
    try (PlateTasks tasks = new PlateTasks(HEAP, 10, 1, null)) {
      for (long time = T; time < T + 3 * HOUR; time += MINUTE) {
        tasks.send(vehicle(time, "A1"), time);
        tasks.advanceTo(time - 5_000);
        tasks.save();
        assertEquals(1, tasks.timers());
      }
    }
  }

  @Test
  void piecesWithoutFixesAreForgotten() throws Exception {
    long last = T + 50 * MINUTE;
    try (PlateTasks tasks = new PlateTasks(HEAP, 10, 1, null)) {
      tasks.send(vehicle(T, "A1"), T);
      tasks.save();
      assertEquals(Set.of(DriverWire.pieceOf(T)), tasks.pieces("A1"));
      tasks.advanceTo(last - 1);
      tasks.send(vehicle(last, "A1"), last);
      tasks.save();
      assertEquals(Set.of(DriverWire.pieceOf(last)), tasks.pieces("A1"));
    }
  }

  private static PlateInterest interest(String plate, long rideFrom, long rideUntil) {
    return new PlateInterest(plate, "d-1", "o-1", T, rideFrom, rideUntil, T + 4 * DAY);
  }
}
