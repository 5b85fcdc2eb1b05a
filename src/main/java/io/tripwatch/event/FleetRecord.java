package io.tripwatch.event;

import java.util.List;

/**
 * The registry's word on a driver.
 *
 * @param phones registered device ids
 * @param plate as it was written
 * @param vehicleDeviceId or null
 */
public record FleetRecord(
    Stamp stamp,
    String driverId,
    List<String> phones,
    String plate,
    VehicleClass vehicleClass,
    String vehicleDeviceId,
    String city)
    implements Event {

  @Override
  public Topic topic() {
    return Topic.FLEET;
  }
}
