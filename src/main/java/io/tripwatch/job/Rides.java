package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.trip.Horizons;
import io.tripwatch.trip.Trip;
import java.util.ArrayList;
import java.util.List;

/**
 * When the vehicles of an order's drivers are to be looked at. What is said may be more than the
 * trips' rides, never less: settings and flights, which the trips go by, are not known here.
 */
final class Rides {
  private final List<OrderEvent> events;
  private final List<Press> presses;
  private final long until;
  private final List<PlateInterest> found = new ArrayList<>(1);

  private Rides(List<OrderEvent> events, List<Press> presses, long until) {
    this.events = events;
    this.presses = presses;
    this.until = until;
  }

  /**
   * One interest for each turn. Those long over are among them: whether a fix of theirs may still
   * arrive is for the vehicle's stage to know, which may be far behind this one.
   *
   * @param events all events of the order, in order
   * @param presses all presses that name it, in order
   * @param until when nothing of the order can change any more
   */
  static List<PlateInterest> of(List<OrderEvent> events, List<Press> presses, long until) {
    Rides rides = new Rides(events, presses, until);
    int opening = -1;
    String holder = null;
    for (int i = 0; i < events.size(); i++) {
      OrderEvent event = events.get(i);
      if (event.type().assigns() && !event.driverId().equals(holder)) {
        if (opening >= 0) {
          rides.add(opening, event.time());
        }
        opening = i;
        holder = event.driverId();
      } else if (event.type() == OrderEvent.Type.CANCELLED) {
        holder = null;
      }
    }
    if (opening >= 0) {
      rides.add(opening, NEVER);
    }
    return rides.found;
  }

  private void add(int opening, long next) {
    OrderEvent opened = events.get(opening);
    long overBy = Math.min(next, cancelledAfter(opening));
    long start = firstStart(opened, overBy);
    long rideFrom = start == NEVER ? NEVER : start - Horizons.BESIDE_MS;
    long endsBy = Math.min(overBy, start == NEVER ? NEVER : lastEnd(opened, start));
    long rideUntil =
        endsBy == NEVER ? NEVER : endsBy + Trip.EVIDENCE_AFTER_END_MS + Horizons.BESIDE_MS;
    found.add(
        new PlateInterest(
            Plates.key(opened.plate()),
            opened.driverId(),
            opened.orderId(),
            opened.time() - Horizons.BESIDE_MS,
            rideFrom,
            rideUntil,
            until));
  }

  private long cancelledAfter(int opening) {
    for (OrderEvent event : events.subList(opening, events.size())) {
      if (event.type() == OrderEvent.Type.CANCELLED) {
        return event.time();
      }
    }
    return NEVER;
  }

  private long firstStart(OrderEvent opened, long overBy) {
    for (Press press : presses) {
      boolean his = press.driverId().equals(opened.driverId()) && press.time() >= opened.time();
      if (his && press.button() == Press.Button.START && press.time() <= overBy) {
        return press.time();
      }
    }
    return NEVER;
  }

  /**
   * The first END at or after START ends the ride, but for one that only repeats another: so no
   * later than the last, unless an END before START leaves none that counts.
   */
  private long lastEnd(OrderEvent opened, long start) {
    long last = NEVER;
    for (Press press : presses) {
      boolean his = press.driverId().equals(opened.driverId()) && press.time() >= opened.time();
      if (his && press.button() == Press.Button.END) {
        if (press.time() < start) {
          return NEVER;
        }
        last = press.time();
      }
    }
    return last;
  }
}
