package io.tripwatch.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A city's events, in the order in which the platform gets them: by receivedAt, where absent by
 * eventTime. The same plan gives the same bytes, always and everywhere.
 *
 * <p>Memory is bounded by what is under way at one time, not by the number of trips: a trip is
 * written when it begins, and forgotten when the last word on it is said.
 */
public final class City implements Iterator<Delivery> {
  /** When a city begins unless told otherwise: a Monday, 08:00 in its time zone. */
  public static final Instant DEFAULT_START = Instant.parse("2026-11-23T00:00:00Z");

  /** How often a phone reports its position unless told otherwise. */
  public static final Duration DEFAULT_FIX_EVERY = Duration.ofSeconds(3);

  /** No city has more trips: order ids have six digits. */
  public static final int MOST_TRIPS = 999_999;

  /** From one pickup of a driver to his next: the longest trip, two drives and some rest. */
  private static final long TURN_MS = Duration.ofMinutes(150).toMillis();

  private static final long JITTER_MS = Duration.ofMinutes(3).toMillis();

  /** Trips a driver has, unless the number of drivers is given. */
  private static final int TRIPS_PER_DRIVER = 4;

  /**
   * What a city is made from.
   *
   * @param trips how many orders are placed
   * @param drivers how many drivers there are; 0 lets the city choose
   * @param fixEvery how often a phone reports its position
   */
  public record Plan(
      long seed, int trips, int drivers, Instant start, Duration fixEvery, Mix mix, Faults faults) {

    /** Checks the bounds. */
    public Plan {
      if (trips < 1 || trips > MOST_TRIPS) {
        throw new IllegalArgumentException(
            "trips is " + trips + "; give a number from 1 to " + MOST_TRIPS);
      }
      if (drivers < 0) {
        throw new IllegalArgumentException(
            "drivers is " + drivers + "; give 1 or more, or 0 to let the city choose");
      }
      if (fixEvery.toMillis() < 100) {
        throw new IllegalArgumentException(
            "the time between fixes is " + fixEvery.toMillis() + " ms; give 100ms or more");
      }
      if (drivers == 0) {
        drivers = (trips + TRIPS_PER_DRIVER - 1) / TRIPS_PER_DRIVER;
      }
    }

    /** A city that differs from the others only in seed and size. */
    public static Plan of(long seed, int trips) {
      return new Plan(
          seed, trips, 0, DEFAULT_START, DEFAULT_FIX_EVERY, Mix.ofDefaults(), Faults.NONE);
    }
  }

  private record Waiting(Delivery delivery, long number) {}

  private record UnderWay(Journey journey, long nextMs, long number) {}

  private final Plan plan;
  private final Dice dice;
  private final Network network;
  private final long startMs;

  private final PriorityQueue<UnderWay> underWay =
      new PriorityQueue<>(
          Comparator.comparingLong(UnderWay::nextMs).thenComparingLong(UnderWay::number));
  private final PriorityQueue<Waiting> onTheWay =
      new PriorityQueue<>(
          Comparator.<Waiting>comparingLong(waiting -> waiting.delivery().arrivalMs())
              .thenComparingLong(Waiting::number));

  private long sent;
  private int registered;
  private int opened;
  private long deckNumber = -1;
  private List<Behaviour> deck = List.of();

  /** A city by this plan. */
  public City(Plan plan) {
    this.plan = plan;
    dice = new Dice(plan.seed());
    network = new Network(plan.faults(), dice.random(Dice.Purpose.NETWORK, 0));
    startMs = plan.start().toEpochMilli();
  }

  @Override
  public boolean hasNext() {
    advance();
    return !onTheWay.isEmpty();
  }

  @Override
  public Delivery next() {
    advance();
    if (onTheWay.isEmpty()) {
      throw new NoSuchElementException("all events of the city are told");
    }
    return onTheWay.remove().delivery();
  }

  /** Lets things happen until nothing that is yet to happen can arrive before what is waiting. */
  private void advance() {
    while (true) {
      long nextMs = nextMs();
      if (nextMs == Long.MAX_VALUE
          || (!onTheWay.isEmpty() && onTheWay.peek().delivery().arrivalMs() <= nextMs)) {
        return;
      }
      step();
    }
  }

  /** A time before which nothing new happens. */
  private long nextMs() {
    long next = underWay.isEmpty() ? Long.MAX_VALUE : underWay.peek().nextMs();
    if (registered < plan.drivers()) {
      return startMs;
    }
    return opened < plan.trips() ? Math.min(next, opensMs(opened)) : next;
  }

  private void step() {
    if (registered < plan.drivers()) {
      carry(driver(registered++).registration(startMs), Tracker.Span.NONE);
      return;
    }
    if (opened < plan.trips()
        && (underWay.isEmpty() || opensMs(opened) <= underWay.peek().nextMs())) {
      open(opened++);
      return;
    }
    UnderWay earliest = underWay.remove();
    carry(earliest.journey().next(), earliest.journey().outage());
    putBack(earliest.journey(), earliest.number());
  }

  private void carry(Report report, Tracker.Span outage) {
    network.carry(report, outage, delivery -> onTheWay.add(new Waiting(delivery, sent++)));
  }

  private void putBack(Journey journey, long number) {
    long nextMs = journey.nextMs();
    if (nextMs != Long.MAX_VALUE) {
      underWay.add(new UnderWay(journey, nextMs, number));
    }
  }

  private void open(int trip) {
    Driver driver = driver(trip % plan.drivers());
    Driver other = driver((trip + 1) % plan.drivers());
    Random random = dice.random(Dice.Purpose.JOURNEY, trip);
    long pickupAtMs = aboutMs(trip) + (long) (random.nextDouble() * JITTER_MS);
    Script.Cast cast = new Script.Cast(driver, other, trip, pickupAtMs, startMs, behaviour(trip));
    Script script = new Script(cast, random);
    putBack(script.write(dice, plan.faults(), plan.fixEvery().toMillis()), trip);
  }

  private Driver driver(int number) {
    return Driver.of(dice, number, plan.faults());
  }

  /** About when the pickup of this trip is: later trips later, the drivers' turns interleaved. */
  private long aboutMs(int trip) {
    long turn = trip / plan.drivers();
    long place = trip % plan.drivers();
    return startMs + Script.SHORTEST_LEAD_MS + turn * TURN_MS + place * TURN_MS / plan.drivers();
  }

  /** Before anything of this trip happens. */
  private long opensMs(int trip) {
    return Math.max(
        startMs, aboutMs(trip) - Script.LONGEST_LEAD_MS - Duration.ofMinutes(10).toMillis());
  }

  /** How this trip goes. */
  public Behaviour behaviour(int trip) {
    long number = trip / Mix.DECK_SIZE;
    if (number != deckNumber) {
      deckNumber = number;
      deck = plan.mix().deck(number, dice.random(Dice.Purpose.DECK, number));
    }
    return deck.get(trip % Mix.DECK_SIZE);
  }
}
