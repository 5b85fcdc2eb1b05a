package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.HumanVerdict.Decision;
import io.tripwatch.event.HumanVerdict.Subject;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Undo;
import io.tripwatch.rule.DayRule;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.LoginRule;
import io.tripwatch.rule.Rule;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.TripRule;
import io.tripwatch.rule.punctuality.LatenessPredicted;
import io.tripwatch.rule.punctuality.PickupAbandoned;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.TripRules;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Driver.Learned;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.FeedbackLog;
import io.tripwatch.trip.Horizons;
import io.tripwatch.trip.OrderLog;
import io.tripwatch.trip.Pairs;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripSummary;
import io.tripwatch.verdict.Alert.Confidence;
import io.tripwatch.verdict.Alert.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A driver's file: what is known of him and what has been said of him. Judging it publishes the
 * difference between what holds and what was said; so a late event corrects everything that rested
 * on its absence, through to the money, without a line about lateness in any rule.
 *
 * <p>While the evidence of an order may change it is judged by its trips; then its file goes to the
 * archive, and what is said of it afterwards is judged by their summaries.
 */
public final class Dossier {
  private static final String BAD_RATING = "bad-rating";

  private final Driver driver;
  private final Archive archive;
  // Maps are made when something is put in: of most drivers nothing is, and they are many.
  private Map<String, OrderFile> files = Collections.emptyMap();

  /** What concerns the driver and no order. */
  private final DriverFile own;

  private final Pairs pairs;

  /** The order a complaint is about. */
  private Map<String, String> complaints = Collections.emptyMap();

  /** Verdicts on complaints not heard of yet. */
  private Map<String, FeedbackLog> unmatched = Collections.emptyMap();

  /** What was learned since it was judged last that bears on an order, and on any of them. */
  private final Map<String, Event> newsOf = new HashMap<>();

  private Event news;

  private long judgedAt = Long.MIN_VALUE / 2;

  /** A driver of whom nothing has been said. */
  public Dossier(Driver driver, Archive archive) {
    this(driver, archive, new DriverFile(), new Pairs());
  }

  Dossier(Driver driver, Archive archive, DriverFile own, Pairs pairs) {
    this.driver = driver;
    this.archive = archive;
    this.own = own;
    this.pairs = pairs;
  }

  /** What is known. */
  public Driver driver() {
    return driver;
  }

  long judgedAt() {
    return judgedAt;
  }

  void judgedAt(long time) {
    judgedAt = time;
  }

  Map<String, OrderFile> files() {
    return files;
  }

  Map<String, OrderFile> filesToFill() {
    files = files.isEmpty() ? new TreeMap<>() : files;
    return files;
  }

  DriverFile own() {
    return own;
  }

  Pairs pairs() {
    return pairs;
  }

  Map<String, String> complaints() {
    return complaints;
  }

  Map<String, String> complaintsToFill() {
    complaints = complaints.isEmpty() ? new TreeMap<>() : complaints;
    return complaints;
  }

  Map<String, FeedbackLog> unmatched() {
    return unmatched;
  }

  Map<String, FeedbackLog> unmatchedToFill() {
    unmatched = unmatched.isEmpty() ? new TreeMap<>() : unmatched;
    return unmatched;
  }

  /** When to judge next, milliseconds since 1970 of event time; NEVER if nothing is awaited. */
  public long wake() {
    return Math.min(driver.wake(), own.wake());
  }

  /** Whether nothing is on file any more, but for the archive. */
  public boolean isForgotten() {
    return driver.isForgotten()
        && files.isEmpty()
        && own.isEmpty()
        && pairs.passengers().isEmpty()
        && complaints.isEmpty()
        && unmatched.isEmpty();
  }

  /**
   * Takes in an event; {@link #wake} tells when it is to be judged.
   *
   * @param now the event time up to which everything is known
   */
  public Learned learn(Event event, long now) {
    Learned learned = learn(event, now, Math.max(now, judgedAt));
    if (learned == Learned.BEARS) {
      String orderId = saidOf(event);
      if (orderId == null) {
        news = event;
      } else {
        newsOf.put(orderId, event);
      }
    }
    return learned;
  }

  /** The order that alone an event bears on; null where it may be any. */
  private static String saidOf(Event event) {
    if (event instanceof Rating rating) {
      return rating.orderId();
    }
    return event instanceof Complaint complaint ? complaint.orderId() : orderOf(event);
  }

  private Learned learn(Event event, long now, long knownUpTo) {
    if (event instanceof Fix) {
      return driver.learn(event, knownUpTo);
    }
    long at = Math.max(event.time(), knownUpTo);
    if (FeedbackLog.takes(event)) {
      return learnFeedback(event, at);
    }
    String orderId = orderOf(event);
    if (orderId != null && !driver.hasOpen(orderId)) {
      if (driver.hasTooManyOrdersAround(event.time())) {
        return Learned.TOO_MANY;
      }
      OrderFile filed = archive.get(orderId);
      if (filed != null && !filed.trips().isEmpty() && !isAssigned(event)) {
        return learnOfSettled(filed, event, at);
      } else if (filed != null) {
        filesToFill().put(orderId, filed);
        archive.remove(orderId);
        driver.reopen(orderId, filed.trips().size());
      }
    }
    if (event instanceof Login || event instanceof FleetRecord) {
      // Local days of logins are those of the city the registry names.
      own.wakeBy(at);
    }
    return driver.learn(event, knownUpTo);
  }

  /** Whether an event gives the driver an order: then he hears all of it again. */
  private boolean isAssigned(Event event) {
    return event instanceof OrderEvent order && order.assigns(driver.driverId());
  }

  /** The evidence of an order is settled, but that somebody else gets it now. */
  private Learned learnOfSettled(OrderFile file, Event event, long at) {
    boolean isPassedOn =
        event instanceof OrderEvent order
            && order.type().assigns()
            && file.passedOn(order.driverId(), order.time());
    if (isPassedOn) {
      putBack(file, at);
    }
    return isPassedOn ? Learned.BEARS : Learned.NOTED;
  }

  private static String orderOf(Event event) {
    if (event instanceof OrderEvent order) {
      return order.orderId();
    } else if (event instanceof Press press) {
      return press.orderId();
    }
    return event instanceof Call call ? call.orderId() : null;
  }

  /**
   * A version of the rules is undone, or is no longer: what it said of the driver is asked again.
   *
   * @param now the event time up to which everything is known
   */
  public void undone(Undo undo, long now) {
    long knownUpTo = Math.max(now, judgedAt);
    long at = Math.max(undo.time(), knownUpTo);
    own.wakeBy(at);
    for (OrderFile file : files.values()) {
      if (driver.hasOpen(file.orderId()) && file.mentions(undo.version())) {
        file.reopen();
        driver.concludeOrder(file.orderId(), at);
      }
    }
    boolean isLate = undo.time() < knownUpTo - Horizons.LATE_EVIDENCE_MS;
    for (OrderFile file : isLate ? archive.all() : archive.recent()) {
      if (file.mentions(undo.version())) {
        putBack(file, at);
      }
    }
  }

  private Learned learnFeedback(Event event, long at) {
    if (event instanceof OrderEvent settlement) {
      return learnFeedback(settlement.orderId(), event, at);
    } else if (event instanceof Rating rating) {
      return learnFeedback(rating.orderId(), event, at);
    } else if (event instanceof Complaint complaint) {
      return learnComplaint(complaint, at);
    }
    HumanVerdict verdict = (HumanVerdict) event;
    return switch (verdict.subject()) {
      case RATING -> learnFeedback(verdict.subjectId(), event, at);
      case COMPLAINT -> learnOfComplaint(verdict, at);
      case ALERT -> learnOfAlert(verdict, at);
    };
  }

  private Learned learnComplaint(Complaint complaint, long at) {
    complaintsToFill().put(complaint.complaintId(), complaint.orderId());
    FeedbackLog waiting = unmatched.remove(complaint.complaintId());
    if (waiting != null) {
      waiting.verdicts().forEach(verdict -> learnFeedback(complaint.orderId(), verdict, at));
    }
    return learnFeedback(complaint.orderId(), complaint, at);
  }

  private Learned learnOfComplaint(HumanVerdict verdict, long at) {
    String orderId = complaints.get(verdict.subjectId());
    if (orderId != null) {
      return learnFeedback(orderId, verdict, at);
    }
    FeedbackLog waiting =
        unmatchedToFill().computeIfAbsent(verdict.subjectId(), any -> new FeedbackLog());
    if (waiting.isOneTooMany(verdict, Bound.VERDICTS_ON_AN_ORDER)) {
      return Learned.TOO_MANY;
    }
    return waiting.learn(verdict) ? Learned.NOTED : Learned.REPEATED;
  }

  private Learned learnOfAlert(HumanVerdict verdict, long at) {
    int slash = verdict.subjectId().indexOf('/');
    if (slash < 0) {
      // It names no alert.
      return Learned.NOTED;
    }
    String orderId = verdict.subjectId().substring(0, slash);
    if (!orderId.equals(DriverFile.ORDER)) {
      return learnFeedback(orderId, verdict, at);
    }
    if (own.file().feedback().isOneTooMany(verdict, Bound.VERDICTS_ON_DAYS)) {
      return Learned.TOO_MANY;
    }
    own.wakeBy(at);
    return own.file().feedback().learn(verdict) ? Learned.BEARS : Learned.REPEATED;
  }

  private Learned learnFeedback(String orderId, Event event, long at) {
    if (driver.hasOpen(orderId)) {
      OrderFile open = fileOf(orderId);
      if (open.feedback().isOneTooMany(event, Bound.VERDICTS_ON_AN_ORDER)) {
        return Learned.TOO_MANY;
      }
      boolean isNew = open.feedback().learn(event);
      if (isNew) {
        open.reopen();
        driver.concludeOrder(orderId, at);
      }
      return isNew ? Learned.BEARS : Learned.REPEATED;
    }
    OrderFile file = archive.get(orderId);
    if (file == null) {
      file = new OrderFile(orderId);
    }
    if (file.feedback().isOneTooMany(event, Bound.VERDICTS_ON_AN_ORDER)) {
      return Learned.TOO_MANY;
    }
    if (!file.feedback().learn(event)) {
      return Learned.REPEATED;
    }
    putBack(file, at);
    return Learned.BEARS;
  }

  /** Something was learned for a file of the archive. */
  private void putBack(OrderFile file, long at) {
    // What was awaited before that is awaited still: event time may stop in between.
    long awaited = archive.wakeOf(file.orderId());
    archive.put(file, Math.min(at, awaited));
  }

  private OrderFile fileOf(String orderId) {
    return filesToFill().computeIfAbsent(orderId, OrderFile::new);
  }

  /**
   * The rules have a new version that holds from a time on: what was judged by it is asked again.
   */
  public void rulesChanged(long effectiveFrom, long now) {
    files.values().forEach(OrderFile::reopen);
    driver.wakeOpenedFrom(effectiveFrom, Math.max(now, judgedAt));
    own.wakeBy(Math.max(now, judgedAt));
  }

  /**
   * Judges what may have changed, as known up to {@code now}, hands on what is to be said, and lets
   * go of what is settled.
   */
  public void judge(RuleBook rules, int epoch, long now, Publisher publisher) {
    judge(rules, Undos.NONE, epoch, now, publisher);
  }

  /** The same, where versions of the rules may be undone. */
  public void judge(RuleBook rules, Undos undos, int epoch, long now, Publisher publisher) {
    // After a restore event time starts again from nothing: a deadline that had come stays come.
    judgedAt = Math.max(judgedAt, now);
    Session session = new Session(rules, undos, epoch, judgedAt, publisher);
    // First, while it is known what the drivers' days rest on: a visit lets go of it.
    session.concludeDriver();
    // What was learned of settled orders is for when they are reviewed.
    List<String> ofOpen = newsOf.keySet().stream().filter(driver::hasOpen).toList();
    driver.visit(rules, judgedAt, session);
    session.concludeDriver();
    ofOpen.forEach(newsOf::remove);
    news = null;
  }

  /** The time of an archived order's file has come, or something was said of it. */
  public void review(String orderId, RuleBook rules, int epoch, long now, Publisher publisher) {
    review(orderId, rules, Undos.NONE, epoch, now, publisher);
  }

  /** The same, where versions of the rules may be undone. */
  public void review(
      String orderId, RuleBook rules, Undos undos, int epoch, long now, Publisher publisher) {
    judgedAt = Math.max(judgedAt, now);
    OrderFile file = archive.get(orderId);
    if (file == null) {
      return;
    }
    Session session = new Session(rules, undos, epoch, judgedAt, publisher);
    archive.put(file, session.conclude(file));
    newsOf.remove(orderId);
    session.concludeDriver();
  }

  /** One judgement: the time, the settings, and who hears of it. */
  private final class Session implements Driver.Court {
    private final RuleBook rules;
    private final Undos undos;
    private final int epoch;
    private final long now;
    private final Publisher publisher;

    Session(RuleBook rules, Undos undos, int epoch, long now, Publisher publisher) {
      this.rules = rules;
      this.undos = undos;
      this.epoch = epoch;
      this.now = now;
      this.publisher = publisher;
    }

    /** Judges the trips of an open order; archives its file when their evidence is settled. */
    @Override
    public long judge(OrderLog order, List<Trip> trips, int settling, boolean last) {
      String orderId = order.orderId();
      OrderFile file = files.get(orderId);
      if (trips.isEmpty() && file == null) {
        return NEVER;
      }
      file = fileOf(orderId);
      List<TripSummary> summaries =
          new ArrayList<>(order.placed(file.settledTrips(order), driver.driverId()));
      List<Holding> seen = new ArrayList<>(file.seenOf(summaries));
      List<Holding> ofDays = new ArrayList<>();
      for (int i = 0; i < trips.size(); i++) {
        Trip trip = trips.get(i);
        List<Holding> ofDay = new ArrayList<>();
        judge(trip, seen, ofDay);
        if (i < settling && !ofDay.isEmpty()) {
          own.keep(ofDay);
          own.wakeBy(now);
        } else {
          ofDays.addAll(ofDay);
        }
        summaries.add(trip.summary(PickupAbandoned.freeWaitMs(trip)));
        Notifications.send(trip, file, epoch, publisher);
      }
      if (!ofDays.equals(file.ofDays())) {
        own.wakeBy(now);
      }
      boolean isNew = file.judged(summaries, seen, ofDays);
      long wake = isNew || file.concludedUntil() <= now ? conclude(file) : file.concludedUntil();
      if (!last) {
        return wake;
      }
      files.remove(orderId);
      own.keep(ofDays);
      file.endNotifications();
      archive.put(file, wake);
      return NEVER;
    }

    @Override
    public long conclude(String orderId) {
      OrderFile file = files.get(orderId);
      return file == null ? NEVER : conclude(file);
    }

    private void judge(Trip trip, List<Holding> seen, List<Holding> ofDays) {
      for (TripRule rule : Rules.OF_TRIPS) {
        Values values = trip.rules().of(rule.spec());
        if (values.enabled()) {
          rule.judge(trip, values)
              .ifPresent(finding -> seen.add(holding(trip, rule, values, finding)));
        }
      }
      for (DayRule rule : Rules.OF_DAYS) {
        Values values = trip.rules().of(rule.spec());
        if (values.enabled()) {
          for (Finding finding : rule.judge(trip, values)) {
            ofDays.add(ofDriver(rule, trip.rules(), trip.booking().city(), finding));
          }
        }
      }
    }

    private Holding holding(Trip trip, Rule rule, Values values, Finding finding) {
      String unverified =
          rule.isUnverified(finding)
              ? "no usable fix of him yet"
              : trip.unverifiedBecause(rule.spec(), finding.moment());
      return holding(
          alert(
              rule,
              trip.rules(),
              unverified == null ? finding : finding.unverified(unverified),
              trip.tripId() + "/" + rule.spec().id(),
              unverified == null ? Confidence.CONFIRMED : Confidence.UNVERIFIED,
              trip.orderId(),
              trip.booking().passengerId(),
              trip.opening().plate(),
              trip.booking().city()),
          trip.tripId(),
          trip.rules(),
          finding);
    }

    private Holding holding(TripSummary trip, Rule rule, TripRules settings, Finding finding) {
      String subject = finding.subject() == null ? "" : "/" + finding.subject();
      return holding(
          alert(
              rule,
              settings,
              finding,
              trip.tripId() + "/" + rule.spec().id() + subject,
              Confidence.CONFIRMED,
              trip.orderId(),
              trip.passengerId(),
              trip.plate(),
              trip.city()),
          trip.tripId(),
          settings,
          finding);
    }

    private Holding ofDriver(Rule rule, TripRules settings, String city, Finding finding) {
      String id =
          DriverFile.ORDER
              + "/"
              + driver.driverId()
              + "/"
              + rule.spec().id()
              + "/"
              + finding.subject();
      return holding(
          alert(rule, settings, finding, id, Confidence.CONFIRMED, null, null, null, city),
          null,
          settings,
          finding);
    }

    private Holding holding(Alert alert, String tripId, TripRules settings, Finding finding) {
      return new Holding(
          alert,
          tripId,
          finding.fineCents(),
          finding.points(),
          finding.review() || alert.confidence() == Confidence.UNVERIFIED,
          settings.penalties().settleAfterMs(),
          null);
    }

    private Alert alert(
        Rule rule,
        TripRules settings,
        Finding finding,
        String alertId,
        Confidence confidence,
        String orderId,
        String passengerId,
        String plate,
        String city) {
      Values values = settings.of(rule.spec());
      return new Alert(
          alertId,
          epoch,
          1,
          Status.RAISED,
          rule.spec().id(),
          settings.version(),
          rule.spec().family().id(),
          values.severity(),
          confidence,
          values.shadow(),
          orderId,
          driver.driverId(),
          passengerId,
          plate,
          city,
          finding.moment(),
          finding.message(),
          finding.evidence());
    }

    /**
     * Publishes what follows from what was seen of an order and said of it.
     *
     * @return when to ask again although nothing was learned, or NEVER
     */
    long conclude(OrderFile file) {
      long wake = NEVER;
      Awaited awaited = new Awaited(now);
      List<Holding> holds = new ArrayList<>();
      Map<TripSummary, Feedback> said = feedbackOn(file);
      // Whom the ratings of a turn put on the list bears on the turns before it, too.
      said.forEach(this::notePair);
      for (TripSummary trip : file.trips()) {
        Feedback feedback = said.get(trip);
        TripRules settings = feedback.rules();
        for (Holding holding : file.seen()) {
          if (trip.tripId().equals(holding.tripId())) {
            holds.add(holding.decided(ruling(holding, trip, feedback, awaited)));
          }
        }
        for (FeedbackRule rule : Rules.OF_FEEDBACK) {
          Values values = settings.of(rule.spec());
          if (values.enabled()) {
            for (Finding finding : rule.judge(trip, feedback, values)) {
              Holding holding = holding(trip, rule, settings, finding);
              holds.add(holding.decided(ruling(holding, trip, feedback, awaited)));
            }
          }
        }
        wake = Math.min(wake, feedback.wake());
      }
      // What is only expected enters no summary, no sum and no claim: it depends on arrival.
      List<Holding> certain = new ArrayList<>(holds);
      certain.removeIf(holding -> holding.alert().ruleId().equals(LatenessPredicted.SPEC.id()));
      List<Output> says = new ArrayList<>();
      for (Holding holding : holds) {
        if (!holding.isRejected()) {
          says.add(holding.alert());
        }
      }
      List<Statement> penalties = Penalties.of(certain, epoch, awaited);
      says.addAll(penalties);
      for (TripSummary trip : file.trips()) {
        if (awaited.hasCome(trip.end())) {
          says.add(TripRecord.of(trip, certain, epoch));
        }
      }
      if (own.account().replace(file.finals(), Account.finals(penalties))) {
        own.wakeBy(now);
      }
      file.publishDifference(says, gone -> causeOf(gone, file.orderId(), holds), publisher);
      file.claimDifference(Claims.of(file, certain, penalties, rules, now), publisher);
      file.concluded(Math.min(wake, awaited.wake()));
      return file.concludedUntil();
    }

    private Map<TripSummary, Feedback> feedbackOn(OrderFile file) {
      Map<TripSummary, Feedback> said = new IdentityHashMap<>();
      for (TripSummary trip : file.trips()) {
        TripRules settings =
            rules.at(trip.openedAt()).forTrips(trip.openingScenario(), trip.openingCity());
        said.put(trip, new Feedback(trip, file.feedback(), pairs, settings, now));
      }
      return said;
    }

    private Cause causeOf(Output gone, String orderId, List<Holding> holds) {
      for (Holding holding : holds) {
        if (holding.alert().alertId().equals(gone.id()) && holding.isRejected()) {
          return Cause.ruled(holding.ruling());
        }
      }
      return Cause.evidence(newsOf.getOrDefault(orderId, news));
    }

    /** On a rating a person decides for the rule as well as on its alert; REJECTED wins. */
    private Ruling ruling(Holding holding, TripSummary trip, Feedback feedback, Awaited awaited) {
      Ruling onAlert =
          Ruling.later(
              Ruling.of(feedback.verdictsOn(Subject.ALERT, holding.alert().alertId())),
              undos.on(holding.alert(), trip.end(), awaited));
      if (!holding.alert().ruleId().equals(BAD_RATING)) {
        return onAlert;
      }
      Ruling onRating = Ruling.of(feedback.verdictsOn(Subject.RATING, holding.alert().orderId()));
      if (onAlert == null || onRating == null) {
        return onAlert == null ? onRating : onAlert;
      } else if (onAlert.decision() != onRating.decision()) {
        return onAlert.decision() == Decision.REJECTED ? onAlert : onRating;
      }
      // Upheld twice, it was decided by the first.
      return onAlert.since() <= onRating.since() ? onAlert : onRating;
    }

    /** Whom driver and passenger do not want to meet again bears on all their other trips. */
    private void notePair(TripSummary trip, Feedback feedback) {
      if (!trip.driversLast()) {
        return;
      }
      String listed = pairs.passengerOf(trip.orderId());
      if (listed != null && !listed.equals(trip.passengerId())) {
        // The order was another passenger's when he was put on the list.
        setPair(listed, trip.orderId(), NEVER);
      }
      setPair(trip.passengerId(), trip.orderId(), feedback.blacklistedSince(trip.orderId()));
    }

    private void setPair(String passengerId, String orderId, long since) {
      long before = pairs.of(passengerId).getOrDefault(orderId, NEVER);
      if (!pairs.set(passengerId, orderId, since)) {
        return;
      }
      own.wakeBy(now);
      // A trip opened before that is not asked about it.
      long from = Math.min(before, since);
      for (OrderFile file : files.values()) {
        if (file.isOpenedWith(passengerId, from)) {
          file.reopen();
          driver.concludeOrder(file.orderId(), now);
        }
      }
      for (OrderFile file : archive.of(passengerId, from)) {
        if (!file.orderId().equals(orderId)) {
          putBack(file, now);
        }
      }
    }

    /** What concerns the driver and no order: his days, his record, his blacklist. */
    void concludeDriver() {
      if (own.wake() > now) {
        return;
      }
      List<Holding> ofLogins = new ArrayList<>();
      Awaited moments = new Awaited(now);
      for (LoginRule rule : Rules.OF_LOGINS) {
        for (Finding finding : rule.judge(driver.logins(), rules)) {
          String city = driver.logins().cityAt(finding.moment());
          TripRules settings = rules.at(finding.moment()).forDrivers(city);
          boolean isOpen = finding.moment() > own.settledUntil();
          if (isOpen && moments.hasCome(finding.moment()) && settings.of(rule.spec()).enabled()) {
            ofLogins.add(ofDriver(rule, settings, city, finding));
          }
        }
      }
      List<Holding> ofDays = new ArrayList<>();
      files.values().forEach(file -> ofDays.addAll(file.ofDays()));
      own.conclude(
          driver.driverId(), ofLogins, ofDays, pairs, rules, undos, news, epoch, now, publisher);
      own.wakeBy(moments.wake());
      pairs.forgetBefore(now - Pairs.KEPT_MS);
    }
  }
}
