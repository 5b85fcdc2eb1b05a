package io.tripwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StampTest {
  private static Stamp stamp(String id, String canonical) {
    return new Stamp(10, 11, id, canonical);
  }

  @Test
  void takesTheReceiptForTheTimeWhereTheClockRanAhead() {
    assertEquals(10, new Stamp(10, 11, null, null).time());
    assertEquals(0, new Stamp(10, 10, null, null).mendedMs());
    assertEquals(9, new Stamp(10, 9, null, null).time());
    assertEquals(1, new Stamp(10, 9, null, null).mendedMs());
    assertEquals(10, new Stamp(10, Stamp.ABSENT, null, null).time());
    assertEquals(10, new Stamp(10, Stamp.ABSENT, null, null).arrival());
  }

  @Test
  void knowsTheSameEventByItsIdOrByItsContent() {
    assertTrue(stamp("a", "x").sameEventAs(new Stamp(99, 98, "a", "y")));
    assertFalse(stamp("a", "x").sameEventAs(stamp("b", "x")));
    assertFalse(stamp("a", "x").sameEventAs(stamp(null, "x")));
    assertFalse(stamp(null, "x").sameEventAs(stamp("a", "x")));
    assertTrue(stamp(null, "x").sameEventAs(new Stamp(10, 5, null, "x")));
    assertFalse(stamp(null, "x").sameEventAs(new Stamp(11, 11, null, "x")));
    assertFalse(stamp(null, "x").sameEventAs(stamp(null, "y")));
  }

  @Test
  void breaksTiesByIdAbsentFirstThenByContent() {
    List<Stamp> sorted =
        List.of(stamp(null, "x"), stamp(null, "y"), stamp("a", "z"), stamp("b", "a"));
    assertEquals(
        sorted,
        Stream.of(sorted.get(2), sorted.get(1), sorted.get(3), sorted.get(0))
            .sorted(Stamp::compareTie)
            .toList());
  }
}
