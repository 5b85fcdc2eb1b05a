package io.tripwatch.verdict;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.trip.TripSummary;
import io.tripwatch.trip.TripSummary.Ending;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trip and what it claims, told in the contract's words: order o-1, driver d-7, P at 10:00, for
 * 50.00 of which a coupon pays 8.00. Unless told otherwise it is accepted at 8:00 and nobody ends
 * it.
 */
public final class Claimed {
  /** The order. */
  public static final String ORDER = "o-1";

  private String driverId = "d-7";
  private long openedAt = ms("8:00");
  private long presence = NEVER;
  private long seenAt = NEVER;
  private long endPress = NEVER;
  private long pickupTime = ms("10:00");
  private long cancelledAt = NEVER;
  private CancelledBy cancelledBy;
  private long pickupAtCancellation = NEVER;
  private boolean calledOff;
  private boolean freeWaitOver;
  private boolean ordersLast = true;
  private long noShowAt = NEVER;
  private long overchargedAt = NEVER;
  private long overchargeCents;
  private long upheldAt = NEVER;
  private String city = "chengdu";
  private String localDate = "2026-11-22";
  private final Map<String, Long> figures = new TreeMap<>();

  private Claimed() {}

  /** The default trip. */
  public static Claimed trip() {
    return new Claimed();
  }

  public Claimed driver(String id) {
    driverId = id;
    return this;
  }

  /** Milliseconds, so that a bound is one less and one more. */
  public Claimed acceptedAt(long time) {
    openedAt = time;
    return this;
  }

  public Claimed presentAt(long time) {
    seenAt = time;
    presence = time;
    return this;
  }

  public Claimed claimsPresenceAt(long time) {
    presence = time;
    return this;
  }

  public Claimed endedAt(long time) {
    endPress = time;
    return this;
  }

  public Claimed pickupTime(long time) {
    pickupTime = time;
    return this;
  }

  public Claimed cancelledBy(CancelledBy who, long time) {
    cancelledBy = who;
    cancelledAt = time;
    pickupAtCancellation = pickupAtCancellation == NEVER ? ms("10:00") : pickupAtCancellation;
    return this;
  }

  public Claimed pickupAtCancellation(long time) {
    pickupAtCancellation = time;
    return this;
  }

  public Claimed calledOff() {
    calledOff = true;
    return this;
  }

  public Claimed afterFreeWait() {
    freeWaitOver = true;
    return this;
  }

  public Claimed passedOn() {
    ordersLast = false;
    return this;
  }

  public Claimed noShowAt(long time) {
    noShowAt = time;
    return this;
  }

  public Claimed overchargedAt(long time, long cents) {
    overchargedAt = time;
    overchargeCents = cents;
    return this;
  }

  public Claimed upheldAt(long time) {
    upheldAt = time;
    return this;
  }

  public Claimed in(String otherCity, String otherDate) {
    city = otherCity;
    localDate = otherDate;
    return this;
  }

  public Claimed figure(String name, long value) {
    figures.put(name, value);
    return this;
  }

  /** What it claims. */
  public TripClaim claim() {
    long end = Math.min(Math.min(cancelledAt, endPress), pickupTime + 24 * 3_600_000L);
    TripSummary trip =
        new TripSummary(
            ORDER + "/" + driverId,
            ORDER,
            driverId,
            "p-1",
            Scenario.STATION_DROPOFF,
            city,
            city,
            "plate",
            openedAt,
            NEVER,
            NEVER,
            endPress,
            end,
            ending(end),
            presence,
            seenAt,
            ms("10:00"),
            pickupTime,
            0,
            cancelledAt,
            cancelledBy,
            pickupAtCancellation,
            calledOff,
            freeWaitOver,
            5_000,
            800,
            0,
            0,
            true,
            ordersLast,
            List.of());
    return new TripClaim(
        ORDER,
        trip.tripId(),
        trip,
        noShowAt,
        overchargedAt,
        overchargeCents,
        upheldAt,
        city,
        localDate,
        figures);
  }

  private Ending ending(long end) {
    if (end == endPress) {
      return Ending.ENDED;
    }
    return end == cancelledAt ? Ending.CANCELLED : Ending.EXPIRED;
  }
}
