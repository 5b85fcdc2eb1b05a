package io.tripwatch.verdict;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.RuleBook.Edition;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Pairs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverRecordsTest {
  private static final long T = ms("10:00");
  private static final long WINDOW_MS = Duration.ofDays(90).toMillis();
  private static final long LISTED_MS = Duration.ofDays(730).toMillis();
  private static final Settings DEFAULTS = Settings.defaults(Rules.catalogue());
  private static final RuleBook RULES = RuleBook.of(DEFAULTS);

  private final List<Account.Entry> entries = new ArrayList<>();
  private final Pairs pairs = new Pairs();
  private long wake;

  private void penalty(String ruleId, long occurredAt, long points) {
    entries.add(new Account.Entry(occurredAt, ruleId, points, 100 * points));
  }

  private Account account() {
    Account account = new Account();
    account.replace(List.of(), entries);
    return account;
  }

  private List<Statement> at(long now) {
    return at(now, account(), RULES);
  }

  private List<Statement> at(long now, Account account, RuleBook rules) {
    Awaited awaited = new Awaited(now);
    List<Statement> statements = DriverRecords.of("d-7", account, pairs, rules, 1, awaited);
    wake = awaited.wake();
    return statements;
  }

  private Object field(long now, String name) {
    return at(now).get(0).fields().get(name);
  }

  @Test
  void saysNothingOfADriverWithoutAFinalPenalty() {
    assertEquals(List.of(), at(T));
    assertEquals(NEVER, wake);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, A, ACTIVE", "10, 90, A, ACTIVE", "11, 89, B, ACTIVE", "12, 88, B, WARNED",
    "23, 77, B, WARNED", "24, 76, B, SUSPENDED", "25, 75, B, SUSPENDED", "26, 74, C, SUSPENDED",
    "100, 0, C, SUSPENDED", "101, 0, C, SUSPENDED"
  })
  void scoresGradesAndStands(long points, long score, String grade, String standing) {
    penalty("no-show", T, points);
    Statement record = at(T).get(0);
    assertEquals("d-7", record.id());
    assertEquals(score, record.fields().get("score"));
    assertEquals(grade, record.fields().get("grade"));
    assertEquals(standing, record.fields().get("standing"));
  }

  @Test
  void countsTheFinalPenaltiesOfEachRule() {
    penalty("no-show", T - 2, 12);
    penalty("late-at-pickup", T - 1, 3);
    penalty("no-show", T, 12);
    assertEquals(Map.of("late-at-pickup", 1L, "no-show", 2L), field(T, "penalties"));
    assertEquals(27L, field(T, "points"));
    assertEquals(2_700L, field(T, "fineCents"));
  }

  @Test
  void pointsCountForTheWholeWindowAndNoMillisecondLonger() {
    penalty("no-show", T, 12);
    penalty("late-at-pickup", T + 1, 3);
    assertEquals(15L, field(T + WINDOW_MS, "points"));
    assertEquals(T + WINDOW_MS + 1, wake);
    assertEquals(3L, field(T + WINDOW_MS + 1, "points"));
    assertEquals(T + WINDOW_MS + 2, wake);
    assertEquals(0L, field(T + WINDOW_MS + 2, "points"));
    assertEquals(100L, field(T + WINDOW_MS + 2, "score"));
    assertEquals(NEVER, wake);
  }

  @Test
  void aFakeOrderBarsForEver() {
    penalty("fake-order", T, 100);
    assertEquals("BANNED", field(T, "standing"));
    assertEquals("BANNED", field(T + 9 * WINDOW_MS, "standing"));
    assertEquals(100L, field(T + 9 * WINDOW_MS, "score"));
  }

  @Test
  void onceRecordedHeStaysRecorded() {
    penalty("no-show", T, 12);
    Account account = account();
    account.forgetBefore(T + 1);
    assertEquals(100L, at(T, account, RULES).get(0).fields().get("score"));
  }

  @Test
  void aPenaltyTakenBackWithinTheWindowLeavesNoRecord() {
    penalty("no-show", T, 12);
    Account account = account();
    account.replace(entries, List.of());
    assertEquals(List.of(), at(T, account, RULES));
  }

  @Test
  void theWindowIsThatOfTheVersionInForceAndIsAskedAgainWhenTheNextOneComes() {
    penalty("no-show", T, 12);
    long later = T + Duration.ofDays(20).toMillis();
    Settings shorter =
        Settings.of("v2", Map.of("penalties", Map.of("window", "P10D")), Rules.catalogue());
    RuleBook rules = RuleBook.of(DEFAULTS, List.of(new Edition(later, shorter)));
    assertEquals(12L, at(later - 1, account(), rules).get(0).fields().get("points"));
    assertEquals(later, wake);
    assertEquals(0L, at(later, account(), rules).get(0).fields().get("points"));
  }

  @Test
  void aPairIsListedFromItsMomentToTheEndOfItsTimeBothIncluded() {
    pairs.set("p-1", "o-1", T);
    assertEquals(List.of(), at(T - 1));
    assertEquals(T, wake);
    Statement entry = at(T).get(0);
    assertEquals("d-7/p-1", entry.id());
    assertEquals(Instant.ofEpochMilli(T), entry.fields().get("since"));
    assertEquals(Instant.ofEpochMilli(T + LISTED_MS), entry.fields().get("until"));
    assertEquals(List.of("o-1"), entry.fields().get("orders"));
    assertEquals(1, at(T + LISTED_MS).size());
    assertEquals(T + LISTED_MS + 1, wake);
    assertEquals(List.of(), at(T + LISTED_MS + 1));
  }

  @Test
  void severalOrdersKeepAPairListedTogether() {
    pairs.set("p-1", "o-1", T);
    pairs.set("p-1", "o-2", T + 5);
    pairs.set("p-2", "o-3", T + 7);
    List<Statement> entries = at(T + 7);
    assertEquals(2, entries.size());
    assertEquals(List.of("o-1", "o-2"), entries.get(0).fields().get("orders"));
    assertEquals(Instant.ofEpochMilli(T + 5 + LISTED_MS), entries.get(0).fields().get("until"));
    Statement left = at(T + LISTED_MS + 1).get(0);
    assertEquals(List.of("o-2"), left.fields().get("orders"));
    assertEquals(Instant.ofEpochMilli(T + 5), left.fields().get("since"));
  }
}
