package io.tripwatch.simulate;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** One order from its placing to the last word on it: what happened, told one by one in order. */
final class Journey {
  private final PriorityQueue<Report> reports;
  private final List<Tracker> trackers;
  private final Tracker.Span outage;
  private final Driver driver;

  /**
   * A journey.
   *
   * @param reports all but the fixes, in the order in which those of one time are to be told
   * @param outage when the driver's phone would be without a network
   */
  Journey(Driver driver, List<Report> reports, List<Tracker> trackers, Tracker.Span outage) {
    this.driver = driver;
    this.reports = new PriorityQueue<>(Comparator.comparingLong(Report::atMs));
    this.reports.addAll(reports);
    this.trackers = trackers;
    this.outage = outage;
  }

  Driver driver() {
    return driver;
  }

  Tracker.Span outage() {
    return outage;
  }

  /** When the next thing happens; Long.MAX_VALUE when all is told. */
  long nextMs() {
    long next = reports.isEmpty() ? Long.MAX_VALUE : reports.peek().atMs();
    for (Tracker tracker : trackers) {
      next = Math.min(next, tracker.nextMs());
    }
    return next;
  }

  Report next() {
    long next = nextMs();
    for (Tracker tracker : trackers) {
      if (tracker.nextMs() == next) {
        return tracker.next();
      }
    }
    return reports.remove();
  }
}
