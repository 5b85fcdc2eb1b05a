package io.tripwatch.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.naive.NaiveInput.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A second opinion: applies the contract to all events at once, sorted, with nothing forgotten and
 * nothing kept up to date. Written from the contract alone and for clarity, it shares no code with
 * the job; {@code lateness-predicted} is left out.
 */
public final class NaiveJudge {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DAY = NaiveFacts.DAY_MS;

  /**
   * Final verdicts by id. Each row holds what the contract fixes of the record but the texts and
   * the evidence.
   */
  public record Verdicts(
      Map<String, Map<String, Object>> alerts,
      Map<String, Map<String, Object>> penalties,
      Map<String, Map<String, Object>> compensations,
      List<String> refused) {}

  private final NaiveFacts facts;
  private final List<NaiveOrder> orders = new ArrayList<>();
  private final Map<String, List<NaiveTrip>> byDriver = new HashMap<>();
  private final Map<String, NaiveFinding> findings = new TreeMap<>();
  private final Verdicts verdicts;

  private NaiveJudge(NaiveInput input, NaiveSettings settings, Instant until) {
    long now = until == null ? input.end() : until.toEpochMilli();
    facts = new NaiveFacts(input, settings, now);
    verdicts = new Verdicts(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), input.refused());
  }

  /**
   * The final verdicts on a replay folder.
   *
   * @param until where event time ends; null: at the greatest eventTime of an accepted record
   */
  public static Verdicts judge(Path folder, Instant until) throws IOException {
    return judge(folder, until, new NaiveSettings("default", null));
  }

  private static Verdicts judge(Path folder, Instant until, NaiveSettings settings)
      throws IOException {
    NaiveJudge judge = new NaiveJudge(NaiveInput.read(folder), settings, until);
    judge.judge();
    return judge.verdicts;
  }

  private void judge() {
    facts.orders.forEach((id, events) -> orders.add(new NaiveOrder(facts, id, events)));
    for (NaiveOrder order : orders) {
      for (NaiveTrip trip : order.trips) {
        byDriver.computeIfAbsent(trip.driverId, d -> new ArrayList<>()).add(trip);
      }
    }
    for (NaiveOrder order : orders) {
      for (NaiveTrip trip : order.trips) {
        findings.putAll(new NaiveRules(this, order, trip).judge());
      }
    }
    new NaiveDays(facts, byDriver).judge().forEach(f -> findings.put(f.alertId(), f));
    findings.values().forEach(this::alert);
    penalties();
    for (NaiveOrder order : orders) {
      new NaiveCompensation(facts, order, findings).judge(verdicts.compensations);
    }
  }

  // What one trip's rules ask of others.

  /** How many other trips of the same two have an S within the 24 h before this S. */
  long otherStarts(NaiveTrip trip) {
    return byDriver.get(trip.driverId).stream()
        .filter(t -> t != trip)
        .filter(t -> t.last.text("passengerId").equals(trip.last.text("passengerId")))
        .filter(t -> t.start <= trip.start && t.start >= trip.start - DAY)
        .count();
  }

  boolean verdictBy(String subject, String subjectId, long time, long end) {
    return facts.firstVerdictAt(subject, subjectId, end) <= time;
  }

  /** When the two were put on each other's blacklist, once for each trip that did so. */
  List<Long> blacklistings(String driverId, String passengerId) {
    List<Long> since = new ArrayList<>();
    for (NaiveTrip trip : byDriver.get(driverId)) {
      if (!trip.last.text("passengerId").equals(passengerId)) {
        continue;
      }
      Event verdict = facts.verdict("RATING", trip.orderId, trip.end);
      if (verdict == null || verdict.text("verdict").equals("UPHELD")) {
        long both =
            Math.max(
                firstBad(trip, passengerId, "PASSENGER"), firstBad(trip, passengerId, "DRIVER"));
        if (both != NaiveTrip.NEVER) {
          since.add(both);
        }
      }
    }
    return since;
  }

  private long firstBad(NaiveTrip trip, String passengerId, String by) {
    return facts.ratings.getOrDefault(trip.orderId, List.of()).stream()
        .filter(r -> r.text("by").equals(by) && r.number("stars") <= 3)
        .filter(r -> r.text("driverId").equals(trip.driverId))
        .filter(r -> r.text("passengerId").equals(passengerId))
        .filter(r -> NaiveFacts.bears(r, trip.end))
        .mapToLong(Event::time)
        .min()
        .orElse(NaiveTrip.NEVER);
  }

  // Alerts and penalties.

  private void alert(NaiveFinding finding) {
    if (word(finding).equals("REJECTED")) {
      return;
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("alertId", finding.alertId());
    row.put("status", "RAISED");
    row.put("ruleId", finding.rule());
    row.put("ruleVersion", finding.set().settings().version());
    row.put("occurredAt", iso(finding.moment()));
    row.put("confidence", finding.unverified() ? "UNVERIFIED" : "CONFIRMED");
    if (finding.shadow()) {
      row.put("shadow", true);
    }
    if (finding.trip() != null) {
      row.put("orderId", finding.trip().orderId);
    }
    row.put("driverId", finding.driverId());
    verdicts.alerts.put(finding.alertId(), row);
  }

  /** What people said last of the alert: UPHELD, REJECTED, or nothing. */
  private String word(NaiveFinding finding) {
    String said = "";
    long saidAt = Long.MIN_VALUE;
    Event verdict = facts.verdict("ALERT", finding.alertId(), finding.end());
    if (verdict != null) {
      said = verdict.text("verdict");
      saidAt = verdict.time();
    }
    long undone =
        facts.undoneAt(
            finding.set().settings().version(), finding.rule(), finding.moment(), finding.end());
    if (undone != Long.MIN_VALUE && undone >= saidAt) {
      said = "REJECTED";
    }
    if (finding.rule().equals("bad-rating") && !said.equals("REJECTED")) {
      Event rating = facts.verdict("RATING", finding.trip().orderId, finding.end());
      return rating == null ? said : "UPHELD";
    }
    return said;
  }

  /** Since when people have upheld it without a word against it between. */
  private long upheldSince(NaiveFinding finding) {
    long onAlert = facts.upheldSince("ALERT", finding.alertId(), finding.end());
    return finding.rule().equals("bad-rating")
        ? Math.min(onAlert, facts.upheldSince("RATING", finding.trip().orderId, finding.end()))
        : onAlert;
  }

  private void penalties() {
    List<NaiveFinding> liable =
        findings.values().stream()
            .filter(f -> !f.shadow() && (f.fineCents() > 0 || f.points() > 0))
            .filter(f -> !word(f).equals("REJECTED"))
            .toList();
    Map<String, NaiveFinding> gravest = new HashMap<>();
    for (NaiveFinding finding : liable) {
      gravest.merge(contest(finding), finding, (a, b) -> GRAVER.compare(a, b) <= 0 ? a : b);
    }
    for (NaiveFinding finding : liable) {
      boolean counts = gravest.get(contest(finding)) == finding;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("penaltyId", finding.alertId());
      row.put("status", counts ? status(finding) : "WAIVED");
      row.put("fineCents", finding.fineCents());
      row.put("points", finding.points());
      verdicts.penalties.put(finding.alertId(), row);
    }
  }

  private static final Comparator<NaiveFinding> GRAVER =
      Comparator.comparingLong(NaiveFinding::points)
          .reversed()
          .thenComparing(Comparator.comparingLong(NaiveFinding::fineCents).reversed())
          .thenComparing(NaiveFinding::rule)
          .thenComparing(NaiveFinding::alertId);

  private static String contest(NaiveFinding finding) {
    return finding.trip() == null ? finding.alertId() : finding.trip().id + "/" + finding.family();
  }

  private String status(NaiveFinding finding) {
    boolean isUpheld = word(finding).equals("UPHELD");
    if (finding.review() || finding.unverified()) {
      if (isUpheld && upheldSince(finding) <= finding.moment() + 30 * DAY) {
        return "FINAL";
      }
      return facts.now >= finding.moment() + 30 * DAY ? "WAIVED" : "REVIEW";
    }
    if (isUpheld) {
      return "FINAL";
    }
    long settles = finding.moment() + finding.set().ms("penalties.settleAfter");
    return facts.now >= settles ? "FINAL" : "PENDING";
  }

  static String iso(long time) {
    String text = Instant.ofEpochMilli(time).toString();
    return text.length() == 20 ? text.replace("Z", ".000Z") : text;
  }

  // The command.

  /** Usage: {@code NaiveJudge INPUT_DIR OUTPUT_DIR [--rules FILE.json] [--until INSTANT]}. */
  public static void main(String[] args) throws IOException {
    Instant until = null;
    NaiveSettings settings = new NaiveSettings("default", null);
    for (int i = 2; i + 1 < args.length; i += 2) {
      if (args[i].equals("--until")) {
        until = Instant.parse(args[i + 1]);
      } else if (args[i].equals("--rules")) {
        JsonNode tree = JSON.readTree(Files.readString(Path.of(args[i + 1])));
        settings = new NaiveSettings(tree.path("version").asText("default"), tree);
      } else {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    Verdicts verdicts = judge(Path.of(args[0]), until, settings);
    Path out = Files.createDirectories(Path.of(args[1]));
    write(out.resolve("alerts.ndjson"), verdicts.alerts.values());
    write(out.resolve("penalties.ndjson"), verdicts.penalties.values());
    write(out.resolve("compensations.ndjson"), verdicts.compensations.values());
    Files.write(out.resolve("refused.txt"), verdicts.refused);
  }

  private static void write(Path file, Collection<Map<String, Object>> rows) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> row : rows) {
      text.append(JSON.writeValueAsString(row)).append('\n');
    }
    Files.writeString(file, text);
  }
}
