package io.tripwatch.trip;

import io.tripwatch.event.Event;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Events of one topic about one subject, each once, in order of time and of the contract's ties.
 */
public final class EventLog<E extends Event> extends AbstractList<E> {
  /** From so many events on, an index tells copies; fewer are compared one by one. */
  private static final int INDEXED_FROM = 32;

  /** By nothing but what all events have: one for all logs. */
  private static final Comparator<Event> BY_TIME = orderOf((a, b) -> 0);

  private final Comparator<? super E> order;

  /** None is made for a log that stays empty: most do, and there are millions of them. */
  private List<E> events = List.of();

  /** Null while there are few. */
  private Map<Identity, E> index;

  /** What makes an event the one it is, whenever it was received. */
  private static final class Identity {
    private final Event event;
    private final int hash;

    Identity(Event event) {
      this.event = event;
      String eventId = event.stamp().eventId();
      hash = eventId == null ? Objects.hashCode(event.canonicalJson()) : eventId.hashCode();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Identity identity && event.sameEventAs(identity.event);
    }
  }

  private EventLog(Comparator<? super E> order) {
    this.order = order;
  }

  /** A log in which events of one time follow each other by eventId, then canonical JSON. */
  public static <E extends Event> EventLog<E> byTime() {
    return new EventLog<>(BY_TIME);
  }

  /** A log in which a rank of their own comes before that. */
  public static <E extends Event> EventLog<E> byTimeThen(Comparator<E> rank) {
    return new EventLog<>(orderOf(rank));
  }

  private static <E extends Event> Comparator<E> orderOf(Comparator<E> rank) {
    Comparator<E> byTime = Comparator.comparingLong(Event::time);
    return byTime.thenComparing(rank).thenComparing(Event::compareTie);
  }

  /**
   * Puts an event in its place.
   *
   * @return false if it is a repeated one that changes nothing: of a repeated event the record with
   *     the smallest receivedAt counts
   */
  public boolean learn(E event) {
    E known = copyOf(event);
    if (known != null) {
      if (!countsBefore(event, known)) {
        return false;
      }
      remove(known);
    }
    if (events.isEmpty()) {
      events = new ArrayList<>(1);
    }
    events.add(placeOf(event), event);
    if (index != null) {
      index.put(new Identity(event), event);
    }
    return true;
  }

  /** How many events lie between two times, both included. */
  public int countBetween(long from, long to) {
    return size() == 0 ? 0 : Math.max(0, firstAfter(to) - firstAfter(from - 1));
  }

  /** Whether a record of the same event is known. */
  public boolean knows(E event) {
    return copyOf(event) != null;
  }

  /** The record of the same event that is known, or null. */
  private E copyOf(E event) {
    if (index == null && events.size() < INDEXED_FROM) {
      for (E known : events) {
        if (known.sameEventAs(event)) {
          return known;
        }
      }
      return null;
    }
    if (index == null) {
      index = new HashMap<>();
      events.forEach(known -> index.put(new Identity(known), known));
    }
    return index.get(new Identity(event));
  }

  /** The index behind all events that come before one, or with it. */
  private int placeOf(E event) {
    int low = 0;
    int high = events.size();
    if (high == 0 || order.compare(events.get(high - 1), event) <= 0) {
      return high;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(events.get(middle), event) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void remove(E known) {
    int at = placeOf(known) - 1;
    while (events.get(at) != known) {
      at--;
    }
    events.remove(at);
    if (index != null) {
      index.remove(new Identity(known));
    }
  }

  /** Two copies received at one time with one id but different content: the lesser content. */
  private static boolean countsBefore(Event copy, Event known) {
    if (copy.stamp().arrival() != known.stamp().arrival()) {
      return copy.stamp().arrival() < known.stamp().arrival();
    }
    int byTime = Long.compare(copy.time(), known.time());
    return byTime != 0 ? byTime < 0 : copy.compareTie(known) < 0;
  }

  /** The last event at or before a time, or null. */
  public E inForceAt(long time) {
    int following = firstAfter(time);
    return following == 0 ? null : events.get(following - 1);
  }

  private int firstAfter(long time) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).time() <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Forgets the events that another one followed at or before a time. */
  public void forgetSupersededBefore(long time) {
    forgetFirst(firstAfter(time) - 1);
  }

  /** Forgets some of the events. */
  void forgetIf(Predicate<E> isExpired) {
    List<E> left = new ArrayList<>(events);
    left.removeIf(isExpired);
    if (left.size() < events.size()) {
      events = left.isEmpty() ? List.of() : left;
      index = null;
    }
  }

  /** Forgets the events before a time. */
  public void forgetBefore(long time) {
    forgetFirst(firstAfter(time - 1));
  }

  private void forgetFirst(int many) {
    if (many <= 0) {
      return;
    }
    List<E> forgotten = events.subList(0, many);
    if (index != null) {
      forgotten.forEach(event -> index.remove(new Identity(event)));
    }
    forgotten.clear();
    if (events.isEmpty()) {
      events = List.of();
      index = null;
    }
  }

  @Override
  public Iterator<E> iterator() {
    return events.iterator();
  }

  @Override
  public E get(int index) {
    return events.get(index);
  }

  @Override
  public int size() {
    return events.size();
  }
}
