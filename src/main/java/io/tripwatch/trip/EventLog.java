package io.tripwatch.trip;

import io.tripwatch.event.Event;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Events of one topic about one subject, each once, in order of time and of the contract's ties.
 */
public final class EventLog<E extends Event> extends AbstractList<E> {
  /** By nothing but what all events have: one for all logs. */
  private static final Comparator<Event> BY_TIME = orderOf((a, b) -> 0);

  private final Comparator<? super E> order;

  /** None is made for a log that stays empty: most do, and there are millions of them. */
  private List<E> events = List.of();

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
    for (int i = 0; i < events.size(); i++) {
      E known = events.get(i);
      if (known.sameEventAs(event)) {
        if (!countsBefore(event, known)) {
          return false;
        }
        events.remove(i);
        break;
      }
    }
    int at = events.size();
    while (at > 0 && order.compare(events.get(at - 1), event) > 0) {
      at--;
    }
    if (events.isEmpty()) {
      events = new ArrayList<>(1);
    }
    events.add(at, event);
    return true;
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
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).time() <= time) {
        return events.get(i);
      }
    }
    return null;
  }

  /** Forgets the events that another one followed at or before a time. */
  public void forgetSupersededBefore(long time) {
    while (events.size() > 1 && events.get(1).time() <= time) {
      events.remove(0);
    }
  }

  /** Forgets some of the events. */
  void forgetIf(Predicate<E> isExpired) {
    if (events.stream().anyMatch(isExpired)) {
      events.removeIf(isExpired);
      events = events.isEmpty() ? List.of() : events;
    }
  }

  /** Forgets the events before a time. */
  public void forgetBefore(long time) {
    int many = 0;
    while (many < events.size() && events.get(many).time() < time) {
      many++;
    }
    if (many == events.size()) {
      events = List.of();
    } else {
      events.subList(0, many).clear();
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
