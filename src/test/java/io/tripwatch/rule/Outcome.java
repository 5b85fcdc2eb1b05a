package io.tripwatch.rule;

import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Topic;
import io.tripwatch.rule.Story.Told;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.FeedbackLog;
import io.tripwatch.trip.Pairs;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripSummary;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Confidence;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.HeapArchive;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import io.tripwatch.verdict.Reread;
import io.tripwatch.verdict.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of a story. It is played in many ways: as told, with a restart before each event, all
 * at once, backwards and twice, and with delays such as the contract allows. The verdicts must be
 * the same; only how many revisions it took may differ.
 */
public final class Outcome {
  private static final int DELAYED_PLAYS = 4;
  private static final int MANY_JUDGEMENTS = 10_000;

  /** What is said of a trip is never too late: it comes when the trip is long archived. */
  private static final long FEEDBACK_DELAY_MS = 12 * 24 * 3_600_000L;

  /** But later than thirty days after its end it does not bear on it. */
  private static final long ARCHIVED_MS = 30 * 24 * 3_600_000L;

  private final Map<String, Alert> standing;
  private final List<Alert> said;
  private final List<Output> outputs;
  private final List<Trip> trips;
  private final Map<String, Finding> findings = new TreeMap<>();

  private Outcome(
      Map<String, Alert> standing,
      List<Output> outputs,
      List<Trip> trips,
      List<Told> told,
      RuleBook settings,
      long now) {
    this.standing = standing;
    this.said = Heard.alertsOf(outputs);
    this.outputs = outputs;
    this.trips = trips;
    findings.putAll(foundOfDriver(trips, told, settings, now));
    trips.forEach(trip -> find(trip, found(trip)));
    trips.forEach(trip -> find(trip, foundInFeedback(trip, trips, told, now)));
  }

  private void find(Trip trip, Map<String, Finding> found) {
    found.forEach((rule, finding) -> findings.put(trip.tripId() + "/" + rule, finding));
  }

  private static Map<String, Finding> found(Trip trip) {
    Map<String, Finding> found = new TreeMap<>();
    for (TripRule rule : Rules.OF_TRIPS) {
      rule.judge(trip, trip.rules().of(rule.spec()))
          .ifPresent(finding -> found.put(rule.spec().id(), finding));
    }
    return found;
  }

  /** By alertId: what is about no one trip. */
  private static Map<String, Finding> foundOfDriver(
      List<Trip> trips, List<Told> told, RuleBook settings, long now) {
    Map<String, Finding> found = new TreeMap<>();
    for (DayRule rule : Rules.OF_DAYS) {
      for (Trip trip : trips) {
        for (Finding finding : rule.judge(trip, trip.rules().of(rule.spec()))) {
          found.putIfAbsent(idOfDriver(rule, finding), finding);
        }
      }
    }
    Driver driver = Play.driver(told);
    for (LoginRule rule : Rules.OF_LOGINS) {
      for (Finding finding : rule.judge(driver.logins(), settings)) {
        if (finding.moment() <= now) {
          found.put(idOfDriver(rule, finding), finding);
        }
      }
    }
    return found;
  }

  private static String idOfDriver(Rule rule, Finding finding) {
    return "-/" + Story.DRIVER + "/" + rule.spec().id() + "/" + finding.subject();
  }

  private static Map<String, Finding> foundInFeedback(
      Trip trip, List<Trip> trips, List<Told> told, long now) {
    Pairs pairs = new Pairs();
    for (Trip one : trips) {
      TripSummary summary = one.summary(0);
      long since = feedback(one, pairs, told, now).blacklistedSince(one.orderId());
      pairs.set(summary.passengerId(), one.orderId(), summary.driversLast() ? since : NEVER);
    }
    Map<String, Finding> found = new TreeMap<>();
    for (FeedbackRule rule : Rules.OF_FEEDBACK) {
      Feedback feedback = feedback(trip, pairs, told, now);
      Values values = trip.rules().of(rule.spec());
      for (Finding finding : rule.judge(trip.summary(0), feedback, values)) {
        String subject = finding.subject() == null ? "" : "/" + finding.subject();
        found.put(rule.spec().id() + subject, finding);
      }
    }
    return found;
  }

  private static Feedback feedback(Trip trip, Pairs pairs, List<Told> told, long now) {
    FeedbackLog log = new FeedbackLog();
    for (Told one : told) {
      if (FeedbackLog.takes(one.event()) && Story.isAbout(trip.orderId(), one.event())) {
        log.learn(one.event());
      }
    }
    return new Feedback(trip.summary(0), log, pairs, trip.rules(), now);
  }

  /** What the rules find at a time when all is known, even what has not happened yet. */
  static Map<String, Finding> foreseen(List<Told> told, long now) {
    Map<String, Finding> foreseen = new TreeMap<>();
    Settings settings = Settings.defaults(Rules.catalogue());
    List<Trip> trips = Play.trips(told, RuleBook.of(settings), now);
    foreseen.putAll(foundOfDriver(trips, told, RuleBook.of(settings), now));
    for (Trip trip : trips) {
      foreseen.putAll(found(trip));
      foreseen.putAll(foundInFeedback(trip, trips, told, now));
    }
    return foreseen;
  }

  static Outcome of(List<Told> told, Map<String, Object> tree, long now) {
    RuleBook settings = RuleBook.of(Settings.of(tree, Rules.catalogue()));
    Play asTold = new Play(settings, false);
    asTold.live(told, now);
    Map<String, Alert> standing = asTold.standing();
    Map<String, Output> following = asTold.following();
    Play restarted = new Play(settings, true);
    restarted.live(told, now);
    assertSame(standing, restarted.standing(), "with a restart before each event");
    assertSame(following, restarted.following(), "with a restart before each event");
    Play once = new Play(settings, false);
    once.atOnce(told, now);
    assertSame(standing, once.standing(), "judged once, when all is known");
    assertSame(following, once.following(), "judged once, when all is known");
    Play backwards = new Play(settings, false);
    backwards.atOnce(backwardsAndTwice(told), now);
    assertSame(standing, backwards.standing(), "learned backwards and twice");
    assertSame(following, backwards.following(), "learned backwards and twice");
    for (int seed = 0; seed < DELAYED_PLAYS; seed++) {
      Play delayed = new Play(settings, seed % 2 == 1);
      delayed.live(delayed(told, now, new Random(seed)), now);
      assertSame(standing, delayed.standing(), "delayed with seed " + seed);
      assertSame(following, delayed.following(), "delayed with seed " + seed);
    }
    List<Trip> trips = Play.trips(told, settings, now);
    return new Outcome(standing, asTold.heard.outputs(), trips, told, settings, now);
  }

  /** Shows only what differs. */
  private static void assertSame(Map<String, ?> expected, Map<String, ?> actual, String how) {
    Map<String, Object> missing = new TreeMap<>(expected);
    missing.entrySet().removeAll(actual.entrySet());
    Map<String, Object> unexpected = new TreeMap<>(actual);
    unexpected.entrySet().removeAll(expected.entrySet());
    missing.values().removeIf(Promised::leavesOut);
    unexpected.values().removeIf(Promised::leavesOut);
    assertEquals(missing, unexpected, how);
  }

  private static List<Told> backwardsAndTwice(List<Told> told) {
    List<Told> backwards = new ArrayList<>(told);
    Collections.reverse(backwards);
    backwards.addAll(told);
    return backwards;
  }

  /** Every event as late as the contract lets it be, but not later than the verdict. */
  private static List<Told> delayed(List<Told> told, long now, Random random) {
    List<Told> delayed = new ArrayList<>();
    long first = told.stream().mapToLong(one -> one.event().time()).min().orElse(0);
    for (Told one : told) {
      boolean soon = one.event() instanceof OrderEvent || one.event() instanceof FleetRecord;
      long limitMs = (soon ? Topic.LATE_ORDERS : Topic.LATE_EVIDENCE).toMillis();
      if (FeedbackLog.takes(one.event())) {
        long room = Math.max(0, first + ARCHIVED_MS - one.event().time());
        limitMs = Math.min(FEEDBACK_DELAY_MS, room);
      }
      boolean late = random.nextInt(3) > 0;
      long arrival = one.event().time() + (late ? (long) (random.nextDouble() * limitMs) : 0);
      delayed.add(new Told(one.event(), Math.max(one.event().time(), Math.min(arrival, now))));
    }
    return delayed;
  }

  /** A driver's file, and what was said of it. */
  private static final class Play {
    private final RuleBook settings;
    private final boolean restarts;
    private final Heard heard = new Heard();
    private final HeapArchive archive = new HeapArchive();
    private Dossier dossier = new Dossier(new Driver(Story.DRIVER), archive);
    private long now = Long.MIN_VALUE / 2;

    Play(RuleBook settings, boolean restarts) {
      this.settings = settings;
      this.restarts = restarts;
    }

    /** Event time goes on with what is learned, and everything due on the way is judged. */
    void live(List<Told> told, long end) {
      List<Told> inOrder = new ArrayList<>();
      told.forEach(one -> inOrder.add(subscribed(one, told)));
      inOrder.sort(Comparator.comparingLong(Told::arrival));
      for (Told one : inOrder) {
        judgeUpTo(one.arrival() - 1);
        restart();
        dossier.learn(one.event(), now);
        if (assignsTheDriver(one.event())) {
          tellAgain(inOrder, one);
        }
      }
      judgeUpTo(end);
    }

    private static boolean assignsTheDriver(Event event) {
      return event instanceof OrderEvent order
          && order.type().assigns()
          && order.driverId().equals(Story.DRIVER);
    }

    /** Whoever gets an order hears all that is known of it, also if he had it before. */
    private void tellAgain(List<Told> inOrder, Told assigned) {
      String orderId = ((OrderEvent) assigned.event()).orderId();
      for (Told earlier : inOrder.subList(0, inOrder.indexOf(assigned))) {
        if (earlier.event() instanceof FlightStatus
            || earlier.event() instanceof FleetRecord
            || orderId.equals(orderOf(earlier.event()))) {
          dossier.learn(earlier.event(), now);
        }
      }
    }

    private static String orderOf(Event event) {
      if (event instanceof OrderEvent order) {
        return order.orderId();
      } else if (event instanceof Press press) {
        return press.orderId();
      }
      return event instanceof Call call ? call.orderId() : null;
    }

    /** A driver is told of a status once an order of his awaits it. */
    private static Told subscribed(Told one, List<Told> told) {
      if (!(one.event() instanceof FlightStatus status)) {
        return one;
      }
      long subscribedAt =
          told.stream()
              .filter(other -> other.event() instanceof OrderEvent order && awaits(order, status))
              .mapToLong(Told::arrival)
              .min()
              .orElse(one.arrival());
      return new Told(one.event(), Math.max(one.arrival(), subscribedAt));
    }

    private static boolean awaits(OrderEvent order, FlightStatus status) {
      return order.booking() != null && status.flight().equals(order.booking().flight());
    }

    private void judgeUpTo(long target) {
      judgeUpTo(target, Long.MIN_VALUE);
    }

    private void judgeUpTo(long target, long atLeast) {
      now = Math.max(now, atLeast);
      int judgements = 0;
      while (Math.min(dossier.wake(), archive.wake()) <= target) {
        now = Math.max(now, Math.min(dossier.wake(), archive.wake()));
        if (dossier.wake() <= now) {
          dossier.judge(settings, 1, now, heard);
        }
        archive.reviewDue(dossier, settings, now, heard);
        if (judgements++ > MANY_JUDGEMENTS) {
          fail("still awake at " + dossier.wake() + " after being judged at " + now);
        }
      }
      now = target;
    }

    /** Everything is learned before anything is judged. */
    void atOnce(List<Told> told, long end) {
      long first = told.stream().mapToLong(one -> one.event().time()).min().orElse(0);
      told.forEach(one -> dossier.learn(one.event(), first - 1));
      judgeUpTo(end, end);
    }

    /** Written and read back, as when the job is started again. */
    private void restart() {
      if (restarts) {
        dossier = Reread.of(dossier, archive);
      }
    }

    /** The last revision of each alert, leaving out which one it is. */
    Map<String, Alert> standing() {
      Map<String, Alert> last = new TreeMap<>();
      for (Alert alert : heard.alerts()) {
        Alert before = last.put(alert.alertId(), alert);
        int expected = before == null ? 1 : before.revision() + 1;
        assertEquals(expected, alert.revision(), () -> "no gaps: " + alert);
      }
      last.values().removeIf(alert -> alert.status() == Alert.Status.RETRACTED);
      last.replaceAll((id, alert) -> unrevised(alert));
      return last;
    }

    /** The last revision of all that follows from the alerts, leaving out which one it is. */
    Map<String, Output> following() {
      Map<String, Output> last = new TreeMap<>();
      for (Output output : heard.outputs()) {
        // A text once sent is sent; when it was due is told by its own test.
        if (!(output instanceof Alert) && output.topic() != OutputTopic.NOTIFICATIONS) {
          Output before = last.put(output.topic() + " " + output.id(), output);
          int expected = before == null ? 1 : before.revision() + 1;
          assertEquals(expected, output.revision(), () -> "no gaps: " + output);
        }
      }
      last.values().removeIf(Output::isGone);
      // A text once sent is sent: which ones were depends on when it was known.
      last.values().removeIf(output -> output.topic() == OutputTopic.NOTIFICATIONS);
      last.replaceAll((id, output) -> output.revised(0, Output.Change.CORRECTED));
      return last;
    }

    /** All that is known in the end. */
    static Driver driver(List<Told> told) {
      Driver driver = new Driver(Story.DRIVER);
      long first = told.stream().mapToLong(one -> one.event().time()).min().orElse(0);
      for (Told one : told) {
        if (!FeedbackLog.takes(one.event())) {
          driver.learn(one.event(), first - 1);
        }
      }
      return driver;
    }

    /** The trips as the rules see them. */
    static List<Trip> trips(List<Told> told, RuleBook settings, long now) {
      List<Trip> trips = new ArrayList<>();
      Driver driver = driver(told);
      driver.visit(
          settings,
          now,
          (order, all, settling, last) -> {
            trips.removeIf(trip -> trip.orderId().equals(order.orderId()));
            all.forEach(Trip::keepFixes);
            trips.addAll(all);
            return NEVER;
          });
      return trips;
    }
  }

  private static Alert unrevised(Alert alert) {
    return new Alert(
        alert.alertId(),
        alert.epoch(),
        0,
        Alert.Status.RAISED,
        alert.ruleId(),
        alert.ruleVersion(),
        alert.family(),
        alert.severity(),
        alert.confidence(),
        alert.shadow(),
        alert.orderId(),
        alert.driverId(),
        alert.passengerId(),
        alert.plate(),
        alert.city(),
        alert.occurredAt(),
        alert.message(),
        alert.evidence());
  }

  // The verdicts.

  /** The rules that hold, of all trips. */
  public TreeSet<String> rules() {
    TreeSet<String> rules = new TreeSet<>();
    standing.values().forEach(alert -> rules.add(alert.ruleId()));
    return rules;
  }

  /** Whether a rule holds for the driver's first turn at the order. */
  public boolean holds(String rule) {
    return standing.keySet().stream().anyMatch(alertId -> isOf(alertId, rule));
  }

  /** The alert of a rule that holds. */
  public Alert alert(String rule) {
    return alertOf(only(standing, rule));
  }

  /** The alert of an id. */
  public Alert alertOf(String alertId) {
    Alert alert = standing.get(alertId);
    return alert != null ? alert : fail("no " + alertId + "; there is " + standing.keySet());
  }

  /** What the rule finds, with the fine. */
  public Finding finding(String rule) {
    Finding finding = findings.get(only(findings, rule));
    return finding != null ? finding : fail("no " + rule + "; there is " + findings.keySet());
  }

  /** How it came to be so: the status of each revision of the alert, as the story was told. */
  public List<Alert.Status> revisions(String rule) {
    return said.stream().filter(alert -> isOf(alert.alertId(), rule)).map(Alert::status).toList();
  }

  /** The status of each revision of the penalty for a rule, as the story was told. */
  public List<String> penalties(String rule) {
    return outputs.stream()
        .filter(output -> output.topic() == OutputTopic.PENALTIES && isOf(output.id(), rule))
        .map(output -> ((Statement) output).status())
        .toList();
  }

  /** The last revision of the penalty for a rule. */
  public Statement penalty(String rule) {
    Statement last = null;
    for (Output output : outputs) {
      if (output.topic() == OutputTopic.PENALTIES && isOf(output.id(), rule)) {
        last = (Statement) output;
      }
    }
    return last != null ? last : fail("no penalty for " + rule);
  }

  /** All that was said, as the story was told. */
  public List<Alert> said() {
    return said;
  }

  /** The trip itself, where there is but one. */
  public Trip trip() {
    assertEquals(1, trips.size());
    return trips.get(0);
  }

  /** The driver's turns at the order. */
  public List<Trip> trips() {
    return trips;
  }

  // The same as assertions.

  /** The rule holds, with this moment. */
  public Outcome raises(String rule, String moment) {
    assertEquals(Story.at(moment), Instant.ofEpochMilli(alert(rule).occurredAt()));
    return this;
  }

  /** The rule holds. */
  public Outcome raises(String rule) {
    alert(rule);
    return this;
  }

  /** The rule does not hold. */
  public Outcome isSilentOn(String rule) {
    if (holds(rule)) {
      fail(rule + " should not hold: " + alert(rule));
    }
    return this;
  }

  /** The rule holds, with this confidence. */
  public Outcome raises(String rule, Confidence confidence) {
    assertEquals(confidence, alert(rule).confidence(), () -> alert(rule).toString());
    return this;
  }

  /** A figure of the rule's evidence. */
  public Object evidence(String rule, String figure) {
    return alert(rule).evidence().get(figure);
  }

  /** The one id of a rule, with or without what else it is about. */
  private static String only(Map<String, ?> byId, String rule) {
    List<String> ids = byId.keySet().stream().filter(id -> isOf(id, rule)).toList();
    return ids.size() == 1 ? ids.get(0) : Story.ORDER + "/" + Story.DRIVER + "/" + rule;
  }

  private static boolean isOf(String alertId, String rule) {
    String id = alertId + "/";
    return id.startsWith(Story.ORDER + "/" + Story.DRIVER + "/" + rule + "/")
        || id.startsWith("-/" + Story.DRIVER + "/" + rule + "/");
  }
}
