package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteBackTest {
  private final List<String> done = new ArrayList<>();
  private final WriteBack<Held> held =
      new WriteBack<>(
          2,
          new WriteBack.Store<>() {
            @Override
            public Held read(String key) {
              done.add("read " + key);
              return new Held(key);
            }

            @Override
            public void write(Held one) {
              done.add("write " + one.key());
            }
          });

  private static final class Held extends WriteBack.Held {
    Held(String key) {
      super(key);
    }
  }

  @Test
  void aKeyIsReadOnceWhileItIsHeld() throws Exception {
    assertSame(held.hold("a"), held.hold("a"));
    assertEquals(List.of("read a"), done);
  }

  @Test
  void whatChangedIsWrittenOnce() throws Exception {
    held.change(held.hold("a"));
    held.change(held.hold("a"));
    held.hold("b");
    held.write();
    held.write();
    assertEquals(List.of("read a", "read b", "write a"), done);
  }

  @Test
  void theLongestUnusedMakesRoomAndIsWrittenIfItChanged() throws Exception {
    Held a = held.hold("a");
    Held b = held.hold("b");
    held.change(a);
    held.change(b);
    held.hold("a");
    held.hold("c");
    assertTrue(b.isDropped());
    assertFalse(a.isDropped());
    held.write();
    assertEquals(List.of("read a", "read b", "write b", "read c", "write a"), done);
    assertEquals(2, held.size());
    assertNotSame(b, held.hold("b"));
  }

  @Test
  void whatDidNotChangeMakesRoomUnwritten() throws Exception {
    held.hold("a");
    held.hold("b");
    held.hold("c");
    assertEquals(List.of("read a", "read b", "read c"), done);
  }

  @Test
  void howMuchIsHeldHasBounds() {
    assertEquals(1_000, WriteBack.asHeapAllows(8, Long.MAX_VALUE));
    assertEquals(1_000_000, WriteBack.asHeapAllows(1, 1));
  }
}
