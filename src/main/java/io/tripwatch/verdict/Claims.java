package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.OrderEvent;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.TripRules;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.Pairs;
import io.tripwatch.trip.TripSummary;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What trips, and what was seen of drivers without a trip, contribute to orders and days. */
final class Claims {
  private static final String NO_SHOW = "no-show";
  private static final String OVERCHARGED = "charged-above-fixed-price";
  private static final String UPHELD = "complaint-upheld";

  private Claims() {}

  /** The claims of trips, by trip. */
  static Map<String, TripClaim> of(
      OrderFile file, List<Holding> holds, List<Statement> penalties, RuleBook rules, long now) {
    Map<String, Statement> penaltyOf = byAlert(penalties);
    Map<String, TripClaim> claims = new TreeMap<>();
    for (TripSummary trip : file.trips()) {
      List<Holding> own = holds.stream().filter(one -> trip.tripId().equals(one.tripId())).toList();
      Map<String, Long> figures = figures(own, penaltyOf);
      // Nobody's blacklist bears on what was charged.
      Settings version = rules.at(trip.openedAt());
      TripRules settings = version.forTrips(trip.openingScenario(), trip.openingCity());
      Feedback feedback = new Feedback(trip, file.feedback(), new Pairs(), settings, now);
      OrderEvent settled = feedback.settlement();
      if (settled != null) {
        figures.put(DayFigures.CHARGED, settled.chargedCents());
        figures.put(DayFigures.SETTLED, 1L);
      }
      claims.put(trip.tripId(), claim(trip, own, version.zone(trip.city()), figures));
    }
    return claims;
  }

  /** By the findings: one whose alert a person rejected still holds; one on trial leads nowhere. */
  private static TripClaim claim(
      TripSummary trip, List<Holding> holds, ZoneId zone, Map<String, Long> figures) {
    long noShowAt = NEVER;
    long overchargedAt = NEVER;
    long overchargeCents = 0;
    long upheldAt = NEVER;
    for (Holding holding : holds) {
      Alert alert = holding.alert();
      if (alert.shadow()) {
        continue;
      }
      switch (alert.ruleId()) {
        case NO_SHOW -> noShowAt = alert.occurredAt();
        case OVERCHARGED -> {
          overchargedAt = alert.occurredAt();
          overchargeCents = cents(alert, "chargedCents") - cents(alert, "fixedPriceCents");
        }
        case UPHELD -> upheldAt = Math.min(upheldAt, alert.occurredAt());
        default -> {
          // Costs the passenger nothing.
        }
      }
    }
    return new TripClaim(
        trip.orderId(),
        trip.tripId(),
        trip,
        noShowAt,
        overchargedAt,
        overchargeCents,
        upheldAt,
        trip.city(),
        localDate(trip.pickupAt(), zone),
        figures);
  }

  private static long cents(Alert alert, String name) {
    return (Long) alert.evidence().get(name);
  }

  /** The claims of what was seen of a driver and no trip, by alert. */
  static Map<String, TripClaim> ofDays(
      List<Holding> holds, List<Statement> penalties, RuleBook rules) {
    Map<String, Statement> penaltyOf = byAlert(penalties);
    Map<String, TripClaim> claims = new TreeMap<>();
    for (Holding holding : holds) {
      Map<String, Long> figures = figures(List.of(holding), penaltyOf);
      if (!figures.isEmpty()) {
        Alert alert = holding.alert();
        ZoneId zone = rules.at(alert.occurredAt()).zone(alert.city());
        String date = localDate(alert.occurredAt(), zone);
        claims.put(alert.alertId(), TripClaim.ofDay(alert.alertId(), alert.city(), date, figures));
      }
    }
    return claims;
  }

  /** How many alerts of each rule stand, and what is fined for them. */
  private static Map<String, Long> figures(List<Holding> holds, Map<String, Statement> penaltyOf) {
    Map<String, Long> figures = new TreeMap<>();
    for (Holding holding : holds) {
      if (holding.isRejected() || holding.alert().shadow()) {
        continue;
      }
      figures.merge(DayFigures.ALERTS + holding.alert().ruleId(), 1L, Long::sum);
      Statement penalty = penaltyOf.get(holding.alert().alertId());
      String fines = penalty == null ? null : DayFigures.finesOf(penalty.status());
      if (fines != null && holding.fineCents() > 0) {
        figures.merge(fines, holding.fineCents(), Long::sum);
      }
    }
    return figures;
  }

  private static Map<String, Statement> byAlert(List<Statement> penalties) {
    Map<String, Statement> byAlert = new HashMap<>();
    penalties.forEach(penalty -> byAlert.put(penalty.id(), penalty));
    return byAlert;
  }

  private static String localDate(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toLocalDate().toString();
  }
}
