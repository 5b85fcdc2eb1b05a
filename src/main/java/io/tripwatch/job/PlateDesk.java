package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Wire;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.FixLog;
import io.tripwatch.trip.Horizons;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Knows where one vehicle was of late, and tells the drivers who ride with it, whichever comes
 * first: the fix, or word of the ride.
 */
final class PlateDesk {
  private static final int TRIM_FROM_SIZE = 256;
  private static final int LET_GO_FROM_MANY = 8;

  private final String plate;
  private final FixLog fixes = new FixLog();
  private final Map<String, PlateInterest> interests = new LinkedHashMap<>();

  /** The interests with a ride, and when the last of them is over: for most fixes all is said. */
  private final List<PlateInterest> rides = new ArrayList<>();

  private long lastRideUntil = Long.MIN_VALUE;
  private int trimAtSize = TRIM_FROM_SIZE;
  private int letGoAtMany = LET_GO_FROM_MANY;

  PlateDesk(String plate) {
    this.plate = plate;
  }

  FixLog fixes() {
    return fixes;
  }

  /**
   * Takes in a fix.
   *
   * @param now the event time up to which everything is known
   * @return false if it is a repeated one
   */
  boolean learn(Fix fix, long now, Consumer<ForDriver> toDriver) {
    if (fixes.size() >= trimAtSize) {
      letGo(now);
    }
    FixLog.Place place = fixes.learn(fix);
    if (place == FixLog.Place.REPEATED) {
      return false;
    }
    if (place == FixLog.Place.INSTEAD) {
      // The record it replaces was anywhere: whoever may have heard of that hears that it is void.
      tell(fix, interests.values(), any -> true, toDriver);
    } else if (fix.time() <= lastRideUntil) {
      tell(fix, rides, ride -> ride.rides(fix.time()), toDriver);
    }
    return true;
  }

  private static void tell(
      Fix fix,
      Collection<PlateInterest> among,
      Predicate<PlateInterest> bearsOn,
      Consumer<ForDriver> toDriver) {
    List<String> told = new ArrayList<>(1);
    for (PlateInterest interest : among) {
      if (bearsOn.test(interest) && !told.contains(interest.driverId())) {
        told.add(interest.driverId());
        toDriver.accept(new ForDriver(interest.driverId(), FixLog.asKept(fix)));
      }
    }
  }

  /**
   * Takes in when a driver is to be told; it takes the place of what was said of the turn.
   *
   * @return false if too many ride with the vehicle, and he is not told
   */
  boolean follow(PlateInterest interest, long now, Consumer<ForDriver> toDriver) {
    List<PlateInterest> told = new ArrayList<>(1);
    for (PlateInterest ride : rides) {
      if (ride.driverId().equals(interest.driverId())) {
        told.add(ride);
      }
    }
    PlateInterest before = interests.put(keyOf(interest), interest);
    if (interest.isRide() || before != null && before.isRide()) {
      findRides();
    }
    if (interests.size() >= letGoAtMany) {
      letGo(now);
    }
    if (!interest.isRide()) {
      return true;
    }
    if (!rides.contains(interest)) {
      // It may be over for all that can still arrive; nobody asks then.
      return !interests.containsValue(interest);
    }
    for (int i = fixes.firstFrom(interest.rideFrom()); i < fixes.size(); i++) {
      long time = fixes.time(i);
      if (time > interest.rideUntil()) {
        break;
      }
      if (told.stream().noneMatch(ride -> ride.rides(time))) {
        toDriver.accept(new ForDriver(interest.driverId(), fixes.fix(i, true, plate)));
      }
    }
    return true;
  }

  private static String keyOf(PlateInterest interest) {
    return interest.driverId() + "/" + interest.orderId() + "/" + interest.from();
  }

  private void findRides() {
    rides.clear();
    Set<String> drivers = new HashSet<>();
    lastRideUntil = Long.MIN_VALUE;
    for (PlateInterest interest : interests.values()) {
      if (interest.isRide()
          && (drivers.contains(interest.driverId())
              || drivers.size() < Bound.DRIVERS_OF_A_VEHICLE.most())) {
        drivers.add(interest.driverId());
        rides.add(interest);
        lastRideUntil = Math.max(lastRideUntil, interest.rideUntil());
      }
    }
  }

  /**
   * Forgets what no ride that may yet be heard of can need.
   *
   * @param now the event time up to which everything is known
   */
  void letGo(long now) {
    long late = now - Horizons.VEHICLE_FIXES_MS;
    if (interests.values().removeIf(one -> one.until() <= now || one.rideUntil() < late)) {
      findRides();
    }
    long from = NEVER;
    for (PlateInterest interest : interests.values()) {
      from = Math.min(from, interest.from());
    }
    fixes.forgetBefore(Math.min(now - Horizons.idleMs(fixes), Math.max(from, late)));
    trimAtSize = Math.max(TRIM_FROM_SIZE, 2 * fixes.size());
    letGoAtMany = Math.max(LET_GO_FROM_MANY, 2 * interests.size());
  }

  /** When, if nothing more is heard, all may be let go of. */
  long endsAt() {
    long ends =
        fixes.size() == 0
            ? Long.MIN_VALUE
            : fixes.time(fixes.size() - 1) + Horizons.idleMs(fixes) + 1;
    for (PlateInterest interest : interests.values()) {
      ends = Math.max(ends, interest.until());
    }
    return ends;
  }

  boolean isForgotten() {
    return fixes.size() == 0 && interests.isEmpty();
  }

  /** Writes all but the fixes. */
  void write(DataOutput out) throws IOException {
    out.writeByte(Wire.VERSION);
    out.writeInt(interests.size());
    for (PlateInterest interest : interests.values()) {
      interest.write(out);
    }
  }

  /** Reads all but the fixes. */
  static PlateDesk read(String plate, DataInput in) throws IOException {
    Desks.checkVersion(in.readByte());
    PlateDesk desk = new PlateDesk(plate);
    for (int left = in.readInt(); left > 0; left--) {
      PlateInterest interest = PlateInterest.read(in);
      desk.interests.put(keyOf(interest), interest);
    }
    desk.findRides();
    return desk;
  }
}
