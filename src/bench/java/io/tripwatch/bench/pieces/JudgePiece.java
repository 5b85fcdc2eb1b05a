package io.tripwatch.bench.pieces;

import io.tripwatch.event.Event;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.PickupTime;
import io.tripwatch.trip.Trip;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A trip of a quarter of an hour, with a fix every three seconds, judged once by all trip rules.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class JudgePiece {
  private static final int EVENTS = 3_150;

  private final List<Trip> trips = new ArrayList<>();
  private int next;

  /** Learns all there is, then takes the trips that come of it. */
  @Setup
  public void learn() {
    Driver driver = new Driver(OneDriver.ID);
    long now = 0;
    for (Event event : OneDriver.eventsOfService(EVENTS)) {
      now = event.time() - OneDriver.BEHIND_MS;
      driver.learn(event, now);
    }
    RuleBook book = RuleBook.of(Settings.defaults(Rules.catalogue()));
    driver.visit(
        book,
        now,
        (order, ofOrder, settling, last) -> {
          trips.addAll(ofOrder);
          return PickupTime.NEVER;
        });
  }

  /** The findings of one trip. */
  @Benchmark
  public int allRules() {
    next = (next + 1) % trips.size();
    Trip trip = trips.get(next);
    int found = 0;
    for (TripRule rule : RULES) {
      found += rule.judge(trip, trip.rules().of(rule.spec())).isPresent() ? 1 : 0;
    }
    return found;
  }

  private static final TripRule[] RULES =
      Rules.ALL.stream()
          .filter(TripRule.class::isInstance)
          .map(TripRule.class::cast)
          .toArray(TripRule[]::new);
}
