package io.tripwatch.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatumsTest {
  private static final double PRECISION_DEG = 1e-9;

  /** Points of Shanghai, Shenzhen and Beijing as they are published with other implementations. */
  @ParameterizedTest
  @CsvSource({
    "31.1774276, 121.5272106, 31.17530398364597, 121.531541859215",
    "22.543847, 113.912316, 22.540796131694766, 113.9171764808363",
    "39.911954, 116.377817, 39.91334545536069, 116.38404722455657"
  })
  void agreesWithKnownPoints(double lat, double lon, double gcjLat, double gcjLon) {
    double[] gcj = Datums.wgs84ToGcj02(lat, lon);
    assertEquals(gcjLat, gcj[0], PRECISION_DEG);
    assertEquals(gcjLon, gcj[1], PRECISION_DEG);
    double[] wgs = Datums.gcj02ToWgs84(gcjLat, gcjLon);
    assertEquals(lat, wgs[0], PRECISION_DEG);
    assertEquals(lon, wgs[1], PRECISION_DEG);
  }

  @Test
  void invertsGcj02ToTheContractsPrecisionButForThePoles() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double lat = -89 + 178 * random.nextDouble();
      double lon = -179 + 358 * random.nextDouble();
      double[] gcj = Datums.wgs84ToGcj02(lat, lon);
      double[] wgs = Datums.gcj02ToWgs84(gcj[0], gcj[1]);
      assertEquals(lat, wgs[0], PRECISION_DEG, () -> "lat of " + lat + " " + lon);
      assertEquals(lon, wgs[1], PRECISION_DEG, () -> "lon of " + lat + " " + lon);
    }
  }

  @Test
  void movesAPointInChinaByHundredsOfMetres() {
    Random random = new Random(6);
    for (int i = 0; i < 1_000; i++) {
      double lat = 22 + 20 * random.nextDouble();
      double lon = 100 + 22 * random.nextDouble();
      double[] gcj = Datums.wgs84ToGcj02(lat, lon);
      double metres = GreatCircle.metres(lat, lon, gcj[0], gcj[1]);
      assertTrue(metres > 100 && metres < 1_200, () -> metres + " m at " + lat + " " + lon);
    }
  }

  /** The closed form from GCJ-02 to BD-09, which the contract's inverts to within a metre. */
  @Test
  void takesBd09ToGcj02First() {
    double[] gcj = Datums.wgs84ToGcj02(30.5785, 103.9471);
    double turn = Math.PI * 3000 / 180;
    double radius = Math.hypot(gcj[1], gcj[0]) + 0.00002 * Math.sin(gcj[0] * turn);
    double angle = Math.atan2(gcj[0], gcj[1]) + 0.000003 * Math.cos(gcj[1] * turn);
    double bdLat = radius * Math.sin(angle) + 0.006;
    double bdLon = radius * Math.cos(angle) + 0.0065;
    double[] wgs = Datums.bd09ToWgs84(bdLat, bdLon);
    assertTrue(GreatCircle.metres(30.5785, 103.9471, wgs[0], wgs[1]) < 1);
    assertTrue(GreatCircle.metres(bdLat, bdLon, gcj[0], gcj[1]) > 500);
  }

  @Test
  void leavesThePolesWhereTheyAre() {
    for (double lon = -180; lon <= 180; lon += 7.5) {
      for (double lat : new double[] {-90, -89.99, 89.6, 90}) {
        double[] wgs = Datums.gcj02ToWgs84(lat, lon);
        assertEquals(lat, wgs[0]);
        assertEquals(lon, wgs[1]);
        assertTrue(Double.isFinite(Datums.bd09ToWgs84(lat, lon)[1]));
      }
    }
  }
}
