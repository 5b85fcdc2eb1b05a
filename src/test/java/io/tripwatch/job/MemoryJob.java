package io.tripwatch.job;

import io.tripwatch.codec.SettingsTree;
import io.tripwatch.event.Event;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Undo;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.RuleBook.Edition;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.EventLog;
import io.tripwatch.trip.EveryOrder;
import io.tripwatch.trip.Speeds;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.HeapArchive;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Reread;
import io.tripwatch.verdict.Statement;
import io.tripwatch.verdict.Undos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The whole job in memory, without Flink. */
final class MemoryJob {
  private static final Settings DEFAULTS = Settings.defaults(Rules.catalogue());

  private final Map<String, Dossier> dossiers = new TreeMap<>();
  private final Map<String, HeapArchive> archives = new TreeMap<>();
  private final Heard heard = new Heard();
  private final FollowUp followUp = new FollowUp();
  private final List<Output> outputs = new ArrayList<>();
  private final Random random;
  private final Routes routes;
  private final boolean alwaysJudges;

  /** One in so many drivers heard of is read from his binary form first; 0: none. */
  private final int rereadsOneIn;

  private final EventLog<RulesRecord> versions = EventLog.byTime();
  private RuleBook rules = RuleBook.of(DEFAULTS);
  private final Undos undos = new Undos();
  private long now = Long.MIN_VALUE / 2;

  /**
   * @param alwaysJudges whether every order is judged at every watermark, not only when it matters
   */
  MemoryJob(Random random, boolean alwaysJudges, int rereadsOneIn) {
    this.random = random;
    this.routes = new Routes(new Random(random.nextLong()), this::learn);
    this.alwaysJudges = alwaysJudges;
    this.rereadsOneIn = rereadsOneIn;
  }

  /** The final alerts where everything is known at once and judged at the end. */
  static Map<String, Alert> finals(List<Event> day, long until) {
    return Said.finals(of(day, until).said());
  }

  /** A job that knows everything at once, the rules first, and judged it at the end. */
  static MemoryJob of(List<Event> day, long until) {
    MemoryJob job = new MemoryJob(new Random(0), false, 0);
    day.stream()
        .sorted(
            Comparator.<Event, Boolean>comparing(event -> !(event instanceof RulesRecord))
                .thenComparingLong(event -> event.stamp().arrival()))
        .forEach(job::take);
    job.advanceTo(until);
    return job;
  }

  void take(Event event) {
    if (event instanceof RulesRecord version) {
      learn(version);
    } else if (event instanceof Undo undo) {
      if (undos.learn(undo)) {
        dossiers.values().forEach(one -> one.undone(undo, now));
      }
    } else {
      routes.take(event);
    }
  }

  /** Of two records with one version the first counts. */
  private void learn(RulesRecord version) {
    if (!versions.learn(version)) {
      return;
    }
    Map<String, Edition> editions = new TreeMap<>();
    for (RulesRecord known : versions) {
      Map<String, Object> tree = SettingsTree.readJson(known.settingsJson());
      Settings settings = Settings.of(known.version(), tree, Rules.catalogue());
      editions.putIfAbsent(known.version(), new Edition(known.effectiveFrom(), settings));
    }
    rules = RuleBook.of(DEFAULTS, List.copyOf(editions.values()));
    dossiers.values().forEach(one -> one.rulesChanged(version.effectiveFrom(), now));
  }

  private void learn(ForDriver message) {
    String driverId = message.driverId();
    HeapArchive archive = archives.computeIfAbsent(driverId, any -> new HeapArchive());
    Dossier dossier =
        dossiers.computeIfAbsent(
            driverId,
            any -> new Dossier(new Driver(driverId, Speeds.NONE, archive.fixes()), archive));
    if (rereadsOneIn > 0 && random.nextInt(rereadsOneIn) == 0) {
      dossier = Reread.of(dossier, archive);
      dossiers.put(driverId, dossier);
    }
    dossier.learn(message.event(), now);
  }

  /** Judges as a watermark makes it. */
  void advanceTo(long time) {
    int heardBefore = heard.outputs().size();
    int followedBefore = followUp.said().size();
    routes.flush(time);
    now = Math.max(now, time);
    for (Dossier dossier : dossiers.values()) {
      if (alwaysJudges) {
        EveryOrder.wake(dossier.driver(), now);
      }
      judge(dossier, archives.get(dossier.driver().driverId()));
    }
    followUp.advance(heard.claims());
    outputs.addAll(heard.outputs().subList(heardBefore, heard.outputs().size()));
    outputs.addAll(followUp.said().subList(followedBefore, followUp.said().size()));
  }

  private void judge(Dossier dossier, HeapArchive archive) {
    while (Math.min(dossier.wake(), archive.wake()) <= now) {
      if (dossier.wake() <= now) {
        dossier.judge(rules, undos, 1, now, heard);
      }
      archive.reviewDue(dossier, rules, undos, now, heard);
    }
  }

  List<Alert> said() {
    return heard.alerts();
  }

  /** All that was published of drivers and orders, in order. */
  List<Output> outputs() {
    return outputs;
  }

  /** The figures of each day. */
  List<Statement> days() {
    return followUp.days();
  }
}
