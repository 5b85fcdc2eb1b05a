package io.tripwatch.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SinesTest {
  private static final double OFF_BY = 4e-16;

  private final Random random = new Random(1);

  @Test
  void agreeWithStrictMathAtAnyAngle() {
    for (int i = 0; i < 200_000; i++) {
      double halfTurns = (random.nextDouble() - 0.5) * 4;
      assertEquals(
          StrictMath.sin(halfTurns * StrictMath.PI), Sines.ofHalfTurns(halfTurns), 3 * OFF_BY);
    }
  }

  @Test
  void areExactAtWholeHalfTurnsHoweverMany() {
    for (int halfTurns = -1000; halfTurns <= 1000; halfTurns++) {
      assertEquals(0, Sines.ofHalfTurns(halfTurns), 0);
      assertEquals(halfTurns % 2 == 0 ? 1 : -1, Sines.ofHalfTurns(halfTurns + 0.5), OFF_BY);
    }
  }

  @Test
  void cosinesOfLatitudesAgreeWithStrictMath() {
    for (int i = 0; i < 200_000; i++) {
      double degrees = (random.nextDouble() - 0.5) * 180;
      assertEquals(StrictMath.cos(Math.toRadians(degrees)), Sines.cosineOf(degrees), OFF_BY);
    }
  }
}
