package io.tripwatch.trip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Login;
import io.tripwatch.event.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
  private final EventLog<Login> log = EventLog.byTime();

  private static Login login(long time, long receivedAt, String id, String content) {
    Stamp stamp = new Stamp(time, receivedAt, id, content);
    return new Login(stamp, "d-7", "ph-7", Login.Action.LOGIN, content, null);
  }

  private List<String> contents() {
    return log.stream().map(Login::appVersion).toList();
  }

  @Test
  void ordersByTimeThenEventIdAbsentFirstThenContent() {
    log.learn(login(2, 2, null, "later"));
    log.learn(login(1, 1, "b", "b"));
    log.learn(login(1, 1, "a", "z"));
    log.learn(login(1, 1, null, "y"));
    log.learn(login(1, 1, null, "x"));
    assertEquals(List.of("x", "y", "z", "b", "later"), contents());
  }

  @Test
  void knowsARepeatedEventByItsIdWhateverItSays() {
    assertTrue(log.learn(login(1, 5, "a", "x")));
    assertFalse(log.learn(login(2, 6, "a", "y")));
    assertTrue(log.learn(login(3, 4, "a", "z")));
    assertEquals(List.of("z"), contents());
  }

  @Test
  void knowsARepeatedEventByItsContentAndTakesTheOneReceivedFirst() {
    assertTrue(log.learn(login(10, 8, null, "x")));
    assertFalse(log.learn(login(10, 9, null, "x")));
    assertTrue(log.learn(login(10, 7, null, "x")));
    assertEquals(7, log.get(0).time());
    assertEquals(1, log.size());
    assertTrue(log.learn(login(10, 7, null, "y")));
  }

  @Test
  void takesAnAbsentReceiptForTheTimeItHappened() {
    assertTrue(log.learn(login(10, Stamp.ABSENT, "a", "x")));
    assertFalse(log.learn(login(10, 11, "a", "y")));
    assertTrue(log.learn(login(10, 9, "a", "z")));
  }

  @Test
  void holdsTheSameInTheEndHoweverEventsCome() {
    Random random = new Random(2);
    List<Login> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String id = random.nextBoolean() ? "e-" + random.nextInt(8) : null;
      long time = random.nextInt(10);
      String content = time + " " + id + " " + random.nextInt(5);
      events.add(login(time, time - 2 + random.nextInt(5), id, content));
    }
    List<Login> expected = null;
    for (int seed = 0; seed < 30; seed++) {
      Collections.shuffle(events, new Random(seed));
      EventLog<Login> one = EventLog.byTime();
      events.forEach(one::learn);
      expected = expected == null ? List.copyOf(one) : expected;
      assertEquals(expected, List.copyOf(one), "seed " + seed);
    }
  }

  /** Many, so that an index tells the copies. */
  @Test
  void holdsTheSameOfManyEventsHoweverTheyCome() {
    Random random = new Random(3);
    List<Login> events = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String id = random.nextBoolean() ? "e-" + random.nextInt(150) : null;
      long time = random.nextInt(50);
      String content = time + " " + id + " " + random.nextInt(5);
      events.add(login(time, time - 2 + random.nextInt(5), id, content));
    }
    List<Login> expected = null;
    for (int seed = 0; seed < 30; seed++) {
      Collections.shuffle(events, new Random(seed));
      EventLog<Login> one = EventLog.byTime();
      events.forEach(one::learn);
      events.forEach(event -> assertFalse(one.learn(event)));
      expected = expected == null ? List.copyOf(one) : expected;
      assertEquals(expected, List.copyOf(one), "seed " + seed);
    }
    assertTrue(expected.size() > 200);
  }

  @Test
  void forgetsOfManyWhatIsOlderAndKnowsTheRest() {
    for (int i = 0; i < 100; i++) {
      log.learn(login(i, i, i % 2 == 0 ? "e-" + i : null, "n-" + i));
      log.forgetBefore(i - 49);
    }
    assertEquals(50, log.size());
    assertFalse(log.learn(login(50, 50, "e-50", "n-50")));
    assertFalse(log.learn(login(51, 51, null, "n-51")));
    assertTrue(log.learn(login(48, 48, "e-48", "n-48")));
    assertTrue(log.learn(login(49, 49, null, "n-49")));
    assertEquals(52, log.size());
    log.forgetBefore(1_000);
    assertTrue(log.isEmpty());
    assertTrue(log.learn(login(50, 50, "e-50", "n-50")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void comparesAnEventWithFewHoweverManyAreKept(boolean reverse) {
    int many = 30_000;
    long[] compared = new long[1];
    EventLog<Login> full =
        EventLog.byTimeThen(
            (a, b) -> {
              compared[0]++;
              return 0;
            });
    for (int i = 0; i < many; i++) {
      // All at one time, so that nothing but the comparison tells them apart.
      int number = reverse ? many - i : i;
      full.learn(login(1, 1, String.format("e-%06d", number), "n-" + number));
    }
    assertEquals(many, full.size());
    assertTrue(compared[0] < 20L * many, () -> compared[0] + " comparisons");
  }

  @Test
  void tellsWhatIsInForce() {
    log.learn(login(1, 1, null, "one"));
    log.learn(login(3, 3, null, "three"));
    assertNull(log.inForceAt(0));
    assertEquals("one", log.inForceAt(1).appVersion());
    assertEquals("one", log.inForceAt(2).appVersion());
    assertEquals("three", log.inForceAt(3).appVersion());
  }

  @Test
  void forgetsOnlyWhatAnotherFollowed() {
    log.learn(login(1, 1, null, "one"));
    log.learn(login(3, 3, null, "three"));
    log.forgetSupersededBefore(2);
    assertEquals(2, log.size());
    log.forgetSupersededBefore(3);
    assertEquals(List.of("three"), contents());
    log.forgetSupersededBefore(9);
    assertEquals(List.of("three"), contents());
  }

  @Test
  void takesOfTwoStatusesAtOneTimeTheLaterOfTheList() {
    EventLog<FlightStatus> statuses = Driver.statusLog();
    FlightKey flight = new FlightKey("CA1", "2026-11-22", null);
    for (Status status : List.of(Status.CANCELLED, Status.SCHEDULED, Status.ARRIVED)) {
      Stamp stamp = new Stamp(1, Stamp.ABSENT, "z-" + status.name().charAt(2), status.name());
      statuses.learn(
          new FlightStatus(
              stamp, flight, FlightStatus.Mode.FLIGHT, status, 5, Stamp.ABSENT, Stamp.ABSENT));
    }
    assertEquals(Status.CANCELLED, statuses.inForceAt(1).status());
  }
}
