package io.tripwatch.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircleTest {
  private static final int POINTS = 20_000;

  /** Centres everywhere, at the edges of the short way, at the poles and the antimeridian. */
  @ParameterizedTest
  @CsvSource({
    "-90, 90, -180, 180, 1",
    "69, 71, -180, 180, 2",
    "-71, -69, 0, 10, 3",
    "89.9, 90, -180, 180, 4",
    "-90, -89.9, -180, 180, 5",
    "-60, 60, 179.95, 180, 6",
    "-60, 60, -180, -179.95, 7",
    "-0.01, 0.01, -0.01, 0.01, 8",
    "30, 30, 104, 104, 9"
  })
  void tellsTheSameAsTheExactDistance(
      double south, double north, double west, double east, long seed) {
    Random random = new Random(seed);
    int inside = 0;
    for (int i = 0; i < POINTS; i++) {
      double lat = south + (north - south) * random.nextDouble();
      double lon = west + (east - west) * random.nextDouble();
      double radiusM = Math.pow(10, 5 * random.nextDouble());
      double accuracyM = random.nextBoolean() ? 0 : 10_000 * random.nextDouble();
      double[] point = near(random, lat, lon, (radiusM + accuracyM) * 2.2 * random.nextDouble());
      boolean exact = GreatCircle.metres(lat, lon, point[0], point[1]) - accuracyM <= radiusM;
      boolean holds = new Circle(lat, lon, radiusM).holds(point[0], point[1], accuracyM);
      assertEquals(exact, holds, () -> lat + " " + lon + " " + radiusM + " " + accuracyM);
      inside += exact ? 1 : 0;
    }
    assertTrue(inside > POINTS / 5 && inside < POINTS * 4 / 5, "both sides are tried: " + inside);
  }

  /** Most of all at the rim, where a rough estimate would err. */
  @Test
  void tellsTheSameAtTheRim() {
    Random random = new Random(17);
    for (int i = 0; i < POINTS; i++) {
      double lat = -72 + 144 * random.nextDouble();
      double lon = -180 + 360 * random.nextDouble();
      double radiusM = 1 + 20_000 * random.nextDouble();
      double[] point = near(random, lat, lon, radiusM * (0.94 + 0.12 * random.nextDouble()));
      boolean exact = GreatCircle.metres(lat, lon, point[0], point[1]) <= radiusM;
      assertEquals(exact, new Circle(lat, lon, radiusM).holds(point[0], point[1], 0));
    }
  }

  @Test
  void holdsItsRim() {
    double metres = GreatCircle.metres(30, 104, 30.005, 104.003);
    assertTrue(new Circle(30, 104, metres).holds(30.005, 104.003, 0));
    assertFalse(new Circle(30, 104, Math.nextDown(metres)).holds(30.005, 104.003, 0));
  }

  @Test
  void reachesOverTheAntimeridian() {
    assertTrue(new Circle(0, 179.999, 500).holds(0, -179.999, 0));
    assertFalse(new Circle(0, 179.999, 200).holds(0, -179.999, 0));
  }

  /** A point so many metres from another, in any direction. */
  private static double[] near(Random random, double lat, double lon, double metres) {
    double bearing = 2 * Math.PI * random.nextDouble();
    double angle = metres / GreatCircle.EARTH_RADIUS_M;
    double radLat = Math.toRadians(lat);
    double sinLat =
        Math.sin(radLat) * Math.cos(angle) + Math.cos(radLat) * Math.sin(angle) * Math.cos(bearing);
    double pointLat = Math.asin(Math.max(-1, Math.min(1, sinLat)));
    double dLon =
        Math.atan2(
            Math.sin(bearing) * Math.sin(angle) * Math.cos(radLat),
            Math.cos(angle) - Math.sin(radLat) * Math.sin(pointLat));
    double pointLon = lon + Math.toDegrees(dLon);
    pointLon = pointLon > 180 ? pointLon - 360 : pointLon < -180 ? pointLon + 360 : pointLon;
    return new double[] {Math.toDegrees(pointLat), pointLon};
  }
}
