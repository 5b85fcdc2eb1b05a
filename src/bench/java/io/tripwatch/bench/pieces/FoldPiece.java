package io.tripwatch.bench.pieces;

import io.tripwatch.event.Event;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.verdict.Dossier;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** An event of a driver's taken in, on average over ten trips of his. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class FoldPiece {
  private static final int EVENTS = 3_150;

  private static final int EVENTS_OF_SERVICE = 3_120;

  private final List<Event> events = OneDriver.events(EVENTS);
  private final List<Event> ofService =
      OneDriver.eventsOfService(EVENTS).subList(0, EVENTS_OF_SERVICE);
  private final RuleBook book = RuleBook.of(Settings.defaults(Rules.catalogue()));

  /** Learned, and nothing judged. */
  @Benchmark
  @OperationsPerInvocation(EVENTS_OF_SERVICE)
  public Driver learn() {
    Driver driver = new Driver(OneDriver.ID);
    for (Event event : ofService) {
      driver.learn(event, event.time() - OneDriver.BEHIND_MS);
    }
    return driver;
  }

  /** Learned, and judged by all rules whenever it may matter. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Dossier learnAndJudge(Blackhole said) {
    Dossier dossier = new Dossier(new Driver(OneDriver.ID), new HeapArchive());
    Heard heard = new Heard(said);
    for (Event event : events) {
      long now = event.time() - OneDriver.BEHIND_MS;
      dossier.learn(event, now);
      if (dossier.wake() <= now) {
        dossier.judge(book, 1, now, heard);
      }
    }
    return dossier;
  }
}
