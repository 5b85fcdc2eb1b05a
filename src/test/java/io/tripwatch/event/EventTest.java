package io.tripwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {
  private static Event event(Stamp stamp) {
    return new Login(stamp, "d", "ph", Login.Action.LOGIN, null, null);
  }

  private static Event event(String id, String canonical) {
    return event(new Stamp(10, 11, id, canonical));
  }

  @Test
  void knowsTheSameEventByItsIdOrByItsContent() {
    assertTrue(event("a", "x").sameEventAs(event(new Stamp(99, 98, "a", "y"))));
    assertFalse(event("a", "x").sameEventAs(event("b", "x")));
    assertFalse(event("a", "x").sameEventAs(event(null, "x")));
    assertFalse(event(null, "x").sameEventAs(event("a", "x")));
    assertTrue(event(null, "x").sameEventAs(event(new Stamp(10, 5, null, "x"))));
    assertFalse(event(null, "x").sameEventAs(event(new Stamp(11, 11, null, "x"))));
    assertFalse(event(null, "x").sameEventAs(event(null, "y")));
    assertFalse(event(null, "x").sameEventAs(event(null, null)));
    assertFalse(event(null, null).sameEventAs(event(null, "x")));
  }

  @Test
  void breaksTiesByIdAbsentFirstThenByContent() {
    List<Event> sorted =
        List.of(event(null, "x"), event(null, "y"), event("a", "z"), event("b", "a"));
    assertEquals(
        sorted,
        Stream.of(sorted.get(2), sorted.get(1), sorted.get(3), sorted.get(0))
            .sorted(Event::compareTie)
            .toList());
  }

  static Stream<Event> events() {
    return WireTest.events().filter(event -> PlainRecord.of(event, true) != null);
  }

  @ParameterizedTest
  @MethodSource("events")
  void knowsAnEventByAWordForItsTextAsByTheText(Event event) {
    Event spelt = worded(event, PlainRecord.of(event, true));
    Event plain = worded(event, PlainRecord.of(event, false));
    Event other = worded(event, "{}");
    for (Event one : List.of(spelt, plain, other)) {
      Event brief = one.shortened();
      assertEquals(one.canonicalJson(), brief.canonicalJson());
      assertEquals(brief, brief.shortened());
      for (Event another : List.of(spelt, plain, other)) {
        assertEquals(one.sameEventAs(another), brief.sameEventAs(another.shortened()));
        assertEquals(one.sameEventAs(another), brief.sameEventAs(another));
        assertEquals(
            Integer.signum(one.compareTie(another)),
            Integer.signum(brief.compareTie(another.shortened())));
      }
    }
    assertSame(Stamp.SPELT, spelt.shortened().stamp().canonical());
    assertSame(other, other.shortened());
  }

  private static Event worded(Event event, String canonical) {
    Stamp stamp = event.stamp();
    return PlainRecord.stamped(
        event, new Stamp(stamp.eventTime(), stamp.receivedAt(), stamp.eventId(), canonical));
  }
}
