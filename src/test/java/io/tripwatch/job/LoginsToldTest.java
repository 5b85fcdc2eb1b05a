package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Event;
import io.tripwatch.event.Login;
import io.tripwatch.trip.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the stages tell drivers of those who log in on their devices. */
class LoginsToldTest {
  @Test
  void driversAreToldOfAllLoginsNearTheirsHoweverTheyArrive() {
    List<String> bad = new ArrayList<>();
    for (long seed = 0; seed < 40; seed++) {
      for (Arrivals arrivals : Arrivals.values()) {
        List<Event> day = NastyDay.of(seed);
        Random random = new Random(seed);
        List<Event> arriving = arrivals.of(day, random);
        Map<String, EventLog<Login>> told = new TreeMap<>();
        Map<String, EventLog<Login>> all = new TreeMap<>();
        Routes routes =
            new Routes(
                random,
                message -> {
                  if (message.event() instanceof Login login) {
                    told.computeIfAbsent(message.driverId(), any -> EventLog.byTime()).learn(login);
                  }
                });
        long last = Long.MIN_VALUE / 2;
        for (Event event : arriving) {
          routes.take(event);
          last = Math.max(last, event.time());
          if (event instanceof Login login) {
            for (String driver : List.of("d-0", "d-1", "d-2")) {
              all.computeIfAbsent(driver, any -> EventLog.byTime()).learn(login);
            }
          }
          if (random.nextInt(10) == 0) {
            routes.flush(last - 5_000);
          }
        }
        routes.flush(last);
        for (String driver : all.keySet()) {
          Set<String> expected = pairs(driver, all.get(driver));
          Set<String> known = pairs(driver, told.getOrDefault(driver, EventLog.byTime()));
          if (!expected.equals(known)) {
            bad.add(seed + " " + arrivals + " " + driver + " " + expected + " but " + known);
          }
        }
      }
    }
    assertEquals(List.of(), bad);
  }

  private static Set<String> pairs(String driver, EventLog<Login> logins) {
    Set<String> pairs = new TreeSet<>();
    for (Login own : logins) {
      for (Login other : logins) {
        if (own.driverId().equals(driver)
            && !other.driverId().equals(driver)
            && own.action() == Login.Action.LOGIN
            && other.action() == Login.Action.LOGIN
            && own.deviceId().equals(other.deviceId())
            && Math.abs(own.time() - other.time()) <= 24 * 3_600_000L) {
          pairs.add(own.time() + " " + other.driverId() + " " + other.time());
        }
      }
    }
    return pairs;
  }
}
