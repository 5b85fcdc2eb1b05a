package io.tripwatch.codec;

import java.nio.charset.StandardCharsets;

/** The names that fields have in the records of all topics. */
enum Field {
  EVENT_TIME("eventTime"),
  RECEIVED_AT("receivedAt"),
  EVENT_ID("eventId"),
  SOURCE("source"),
  DRIVER_ID("driverId"),
  PLATE("plate"),
  DEVICE_ID("deviceId"),
  LAT("lat"),
  LON("lon"),
  ACCURACY_M("accuracyM"),
  SPEED_KMH("speedKmh"),
  HEADING_DEG("headingDeg"),
  MOCK("mock"),
  DATUM("datum"),
  TYPE("type"),
  ORDER_ID("orderId"),
  SCENARIO("scenario"),
  CITY("city"),
  PASSENGER_ID("passengerId"),
  PASSENGER_DEVICE_ID("passengerDeviceId"),
  PICKUP_AT("pickupAt"),
  PICKUP("pickup"),
  DROPOFF("dropoff"),
  ESTIMATED_METERS("estimatedMeters"),
  ESTIMATED_SECONDS("estimatedSeconds"),
  ORDERED_CLASS("orderedClass"),
  FIXED_PRICE_CENTS("fixedPriceCents"),
  COUPON_CENTS("couponCents"),
  FLIGHT_NO("flightNo"),
  SERVICE_DATE("serviceDate"),
  ARRIVES_AT("arrivesAt"),
  VEHICLE_CLASS("vehicleClass"),
  CANCELLED_BY("cancelledBy"),
  REASON("reason"),
  CHARGED_CENTS("chargedCents"),
  BUTTON("button"),
  CHANNEL("channel"),
  CALLER("caller"),
  OUTCOME("outcome"),
  DURATION_S("durationS"),
  ACTION("action"),
  APP_VERSION("appVersion"),
  IP("ip"),
  MODE("mode"),
  STATUS("status"),
  SCHEDULED_ARRIVAL("scheduledArrival"),
  ESTIMATED_ARRIVAL("estimatedArrival"),
  ACTUAL_ARRIVAL("actualArrival"),
  PHONES("phones"),
  VEHICLE_DEVICE_ID("vehicleDeviceId"),
  BY("by"),
  STARS("stars"),
  TAGS("tags"),
  COMPLAINT_ID("complaintId"),
  CATEGORY("category"),
  SUBJECT("subject"),
  SUBJECT_ID("subjectId"),
  VERDICT("verdict"),
  DECIDED_BY("decidedBy"),
  NOTE("note"),
  VERSION("version"),
  EFFECTIVE_FROM("effectiveFrom"),
  SETTINGS("settings"),
  UNDO_ID("undoId"),
  RULE_ID("ruleId"),
  FROM("from"),
  UNTIL("until"),
  STATE("state");

  /**
   * How many {@link RecordScanner} knows: a bit for each. The topics that have others are not worth
   * scanning.
   */
  static final int SCANNED = SUBJECT.ordinal();

  /** The name in JSON. */
  final String json;

  /** The same in ASCII. */
  final byte[] ascii;

  /** Its bit, where it is one of those {@link #SCANNED}. */
  final long bit = 1L << ordinal();

  Field(String json) {
    this.json = json;
    this.ascii = json.getBytes(StandardCharsets.US_ASCII);
  }
}
