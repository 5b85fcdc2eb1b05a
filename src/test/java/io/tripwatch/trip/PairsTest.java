package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairsTest {
  private final Pairs pairs = new Pairs();

  @Test
  void areOnTheListForSoLongBothEndsIncluded() {
    pairs.set("p-1", "o-1", 1_000);
    assertEquals(NEVER, pairs.since("p-1", 999, 500));
    assertEquals(1_000, pairs.since("p-1", 1_000, 500));
    assertEquals(1_000, pairs.since("p-1", 1_500, 500));
    assertEquals(NEVER, pairs.since("p-1", 1_501, 500));
    assertEquals(NEVER, pairs.since("p-2", 1_000, 500));
  }

  @Test
  void areOnTheListByTheLatestOrderThatPutThemThereByThen() {
    pairs.set("p-1", "o-2", 2_000);
    pairs.set("p-1", "o-1", 1_000);
    pairs.set("p-1", "o-3", 3_000);
    assertEquals(2_000, pairs.since("p-1", 2_999, 5_000));
    assertEquals(3_000, pairs.since("p-1", 3_000, 5_000));
  }

  @Test
  void tellWhetherAnOrderSaysSomethingNew() {
    assertFalse(pairs.set("p-1", "o-1", NEVER));
    assertTrue(pairs.set("p-1", "o-1", 1_000));
    assertFalse(pairs.set("p-1", "o-1", 1_000));
    assertTrue(pairs.set("p-1", "o-1", 900));
    assertTrue(pairs.set("p-1", "o-1", NEVER));
    assertFalse(pairs.set("p-1", "o-1", NEVER));
    assertEquals(Set.of(), pairs.passengers());
  }

  @Test
  void stayOnTheListByAnotherOrder() {
    pairs.set("p-1", "o-1", 1_000);
    pairs.set("p-1", "o-2", 2_000);
    pairs.set("p-1", "o-2", NEVER);
    assertEquals(Map.of("o-1", 1_000L), pairs.of("p-1"));
  }

  @Test
  void areForgottenAfterATime() {
    pairs.set("p-1", "o-1", 1_000);
    pairs.set("p-2", "o-2", 2_000);
    pairs.forgetBefore(1_000);
    assertEquals(Set.of("p-1", "p-2"), pairs.passengers());
    pairs.forgetBefore(1_001);
    assertEquals(Set.of("p-2"), pairs.passengers());
  }

  @Test
  void areWrittenAndRead() throws IOException {
    pairs.set("p-1", "o-1", 1_000);
    pairs.set("p-1", "o-2", 2_000);
    pairs.set("p-2", "o-3", 3_000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pairs.write(new DataOutputStream(bytes));
    Pairs read = Pairs.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(pairs.passengers(), read.passengers());
    assertEquals(pairs.of("p-1"), read.of("p-1"));
    assertEquals(pairs.of("p-2"), read.of("p-2"));
  }
}
