package io.tripwatch.rule;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.VehicleClass;
import io.tripwatch.verdict.Alert;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Verdicts found again from the evidence of their alerts alone, by the contract's words and its
 * defaults: what an officer does who doubts one.
 */
public final class Recomputed {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** Rules that no evidence can prove, and why. */
  public static final Map<String, String> UNPROVABLE =
      Map.of("lateness-predicted", "what is expected depends on all that was learned before");

  /** Each fails unless the evidence shows that the rule holds, and tells the moment. */
  private static final Map<String, ToLongFunction<Shown>> BY_RULE =
      Map.ofEntries(
          entry("margin-missed", Recomputed::notPresent),
          entry("late-at-pickup", Recomputed::late),
          entry("no-show", Recomputed::noShow),
          entry("pickup-abandoned", Recomputed::abandoned),
          entry("driver-cancelled", Recomputed::driverCancelled),
          entry("cancellation-induced", Recomputed::induced),
          entry("no-contact-after-accept", Recomputed::noContactAfterAccept),
          entry("no-contact-on-arrival", Recomputed::noContactOnArrival),
          entry("on-site-not-pressed", Recomputed::onSiteNotPressed),
          entry("on-site-pressed-elsewhere", shown -> elsewhere(shown, "pickup")),
          entry("started-elsewhere", shown -> elsewhere(shown, "pickup")),
          entry("ended-elsewhere", shown -> elsewhere(shown, "dropoff")),
          entry("button-out-of-order", Recomputed::outOfOrder),
          entry("end-not-pressed", Recomputed::endNotPressed),
          entry("vehicle-swapped", Recomputed::swapped),
          entry("vehicle-silent", Recomputed::silent),
          entry("track-silent", Recomputed::silent),
          entry("unregistered-device", Recomputed::unregistered),
          entry("reassigned-privately", Recomputed::privately),
          entry("device-shared", Recomputed::shared),
          entry("account-in-two-places", Recomputed::twoPlaces),
          entry("class-below-order", Recomputed::classBelow),
          entry("fake-order", Recomputed::fake),
          entry("gps-spoofed", Recomputed::spoofed),
          entry("clock-behind", Recomputed::clockBehind),
          entry("charged-above-fixed-price", Recomputed::charged),
          entry("flight-delayed", Recomputed::delayed),
          entry("flight-called-off", Recomputed::calledOff),
          entry("detour", Recomputed::detour),
          entry("speeding", Recomputed::speeding),
          entry("bad-rating", Recomputed::badRating),
          entry("rating-unverified", Recomputed::ratingUnverified),
          entry("complaint-unanswered", shown -> overdue(shown, 45 * MINUTE)),
          entry("complaint-unresolved", shown -> overdue(shown, 24 * HOUR)),
          entry("complaint-upheld", shown -> shown.at("upheldAt")),
          entry("blacklisted-pair-matched", Recomputed::blacklisted));

  private Recomputed() {}

  /** The rules whose verdicts can be found again. */
  public static Set<String> rules() {
    return BY_RULE.keySet();
  }

  /** Fails unless the evidence of an alert, judged by the defaults, shows that its rule holds. */
  public static void assertHolds(Alert alert) {
    Shown shown = Shown.of(alert);
    long moment = BY_RULE.get(alert.ruleId()).applyAsLong(shown);
    assertEquals(moment, alert.occurredAt(), shown::toString);
  }

  private static long notPresent(Shown shown) {
    long due = shown.at("dueAt");
    shown.needs(shown.isNotBy("presentAt", due), "no presence by the deadline");
    shown.needs(shown.isNotBy("seenAt", due), "not seen by the deadline");
    if (shown.number("fixes") == 0) {
      return due;
    }
    shown.measures("nearest", "pickup", "nearestMeters");
    shown.needs(shown.at("nearestAt") <= due, "nearest by the deadline");
    shown.needs(shown.at("firstFixAt") > shown.at("sightAfterAt"), "fixes that may make a stay");
    if (shown.number("fixesInside") == 0) {
      shown.needs(isOutside(shown, "nearest", "radiusMeters"), "never inside");
    } else {
      boolean isStay =
          shown.number("lastInsideSeconds") >= shown.number("staySeconds")
              && shown.at("lastInsideAt") >= shown.at("stayUntilAt");
      shown.needs(!isStay, "no stay");
    }
    return due;
  }

  /** What is so far away that its accuracy cannot explain it. */
  private static boolean isOutside(Shown shown, String fix, String radius) {
    return atLeast(shown, fix) > shown.number(radius);
  }

  /** How far away at least, by the accuracy of the fix. */
  private static double atLeast(Shown shown, String fix) {
    return shown.number(fix + "Meters") - shown.number(fix + "AccuracyMeters");
  }

  private static long late(Shown shown) {
    long due = notPresent(shown);
    shown.needs(due >= shown.at("pickupTime"), "due at P");
    if (shown.has("presentAt")) {
      long seconds = Math.floorDiv(shown.at("presentAt") - due, 1000L);
      assertEquals(seconds, (long) shown.number("lateBySeconds"), shown::toString);
    }
    return due;
  }

  private static long clockBehind(Shown shown) {
    shown.needs(shown.number("fixes") >= 20, "20 fixes");
    shown.needs(
        shown.at("lastReceivedAt") - shown.at("firstReceivedAt") >= 5 * MINUTE, "over 5 min");
    shown.needs(shown.number("leastBehindSeconds") >= shown.number("limitSeconds"), "late enough");
    // Both are told in whole seconds.
    double spread = shown.number("mostBehindSeconds") - shown.number("leastBehindSeconds");
    shown.needs(spread <= 31, "all late by the same");
    shown.needs(shown.at("latestFixAt") >= shown.at("lastFixAt"), "none later");
    return shown.at("latestFixAt");
  }

  private static long noShow(Shown shown) {
    long due = notPresent(shown);
    shown.needs(due >= shown.at("pickupTime") + 30 * MINUTE, "30 min after P");
    return due;
  }

  private static long abandoned(Shown shown) {
    long left = shown.at("leftAt");
    shown.measures("left", "pickup", "leftMeters");
    shown.measures("outsideFrom", "pickup", "outsideFromMeters");
    shown.needs(shown.at("outsideFromAt") > shown.at("onSiteAt"), "after the press");
    shown.needs(left - shown.at("outsideFromAt") >= MINUTE, "for a minute");
    shown.needs(isOutside(shown, "nearest", "limitMeters"), "outside all along");
    long waitFrom = Math.max(shown.at("onSiteAt"), shown.at("pickupTime"));
    shown.needs(shown.at("freeWaitEndsAt") >= waitFrom + 30 * MINUTE, "the free wait");
    shown.needs(left < shown.at("freeWaitEndsAt"), "before the free wait is over");
    return left;
  }

  private static long driverCancelled(Shown shown) {
    long at = shown.at("cancelledAt");
    long minutes = (shown.at("pickupTime") - at) / MINUTE;
    assertEquals(minutes, (long) shown.number("minutesAhead"), shown::toString);
    if (shown.has("presentAt")) {
      long waitFrom = Math.max(shown.at("presentAt"), shown.at("pickupTime"));
      shown.needs(shown.at("freeWaitEndsAt") >= waitFrom + 30 * MINUTE, "the free wait");
    }
    shown.needs(shown.isNotBy("freeWaitEndsAt", at), "not after the free wait");
    return at;
  }

  private static long induced(Shown shown) {
    long at = shown.at("cancelledAt");
    long pickedUp = shown.at("pickedUpAt");
    long droppedOff = shown.at("droppedOffAt");
    shown.measures("pickedUp", "pickup", "pickedUpMeters");
    shown.measures("droppedOff", "dropoff", "droppedOffMeters");
    shown.needs(isWithin(shown.at("calledAt"), at - 15 * MINUTE, at), "a call before");
    shown.needs(isWithin(pickedUp, at - 15 * MINUTE, at + HOUR), "at the pickup point");
    shown.needs(!isOutside(shown, "pickedUp", "pickupRadiusMeters"), "inside the pickup circle");
    long longest = 2_000 * (long) shown.number("estimatedSeconds") + 15 * MINUTE;
    shown.needs(isWithin(droppedOff, pickedUp + 1, pickedUp + longest), "at the drop-off");
    shown.needs(!isOutside(shown, "droppedOff", "dropoffRadiusMeters"), "inside its circle");
    double radii = shown.number("pickupRadiusMeters") + shown.number("dropoffRadiusMeters");
    shown.needs(shown.metres("pickup", "dropoff") > radii, "circles that do not meet");
    return droppedOff;
  }

  private static boolean isWithin(long time, long from, long to) {
    return time >= from && time <= to;
  }

  private static long noContactAfterAccept(Shown shown) {
    long due = shown.at("dueAt");
    long hour = shown.at("acceptedAt") + HOUR;
    shown.needs(due == hour || (due < hour && due >= shown.at("pickupTime")), "an hour, or P");
    return due;
  }

  private static long noContactOnArrival(Shown shown) {
    long due = shown.at("dueAt");
    shown.needs(shown.at("contactFromAt") == shown.at("arrivedAt") - 10 * MINUTE, "from");
    shown.needs(shown.at("knownAt") >= shown.at("arrivedAt"), "known when arrived or later");
    shown.needs(due == shown.at("knownAt") + 10 * MINUTE, "until");
    boolean isBefore =
        !shown.has("lastContactAt") || shown.at("lastContactAt") < shown.at("contactFromAt");
    shown.needs(isBefore, "no contact");
    shown.needs(shown.isNotBy("startedAt", due), "no START");
    return due;
  }

  private static long onSiteNotPressed(Shown shown) {
    long due = shown.at("dueAt");
    shown.measures("nearest", "pickup", "nearestMeters");
    shown.needs(!isOutside(shown, "nearest", "radiusMeters"), "inside the circle");
    shown.needs(shown.at("stayFromAt") <= due, "there by P");
    shown.needs(shown.at("stayShownAt") - shown.at("stayFromAt") >= MINUTE, "for a minute");
    shown.needs(shown.isNotBy("pressedAt", due), "not pressed by P");
    return due;
  }

  private static long elsewhere(Shown shown, String place) {
    long pressed = shown.at("pressedAt");
    shown.needs(atLeast(shown, "nearest") <= atLeast(shown, "pressFix") + 1, "nearest");
    for (String fix : List.of("pressFix", "nearest")) {
      shown.measures(fix, place, fix + "Meters");
      shown.needs(isOutside(shown, fix, "radiusMeters"), "outside at " + fix);
      double seconds = Math.abs(shown.at(fix + "At") - pressed) / 1_000.0;
      shown.needs(seconds <= shown.number("windowSeconds"), "near in time");
    }
    shown.needs(shown.number("fixes") >= 1, "a fix");
    return pressed;
  }

  private static long outOfOrder(Shown shown) {
    String missing = shown.text("button").equals("START") ? "ON_SITE" : "START";
    shown.needs(shown.text("missing").equals(missing), "which is missing");
    shown.needs(shown.isNotBy("missingPressedAt", shown.at("pressedAt")), "not pressed before");
    return shown.at("pressedAt");
  }

  private static long endNotPressed(Shown shown) {
    long estimated = 1_000 * (long) shown.number("estimatedSeconds");
    long due = shown.at("startedAt") + Math.max(2 * estimated, estimated + 2 * HOUR);
    shown.needs(shown.isNotBy("endedAt", due), "no END");
    return due;
  }

  private static long swapped(Shown shown) {
    for (String which : List.of("first", "last")) {
      long phone = shown.at(which + "PhoneAt");
      double seconds = Math.abs(phone - shown.at(which + "VehicleAt")) / 1_000.0;
      shown.needs(seconds <= 30, "near in time");
      double allowed = Math.floor(500 + 50 * seconds + 1e-6);
      assertEquals(allowed, shown.number(which + "AllowedMeters"), shown::toString);
      shown.measures(which + "Phone", which + "Vehicle", which + "ApartMeters");
      shown.needs(shown.number(which + "ApartMeters") > allowed, "apart");
      shown.needs(phone >= shown.at("startedAt"), "during the ride");
    }
    shown.needs(shown.number("fixes") >= 3, "three fixes");
    shown.needs(shown.number("leastOverMeters") > 0, "apart all along");
    long lasts = shown.at("lastPhoneAt") - shown.at("firstPhoneAt");
    shown.needs(lasts >= 1_000 * shown.number("limitSeconds"), "long enough");
    return shown.at("lastPhoneAt");
  }

  /** The first of the gaps that are too long ends by the end of the longest. */
  private static long silent(Shown shown) {
    long from = shown.at("longestGapFromAt");
    long to = shown.at("longestGapToAt");
    assertEquals(-Math.floorDiv(from - to, 1000L), (long) shown.number("longestGapSeconds"));
    shown.needs(shown.number("longestGapSeconds") > shown.number("limitSeconds"), "a gap");
    shown.needs(from >= shown.at("startedAt") && to <= shown.at("endedAt"), "during the ride");
    shown.needs(shown.at("firstGapToAt") <= to, "the first gap");
    return shown.at("firstGapToAt");
  }

  private static long unregistered(Shown shown) {
    List<?> phones = shown.list("registeredPhones");
    shown.needs(!phones.isEmpty() && !phones.contains(shown.text("deviceId")), "not registered");
    shown.needs(shown.at("usedAt") >= shown.at("pickupAt") - HOUR, "within the hour");
    return shown.at("usedAt");
  }

  private static long privately(Shown shown) {
    List<?> holders = shown.list("registeredTo");
    boolean isForeign = !holders.isEmpty() && !holders.contains(shown.text("pressedBy"));
    shown.needs(shown.get("everAssigned").equals(false) || isForeign, "somebody else");
    return shown.at("pressedAt");
  }

  private static long shared(Shown shown) {
    long own = shown.at("loginAt");
    long other = shown.at("otherLoginAt");
    shown.needs(Math.abs(own - other) <= 24 * HOUR, "within a day");
    return Math.max(own, other);
  }

  private static long twoPlaces(Shown shown) {
    long ms = shown.at("secondAt") - shown.at("firstAt");
    shown.needs(!shown.text("firstDeviceId").equals(shown.text("secondDeviceId")), "two devices");
    shown.needs(ms > 0 && ms <= 5 * MINUTE, "within five minutes");
    shown.measures("first", "second", "apartMeters");
    shown.needs(shown.number("apartMeters") > 5_000, "more than five kilometres apart");
    assertEquals(shown.number("apartMeters") / ms * 3_600, shown.number("apartKmh"), 4);
    shown.needs(shown.number("apartKmh") > shown.number("limitKmh"), "faster than a car");
    return shown.at("secondAt");
  }

  private static long classBelow(Shown shown) {
    VehicleClass sent = VehicleClass.valueOf(shown.text("vehicleClass"));
    shown.needs(sent.compareTo(VehicleClass.valueOf(shown.text("orderedClass"))) < 0, "below");
    return shown.at("acceptedAt");
  }

  private static long fake(Shown shown) {
    Shown weights = shown.part(shown.get("weights"));
    double sum = 0;
    for (Object signal : shown.list("signals")) {
      sum += weights.number((String) signal);
      shown.needs(isShown(shown, (String) signal), (String) signal);
    }
    assertEquals(sum, shown.number("sum"), shown::toString);
    shown.needs(sum >= shown.number("threshold"), "enough");
    return shown.at("endedAt");
  }

  private static boolean isShown(Shown shown, String signal) {
    long started = shown.at("startedAt");
    long ended = shown.at("endedAt");
    return switch (signal) {
      case "no-movement" ->
          shown.number("estimatedMeters") >= 2_000
              && shown.number("fixes") >= 2
              && shown.number("farthestMeters") < 300;
      case "too-fast" ->
          shown.number("estimatedMeters") >= 2_000
              && shown.number("estimatedMeters") * 3_600 > 150 * (ended - started);
      case "same-device" ->
          shown.get("registeredPhone").equals(true)
              || isWithin(shown.at("loginAt"), started - 7 * 24 * HOUR, started);
      case "repeat-pair" -> shown.list("otherStartsAt").size() >= 2;
      case "coupon" -> shown.number("couponCents") >= 0.8 * shown.number("fixedPriceCents");
      case "spoofed" -> shown.has("spoofedAt");
      case "instant" -> started - shown.at("acceptedAt") <= 2 * MINUTE;
      // That nobody called is not to be shown by a figure.
      case "no-contact" -> true;
      default -> false;
    };
  }

  private static long spoofed(Shown shown) {
    switch (shown.text("proof")) {
      case "jumps" -> {
        assertEquals(3, shown.list("jumps").size());
        for (Object one : shown.list("jumps")) {
          Shown jump = shown.part(one);
          jump.measures("from", "to", "meters");
          jump.needs(jump.number("meters") > 300, "far");
          jump.needs(jump.number("kmh") > 250, "faster than a car");
        }
      }
      case "standing" -> {
        shown.needs(shown.number("fixes") >= 20, "twenty fixes");
        shown.needs(shown.at("fixAt") - shown.at("standingFromAt") >= 5 * MINUTE, "five minutes");
        shown.needs(shown.number("leastReportedKmh") > 20, "moving");
      }
      default -> shown.needs(shown.text("proof").equals("mock"), "a proof");
    }
    return shown.at("fixAt");
  }

  private static long charged(Shown shown) {
    double excess = shown.number("chargedCents") - shown.number("fixedPriceCents");
    assertEquals(excess, shown.number("excessCents"), shown::toString);
    shown.needs(excess > 0, "above");
    return shown.at("settledAt");
  }

  private static long delayed(Shown shown) {
    double delay = shown.number("delaySeconds");
    shown.needs(delay >= 15 * 60, "15 min");
    long moved = shown.at("newPickupTime") - shown.at("oldPickupTime");
    assertEquals(delay, Math.floorDiv(moved, 1000L), shown::toString);
    assertEquals(moved, shown.at("expectedArrivalAt") - shown.at("scheduledArrivalAt"));
    shown.needs(shown.at("firstStatusAt") <= shown.at("statusAt"), "the first and the last");
    return Math.max(shown.at("firstStatusAt"), shown.at("acceptedAt"));
  }

  private static long calledOff(Shown shown) {
    Set<String> off = Set.of("CANCELLED", "DIVERTED", "RETURNED");
    shown.needs(off.contains(shown.text("status")), "called off");
    return Math.max(shown.at("calledOffAt"), shown.at("acceptedAt"));
  }

  private static long detour(Shown shown) {
    double allowed = shown.number("factor") * shown.number("estimatedMeters") + 1_000;
    assertEquals(allowed, shown.number("allowedMeters"), 1, shown::toString);
    shown.needs(shown.number("metersDriven") > shown.number("allowedMeters"), "longer");
    return shown.at("endedAt");
  }

  private static long speeding(Shown shown) {
    shown.needs(shown.number("leastReportedKmh") > shown.number("limitKmh"), "faster");
    shown.needs(shown.number("fixes") >= 3, "three fixes");
    long lasts = shown.at("toAt") - shown.at("fromAt");
    shown.needs(lasts >= 1_000 * shown.number("limitSeconds"), "long enough");
    shown.needs(shown.at("fromAt") >= shown.at("startedAt"), "during the ride");
    double straight = shown.metres("from", "to") / lasts * 3_600;
    shown.needs(shown.number("positionsKmh") >= straight - 2, "the speed between the places");
    return shown.at("toAt");
  }

  private static long badRating(Shown shown) {
    shown.needs(shown.number("stars") <= shown.number("limitStars"), "bad");
    return shown.at("ratedAt");
  }

  /** The day after the rating's ends one to two days after it. */
  private static long ratingUnverified(Shown shown) {
    long after = shown.at("dueAt") - shown.at("ratedAt");
    shown.needs(after > 23 * HOUR && after <= 49 * HOUR, "the end of the next day");
    return shown.at("dueAt");
  }

  private static long overdue(Shown shown, long withinMs) {
    shown.needs(shown.at("dueAt") - shown.at("openedAt") == withinMs, "in time");
    return shown.at("dueAt");
  }

  private static long blacklisted(Shown shown) {
    long accepted = shown.at("acceptedAt");
    shown.needs(
        isWithin(accepted, shown.at("blacklistedAt"), shown.at("blacklistedUntilAt")), "on it");
    return accepted;
  }
}
