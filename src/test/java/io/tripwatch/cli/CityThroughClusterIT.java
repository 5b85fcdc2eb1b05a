package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Topic;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Delivery;
import io.tripwatch.simulate.EventFolder;
import io.tripwatch.simulate.Faults;
import io.tripwatch.simulate.Mix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The one promise, kept by real processes: what happens to the job changes no verdict. */
class CityThroughClusterIT {
  private static final long SEED = 71;
  private static final int TRIPS = 400;

  /** Past, for a broker refuses what claims to be of the future. */
  private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

  private static final Faults FAULTS =
      Faults.parse("late=0.02,offline=0.05,duplicate=0.03,shuffle=3s,clock=0.05,malformed=0.001");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path dir;

  @Test
  void aJobThatWasStoppedRescaledAndKilledComesToTheVerdictsOfAReplay() throws Exception {
    List<Delivery> city = city();
    Path events = dir.resolve("events");
    write(city, events);
    AlertHistory expected = Replayed.alerts(events, dir.resolve("replayed"));
    assertTrue(expected.size() > 100, "there is something to be wrong about");
    AlertHistory alerts;
    try (LiveCluster cluster = LiveCluster.start(dir.resolve("cluster"))) {
      cluster.submit(2);
      load(cluster, city, 0, 0.3);
      cluster.submitFrom(cluster.stop(), 3);
      load(cluster, city, 0.3, 0.5);
      cluster.rescale(2);
      load(cluster, city, 0.5, 0.8);
      cluster.awaitOpenTransaction();
      cluster.killATaskManagerAtWork();
      load(cluster, city, 0.8, 1);
      cluster.awaitRestart();
      long untilMs = Deliveries.until(city);
      cluster.advanceTime(untilMs, List.of(Topic.values()));
      cluster.awaitVerdictsUntil(untilMs);
      alerts = cluster.alerts();
    }
    alerts.assertEachRevisionOnceAndInOrder();
    alerts.assertSameFinalsAs(expected);
  }

  /** Tells every partition the time, so that none holds it up until it falls idle. */
  private static void load(LiveCluster cluster, List<Delivery> city, double from, double to) {
    List<Delivery> part = Deliveries.part(city, from, to);
    cluster.load(part);
    cluster.advanceTime(part.get(part.size() - 1).arrivalMs(), List.of(Topic.values()));
  }

  private static List<Delivery> city() {
    City.Plan plan =
        new City.Plan(
            SEED,
            TRIPS,
            0,
            START,
            City.DEFAULT_FIX_EVERY.multipliedBy(3),
            Mix.ofDefaults(),
            FAULTS);
    List<Delivery> city = new ArrayList<>();
    new City(plan).forEachRemaining(city::add);
    return city;
  }

  private static void write(List<Delivery> city, Path folder) throws IOException {
    try (EventFolder events = new EventFolder(Files.createDirectories(folder))) {
      for (Delivery delivery : city) {
        events.write(delivery);
      }
      events.commit();
    }
  }
}
