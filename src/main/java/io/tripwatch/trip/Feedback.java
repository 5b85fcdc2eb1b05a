package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Rating;
import io.tripwatch.settings.TripRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was said of one trip by a time, as far as it bears on it: until thirty days after its end.
 * Ratings and complaints belong to the driver's last turn at the order, a settlement to the order's
 * last trip, whenever they were made.
 */
public final class Feedback {
  /** So few stars put someone on the other's blacklist. */
  private static final int BAD_STARS = 3;

  private final List<Rating> ratings = new ArrayList<>();
  private final List<OrderEvent> settlements = new ArrayList<>();
  private final List<HumanVerdict> verdicts = new ArrayList<>();
  private final Map<String, List<Complaint>> complaints = new TreeMap<>();
  private final Pairs pairs;
  private final TripRules rules;
  private final long now;
  private long wake = NEVER;

  /**
   * The feedback on a trip.
   *
   * @param rules the settings that hold for the trip
   * @param now the event time up to which everything is known
   */
  public Feedback(TripSummary trip, FeedbackLog log, Pairs pairs, TripRules rules, long now) {
    this.pairs = pairs;
    this.rules = rules;
    this.now = now;
    if (trip.ordersLast()) {
      keep(log.settlements(), settlements, trip);
    }
    if (trip.driversLast()) {
      keep(log.ratings(), ratings, trip);
      List<Complaint> steps = new ArrayList<>();
      keep(log.complaints(), steps, trip);
      steps.forEach(
          step ->
              complaints.computeIfAbsent(step.complaintId(), any -> new ArrayList<>()).add(step));
    }
    keep(log.verdicts(), verdicts, trip);
  }

  private <E extends Event> void keep(List<E> said, List<E> kept, TripSummary trip) {
    for (E one : said) {
      if (one.time() < trip.feedbackUntil() && hasCome(one.time())) {
        kept.add(one);
      }
    }
  }

  /** The settings that hold for the trip. */
  public TripRules rules() {
    return rules;
  }

  /** The last SETTLED; null if there is none, or it belongs to another trip. */
  public OrderEvent settlement() {
    return last(settlements);
  }

  /** The passenger's latest rating; null if there is none. */
  public Rating passengersRating() {
    return last(ratings.stream().filter(one -> one.by() == Rating.By.PASSENGER).toList());
  }

  /** The steps of each complaint, in order, by complaintId. */
  public Map<String, List<Complaint>> complaints() {
    return complaints;
  }

  /** The last verdict on a subject; null if there is none. */
  public HumanVerdict verdictOn(Subject subject, String subjectId) {
    return last(verdictsOn(subject, subjectId));
  }

  /** The verdicts on a subject, in order. */
  public List<HumanVerdict> verdictsOn(Subject subject, String subjectId) {
    return verdicts.stream()
        .filter(one -> one.subject() == subject && one.subjectId().equals(subjectId))
        .toList();
  }

  /** Whether the last verdict on a subject is this one. */
  public boolean isLast(Decision decision, Subject subject, String subjectId) {
    HumanVerdict verdict = verdictOn(subject, subjectId);
    return verdict != null && verdict.verdict() == decision;
  }

  /** Whether there is a verdict on a subject by a time, whatever was decided later. */
  public boolean isDecidedBy(long time, Subject subject, String subjectId) {
    for (HumanVerdict verdict : verdicts) {
      if (verdict.subject() == subject && verdict.subjectId().equals(subjectId)) {
        return verdict.time() <= time;
      }
    }
    return false;
  }

  private static <E> E last(List<E> all) {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /**
   * Since when the ratings of this trip have driver and passenger on each other's blacklist: the
   * later of the first bad ones of either side; NEVER if they have not.
   */
  public long blacklistedSince(String orderId) {
    if (isLast(Decision.REJECTED, Subject.RATING, orderId)) {
      return NEVER;
    }
    long passengers = firstBad(Rating.By.PASSENGER);
    long drivers = firstBad(Rating.By.DRIVER);
    return Math.max(passengers, drivers);
  }

  private long firstBad(Rating.By by) {
    for (Rating rating : ratings) {
      if (rating.by() == by && rating.stars() <= BAD_STARS) {
        return rating.time();
      }
    }
    return NEVER;
  }

  /** Whom the driver and who him rated badly. */
  public Pairs pairs() {
    return pairs;
  }

  /**
   * Whether event time has reached an instant. If not, the trip is to be asked about again then.
   */
  public boolean hasCome(long instant) {
    if (instant <= now) {
      return true;
    }
    wake = Math.min(wake, instant);
    return false;
  }

  /** The next instant at which something may hold without anything being learned. */
  public long wake() {
    return wake;
  }
}
