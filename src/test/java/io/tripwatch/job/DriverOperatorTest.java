package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.rule.Promised;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriverOperatorTest {
  private static final int DAYS = Integer.getInteger("tripwatch.promise.crashes", 16);
  private static final Supplier<StateBackend> HEAP = HashMapStateBackend::new;
  private static final Supplier<StateBackend> ROCKSDB = EmbeddedRocksDBStateBackend::new;
  private static final int[] PARALLELISMS = {1, 2, 4};
  private static final long WATERMARK_LAG_MS = 5_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long T = NastyDay.START;

  /**
   * What reaches the operator: a message, a version of the rules, or where there is neither a
   * watermark.
   *
   * @param upTo of a watermark, the greatest event time since the one before
   */
  private record Step(ForDriver message, RulesRecord version, long upTo) {}

  static Stream<Arguments> days() {
    return LongStream.range(0, DAYS)
        .mapToObj(
            seed ->
                seed % 4 == 3
                    ? Arguments.of("rocksdb", ROCKSDB, seed)
                    : Arguments.of("heap", HEAP, seed));
  }

  @ParameterizedTest(name = "{0}, day {2}")
  @MethodSource("days")
  void crashesRestoresAndRescalesChangeNoFinalVerdict(
      String name, Supplier<StateBackend> backend, long seed) throws Exception {
    Random random = new Random(seed);
    long until = NastyDay.START + (long) (random.nextDouble() * 8 * HOUR);
    List<Event> day = NastyDay.of(seed).stream().filter(event -> event.time() <= until).toList();
    Arrivals arrivals = Arrivals.values()[random.nextInt(Arrivals.values().length)];
    List<Step> steps = steps(arrivals.of(day, random), random);
    List<Alert> said = Heard.alertsOf(run(steps, until, backend, random));
    Said.assertWellFormed(said);
    assertEquals(MemoryJob.finals(day, until), Said.finals(said));
  }

  @ParameterizedTest(name = "{0}, day {2}")
  @MethodSource("days")
  void versionsOfTheRulesMayComeLateInAnyOrderAndBeforeOrAfterARestore(
      String name, Supplier<StateBackend> backend, long seed) throws Exception {
    Random random = new Random(seed);
    long until = NastyDay.START + (long) ((1 + random.nextDouble()) * 4 * HOUR);
    List<Event> day = new ArrayList<>(NastyDay.of(seed));
    day.addAll(Versions.of(NastyDay.START));
    day.removeIf(event -> event.time() > until);
    List<Step> steps = steps(Arrivals.ALL_LATE.of(day, random), random);
    List<Output> said = run(steps, until, backend, random);
    MemoryJob expected = MemoryJob.of(day, until);
    assertEquals(Said.finals(expected.said()), Said.finals(Heard.alertsOf(said)));
    Map<String, String> statements = Said.statements(expected.outputs());
    statements.keySet().removeIf(id -> id.startsWith(OutputTopic.COMPENSATIONS.name()));
    assertEquals(statements, Said.statements(said));
  }

  /** Runs the steps with crashes, from the last savepoint on again; what was said since is void. */
  private static List<Output> run(
      List<Step> steps, long until, Supplier<StateBackend> backend, Random random)
      throws Exception {
    List<Output> said = new ArrayList<>();
    DriverTasks.Saved saved = null;
    int savedAt = 0;
    for (int crashes = 4; crashes >= 0; crashes--) {
      int last =
          crashes == 0
              ? steps.size()
              : savedAt + random.nextInt(Math.max(1, (steps.size() - savedAt) / crashes));
      int saveAt = savedAt + random.nextInt(last - savedAt + 1);
      int maxHeld = 1 + random.nextInt(4);
      int parallelism = PARALLELISMS[random.nextInt(PARALLELISMS.length)];
      try (DriverTasks tasks = DriverTasks.restore(backend, maxHeld, parallelism, saved)) {
        long reached = Long.MIN_VALUE / 2;
        for (int i = savedAt; i < last; i++) {
          Step step = steps.get(i);
          if (step.message() != null) {
            tasks.send(step.message());
          } else if (step.version() != null) {
            tasks.broadcast(step.version());
          } else {
            reached = Math.max(reached, step.upTo());
            tasks.advanceTo(Math.min(until, reached - WATERMARK_LAG_MS));
          }
          if (i == saveAt) {
            saved = tasks.save();
            savedAt = i + 1;
            if (crashes > 0) {
              said.addAll(tasks.outputs());
            }
          }
        }
        if (crashes == 0) {
          tasks.advanceTo(until);
          tasks.advanceTo(Watermark.MAX_WATERMARK.getTimestamp());
          said.addAll(tasks.outputs());
        }
      }
    }
    return said;
  }

  private static List<Step> steps(List<Event> arriving, Random random) {
    List<Step> steps = new ArrayList<>();
    Routes routes = new Routes(random, message -> steps.add(new Step(message, null, 0)));
    long upTo = Long.MIN_VALUE;
    for (Event event : arriving) {
      if (event instanceof RulesRecord version) {
        steps.add(new Step(null, version, 0));
      } else {
        routes.take(event);
      }
      upTo = Math.max(upTo, event.time());
      if (random.nextInt(5) == 0) {
        routes.flush(upTo - WATERMARK_LAG_MS);
        steps.add(new Step(null, null, upTo));
        upTo = Long.MIN_VALUE;
      }
    }
    routes.flush(Desks.NOTHING_KNOWN);
    return steps;
  }

  @Test
  void saysNothingAnewWhenEventTimeStartsAgainFromNothing() throws Exception {
    List<Step> steps = steps(Arrivals.PROMPT.of(NastyDay.of(3), new Random(3)), new Random(3));
    DriverTasks.Saved saved;
    try (DriverTasks tasks = DriverTasks.start(HEAP, 2, 2)) {
      for (Step step : steps) {
        if (step.message() != null) {
          tasks.send(step.message());
        }
      }
      tasks.advanceTo(NastyDay.END);
      assertFalse(tasks.said().isEmpty());
      saved = tasks.save();
    }
    try (DriverTasks tasks = DriverTasks.restore(HEAP, 2, 1, saved)) {
      for (long time = NastyDay.START - HOUR; time <= NastyDay.END; time += 10 * MINUTE) {
        tasks.advanceTo(time);
      }
      assertEquals(List.of(), tasks.said());
    }
    try (DriverTasks tasks = DriverTasks.restore(HEAP, 2, 4, saved)) {
      // All once more: what is known is known.
      for (Step step : steps) {
        if (step.message() != null) {
          tasks.send(step.message());
        }
      }
      tasks.advanceTo(NastyDay.START);
      tasks.advanceTo(NastyDay.END);
      assertEquals(List.of(), tasks.said());
    }
  }

  @Test
  void noDeadlineComesByTheEndOfTheInput() throws Exception {
    try (DriverTasks tasks = DriverTasks.start(HEAP, 10, 1)) {
      tasks.send(accepted("d-0", T, T + 2 * HOUR));
      tasks.send(fix("d-0", T + MINUTE, T + MINUTE, null));
      tasks.advanceTo(T + MINUTE);
      tasks.advanceTo(Watermark.MAX_WATERMARK.getTimestamp());
      assertEquals(List.of(), tasks.said());
    }
  }

  @Test
  void deadlinesComeForDriversWhoAreNotHeld() throws Exception {
    try (DriverTasks tasks = DriverTasks.start(HEAP, 1, 1)) {
      for (int driver = 0; driver < 5; driver++) {
        tasks.send(accepted("d-" + driver, T, T + 2 * HOUR));
      }
      tasks.advanceTo(T + HOUR);
      assertEquals(Set.of("no-contact-after-accept"), rules(tasks));
      tasks.advanceTo(T + 110 * MINUTE);
      tasks.advanceTo(T + 2 * HOUR);
      assertEquals(
          Set.of("no-contact-after-accept", "margin-missed", "late-at-pickup"), rules(tasks));
      assertEquals(5, Said.finals(tasks.said()).size() / 2);
    }
  }

  private static Set<String> rules(DriverTasks tasks) {
    Set<String> rules = new TreeSet<>();
    tasks.said().forEach(alert -> rules.add(alert.ruleId()));
    rules.removeIf(rule -> !Promised.covers(rule));
    return rules;
  }

  @Test
  void ofADriverLongSilentHisRecordAndHisOrdersStay() throws Exception {
    for (int maxHeld : new int[] {1, 10}) {
      try (DriverTasks tasks = DriverTasks.start(HEAP, maxHeld, 1)) {
        tasks.send(accepted("d-0", T, T + 2 * HOUR));
        tasks.send(fix("d-0", T, T, null));
        tasks.send(fix("d-1", T, T, null));
        tasks.send(accepted("d-2", T, T + 2 * HOUR));
        for (int driver = 0; driver < 3; driver++) {
          tasks.send(fix("d-0", T + driver * HOUR, T + driver * HOUR, null));
        }
        tasks.save();
        assertFalse(tasks.left() == 0);
        for (long time = T; time < T + 4 * 24 * HOUR; time += HOUR) {
          tasks.advanceTo(time);
        }
        tasks.advanceTo(T + 410 * 24 * HOUR);
        tasks.save();
        // The records and the orders of d-0 and d-2, who were late, and with whom they were opened;
        // nobody waits for a time.
        assertEquals(6, tasks.left());
      }
    }
  }

  @Test
  void aDriverWhoIsNotHeldIsNotKeptOnTheHeapByWhatHeWaitsFor() throws Exception {
    try (DriverTasks tasks = DriverTasks.start(HEAP, 2, 1)) {
      for (int driver = 0; driver < 5; driver++) {
        tasks.send(accepted("d-" + driver, T, T + 2 * HOUR));
      }
      tasks.advanceTo(T);
      for (int minute = 1; minute < 20; minute++) {
        tasks.send(fix("d-" + minute % 5, T + minute * MINUTE, T + minute * MINUTE, null));
        tasks.advanceTo(T + minute * MINUTE);
        assertTrue(tasks.awaiting() <= 2);
      }
    }
  }

  @Test
  void piecesWithoutFixesAreForgotten() throws Exception {
    try (DriverTasks tasks = DriverTasks.start(HEAP, 10, 1)) {
      tasks.send(fix("d-0", T, T, null));
      tasks.send(fix("d-0", T + 50 * MINUTE, T + 50 * MINUTE, null));
      tasks.save();
      long first = DriverWire.pieceOf(T);
      long last = DriverWire.pieceOf(T + 50 * MINUTE);
      assertEquals(Set.of(first + "/", last + "/"), tasks.pieces("d-0"));
      tasks.advanceTo(T + 70 * MINUTE);
      tasks.save();
      assertEquals(Set.of(last + "/"), tasks.pieces("d-0"));
    }
  }

  @Test
  void fixThatTookAnothersPlaceLeavesNoTraceOfIt() throws Exception {
    long piece = DriverWire.pieceOf(T + HOUR);
    try (DriverTasks tasks = DriverTasks.start(HEAP, 10, 1)) {
      tasks.send(fix("d-0", T + HOUR, T + HOUR + 2, "e-1"));
      tasks.save();
      assertEquals(Set.of(piece + "/"), tasks.pieces("d-0"));
      // The clock ran ahead, as this copy's earlier receipt tells.
      tasks.send(fix("d-0", T + HOUR, T + HOUR - 1, "e-1"));
      tasks.save();
      assertEquals(Set.of((piece - 1) + "/"), tasks.pieces("d-0"));
    }
  }

  private static ForDriver fix(String driverId, long time, long receivedAt, String eventId) {
    return new ForDriver(
        driverId,
        new Fix(
            new Stamp(time, receivedAt, eventId, null),
            false,
            driverId,
            "p-0",
            30,
            104,
            5,
            0,
            0,
            false,
            Fix.Datum.WGS84));
  }

  private static ForDriver accepted(String driverId, long time, long pickupAt) {
    Booking booking =
        new Booking(
            Scenario.STATION_DROPOFF,
            "chengdu",
            "pa-1",
            null,
            pickupAt,
            new Place(31, 104),
            new Place(30, 104),
            9_000,
            600,
            VehicleClass.ECONOMY,
            5_000,
            0,
            null);
    return new ForDriver(
        driverId,
        new OrderEvent(
            new Stamp(time, time, null, "{}"),
            OrderEvent.Type.ACCEPTED,
            "o-" + driverId,
            booking,
            driverId,
            "plate",
            VehicleClass.COMFORT,
            null,
            null,
            0));
  }
}
