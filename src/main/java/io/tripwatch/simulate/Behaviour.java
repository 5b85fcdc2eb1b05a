package io.tripwatch.simulate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a trip goes. Each trip has one; a breach bears the id of the rule it is bound to break. A
 * breach can break others besides: whoever presses START elsewhere may leave a passenger behind.
 */
public enum Behaviour {
  /** As promised. */
  GOOD("good", 0),

  // Life, and nobody's breach.
  PASSENGER_CANCELS("passenger-cancels", 0.025),
  PLATFORM_CANCELS("platform-cancels", 0.01),
  WAITS_IN_VAIN("waits-in-vain", 0.01),
  REASSIGNED("reassigned", 0.015),
  CHANGED("changed", 0.02),

  MARGIN_MISSED("margin-missed", 0.02),
  LATE_AT_PICKUP("late-at-pickup", 0.03),
  NO_SHOW("no-show", 0.015),
  PICKUP_ABANDONED("pickup-abandoned", 0.015),
  DRIVER_CANCELLED("driver-cancelled", 0.02),
  CANCELLATION_INDUCED("cancellation-induced", 0.015),

  NO_CONTACT_AFTER_ACCEPT("no-contact-after-accept", 0.015),
  NO_CONTACT_ON_ARRIVAL("no-contact-on-arrival", 0.015),

  ON_SITE_NOT_PRESSED("on-site-not-pressed", 0.015),
  ON_SITE_PRESSED_ELSEWHERE("on-site-pressed-elsewhere", 0.015),
  BUTTON_OUT_OF_ORDER("button-out-of-order", 0.015),
  STARTED_ELSEWHERE("started-elsewhere", 0.015),
  ENDED_ELSEWHERE("ended-elsewhere", 0.015),
  END_NOT_PRESSED("end-not-pressed", 0.015),

  FLIGHT_DELAYED("flight-delayed", 0.04),
  FLIGHT_CALLED_OFF("flight-called-off", 0.02),

  CLASS_BELOW_ORDER("class-below-order", 0.015),
  CHARGED_ABOVE_FIXED_PRICE("charged-above-fixed-price", 0.01),

  VEHICLE_SWAPPED("vehicle-swapped", 0.005),
  VEHICLE_SILENT("vehicle-silent", 0.005),
  UNREGISTERED_DEVICE("unregistered-device", 0.005),
  REASSIGNED_PRIVATELY("reassigned-privately", 0.005),
  DEVICE_SHARED("device-shared", 0.005),
  ACCOUNT_IN_TWO_PLACES("account-in-two-places", 0.005),
  FAKE_ORDER("fake-order", 0.005),
  GPS_SPOOFED("gps-spoofed", 0.005),
  TRACK_SILENT("track-silent", 0.005),
  DETOUR("detour", 0.005),
  SPEEDING("speeding", 0.005);

  private final String id;
  private final double defaultShare;

  Behaviour(String id, double defaultShare) {
    this.id = id;
    this.defaultShare = defaultShare;
  }

  /** Its name in specs; for a breach the id of its rule. */
  public String id() {
    return id;
  }

  double defaultShare() {
    return defaultShare;
  }

  /** Whether a rule speaks of it. */
  boolean isBreach() {
    return ordinal() >= MARGIN_MISSED.ordinal();
  }

  /** Whether it is about a flight that the passenger comes by. */
  boolean needsFlight() {
    return this == FLIGHT_DELAYED || this == FLIGHT_CALLED_OFF;
  }

  static Optional<Behaviour> ofId(String id) {
    return Arrays.stream(values()).filter(behaviour -> behaviour.id.equals(id)).findFirst();
  }

  static String ids() {
    return Arrays.stream(values())
        .filter(behaviour -> behaviour != GOOD)
        .map(Behaviour::id)
        .collect(Collectors.joining(", "));
  }
}
