package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DriveTest {
  private final Drive drive =
      new Drive().to(1_000, new Spot(0, 0)).stayUntil(2_000).to(12_000, new Spot(100, 0));

  @Test
  void isBetweenItsPointsInProportionToTime() {
    assertEquals(new Spot(0, 0), drive.at(0));
    assertEquals(new Spot(0, 0), drive.at(1_500));
    assertEquals(new Spot(50, 0), drive.at(7_000));
    assertEquals(new Spot(100, 0), drive.at(12_000));
    assertEquals(new Spot(100, 0), drive.at(99_000));
  }

  @Test
  void goesAsFastAsItsPointsSay() {
    assertEquals(0, drive.speedKmh(1_500));
    assertEquals(36, drive.speedKmh(7_000), 1e-9);
    assertEquals(0, drive.speedKmh(12_000));
  }

  @Test
  void doesNotGoBackInTime() {
    assertThrows(IllegalArgumentException.class, () -> drive.to(11_999, new Spot(0, 0)));
  }
}
