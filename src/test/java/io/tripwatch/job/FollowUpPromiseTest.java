package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Event;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import io.tripwatch.verdict.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from alerts is a function of the set of events, too: money, records, figures. */
class FollowUpPromiseTest {
  private static final int DAYS = Integer.getInteger("tripwatch.promise.days", 8);
  private static final long WATERMARK_LAG_MS = 5_000;

  static LongStream seeds() {
    return LongStream.range(0, DAYS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatFollowsDoesNotDependOnTheOrderOfArrival(long seed) {
    hold(NastyDay.of(seed), seed, NastyDay.SETTLED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherDoesItWhereTimeEndsInTheMiddle(long seed) {
    long until = NastyDay.START + (long) (new Random(seed).nextDouble() * 8 * 3_600_000);
    List<Event> day = NastyDay.of(seed).stream().filter(event -> event.time() <= until).toList();
    hold(day, seed, until);
  }

  @Test
  void theNastyDaysMakeEveryKindOfOutputButBlacklists() {
    Set<OutputTopic> made = EnumSet.of(OutputTopic.ALERTS);
    seeds()
        .forEach(
            seed -> {
              MemoryJob job = new MemoryJob(new Random(0), false, 0);
              arrive(job, Arrivals.PROMPT.of(NastyDay.of(seed), new Random(seed)), seed);
              job.outputs().forEach(output -> made.add(output.topic()));
              assertFalse(job.days().isEmpty());
              made.add(OutputTopic.STATS);
            });
    made.add(OutputTopic.BLACKLIST);
    assertEquals(EnumSet.allOf(OutputTopic.class), made);
  }

  private static void arrive(MemoryJob job, List<Event> arriving, long seed) {
    arrive(job, arriving, new Random(seed), NastyDay.SETTLED);
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

  private static void hold(List<Event> day, long seed, long until) {
    MemoryJob atOnce = new MemoryJob(new Random(0), false, 0);
    day.forEach(atOnce::take);
    atOnce.advanceTo(until);
    Map<String, Object> expected = finals(atOnce);
    for (Arrivals arrivals : Arrivals.values()) {
      Random random = new Random(17 * seed + arrivals.ordinal());
      MemoryJob job = new MemoryJob(random, false, random.nextInt(2) * 20);
      arrive(job, arrivals.of(day, random), random, until);
      assertWellFormed(job.outputs());
      Map<String, Object> actual = finals(job);
      expected.forEach((id, output) -> assertEquals(output, actual.get(id), arrivals + " " + id));
      assertEquals(expected.keySet(), actual.keySet(), arrivals.toString());
    }
  }

  /** What stands of each id, leaving out revisions; texts are sent or not, as it happens. */
  private static Map<String, Object> finals(MemoryJob job) {
    Map<String, Output> last = new TreeMap<>();
    job.outputs().forEach(output -> last.put(output.topic() + " " + output.id(), output));
    Map<String, Object> finals = new TreeMap<>();
    last.forEach(
        (id, output) -> {
          if (output instanceof Statement statement
              && !statement.isGone()
              && statement.topic() != OutputTopic.NOTIFICATIONS) {
            finals.put(id, statement.status() + " " + statement.fields());
          }
        });
    job.days().forEach(day -> finals.put(day.id(), day.fields().toString()));
    return finals;
  }

  /** Revisions have no gaps, nothing is taken back that was not said, no text is sent twice. */
  private static void assertWellFormed(List<Output> said) {
    Map<String, Output> last = new TreeMap<>();
    for (Output output : said) {
      Output before = last.put(output.topic() + " " + output.id(), output);
      assertEquals(before == null ? 1 : before.revision() + 1, output.revision(), output::toString);
      assertTrue(before != null || !output.isGone(), output::toString);
      if (before != null) {
        assertFalse(output.topic() == OutputTopic.NOTIFICATIONS, output::toString);
        assertFalse(before.isGone() && output.isGone(), output::toString);
      }
    }
  }
}
