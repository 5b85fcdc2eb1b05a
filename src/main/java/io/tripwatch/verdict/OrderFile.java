package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.trip.FeedbackLog;
import io.tripwatch.trip.OrderLog;
import io.tripwatch.trip.TripSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What is on file about one order of a driver: what holds, what was said. */
public final class OrderFile {
  private final String orderId;
  private FeedbackLog feedback = new FeedbackLog();

  private final Ledger ledger = new Ledger();

  /** The last claim of each trip, by trip. */
  private Map<String, TripClaim> claimed = Collections.emptyMap();

  /** Ids of the notifications sent: none is sent twice. */
  private Set<String> notified = Collections.emptySet();

  /** The pickup time each trip's driver was told last, by trip, if it has moved since. */
  private Map<String, Long> toldPickups = Collections.emptyMap();

  /** The trips, as they were judged last. */
  private List<TripSummary> trips = List.of();

  /** What was seen on them, as they were judged last. */
  private List<Holding> seen = List.of();

  /** Of these, what concerns the driver's day and not the trip. */
  private List<Holding> ofDays = List.of();

  /** Whether all that follows from what is known was published, and until when that is so. */
  private boolean isConcluded;

  private long concludedUntil;

  OrderFile(String orderId) {
    this.orderId = orderId;
  }

  /** The order. */
  public String orderId() {
    return orderId;
  }

  FeedbackLog feedback() {
    return feedback;
  }

  void feedback(FeedbackLog log) {
    feedback = log;
  }

  /** The last revision of all that was published of it, by topic and id. */
  Map<String, Output> said() {
    return ledger.said();
  }

  Map<String, TripClaim> claimed() {
    return claimed;
  }

  /** A trip claimed something; null where it is not known any more what. */
  void claimed(String tripId, TripClaim claim) {
    claimed = claimed.isEmpty() ? new TreeMap<>() : claimed;
    claimed.put(tripId, claim);
  }

  Set<String> notified() {
    return notified;
  }

  /**
   * A notification was sent.
   *
   * @return whether it was not before
   */
  boolean notified(String id) {
    notified = notified.isEmpty() ? new TreeSet<>() : notified;
    return notified.add(id);
  }

  Map<String, Long> toldPickups() {
    return toldPickups;
  }

  /** A trip's driver was told of a pickup time that has moved. */
  void toldPickup(String tripId, long pickup) {
    toldPickups = toldPickups.isEmpty() ? new TreeMap<>() : toldPickups;
    toldPickups.put(tripId, pickup);
  }

  /** Its trips are long over: nobody is told of them any more. */
  void endNotifications() {
    notified = Collections.emptySet();
    toldPickups = Collections.emptyMap();
  }

  List<TripSummary> trips() {
    return trips;
  }

  List<Holding> seen() {
    return seen;
  }

  List<Holding> ofDays() {
    return ofDays;
  }

  /**
   * What was seen now.
   *
   * @return whether anything may follow from it that did not before
   */
  boolean judged(List<TripSummary> summaries, List<Holding> holdings, List<Holding> dayHoldings) {
    if (isConcluded
        && trips.equals(summaries)
        && seen.equals(holdings)
        && ofDays.equals(dayHoldings)) {
      return false;
    }
    trips = List.copyOf(summaries);
    seen = List.copyOf(holdings);
    ofDays = List.copyOf(dayHoldings);
    isConcluded = false;
    return true;
  }

  /** Something else was learned that bears on what follows. */
  void reopen() {
    isConcluded = false;
  }

  /** What follows was published; it stays so until a time if nothing is learned. */
  void concluded(long until) {
    isConcluded = true;
    concludedUntil = until;
  }

  long concludedUntil() {
    return concludedUntil;
  }

  /**
   * A driver was assigned the order after all that was judged of it.
   *
   * @return whether that was not known
   */
  boolean passedOn(String assignedId, long time) {
    List<TripSummary> passed = new ArrayList<>();
    for (TripSummary trip : trips) {
      boolean isPassedOn = trip.ordersLast() && trip.openedAt() < time;
      passed.add(isPassedOn ? trip.passedOn(assignedId) : trip.assigned(assignedId));
    }
    boolean isNew = !passed.equals(trips);
    trips = List.copyOf(passed);
    return isNew;
  }

  /** When the last of its trips ended, milliseconds since 1970; NEVER where there is none. */
  public long endedAt() {
    return trips.stream().mapToLong(TripSummary::end).max().orElse(NEVER);
  }

  /** The trips of the turns that cannot change any more. */
  List<TripSummary> settledTrips(OrderLog order) {
    return trips.subList(0, Math.min(order.settledTurns(), trips.size()));
  }

  /** What was seen on some of its trips. */
  List<Holding> seenOf(List<TripSummary> some) {
    Set<String> ids = new TreeSet<>();
    some.forEach(trip -> ids.add(trip.tripId()));
    return seen.stream().filter(holding -> ids.contains(holding.tripId())).toList();
  }

  /** When the last trip was opened with each passenger it was booked for: one, nearly always. */
  public Map<String, Long> openedAt() {
    Map<String, Long> opened = new TreeMap<>();
    trips.forEach(trip -> opened.merge(trip.passengerId(), trip.openedAt(), Math::max));
    return opened;
  }

  boolean isOpenedWith(String passengerId, long openedFrom) {
    return openedAt().getOrDefault(passengerId, Long.MIN_VALUE) >= openedFrom;
  }

  /** The final penalties that were said of it. */
  List<Account.Entry> finals() {
    return Account.finals(said().values());
  }

  /** Hands on the claims that changed. */
  void claimDifference(Map<String, TripClaim> claims, Publisher publisher) {
    for (TripClaim claim : claims.values()) {
      if (!claim.equals(claimed.get(claim.tripId()))) {
        claimed(claim.tripId(), claim);
        publisher.claim(claim);
      }
    }
    for (String tripId : List.copyOf(claimed.keySet())) {
      if (!claims.containsKey(tripId)) {
        claimed.remove(tripId);
        // Of no order each alert claims for itself.
        boolean isOfOrder = !orderId.equals(DriverFile.ORDER);
        publisher.claim(TripClaim.none(isOfOrder ? orderId : tripId, tripId));
      }
    }
  }

  /** Makes what holds now what was said, and hands on the difference. */
  void publishDifference(List<Output> holds, Function<Output, Cause> why, Publisher publisher) {
    ledger.publishDifference(holds, why, publisher::say);
  }

  /** Whether a version of the rules said anything of it. */
  boolean mentions(String ruleVersion) {
    for (Holding holding : seen) {
      if (holding.alert().ruleVersion().equals(ruleVersion)) {
        return true;
      }
    }
    for (Output output : said().values()) {
      if (output instanceof Alert alert && alert.ruleVersion().equals(ruleVersion)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lets go of blacklist entries that ended, of pairs that came on it before a time.
   *
   * @return when the first of the others did, or NEVER
   */
  long forgetPairsBefore(long time) {
    long first = NEVER;
    for (Output output : List.copyOf(said().values())) {
      if (output.topic() == OutputTopic.BLACKLIST) {
        long since = ((Instant) ((Statement) output).fields().get("since")).toEpochMilli();
        if (since < time && output.isGone()) {
          ledger.forget(output);
        } else {
          first = Math.min(first, since);
        }
      }
    }
    return first;
  }

  /** Something was said of it before. */
  void wasSaid(Output output) {
    ledger.wasSaid(output);
  }
}
