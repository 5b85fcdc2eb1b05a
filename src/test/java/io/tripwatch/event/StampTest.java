package io.tripwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void takesTheReceiptForTheTimeWhereTheClockRanAhead() {
    assertEquals(10, new Stamp(10, 11, null, null).time());
    assertEquals(0, new Stamp(10, 10, null, null).mendedMs());
    assertEquals(9, new Stamp(10, 9, null, null).time());
    assertEquals(1, new Stamp(10, 9, null, null).mendedMs());
    assertEquals(10, new Stamp(10, Stamp.ABSENT, null, null).time());
    assertEquals(10, new Stamp(10, Stamp.ABSENT, null, null).arrival());
  }
}
