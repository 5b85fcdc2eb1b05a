package io.tripwatch.verdict;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.trip.TripSummary;
import io.tripwatch.trip.TripSummary.Ending;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is added to the figures of a city's local day, or taken from them. An order with all its
 * trips counts on the day of its last trip's pickup.
 *
 * @param city null where it is not known: then it counts for the nation alone
 * @param localDate e.g. {@code 2026-11-22}
 * @param figures by name; none is 0
 */
public record DayFigures(String city, String localDate, Map<String, Long> figures) {
  /** Before the id of a rule: how many of its alerts stand. */
  static final String ALERTS = "alerts/";

  /** Before the id of a driver: of how many trips. */
  public static final String DRIVER = "driver/";

  static final String ACCEPTED = "accepted";
  static final String COMPLETED = "completed";
  static final String CANCELLED_BY_PASSENGER = "cancelledByPassenger";
  static final String CANCELLED_BY_DRIVER = "cancelledByDriver";
  static final String CANCELLED_BY_PLATFORM = "cancelledByPlatform";
  static final String REVENUE = "revenueCents";
  static final String LATE = "late";
  static final String NO_SHOWS = "noShows";
  static final String FINES_PENDING = "finesPendingCents";
  static final String FINES_IN_REVIEW = "finesInReviewCents";
  static final String FINES_FINAL = "finesFinalCents";
  static final String COMPENSATIONS_DUE = "compensationsDue";
  static final String COMPENSATION_DUE = "compensationDueCents";
  static final String FEES_KEPT = "cancellationFeeCents";

  /** How many drivers had a trip. */
  public static final String DRIVERS_ACTIVE = "driversActive";

  /** Of a trip, not of a day: whether its order was settled, and at what price. */
  static final String SETTLED = "settled";

  static final String CHARGED = "chargedCents";

  /** Which fines a penalty belongs to; null if to none. */
  static String finesOf(String penaltyStatus) {
    return switch (penaltyStatus) {
      case Penalties.PENDING -> FINES_PENDING;
      case Penalties.REVIEW -> FINES_IN_REVIEW;
      case Penalties.FINAL -> FINES_FINAL;
      default -> null;
    };
  }

  /**
   * What an order adds; null if it has no trip.
   *
   * @param claims of its trips, or that of an alert about none
   * @param compensations what is owed to its passenger
   */
  public static DayFigures of(Collection<TripClaim> claims, List<Statement> compensations) {
    TripClaim last = Compensations.lastOf(claims);
    if (last == null) {
      return claims.stream()
          .findFirst()
          .map(day -> new DayFigures(day.city(), day.localDate(), nonZero(day.figures())))
          .orElse(null);
    }
    Map<String, Long> figures = new TreeMap<>();
    for (TripClaim claim : claims) {
      claim.figures().forEach((name, value) -> figures.merge(name, value, Long::sum));
      figures.merge(DRIVER + claim.trip().driverId(), 1L, Long::sum);
    }
    addOrder(last.trip(), figures);
    compensations.forEach(one -> addCompensation(one, figures));
    return new DayFigures(last.city(), last.localDate(), nonZero(figures));
  }

  private static void addOrder(TripSummary trip, Map<String, Long> figures) {
    boolean completed = trip.ending() == Ending.ENDED;
    boolean settled = figures.remove(SETTLED) != null;
    Long charged = figures.remove(CHARGED);
    figures.put(ACCEPTED, 1L);
    figures.put(COMPLETED, completed ? 1L : 0L);
    figures.put(CANCELLED_BY_PASSENGER, trip.cancelledBy() == CancelledBy.PASSENGER ? 1L : 0L);
    figures.put(CANCELLED_BY_DRIVER, trip.cancelledBy() == CancelledBy.DRIVER ? 1L : 0L);
    figures.put(CANCELLED_BY_PLATFORM, trip.cancelledBy() == CancelledBy.PLATFORM ? 1L : 0L);
    figures.put(REVENUE, settled ? charged : completed ? trip.fixedPriceCents() : 0L);
    figures.put(LATE, figures.containsKey(ALERTS + "late-at-pickup") ? 1L : 0L);
    figures.put(NO_SHOWS, figures.containsKey(ALERTS + "no-show") ? 1L : 0L);
  }

  private static void addCompensation(Statement owing, Map<String, Long> figures) {
    if (!owing.status().equals(Compensations.DUE)) {
      return;
    }
    Long cents = (Long) owing.fields().getOrDefault("amountCents", 0L);
    if (owing.fields().get("kind").equals(Compensations.CANCELLATION_FEE)) {
      figures.merge(FEES_KEPT, cents, Long::sum);
    } else {
      figures.merge(COMPENSATIONS_DUE, 1L, Long::sum);
      figures.merge(COMPENSATION_DUE, cents, Long::sum);
    }
  }

  /** Whether two count on the same day of the same city. */
  public boolean isOfSameDayAs(DayFigures other) {
    return localDate.equals(other.localDate) && Objects.equals(city, other.city);
  }

  /** What is to be added to some figures to make others of them. */
  public static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new TreeMap<>(after);
    before.forEach((name, value) -> difference.merge(name, -value, Long::sum));
    return nonZero(difference);
  }

  private static Map<String, Long> nonZero(Map<String, Long> figures) {
    Map<String, Long> left = new TreeMap<>(figures);
    left.values().removeIf(value -> value == 0);
    return left;
  }
}
