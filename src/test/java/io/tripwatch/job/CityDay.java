package io.tripwatch.job;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Delivery;
import io.tripwatch.simulate.Faults;
import io.tripwatch.simulate.Mix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A day of a simulated city with a bad network. */
final class CityDay {
  private static final int TRIPS = 40;
  private static final Duration FIX_EVERY = Duration.ofSeconds(20);
  private static final Faults FAULTS =
      Faults.parse("late=0.05,offline=0.3,shuffle=60s,duplicate=0.05,clock=0.2");

  private CityDay() {}

  /** The events as the platform gets them. */
  static List<Event> of(long seed) {
    return of(
        new City.Plan(seed, TRIPS, 0, City.DEFAULT_START, FIX_EVERY, Mix.ofDefaults(), FAULTS));
  }

  /** The events of a city, as the platform gets them. */
  static List<Event> of(City.Plan plan) {
    City city = new City(plan);
    EventDecoder decoder = new EventDecoder();
    List<Event> events = new ArrayList<>();
    while (city.hasNext()) {
      Delivery delivery = city.next();
      Event event = decoder.decode(delivery.topic(), delivery.json()).event();
      events.add(Objects.requireNonNull(event, "the city tells nothing that is refused"));
    }
    return events;
  }
}
