package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Event;
import io.tripwatch.rule.Promised;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The final verdicts are a function of the set of events, and of nothing else. */
class PromiseTest {
  private static final int DAYS = Integer.getInteger("tripwatch.promise.days", 24);
  private static final int[] REREADS_ONE_IN = {0, 3, 50};
  private static final long WATERMARK_LAG_MS = 5_000;

  static LongStream seeds() {
    return LongStream.range(0, DAYS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void finalVerdictsDoNotDependOnTheOrderOfArrival(long seed) {
    hold(NastyDay.of(seed), seed, NastyDay.SETTLED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherDoTheyWhereTimeEndsInTheMiddle(long seed) {
    Random random = new Random(seed);
    long until = NastyDay.START + (long) (random.nextDouble() * 8 * 3_600_000);
    hold(until(NastyDay.of(seed), until), seed, until);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void driversAreJudgedWheneverItMatters(long seed) {
    Arrivals arrivals = Arrivals.values()[(int) (seed % Arrivals.values().length)];
    List<Event> arriving = arrivals.of(NastyDay.of(seed), new Random(seed));
    MemoryJob job = new MemoryJob(new Random(seed), false, seed % 3 == 0 ? 0 : 20);
    MemoryJob eager = new MemoryJob(new Random(seed + 1), true, 0);
    Random random = new Random(seed);
    long last = Long.MIN_VALUE;
    for (Event event : arriving) {
      job.take(event);
      eager.take(event);
      last = Math.max(last, event.time());
      if (random.nextInt(4) == 0) {
        int known = promised(job).size();
        job.advanceTo(last);
        eager.advanceTo(last);
        assertEquals(
            byId(promised(eager).stream().skip(known)),
            byId(promised(job).stream().skip(known)),
            () -> arrivals + " at " + event);
      }
    }
  }

  @Test
  void finalVerdictsOfACityDoNotDependOnTheOrderOfArrival() {
    List<Event> day = CityDay.of(7);
    long last = day.stream().mapToLong(Event::time).max().orElseThrow();
    hold(day, 1, last);
    long until = last - 3 * 3_600_000L;
    hold(until(day, until), 2, until);
  }

  @Test
  void theNastyDaysBreakEveryRule() {
    TreeSet<String> broken = new TreeSet<>();
    seeds()
        .mapToObj(seed -> MemoryJob.finals(NastyDay.of(seed), NastyDay.SETTLED))
        .forEach(finals -> finals.values().forEach(alert -> broken.add(alert.ruleId())));
    List<String> rules =
        Rules.catalogue().stream().map(RuleSpec::id).filter(Promised::covers).sorted().toList();
    assertEquals(rules, List.copyOf(broken));
  }

  @Test
  void theNastyDaysMakeEveryKindOfOutput() {
    Set<OutputTopic> made = EnumSet.noneOf(OutputTopic.class);
    seeds()
        .forEach(
            seed -> {
              MemoryJob job = new MemoryJob(new Random(seed), false, 0);
              List<Event> arriving = Arrivals.PROMPT.of(NastyDay.of(seed), new Random(seed));
              arrive(job, arriving, new Random(seed), NastyDay.SETTLED);
              job.outputs().forEach(output -> made.add(output.topic()));
              job.days().forEach(day -> made.add(day.topic()));
            });
    assertEquals(EnumSet.allOf(OutputTopic.class), made);
  }

  /** Compares every way of arriving with all at once, judged at the end. */
  private static void hold(List<Event> day, long seed, long until) {
    Map<String, Object> expected = Said.finals(MemoryJob.of(day, until));
    for (Arrivals arrivals : Arrivals.values()) {
      Random random = new Random(31 * seed + arrivals.ordinal());
      int rereadsOneIn = REREADS_ONE_IN[random.nextInt(REREADS_ONE_IN.length)];
      List<Event> arriving = arrivals.of(day, random);
      MemoryJob job = new MemoryJob(random, false, rereadsOneIn);
      arrive(job, arriving, random, until);
      assertSame(expected, job, arrivals + " rereading one in " + rereadsOneIn);
    }
  }

  private static void assertSame(Map<String, Object> expected, MemoryJob job, String how) {
    Said.assertWellFormed(job.said());
    Said.assertNumbered(job.outputs());
    Map<String, Object> actual = Said.finals(job);
    TreeSet<String> ids = new TreeSet<>(expected.keySet());
    ids.addAll(actual.keySet());
    for (String id : ids) {
      assertEquals(expected.get(id), actual.get(id), () -> how + ": " + id);
    }
  }

  private static void arrive(MemoryJob job, List<Event> arriving, Random random, long until) {
    long last = Long.MIN_VALUE;
    int steps = 1 + random.nextInt(20);
    for (Event event : arriving) {
      job.take(event);
      last = Math.max(last, event.time());
      if (random.nextInt(steps) == 0) {
        job.advanceTo(Math.min(until, last - WATERMARK_LAG_MS));
      }
    }
    job.advanceTo(until);
  }

  private static List<Event> until(List<Event> day, long until) {
    return day.stream().filter(event -> event.time() <= until).toList();
  }

  private static List<Output> promised(MemoryJob job) {
    return job.outputs().stream().filter(Said::isPromised).toList();
  }

  private static List<Output> byId(Stream<Output> outputs) {
    return outputs
        .map(Said::withoutCause)
        .sorted(Comparator.comparing(Output::topic).thenComparing(Output::id))
        .toList();
  }
}
