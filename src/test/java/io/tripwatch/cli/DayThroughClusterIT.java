package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tripwatch.event.Topic;
import io.tripwatch.simulate.Delivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one promise with a real day: skipped where the folder is absent that the system property
 * {@code tripwatch.day} names. Takes minutes, so it runs only with {@code -Pcluster-day}.
 */
@Tag("minutes")
class DayThroughClusterIT {
  private static final Path DAY =
      Path.of(System.getProperty("tripwatch.day", "../shared/data/sfo-2008-06-03"));
  private static final long SEED = 72;

  @TempDir static Path common;
  private static List<Delivery> day;
  private static long untilMs;
  private static AlertHistory expected;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path dir;

  @BeforeAll
  static void replay() throws Exception {
    assumeTrue(Files.isDirectory(DAY), () -> "there is no folder " + DAY.toAbsolutePath());
    List<Delivery> inOrder = Deliveries.ofFolder(DAY);
    day = Deliveries.disturbed(inOrder, SEED);
    untilMs = Deliveries.until(inOrder);
    expected = Replayed.alerts(DAY, common.resolve("replayed"));
  }

  @Test
  void aJobStoppedHalfWayAndStartedAgainAtAnotherParallelismComesToTheVerdictsOfAReplay()
      throws Exception {
    AlertHistory alerts;
    try (LiveCluster cluster = LiveCluster.start(dir.resolve("cluster"))) {
      cluster.submit(2);
      cluster.load(Deliveries.part(day, 0, 0.5));
      cluster.awaitRead();
      cluster.submitFrom(cluster.stop(), 3);
      cluster.load(Deliveries.part(day, 0.5, 1));
      alerts = alertsInTheEnd(cluster);
    }
    assertAsExpected(alerts);
  }

  @Test
  void aJobThatLosesATaskManagerHalfWayComesToTheVerdictsOfAReplay() throws Exception {
    AlertHistory alerts;
    try (LiveCluster cluster = LiveCluster.start(dir.resolve("cluster"))) {
      cluster.submit(2);
      cluster.load(Deliveries.part(day, 0, 0.4));
      cluster.awaitRead();
      cluster.load(Deliveries.part(day, 0.4, 0.7));
      cluster.awaitOpenTransaction();
      cluster.killATaskManagerAtWork();
      cluster.load(Deliveries.part(day, 0.7, 1));
      cluster.awaitRestart();
      alerts = alertsInTheEnd(cluster);
    }
    assertAsExpected(alerts);
  }

  /** Fixes alone move time; partitions of all else fall idle, as on a quiet night. */
  private static AlertHistory alertsInTheEnd(LiveCluster cluster) throws Exception {
    cluster.advanceTime(untilMs, List.of(Topic.GPS));
    cluster.awaitVerdictsUntil(untilMs);
    return cluster.alerts();
  }

  private static void assertAsExpected(AlertHistory alerts) {
    alerts.assertEachRevisionOnceAndInOrder();
    alerts.assertSameFinalsAs(expected);
    assertEquals(expected.finals().size(), alerts.finals().size());
  }
}
