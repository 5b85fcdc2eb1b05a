package io.tripwatch.simulate;

import java.util.ArrayList;
import java.util.List;

/** Where a car is at any time: straight, steady movement from point to point. */
final class Drive {
  private record Point(long atMs, Spot spot) {}

  private final List<Point> points = new ArrayList<>();

  /** Adds the next point: there by this time, which is not before the last point's. */
  Drive to(long atMs, Spot spot) {
    if (!points.isEmpty() && atMs < lastMs()) {
      throw new IllegalArgumentException(
          "a drive's point at " + atMs + " ms lies before its last one at " + lastMs() + " ms");
    }
    points.add(new Point(atMs, spot));
    return this;
  }

  /** Stays where it is until this time; a time gone by changes nothing. */
  Drive stayUntil(long atMs) {
    return atMs <= lastMs() ? this : to(atMs, points.get(points.size() - 1).spot());
  }

  long firstMs() {
    return points.get(0).atMs();
  }

  long lastMs() {
    return points.get(points.size() - 1).atMs();
  }

  Spot lastSpot() {
    return points.get(points.size() - 1).spot();
  }

  /** Where the car is; before the first point at the first, after the last at the last. */
  Spot at(long atMs) {
    int next = after(atMs);
    if (next == 0) {
      return points.get(0).spot();
    }
    if (next == points.size()) {
      return lastSpot();
    }
    Point from = points.get(next - 1);
    Point to = points.get(next);
    return from.spot()
        .towards(to.spot(), (double) (atMs - from.atMs()) / (to.atMs() - from.atMs()));
  }

  /** How fast it goes at that time. */
  double speedKmh(long atMs) {
    int next = after(atMs);
    if (next == 0 || next == points.size()) {
      return 0;
    }
    Point from = points.get(next - 1);
    Point to = points.get(next);
    return 3_600.0 * from.spot().metresTo(to.spot()) / (to.atMs() - from.atMs());
  }

  /** The first point later than the time. Drives have a dozen points: no search tree needed. */
  private int after(long atMs) {
    int next = 0;
    while (next < points.size() && points.get(next).atMs() <= atMs) {
      next++;
    }
    return next;
  }
}
