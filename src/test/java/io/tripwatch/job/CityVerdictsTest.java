package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Event;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.simulate.Behaviour;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Faults;
import io.tripwatch.simulate.Mix;
import io.tripwatch.verdict.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the rules make of a city. */
class CityVerdictsTest {
  private static final int TRIPS = 400;
  private static final Duration FIX_EVERY = Duration.ofSeconds(15);

  /** What people say of a trip is drawn, whoever drove it. */
  private static final Set<String> SAID_BY_PEOPLE = ofFamily(Family.VOICE);

  @Test
  void everyBreachBreaksItsRuleAndGoodServiceNone() {
    City.Plan plan =
        new City.Plan(33, TRIPS, 0, City.DEFAULT_START, FIX_EVERY, Mix.ofDefaults(), Faults.NONE);
    List<Event> day = CityDay.of(plan);
    // A person who rejects an alert does not say that the rule is wrong.
    day.removeIf(HumanVerdict.class::isInstance);
    long last = day.stream().mapToLong(Event::time).max().orElseThrow();
    Map<String, Set<String>> broken = new HashMap<>();
    for (Alert alert : MemoryJob.finals(day, last).values()) {
      String subject = alert.orderId() == null ? alert.driverId() : alert.orderId();
      broken.computeIfAbsent(subject, any -> new TreeSet<>()).add(alert.ruleId());
    }
    assertEquals(List.of(), surprises(new City(plan), driversOf(day), broken));
  }

  private static List<String> surprises(
      City city, Map<String, String> drivers, Map<String, Set<String>> broken) {
    Set<String> known = new TreeSet<>();
    Rules.catalogue().stream().map(RuleSpec::id).forEach(known::add);
    List<String> surprises = new ArrayList<>();
    for (int trip = 0; trip < TRIPS; trip++) {
      String orderId = String.format("o-%06d", trip);
      Behaviour behaviour = city.behaviour(trip);
      Set<String> ofTrip = broken.getOrDefault(orderId, Set.of());
      Set<String> all = new TreeSet<>(ofTrip);
      all.addAll(broken.getOrDefault(drivers.get(orderId), Set.of()));
      if (known.contains(behaviour.id()) && !all.contains(behaviour.id())) {
        surprises.add(orderId + " is " + behaviour.id() + " but breaks " + all);
      }
      if (behaviour == Behaviour.GOOD && !SAID_BY_PEOPLE.containsAll(ofTrip)) {
        surprises.add(orderId + " is good but breaks " + ofTrip);
      }
    }
    return surprises;
  }

  /** The last driver of each order. */
  private static Map<String, String> driversOf(List<Event> day) {
    Map<String, String> drivers = new HashMap<>();
    for (Event event : day) {
      if (event instanceof OrderEvent order && order.type().assigns()) {
        drivers.put(order.orderId(), order.driverId());
      }
    }
    return drivers;
  }

  private static Set<String> ofFamily(Family family) {
    Set<String> ids = new TreeSet<>();
    for (RuleSpec rule : Rules.catalogue()) {
      if (rule.family() == family) {
        ids.add(rule.id());
      }
    }
    return ids;
  }
}
