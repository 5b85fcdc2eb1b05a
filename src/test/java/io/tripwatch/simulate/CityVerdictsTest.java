package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.Decoded;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Call;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Topic;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.Settings;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.HeapArchive;
import io.tripwatch.verdict.Heard;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the rules make of a city. */
class CityVerdictsTest {
  private static final int TRIPS = 400;

  private final EventDecoder decoder = new EventDecoder();
  private final Map<String, Dossier> dossiers = new TreeMap<>();
  private final Map<String, List<Event>> ofOrder = new HashMap<>();
  private final Map<String, List<Event>> statuses = new HashMap<>();
  private long startMs = Long.MAX_VALUE;
  private long lastMs;

  @Test
  void everyRecordIsAccepted() {
    CityTest.each(
        CityTest.plan(31, 60, "late=0.05,offline=0.2,shuffle=60s,duplicate=0.05,clock=0.1"),
        delivery -> {
          Decoded decoded = decoder.decode(delivery.topic(), delivery.json());
          assertTrue(decoded.isAccepted(), () -> decoded.detail() + new String(delivery.json()));
        });
  }

  @Test
  void whatIsTooLateOrMalformedIsRefusedAndNothingElse() {
    Map<DeadLetter.Reason, Integer> refused = new EnumMap<>(DeadLetter.Reason.class);
    CityTest.each(
        CityTest.plan(32, 60, "toolate=0.01,malformed=0.01"),
        delivery -> {
          Decoded decoded = decoder.decode(delivery.topic(), delivery.json());
          if (!decoded.isAccepted()) {
            refused.merge(decoded.reason(), 1, Integer::sum);
          }
        });
    assertEquals(
        Set.of(
            DeadLetter.Reason.TOO_LATE,
            DeadLetter.Reason.BAD_JSON,
            DeadLetter.Reason.BAD_FIELD,
            DeadLetter.Reason.DUPLICATE_KEY,
            DeadLetter.Reason.BAD_UTF8),
        refused.keySet());
  }

  @Test
  void everyBreachBreaksItsRuleAndGoodServiceNone() {
    City.Plan plan = CityTest.plan(33, TRIPS, "none");
    CityTest.each(plan, this::learn);
    Map<String, Set<String>> rulesByOrder = verdicts();
    Set<String> known = new TreeSet<>();
    Rules.catalogue().stream().map(RuleSpec::id).forEach(known::add);
    City city = new City(plan);
    List<String> surprises = new ArrayList<>();
    for (int trip = 0; trip < TRIPS; trip++) {
      String orderId = String.format("o-%06d", trip);
      Behaviour behaviour = city.behaviour(trip);
      Set<String> broken = rulesByOrder.getOrDefault(orderId, Set.of());
      boolean expected = known.contains(behaviour.id());
      if (expected && !broken.contains(behaviour.id())) {
        surprises.add(orderId + " is " + behaviour.id() + " but breaks " + broken);
      }
      if (behaviour == Behaviour.GOOD && !broken.isEmpty()) {
        surprises.add(orderId + " is good but breaks " + broken);
      }
    }
    assertEquals(List.of(), surprises);
  }

  private void learn(Delivery delivery) {
    Event event = decoder.decode(delivery.topic(), delivery.json()).event();
    startMs = Math.min(startMs, event.time());
    lastMs = Math.max(lastMs, event.time());
    if (event instanceof Fix fix && !fix.vehicle()) {
      dossier(fix.owner()).learn(event, startMs);
    } else if (event instanceof FleetRecord fleet) {
      dossier(fleet.driverId()).learn(event, startMs);
    } else if (event instanceof FlightStatus status) {
      statuses.computeIfAbsent(status.flight().asKey(), key -> new ArrayList<>()).add(event);
    } else if (event instanceof OrderEvent order) {
      ofOrder(order.orderId()).add(event);
    } else if (event instanceof Press press) {
      ofOrder(press.orderId()).add(event);
    } else if (event instanceof Call call) {
      ofOrder(call.orderId()).add(event);
    }
  }

  private List<Event> ofOrder(String orderId) {
    return ofOrder.computeIfAbsent(orderId, any -> new ArrayList<>());
  }

  private Dossier dossier(String driverId) {
    return dossiers.computeIfAbsent(
        driverId, any -> new Dossier(new io.tripwatch.trip.Driver(driverId), new HeapArchive()));
  }

  /** The rules broken in the end, by order. */
  private Map<String, Set<String>> verdicts() {
    for (List<Event> events : ofOrder.values()) {
      Set<String> drivers = new TreeSet<>();
      Set<Event> awaited = new java.util.HashSet<>();
      for (Event event : events) {
        if (event instanceof OrderEvent order && order.type().assigns()) {
          drivers.add(order.driverId());
          if (order.booking().flight() != null) {
            awaited.addAll(statuses.getOrDefault(order.booking().flight().asKey(), List.of()));
          }
        }
      }
      for (String driver : drivers) {
        events.forEach(event -> dossier(driver).learn(event, startMs));
        awaited.forEach(event -> dossier(driver).learn(event, startMs));
      }
    }
    Map<String, Set<String>> rules = new HashMap<>();
    RuleBook settings = RuleBook.of(Settings.defaults(Rules.catalogue()));
    Heard heard = new Heard();
    for (Dossier dossier : dossiers.values()) {
      dossier.judge(settings, 1, lastMs, heard);
    }
    for (Alert alert : heard.alerts()) {
      if (alert.orderId() != null) {
        rules.computeIfAbsent(alert.orderId(), any -> new TreeSet<>()).add(alert.ruleId());
      }
    }
    assertTrue(Topic.LATE_EVIDENCE.toMillis() < lastMs - startMs);
    return rules;
  }
}
