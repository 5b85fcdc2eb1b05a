package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Ways in which the events of a day may reach the job, each as late as the contract takes it. */
enum Arrivals {
  /** As they happened, neighbours changing places. */
  PROMPT,
  /** A tenth as late as may be. */
  SOME_LATE,
  /** All of them as late as may be. */
  ALL_LATE,
  /** Phones without a network for an hour and more, uploading everything in order at its end. */
  OFFLINE;

  private record Arriving(long at, Event event) {}

  /** The events of a day as they arrive, with a few repeated. */
  List<Event> of(List<Event> day, Random random) {
    List<Event> shuffled = new ArrayList<>(day);
    day.forEach(
        event -> {
          if (random.nextInt(20) == 0) {
            shuffled.add(event);
          }
        });
    Collections.shuffle(shuffled, random);
    long outageMs = 70 * 60_000L + random.nextInt(40 * 60_000);
    return shuffled.stream()
        .map(event -> new Arriving(event.time() + lateness(event, outageMs, random), event))
        .sorted(Comparator.comparingLong(Arriving::at).thenComparingLong(one -> one.event.time()))
        .map(Arriving::event)
        .toList();
  }

  private long lateness(Event event, long outageMs, Random random) {
    long little = random.nextInt(8_000);
    return switch (this) {
      case PROMPT -> little;
      case SOME_LATE -> random.nextInt(10) == 0 ? upToLimit(event, random) : little;
      case ALL_LATE -> upToLimit(event, random);
      case OFFLINE ->
          event instanceof Fix ? outageMs - Math.floorMod(event.time(), outageMs) : little;
    };
  }

  private static long upToLimit(Event event, Random random) {
    boolean platform =
        event instanceof OrderEvent || event instanceof FleetRecord || event instanceof RulesRecord;
    long limit = (platform ? Topic.LATE_ORDERS : Topic.LATE_EVIDENCE).toMillis();
    return (long) (random.nextDouble() * limit);
  }
}
