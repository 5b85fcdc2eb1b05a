package io.tripwatch.naive;

import io.tripwatch.naive.NaiveInput.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rules about one trip, judged on all that is known at the end. */
final class NaiveRules {
  private static final long NEVER = NaiveTrip.NEVER;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final Set<String> NEED_SIGHT =
      Set.of("margin-missed", "late-at-pickup", "no-show");
  private static final Set<String> NEED_NOTICE = Set.of("punctuality", "contact", "buttons");

  private final NaiveJudge judge;
  private final NaiveFacts facts;
  private final NaiveOrder order;
  private final NaiveTrip trip;
  private final Map<String, NaiveFinding> found = new LinkedHashMap<>();

  NaiveRules(NaiveJudge judge, NaiveOrder order, NaiveTrip trip) {
    this.judge = judge;
    this.facts = trip.facts;
    this.order = order;
    this.trip = trip;
  }

  /** The findings by alertId; {@code fake-order} needs those of other trips and comes last. */
  Map<String, NaiveFinding> judge() {
    punctuality();
    pickupAbandoned();
    cancelled();
    cancellationInduced();
    contact();
    buttons();
    vehicleSwapped();
    vehicleSilent();
    unregisteredDevice();
    reassignedPrivately();
    classBelowOrder();
    NaiveTracks.spoofedAt(trip).ifPresent(t -> add("gps-spoofed", t));
    NaiveTracks.clockBehindAt(trip).ifPresent(t -> add("clock-behind", t));
    charged();
    flights();
    road();
    rating();
    complaints();
    blacklisted();
    fakeOrder();
    return found;
  }

  private String name(String rule, String setting) {
    return "rules." + rule + "." + setting;
  }

  private long ms(String rule, String setting) {
    return trip.set.ms(name(rule, setting));
  }

  private double value(String rule, String setting) {
    return trip.set.value(name(rule, setting));
  }

  private void add(String rule, long moment) {
    add(rule, moment, trip.id + "/" + rule, "fineCents", "points", false);
  }

  private void add(
      String rule, long moment, String alertId, String fine, String points, boolean review) {
    if (!trip.set.on(name(rule, "enabled"))) {
      return;
    }
    boolean blind =
        NEED_SIGHT.contains(rule)
            && NaiveFacts.within(trip.track, moment - 10 * MINUTE, moment).isEmpty();
    boolean hasty =
        NEED_NOTICE.contains(NaiveSettings.family(rule)) && moment >= trip.shortNotice();
    found.put(
        alertId,
        new NaiveFinding(
            alertId,
            rule,
            trip,
            trip.driverId,
            trip.set,
            moment,
            blind || hasty,
            review || trip.set.on(name(rule, "review")),
            (long) value(rule, fine),
            (long) value(rule, points)));
  }

  private boolean holds(String rule) {
    return found.containsKey(trip.id + "/" + rule);
  }

  // Punctuality.

  private void punctuality() {
    long r = trip.presence;
    long margin = trip.pickupTime.deadline(-ms("margin-missed", "margin"));
    long p = trip.pickupTime.deadline(0);
    long noShow = trip.pickupTime.deadline(ms("no-show", "noShowAfter"));
    if (trip.comes(noShow) && r > noShow && trip.start == NEVER && trip.finish == NEVER) {
      add("no-show", noShow);
    }
    if (trip.comes(p) && r > p && !holds("no-show")) {
      boolean grave = r != NEVER && trip.comes(noShow) && r > noShow;
      add(
          "late-at-pickup",
          p,
          trip.id + "/late-at-pickup",
          grave ? "graveFineCents" : "fineCents",
          grave ? "gravePoints" : "points",
          false);
    }
    if (trip.comes(margin) && r > margin && (!trip.comes(p) || r <= p)) {
      add("margin-missed", margin);
    }
  }

  private void pickupAbandoned() {
    long a = trip.firstOnSiteNotAway();
    if (a == NEVER) {
      return;
    }
    double leftM = value("pickup-abandoned", "leftM");
    NaiveGeo.Place pickup = trip.last.place("pickup");
    long from = NEVER;
    long left = NEVER;
    for (NaiveFix fix : NaiveFacts.within(trip.track, a + 1, trip.end)) {
      boolean outside = fix.nearestM(pickup) > leftM;
      from = outside ? Math.min(from, fix.time) : NEVER;
      if (outside && fix.time - from >= MINUTE) {
        left = fix.time;
        break;
      }
    }
    boolean waited =
        left != NEVER
            && left >= Math.max(a, trip.pickupTime.at(left)) + ms("pickup-abandoned", "freeWait");
    boolean arrived = trip.finish != NEVER && !trip.away("dropoff", trip.finish);
    if (left != NEVER
        && trip.start > left
        && !waited
        && left <= trip.calledOff
        && !movedAfter(a)
        && !arrived) {
      add("pickup-abandoned", left);
    }
  }

  private boolean movedAfter(long time) {
    for (int i = 1; i < trip.events.size(); i++) {
      Event event = trip.events.get(i);
      if (event.time() > time
          && event.time() <= trip.end
          && NaiveGeo.metres(event.place("pickup"), trip.events.get(i - 1).place("pickup"))
              > trip.radiusM("pickup")) {
        return true;
      }
    }
    return false;
  }

  private void cancelled() {
    long k = trip.cancelledAt;
    if (k != trip.end
        || k == NEVER
        || !trip.cancelled.text("cancelledBy").equals("DRIVER")
        || trip.calledOffBy(k) != NEVER
        || trip.waitedInVain(k)) {
      return;
    }
    boolean hasty = trip.pickupTime.at(k) - k <= ms("driver-cancelled", "shortNotice");
    add(
        "driver-cancelled",
        k,
        trip.id + "/driver-cancelled",
        hasty ? "shortNoticeFineCents" : "fineCents",
        hasty ? "shortNoticePoints" : "points",
        "OVER_CAPACITY".equals(trip.cancelled.text("reason")));
  }

  private void cancellationInduced() {
    long k = trip.cancelledAt;
    if (k != trip.end
        || k == NEVER
        || !trip.cancelled.text("cancelledBy").equals("PASSENGER")
        || trip.calledOffBy(k) != NEVER) {
      return;
    }
    boolean called =
        trip.calls.stream()
            .anyMatch(
                c ->
                    c.time() >= k - 15 * MINUTE
                        && c.time() <= k
                        && c.text("caller").equals("DRIVER")
                        && c.text("outcome").equals("CONNECTED"));
    double apart = NaiveGeo.metres(trip.last.place("pickup"), trip.last.place("dropoff"));
    if (!called || apart <= trip.radiusM("pickup") + trip.radiusM("dropoff")) {
      return;
    }
    long ride = 2 * seconds() + 15 * MINUTE;
    long latestU = Long.MIN_VALUE;
    for (NaiveFix fix : NaiveFacts.within(trip.track, k - 15 * MINUTE, k + 60 * MINUTE + ride)) {
      if (latestU != Long.MIN_VALUE && fix.time - latestU <= ride && trip.inside(fix, "dropoff")) {
        add("cancellation-induced", fix.time);
        return;
      }
      if (fix.time <= k + 60 * MINUTE && trip.inside(fix, "pickup")) {
        latestU = fix.time;
      }
    }
  }

  /** estimatedSeconds, in milliseconds. */
  private long seconds() {
    return Math.round(trip.last.body().get("estimatedSeconds").doubleValue() * SECOND);
  }

  private double meters() {
    return trip.last.body().get("estimatedMeters").doubleValue();
  }

  // Contact.

  private void contact() {
    long t =
        Math.min(
            trip.accepted + ms("no-contact-after-accept", "within"), trip.pickupTime.deadline(0));
    if (trip.comes(t) && !trip.contactIn(trip.accepted, t)) {
      add("no-contact-after-accept", t);
    }
    long a = trip.presence;
    long c = a == NEVER ? NEVER : Math.max(a, trip.tenBefore);
    if (trip.isPickup && trip.hasFlight) {
      a = NEVER;
      for (Event status : trip.statuses) {
        if (status.text("status").equals("ARRIVED") && status.has("actualArrival")) {
          a = status.number("actualArrival");
          c = Math.max(a, status.time());
        }
      }
    }
    if (a == NEVER) {
      return;
    }
    long due = c + ms("no-contact-on-arrival", "within");
    if (trip.comes(due) && trip.start > due && !trip.contactIn(a - 10 * MINUTE, due)) {
      add("no-contact-on-arrival", due);
    }
  }

  // Buttons.

  private void buttons() {
    long p = trip.pickupTime.deadline(0);
    if (trip.comes(p) && trip.stay <= p && trip.onSites().stream().noneMatch(e -> e.time() <= p)) {
      add("on-site-not-pressed", p);
    }
    trip.onSites().stream()
        .mapToLong(Event::time)
        .filter(t -> trip.away("pickup", t))
        .min()
        .ifPresent(t -> add("on-site-pressed-elsewhere", t));
    for (Event press : trip.counted) {
      String button = press.text("button");
      String missing = button.equals("START") ? "ON_SITE" : "START";
      if (press.time() <= trip.end
          && !button.equals("ON_SITE")
          && trip.counted.stream()
              .noneMatch(e -> e.text("button").equals(missing) && e.time() <= press.time())) {
        add("button-out-of-order", press.time());
        break;
      }
    }
    if (trip.start != NEVER && trip.away("pickup", trip.start)) {
      add("started-elsewhere", trip.start);
    }
    if (trip.finish != NEVER && trip.away("dropoff", trip.finish) && !trip.changedAfterStart()) {
      add("ended-elsewhere", trip.finish);
    }
    if (trip.start != NEVER) {
      long due = trip.start + Math.max(2 * seconds(), seconds() + 2 * HOUR);
      if (trip.comes(due) && trip.finish > due) {
        add("end-not-pressed", due);
      }
    }
  }

  // Vehicle and person.

  private void vehicleSwapped() {
    if (trip.start == NEVER) {
      return;
    }
    List<NaiveFix> run = new ArrayList<>();
    for (NaiveFix fix : NaiveFacts.within(trip.track, trip.start, trip.end)) {
      if (!apart(fix)) {
        run.clear();
        continue;
      }
      run.add(fix);
      if (run.size() >= 3 && fix.time - run.get(0).time >= ms("vehicle-swapped", "for")) {
        add("vehicle-swapped", fix.time);
        return;
      }
    }
  }

  private boolean apart(NaiveFix fix) {
    NaiveFix nearest = null;
    for (NaiveFix other :
        NaiveFacts.within(trip.vehicle(), fix.time - 30 * SECOND, fix.time + 30 * SECOND)) {
      if (nearest == null || Math.abs(other.time - fix.time) < Math.abs(nearest.time - fix.time)) {
        nearest = other;
      }
    }
    return nearest != null
        && fix.metresTo(nearest)
            > value("vehicle-swapped", "apartM")
                + 50.0 * Math.abs(nearest.time - fix.time) / SECOND;
  }

  private void vehicleSilent() {
    if (!trip.completed()) {
      return;
    }
    Event record = facts.registered(trip.driverId, trip.start);
    if (record != null && record.has("vehicleDeviceId")) {
      long at = firstGap(trip.vehicle(), ms("vehicle-silent", "gap"));
      if (at != NEVER) {
        add("vehicle-silent", at);
      }
    }
  }

  /** The end of the first gap longer than {@code gapMs} in [S, E]. */
  private long firstGap(List<NaiveFix> fixes, long gapMs) {
    long before = trip.start;
    for (NaiveFix fix : NaiveFacts.within(fixes, trip.start, trip.finish)) {
      if (fix.time - before > gapMs) {
        return fix.time;
      }
      before = fix.time;
    }
    return trip.finish - before > gapMs ? trip.finish : NEVER;
  }

  private void unregisteredDevice() {
    long from = trip.last.number("pickupAt") - HOUR;
    List<Event> events = new ArrayList<>(trip.presses);
    events.addAll(facts.loginsByDriver.getOrDefault(trip.driverId, List.of()));
    events.stream()
        .filter(e -> e.time() >= from && e.time() <= trip.end)
        .filter(e -> !NaiveFacts.phonesOf(facts.registered(trip.driverId, e.time())).isEmpty())
        .filter(e -> facts.ownersOf(e.text("deviceId"), e.time()).isEmpty())
        .mapToLong(Event::time)
        .min()
        .ifPresent(t -> add("unregistered-device", t));
  }

  private void reassignedPrivately() {
    facts.presses.getOrDefault(trip.orderId, List.of()).stream()
        .filter(e -> e.time() >= trip.accepted && e.time() <= trip.end)
        .filter(this::byAnother)
        .mapToLong(Event::time)
        .min()
        .ifPresent(t -> add("reassigned-privately", t));
  }

  private boolean byAnother(Event press) {
    String presser = press.text("driverId");
    String device = press.text("deviceId");
    return !order.everAssigned(presser)
        || !facts.ownersOf(device, press.time()).isEmpty()
            && !facts.isPhoneOf(device, presser, press.time());
  }

  private void classBelowOrder() {
    if (NaiveForm.classRank(trip.opening.text("vehicleClass"))
        < NaiveForm.classRank(trip.opening.text("orderedClass"))) {
      add("class-below-order", trip.accepted);
    }
  }

  // Cheating.

  private void fakeOrder() {
    if (!trip.completed() || facts.now < trip.finish + MINUTE) {
      return;
    }
    int weight = 0;
    List<NaiveFix> ride = NaiveFacts.within(trip.track, trip.start, trip.finish);
    double hours = (trip.finish - trip.start) / (double) HOUR;
    boolean isFar = meters() >= 2000;
    boolean stood = ride.size() >= 2 && ride.stream().allMatch(f -> ride.get(0).metresTo(f) < 300);
    weight += isFar && stood ? 80 : 0;
    weight += isFar && meters() / 1000 > 150 * hours ? 80 : 0;
    weight += sameDevice() ? 100 : 0;
    weight += judge.otherStarts(trip) >= 2 ? 40 : 0;
    weight +=
        trip.last.has("couponCents")
                && trip.last.number("couponCents") * 100 >= trip.last.number("fixedPriceCents") * 80
            ? 30
            : 0;
    weight += trip.contactIn(trip.accepted, trip.end) ? 0 : 10;
    weight += holds("gps-spoofed") && !trip.set.on("rules.gps-spoofed.shadow") ? 50 : 0;
    weight += trip.start <= trip.accepted + 2 * MINUTE ? 20 : 0;
    if (weight >= value("fake-order", "threshold")) {
      add("fake-order", trip.finish);
    }
  }

  private boolean sameDevice() {
    String device = trip.last.text("passengerDeviceId");
    return device != null
        && (facts.isPhoneOf(device, trip.driverId, trip.start)
            || facts.loginsByDriver.getOrDefault(trip.driverId, List.of()).stream()
                .anyMatch(
                    l ->
                        l.text("deviceId").equals(device)
                            && l.time() >= trip.start - 7 * DAY
                            && l.time() <= trip.start));
  }

  // Fees and flights.

  private void charged() {
    Event settled = order.settled(trip);
    if (settled != null && settled.number("chargedCents") > trip.last.number("fixedPriceCents")) {
      add("charged-above-fixed-price", settled.time());
    }
  }

  private void flights() {
    if (trip.isPickup) {
      long delay = ms("flight-delayed", "delay");
      trip.statuses.stream()
          .filter(s -> s.time() < trip.end && NaivePickupTime.delay(s) >= delay)
          .mapToLong(Event::time)
          .min()
          .ifPresent(t -> add("flight-delayed", Math.max(t, trip.accepted)));
    }
    if (trip.calledOff != NEVER && trip.calledOff <= trip.end) {
      add("flight-called-off", Math.max(trip.calledOff, trip.accepted));
    }
  }

  // On the road.

  private void road() {
    if (trip.start != NEVER) {
      speeding();
    }
    if (!trip.completed()) {
      return;
    }
    long silent = firstGap(trip.track, ms("track-silent", "gap"));
    if (silent != NEVER) {
      add("track-silent", silent);
    }
    double length = 0;
    NaiveFix before = null;
    for (NaiveFix fix : NaiveFacts.within(trip.track, trip.start, trip.finish)) {
      if (before != null && !(before.kmhTo(fix) > 250)) {
        length += before.metresTo(fix);
      }
      before = fix;
    }
    if (silent == NEVER
        && meters() >= 500
        && length > value("detour", "factor") * meters() + 1000
        && !trip.changedAfterStart()) {
      add("detour", trip.finish);
    }
  }

  private void speeding() {
    List<NaiveFix> run = new ArrayList<>();
    for (NaiveFix fix : NaiveFacts.within(trip.track, trip.start, trip.end)) {
      if (!(fix.speedKmh > value("speeding", "kmh"))) {
        run.clear();
        continue;
      }
      run.add(fix);
      if (run.size() >= 3 && fix.time - run.get(0).time >= ms("speeding", "for")) {
        add("speeding", fix.time);
        return;
      }
    }
  }

  // Passengers' voice.

  private boolean isLastTurn() {
    return order.lastTurnOf(trip.driverId) == trip;
  }

  private void rating() {
    if (!isLastTurn()) {
      return;
    }
    Event rating = null;
    for (Event event : facts.ratings.getOrDefault(trip.orderId, List.of())) {
      if (event.text("driverId").equals(trip.driverId)
          && event.text("by").equals("PASSENGER")
          && NaiveFacts.bears(event, trip.end)) {
        rating = event;
      }
    }
    if (rating == null || rating.number("stars") > value("bad-rating", "stars")) {
      return;
    }
    Event verdict = facts.verdict("RATING", trip.orderId, trip.end);
    if (verdict == null || verdict.text("verdict").equals("UPHELD")) {
      add("bad-rating", rating.time());
    }
    long midnight =
        Instant.ofEpochMilli(rating.time())
            .atZone(trip.set.zone())
            .toLocalDate()
            .plusDays(2)
            .atStartOfDay(trip.set.zone())
            .toInstant()
            .toEpochMilli();
    if (midnight <= facts.now && !judge.verdictBy("RATING", trip.orderId, midnight, trip.end)) {
      add("rating-unverified", midnight);
    }
  }

  private void complaints() {
    if (!isLastTurn()) {
      return;
    }
    for (Map.Entry<String, List<Event>> entry : facts.complaints.entrySet()) {
      List<Event> steps =
          entry.getValue().stream().filter(s -> NaiveFacts.bears(s, trip.end)).toList();
      if (!steps.isEmpty()
          && steps.get(0).text("orderId").equals(trip.orderId)
          && steps.get(0).text("driverId").equals(trip.driverId)) {
        complaint(entry.getKey(), steps);
      }
    }
  }

  private void complaint(String complaintId, List<Event> steps) {
    long opened = firstOf(steps, Set.of("OPENED"));
    if (opened != NEVER) {
      overdue(
          "complaint-unanswered",
          complaintId,
          opened,
          firstOf(steps, Set.of("REPLIED", "RESOLVED")));
      overdue("complaint-unresolved", complaintId, opened, firstOf(steps, Set.of("RESOLVED")));
    }
    Event verdict = facts.verdict("COMPLAINT", complaintId, trip.end);
    if (verdict != null && verdict.text("verdict").equals("UPHELD")) {
      addComplaint("complaint-upheld", complaintId, verdict.time());
    }
  }

  private static long firstOf(Collection<Event> steps, Set<String> types) {
    return steps.stream()
        .filter(s -> types.contains(s.text("type")))
        .mapToLong(Event::time)
        .min()
        .orElse(NEVER);
  }

  private void overdue(String rule, String complaintId, long opened, long done) {
    long due = opened + ms(rule, "within");
    if (due <= facts.now && done > due) {
      addComplaint(rule, complaintId, due);
    }
  }

  private void addComplaint(String rule, String complaintId, long moment) {
    add(rule, moment, trip.id + "/" + rule + "/" + complaintId, "fineCents", "points", false);
  }

  private void blacklisted() {
    long lasting = ms("blacklisted-pair-matched", "blacklistFor");
    boolean listed =
        judge.blacklistings(trip.driverId, trip.opening.text("passengerId")).stream()
            .filter(Objects::nonNull)
            .anyMatch(since -> since <= trip.accepted && trip.accepted <= since + lasting);
    if (listed) {
      add("blacklisted-pair-matched", trip.accepted);
    }
  }
}
