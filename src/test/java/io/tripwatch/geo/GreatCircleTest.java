package io.tripwatch.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GreatCircleTest {
  private static final double HALF_ROUND_M = GreatCircle.EARTH_RADIUS_M * Math.PI;

  @Test
  void measuresFractionsOfTheGlobe() {
    assertEquals(0, GreatCircle.metres(30, 104, 30, 104));
    assertEquals(HALF_ROUND_M / 180, GreatCircle.metres(30, 104, 31, 104), 1e-6);
    assertEquals(HALF_ROUND_M / 2, GreatCircle.metres(0, 0, 0, 90), 1e-6);
    assertEquals(HALF_ROUND_M, GreatCircle.metres(0, 0, 0, 180), 1e-6);
    assertEquals(HALF_ROUND_M, GreatCircle.metres(90, 0, -90, 123), 1e-6);
    assertEquals(HALF_ROUND_M / 90, GreatCircle.metres(89, 10, 89, -170), 1e-6);
    assertEquals(HALF_ROUND_M / 90, GreatCircle.metres(0, 179, 0, -179), 1e-6);
  }

  @Test
  void isTheSameBothWays() {
    assertEquals(
        GreatCircle.metres(37.6163, -122.3861, 30.5785, 103.9471),
        GreatCircle.metres(30.5785, 103.9471, 37.6163, -122.3861));
  }

  /** By a quicker sine it comes out as 500 m: inside. */
  @Test
  void isStrictMathsToTheLastDigit() {
    assertEquals(
        500.0000000000001, GreatCircle.metres(30, 104, 30.00303477989747, 103.99616857283553), 0);
  }
}
