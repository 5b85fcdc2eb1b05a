package io.tripwatch.trip;

import io.tripwatch.event.Call;
import io.tripwatch.geo.Circle;

/**
 * Which of the fixes and calls to come, in order, may change a verdict on a trip as it is known.
 * All others are only remembered: that is what makes a fix cheap.
 *
 * @param track the track the fixes are added to
 * @param judgedAt the event time up to which the trip was judged
 * @param openedFrom when fixes could begin to matter at the earliest: shortly before acceptance
 * @param from when fixes begin to matter
 * @param until when nothing later counts
 * @param unsettled times of presses not known to be near their place: a fix may show that they
 *     were, or how far away
 * @param stayFrom from when on a fix inside the pickup circle may complete the first stay
 * @param stayMs how long the stay must last by then
 * @param leaving a fix outside may show the pickup abandoned; null where none can
 * @param cancelled whether the ride is cancelled, and may be driven all the same
 * @param watchedFrom from when on any fix may show a mocked position, or what the ride breaks
 * @param end Tend, as it is known
 * @param start S; from then on any fix may show another car
 * @param watchedKmh a faster fix may show speeding
 * @param plate of the trip's vehicle, as plates are compared
 * @param apartM how far from the vehicle the phone may show another car
 * @param apartUntil and until when it may
 * @param mocked whether a fix that looks mocked may change a verdict
 * @param delays which fixes may change what is found of those received late
 * @param callsFrom from when on a call may change a verdict
 * @param callsUntil and until when
 */
record Watch(
    TripTrack track,
    long judgedAt,
    long openedFrom,
    long from,
    long until,
    long[] unsettled,
    long pressWindowMs,
    long stayFrom,
    long stayMs,
    Circle leaving,
    boolean cancelled,
    long watchedFrom,
    long end,
    long start,
    double watchedKmh,
    String plate,
    double apartM,
    long apartUntil,
    boolean mocked,
    DelayWatch delays,
    long callsFrom,
    long callsUntil) {
  /** A vehicle's fix tells of phone fixes this near in time. */
  private static final long VEHICLE_WINDOW_MS = 30_000;

  /** A car may go so far between the two fixes, metres a second. */
  private static final double GOES_M_PER_S = 50;

  /** Whether it has fixes of a track that nothing asks for any more, but a judgement. */
  boolean hasTrackOver(long before) {
    return until < before && end <= judgedAt && track.size() > 0;
  }

  /** The same, with a track that has read no fix. */
  Watch withoutTrack() {
    return new Watch(
        new TripTrack(track.basis()),
        judgedAt,
        openedFrom,
        from,
        until,
        unsettled,
        pressWindowMs,
        stayFrom,
        stayMs,
        leaving,
        cancelled,
        watchedFrom,
        end,
        start,
        watchedKmh,
        plate,
        apartM,
        apartUntil,
        mocked,
        delays,
        callsFrom,
        callsUntil);
  }

  /** A fix that does not count for the trip was put between others of the log. */
  void passOver(long time) {
    if (time < from) {
      track.passOver();
    }
  }

  /** Whether a call that was not known may change a verdict, or what it rests on. */
  boolean mayBeChangedBy(Call call) {
    return call.time() >= callsFrom && call.time() <= callsUntil;
  }

  /** Whether a fix of a time may change a verdict, wherever it is. */
  boolean mayBeChangedAt(long time) {
    boolean may =
        time <= judgedAt
            || time >= stayFrom
            || leaving != null
            || cancelled
            || (time >= watchedFrom && time <= end);
    return time <= until && (may || isNearUnsettled(time));
  }

  /** Whether the last fix of the track may change a verdict. */
  boolean mayBeChangedByLast() {
    int last = track.size() - 1;
    long time = track.time(last);
    if (time > until) {
      return false;
    }
    // What was said of a time gone by may rest on no fix having been there: sight, for one.
    if (time <= judgedAt) {
      return true;
    }
    boolean inPickup = track.inPickup(last);
    boolean inDropoff = track.inDropoff(last);
    boolean staysLong = inPickup && time >= stayFrom && time - stayingSince() >= stayMs;
    if (staysLong || (cancelled && (inPickup || inDropoff))) {
      return true;
    }
    boolean isWatched = time >= watchedFrom && time <= end;
    if (isWatched && (track.speedKmh(last) > watchedKmh || delays.mayBeChangedByLast(track))) {
      return true;
    }
    if (leaving != null && !track.isIn(last, leaving)) {
      return true;
    }
    return isNearUnsettled(time);
  }

  /** Since when the track has been in the pickup circle at its end, where its last fix is. */
  private long stayingSince() {
    int first = track.size() - 1;
    while (first > 0
        && track.inPickup(first - 1)
        && track.time(first) - track.time(first - 1) <= Trip.STAY_GAP_MS) {
      first--;
    }
    return track.time(first);
  }

  /**
   * Bounds what is quiet from the last fix of a log on, which does not bear on the trip.
   *
   * @param vehicle of the trip
   */
  void bound(Quiet quiet, FixLog fixes, VehicleTrack vehicle) {
    int last = fixes.size() - 1;
    long time = fixes.time(last);
    if (time > until) {
      return;
    }
    boolean ridesSeen = time >= start && time <= Math.min(end, apartUntil) && !vehicle.isEmpty();
    boolean runGoesOn = time <= delays.foundBy();
    if (time <= judgedAt || isNearUnsettled(time) || ridesSeen || runGoesOn) {
      quiet.end();
      return;
    }
    quiet.asAccurateAs(track.basis().maxAccuracyM());
    if (start > time) {
      quiet.until(start);
    }
    for (long press : unsettled) {
      if (press > time) {
        quiet.until(press - pressWindowMs);
      }
    }
    if (end >= time) {
      quiet.notAbove(watchedKmh);
      quiet.receivedWithin(delays.fromMs());
    }
    boundStay(quiet, time);
    if (leaving != null) {
      quiet.within(leaving.metresInside(fixes.wgsLat(last), fixes.wgsLon(last)));
    }
    if (cancelled) {
      quiet.within(track.metresOutside(fixes.wgsLat(last), fixes.wgsLon(last)));
    }
  }

  /** No stay is complete before it has lasted, from now or from when it began. */
  private void boundStay(Quiet quiet, long time) {
    if (time < stayFrom) {
      quiet.until(stayFrom);
    } else {
      boolean stays = track.size() > 0 && track.inPickup(track.size() - 1);
      quiet.until((stays ? stayingSince() : time) + stayMs);
    }
  }

  /** Whether the last fix read shows what a mocked position would, and it is not settled yet. */
  boolean lastLooksMocked() {
    return mocked && track.lastLooksSpoofed();
  }

  /** Whether the vehicle is not where the last fix of the track is, during the ride. */
  boolean lastIsApart(VehicleTrack vehicle) {
    int last = track.size() - 1;
    return last >= 0
        && isRidden(track.time(last))
        && track.time(last) <= apartUntil
        && isApart(last, vehicle, vehicle.nearest(track.time(last), VEHICLE_WINDOW_MS));
  }

  /** Whether a fix of the vehicle, of a time, tells of one of the phone's during the ride. */
  boolean isRiddenAround(long time) {
    return time >= start - VEHICLE_WINDOW_MS && time - VEHICLE_WINDOW_MS <= end;
  }

  /** Whether a new fix of the vehicle, of a time around the ride, may change a verdict. */
  boolean mayBeChangedByVehicle(long time, VehicleTrack vehicle) {
    // Of a ride that is over it was said already how long the vehicle was silent.
    return end <= judgedAt || changesWhatIsApart(time, vehicle);
  }

  private boolean changesWhatIsApart(long time, VehicleTrack vehicle) {
    for (int i = track.firstFrom(Math.max(start, time - VEHICLE_WINDOW_MS));
        i < track.size() && track.time(i) <= Math.min(apartUntil, time + VEHICLE_WINDOW_MS);
        i++) {
      int nearest = vehicle.nearest(track.time(i), VEHICLE_WINDOW_MS);
      if (nearest >= 0 && vehicle.time(nearest) == time) {
        int before = vehicle.nearestBut(time, track.time(i), VEHICLE_WINDOW_MS);
        if (isApart(i, vehicle, nearest)
            || isApart(i, vehicle, before)
            || vehicle.hasSeveralAt(time)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isRidden(long time) {
    return time >= start && time <= end;
  }

  private boolean isApart(int i, VehicleTrack vehicle, int nearest) {
    if (nearest < 0) {
      return false;
    }
    double betweenS = Math.abs(vehicle.time(nearest) - track.time(i)) / 1_000.0;
    return vehicle.isFartherThan(
        nearest, track.lat(i), track.lon(i), apartM + GOES_M_PER_S * betweenS);
  }

  private boolean isNearUnsettled(long time) {
    for (long press : unsettled) {
      if (Math.abs(time - press) <= pressWindowMs) {
        return true;
      }
    }
    return false;
  }
}
