package io.tripwatch.verdict;

import io.tripwatch.rule.voice.BlacklistedPairMatched;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.TripRules;
import io.tripwatch.trip.Pairs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The published record of a driver, from his first final penalty on, and his blacklist. The
 * settings are those for everyone, in force at the time: no trip and no city is concerned.
 */
final class DriverRecords {
  private static final long FULL_SCORE = 100;
  private static final long GRADE_A_FROM = 90;
  private static final long GRADE_B_FROM = 75;
  private static final long WARNED_FROM_POINTS = 12;
  private static final long SUSPENDED_FROM_POINTS = 24;

  private DriverRecords() {}

  static List<Statement> of(
      String driverId, Account account, Pairs pairs, RuleBook rules, int epoch, Awaited awaited) {
    if (account.isBlank() && pairs.passengers().isEmpty()) {
      return List.of();
    }
    List<Statement> statements = new ArrayList<>();
    TripRules settings = rules.at(awaited.now()).forDrivers(null);
    awaited.hasCome(rules.nextAfter(awaited.now()));
    if (!account.isBlank()) {
      statements.add(record(driverId, account, settings, epoch, awaited));
    }
    for (String passengerId : pairs.passengers()) {
      Statement entry =
          blacklisted(driverId, passengerId, pairs.of(passengerId), settings, epoch, awaited);
      if (entry != null) {
        statements.add(entry);
      }
    }
    return statements;
  }

  private static Statement record(
      String driverId, Account account, TripRules settings, int epoch, Awaited awaited) {
    long windowMs = settings.penalties().windowMs();
    long points = 0;
    long fineCents = 0;
    boolean isBanned = false;
    Map<String, Object> counts = new TreeMap<>();
    for (Account.Entry entry : account.entries()) {
      isBanned |= entry.ruleId().equals(Account.BARRING_RULE);
      // It counts for the whole window, its last millisecond included.
      if (!awaited.hasCome(entry.occurredAt() + windowMs + 1)) {
        points += entry.points();
        fineCents += entry.fineCents();
        counts.merge(entry.ruleId(), 1L, (a, b) -> (Long) a + (Long) b);
      }
    }
    long score = Math.max(0, FULL_SCORE - points);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("points", points);
    fields.put("score", score);
    fields.put("grade", grade(score));
    fields.put("standing", isBanned ? "BANNED" : standing(points));
    fields.put("fineCents", fineCents);
    fields.put("penalties", counts);
    return Statement.of(OutputTopic.DRIVERS, driverId, epoch, null, fields);
  }

  private static String grade(long score) {
    if (score >= GRADE_A_FROM) {
      return "A";
    }
    return score >= GRADE_B_FROM ? "B" : "C";
  }

  private static String standing(long points) {
    if (points >= SUSPENDED_FROM_POINTS) {
      return "SUSPENDED";
    }
    return points >= WARNED_FROM_POINTS ? "WARNED" : "ACTIVE";
  }

  /** Null where no order keeps the pair on the list (any more). */
  private static Statement blacklisted(
      String driverId,
      String passengerId,
      Map<String, Long> sinceByOrder,
      TripRules settings,
      int epoch,
      Awaited awaited) {
    long forMs = BlacklistedPairMatched.blacklistForMs(settings);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    List<String> orders = new ArrayList<>();
    for (Map.Entry<String, Long> order : sinceByOrder.entrySet()) {
      long since = order.getValue();
      if (awaited.hasCome(since) && !awaited.hasCome(since + forMs + 1)) {
        first = Math.min(first, since);
        last = Math.max(last, since);
        orders.add(order.getKey());
      }
    }
    if (orders.isEmpty()) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("driverId", driverId);
    fields.put("passengerId", passengerId);
    fields.put("since", Instant.ofEpochMilli(first));
    fields.put("until", Instant.ofEpochMilli(last + forMs));
    fields.put("orders", orders);
    String id = driverId + "/" + passengerId;
    return Statement.of(OutputTopic.BLACKLIST, id, epoch, null, fields);
  }
}
