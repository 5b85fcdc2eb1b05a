package io.tripwatch.rule.cheating;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Booking;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import io.tripwatch.rule.Finding;
import io.tripwatch.rule.Rounded;
import io.tripwatch.rule.Saying;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.RuleSpec.Family;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripTrack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signs that nobody was driven, each with its weight, sum to at least {@code threshold}: an
 * order made up for its coupon or its bonus (§1.四.5). Judged a minute after E.
 */
public final class FakeOrder implements TripRule {
  static final Setting THRESHOLD = Setting.integer("threshold", 100, 1, 1_000);

  /** A shorter ride may stand still, or be over in no time. */
  private static final double LEAST_ESTIMATE_M = 2_000;

  private static final double MOVED_M = 300;
  private static final double TOO_FAST_KMH = 150;
  private static final long LOGIN_BEFORE_MS = 7 * 24 * 3_600_000L;
  private static final long REPEAT_WITHIN_MS = 24 * 3_600_000L;
  private static final int REPEATS = 2;
  private static final long INSTANT_MS = 2 * 60_000;

  private static final RuleSpec SPEC =
      RuleSpec.of("fake-order", Family.CHEATING, Severity.CRITICAL)
          .fined(50_000, 100)
          .reviewed()
          .with(THRESHOLD);

  @Override
  public RuleSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<Finding> judge(Trip trip, Values settings) {
    if (trip.start() == NEVER || trip.endPress() == NEVER) {
      return Optional.empty();
    }
    Signals signals = new Signals(trip);
    signals.collect();
    if (signals.sum < settings.integer(THRESHOLD)
        || !trip.hasCome(trip.endPress() + Trip.EVIDENCE_AFTER_END_MS)) {
      return Optional.empty();
    }
    String message =
        "The ride of "
            + Saying.span(trip.endPress() - trip.start())
            + " from "
            + Saying.instant(trip.start())
            + " looks made up: "
            + signals.shown()
            + "; "
            + settings.integer(THRESHOLD)
            + " is enough.";
    Finding finding =
        Finding.at(trip.endPress(), settings, message)
            .with("signals", List.copyOf(signals.weights.keySet()))
            .with("weights", signals.weights)
            .with("sum", signals.sum)
            .with("threshold", settings.integer(THRESHOLD))
            .withInstant("acceptedAt", trip.openedAt())
            .withInstant("startedAt", trip.start())
            .withInstant("endedAt", trip.endPress());
    signals.figures.forEach(finding::with);
    return Optional.of(finding);
  }

  /** What speaks for a made-up order, with the figures it rests on. */
  private static final class Signals {
    private final Trip trip;
    private final Booking booking;
    private final long start;
    private final long end;
    private final Map<String, Object> weights = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private long sum;

    Signals(Trip trip) {
      this.trip = trip;
      this.booking = trip.booking();
      this.start = trip.start();
      this.end = trip.endPress();
    }

    void collect() {
      noMovement();
      tooFast();
      sameDevice();
      repeatPair();
      coupon();
      if (!trip.contactIn(trip.openedAt(), trip.end())) {
        fire("no-contact", 10);
      }
      long spoofedAt = GpsSpoofed.heldAt(trip);
      if (spoofedAt != NEVER) {
        fire("spoofed", 50);
        figures.put("spoofedAt", Instant.ofEpochMilli(spoofedAt));
      }
      if (start - trip.openedAt() <= INSTANT_MS) {
        fire("instant", 20);
      }
    }

    private void fire(String signal, long weight) {
      weights.put(signal, weight);
      sum += weight;
    }

    private void noMovement() {
      TripTrack track = trip.track();
      int first = track.firstFrom(start);
      int i = first;
      double farthestM = 0;
      while (i < track.size() && track.time(i) <= end && farthestM < MOVED_M) {
        farthestM = Math.max(farthestM, track.metresBetween(first, i));
        i++;
      }
      if (booking.estimatedMeters() >= LEAST_ESTIMATE_M && i - first >= 2 && farthestM < MOVED_M) {
        fire("no-movement", 80);
        figures.put("estimatedMeters", Math.round(booking.estimatedMeters()));
        figures.put("fixes", (long) (i - first));
        figures.put("farthestMeters", Rounded.down(farthestM));
        figures.put("firstFix", Finding.place(track.lat(first), track.lon(first)));
      }
    }

    private void tooFast() {
      double metres = booking.estimatedMeters();
      if (metres >= LEAST_ESTIMATE_M
          && metres * Trip.MS_AND_M_PER_KMH > TOO_FAST_KMH * (end - start)) {
        fire("too-fast", 80);
        figures.put("estimatedMeters", Math.round(metres));
        figures.put("rideSeconds", (end - start) / 1_000);
      }
    }

    private void sameDevice() {
      String deviceId = booking.passengerDeviceId();
      if (deviceId == null) {
        return;
      }
      FleetRecord held = trip.registeredAt(start);
      boolean registered = held != null && held.phones().contains(deviceId);
      Login last = null;
      for (Login login : trip.loginsIn(start - LOGIN_BEFORE_MS, start)) {
        last = login.deviceId().equals(deviceId) ? login : last;
      }
      if (!registered && last == null) {
        return;
      }
      fire("same-device", 100);
      figures.put("passengerDeviceId", deviceId);
      figures.put("registeredPhone", registered);
      if (last != null) {
        figures.put("loginAt", Instant.ofEpochMilli(last.time()));
      }
    }

    private void repeatPair() {
      List<Object> starts = new ArrayList<>();
      for (long other : trip.otherStartsWithPassenger()) {
        if (other >= start - REPEAT_WITHIN_MS && other <= start) {
          starts.add(Instant.ofEpochMilli(other));
        }
      }
      if (starts.size() >= REPEATS) {
        fire("repeat-pair", 40);
        figures.put("otherStartsAt", starts);
      }
    }

    /** Without a coupon, too, where there is no price to pay. */
    private void coupon() {
      if (5.0 * booking.couponCents() >= 4.0 * booking.fixedPriceCents()) {
        fire("coupon", 30);
        figures.put("couponCents", booking.couponCents());
        figures.put("fixedPriceCents", booking.fixedPriceCents());
      }
    }

    /** {@code same-device 100, instant 20}. */
    String shown() {
      StringBuilder text = new StringBuilder();
      weights.forEach(
          (signal, weight) ->
              text.append(text.isEmpty() ? "" : ", ").append(signal).append(' ').append(weight));
      return text.toString();
    }
  }
}
