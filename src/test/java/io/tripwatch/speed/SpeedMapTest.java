package io.tripwatch.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpeedMapTest {
  private static final long NOON = 12 * 3_600_000L;
  private static final double LAT = 30.66;
  private static final double LON = 104.06;

  private final SpeedMap speeds = new SpeedMap();

  @Test
  void knowsNothingWhereNobodyDrove() {
    assertEquals(7, speeds.at(LAT, LON, NOON, 7));
  }

  @Test
  void comesNearWhatIsDrivenThere() {
    learn(speeds, LAT, LON, NOON, 4, 60);
    assertEquals(4, speeds.at(LAT, LON, NOON, 10), 0.3);
  }

  @Test
  void countsAFewSamplesForLittle() {
    speeds.learn(LAT, LON, NOON, 240, 60);
    double speed = speeds.at(LAT, LON, NOON, 10);
    assertTrue(speed < 10 && speed > 8, () -> "" + speed);
  }

  @Test
  void distinguishesTimesOfDayWhereItKnowsThem() {
    learn(speeds, LAT, LON, NOON, 4, 60);
    learn(speeds, LAT, LON, NOON + 12 * 3_600_000L, 14, 60);
    assertEquals(4, speeds.at(LAT, LON, NOON, 10), 2);
    assertEquals(14, speeds.at(LAT, LON, 0, 10), 2);
    double between = speeds.at(LAT, LON, NOON + 6 * 3_600_000L, 10);
    assertTrue(between > 6 && between < 12, () -> "" + between);
  }

  @Test
  void takesAPlaceForLikeThoseAroundItWhereNobodyDroveThere() {
    learn(speeds, LAT, LON, NOON, 4, 60);
    double near = speeds.at(LAT + 0.03, LON, NOON, 10);
    assertTrue(near < 5, () -> "" + near);
    assertEquals(10, speeds.at(LAT + 3, LON, NOON, 10));
  }

  @Test
  void oldSamplesFade() {
    learn(speeds, LAT, LON, NOON, 4, 2_000);
    learn(speeds, LAT, LON, NOON, 12, 600);
    assertEquals(12, speeds.at(LAT, LON, NOON, 10), 1);
  }

  @Test
  void holdsNoMoreThanItMayAndKeepsWhatIsInUse() {
    SpeedMap small = new SpeedMap(200);
    learn(small, LAT, LON, NOON, 4, 60);
    for (int i = 0; i < 2_000; i++) {
      small.learn(-60 + i % 100 * 1.2, -170 + i / 100 * 16, NOON, 600, 60);
      assertEquals(4, small.at(LAT, LON, NOON, 10), 0.3);
      assertTrue(small.entries() <= 200);
    }
  }

  @Test
  void learnsOnlyWhereItIsAskedTo() {
    assertTrue(!speeds.learns());
    speeds.learnIf(true);
    assertTrue(speeds.learns());
  }

  private static void learn(
      SpeedMap speeds, double lat, double lon, long time, double metresPerSecond, int minutes) {
    for (int i = 0; i < minutes; i++) {
      speeds.learn(lat, lon, time, 60 * metresPerSecond, 60);
    }
  }
}
