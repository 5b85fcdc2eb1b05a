package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A driver who serves an order with a vehicle, and the time around his ride in which he is to be
 * told where the vehicle was. All times are milliseconds since 1970 of event time, bounds included.
 *
 * @param plate as plates are compared
 * @param from from when on fixes must be kept, for a START may come late
 * @param rideFrom from when on fixes are for the driver; NEVER while there is no START
 * @param rideUntil until when; NEVER while the ride may go on
 * @param until when nothing of the order can change any more
 */
record PlateInterest(
    String plate,
    String driverId,
    String orderId,
    long from,
    long rideFrom,
    long rideUntil,
    long until) {

  boolean rides(long time) {
    return rideFrom <= time && time <= rideUntil;
  }

  boolean isRide() {
    return rideFrom != NEVER;
  }

  void write(DataOutput out) throws IOException {
    Wire.writeString(plate, out);
    Wire.writeString(driverId, out);
    Wire.writeString(orderId, out);
    out.writeLong(from);
    out.writeLong(rideFrom);
    out.writeLong(rideUntil);
    out.writeLong(until);
  }

  static PlateInterest read(DataInput in) throws IOException {
    return new PlateInterest(
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
