package io.tripwatch.codec;

import io.tripwatch.event.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A record of each kind, with every field there is. */
final class Records {
  static final String PHONE_FIX =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"eventId":"e-1","source":"PHONE",\
      "driverId":"d-7","deviceId":"ph-7","lat":37.6163512,"lon":-122.3861004,"accuracyM":8,\
      "speedKmh":41.5,"headingDeg":270,"mock":false,"datum":"GCJ02"}""";

  static final String VEHICLE_FIX =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"source":"VEHICLE",\
      "plate":"川A·D12345","deviceId":"vt-7","lat":30.5785,"lon":103.9471,"speedKmh":0.0}""";

  private static final String BOOKING =
      """
      "scenario":"AIRPORT_PICKUP","city":"SFO","passengerId":"p-1","passengerDeviceId":"pd-1",\
      "pickupAt":1795338000000,"pickup":{"lat":37.6163,"lon":-122.3861},\
      "dropoff":{"lat":37.7793,"lon":-122.4193},"estimatedMeters":21500.5,\
      "estimatedSeconds":1500,"orderedClass":"COMFORT","fixedPriceCents":6800,"couponCents":500,\
      "flightNo":"UA 857","serviceDate":"2026-11-22","arrivesAt":"SFO\"""";

  static final String PLACED = order("PLACED", BOOKING);
  static final String ACCEPTED =
      order(
          "ACCEPTED",
          BOOKING + ",\"driverId\":\"d-7\",\"plate\":\"7ABC123\",\"vehicleClass\":\"COMFORT\"");
  static final String REASSIGNED =
      order(
          "REASSIGNED",
          BOOKING + ",\"driverId\":\"d-8\",\"plate\":\"8ABC123\",\"vehicleClass\":\"LUXURY\"");
  static final String CHANGED = order("CHANGED", BOOKING);
  static final String CANCELLED =
      order("CANCELLED", "\"cancelledBy\":\"DRIVER\",\"reason\":\"OVER_CAPACITY\"");
  static final String SETTLED = order("SETTLED", "\"chargedCents\":6800");

  static final String PRESS =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"orderId":"o-1","driverId":"d-7",\
      "deviceId":"ph-7","button":"ON_SITE","lat":37.6163,"lon":-122.3861}""";
  static final String CALL =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"orderId":"o-1","driverId":"d-7",\
      "passengerId":"p-1","channel":"CALL","caller":"DRIVER","outcome":"CONNECTED","durationS":82}""";
  static final String TEXT =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"orderId":"o-1","driverId":"d-7",\
      "passengerId":"p-1","channel":"SMS","caller":"PASSENGER","outcome":"SENT"}""";
  static final String LOGIN =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"driverId":"d-7","deviceId":"ph-7",\
      "action":"LOGIN","appVersion":"7.1.0","ip":"10.1.2.3"}""";
  static final String FLIGHT =
      """
      {"eventTime":1795334400000,"flightNo":"UA 857","serviceDate":"2026-11-22","arrivesAt":"SFO",\
      "mode":"FLIGHT","status":"ARRIVED","scheduledArrival":1795333800000,\
      "estimatedArrival":1795334300000,"actualArrival":1795334390000}""";
  static final String FLEET =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"driverId":"d-7",\
      "phones":["ph-7","ph-7b"],"plate":"川A·D12345","vehicleClass":"BUSINESS",\
      "vehicleDeviceId":"vt-7","city":"chengdu"}""";
  static final String RATING =
      """
      {"eventTime":1795334400000,"orderId":"o-1","driverId":"d-7","passengerId":"p-1",\
      "by":"PASSENGER","stars":2,"tags":["late","迟到"]}""";
  static final String COMPLAINT =
      """
      {"eventTime":1795334400000,"complaintId":"c-1","orderId":"o-1","driverId":"d-7",\
      "passengerId":"p-1","type":"OPENED","category":"LATE"}""";
  static final String VERDICT =
      """
      {"eventTime":1795334400000,"subject":"ALERT","subjectId":"o-1/d-7/no-show",\
      "driverId":"d-7","verdict":"UPHELD","decidedBy":"qc-1","note":"seen on camera"}""";
  static final String RULES =
      """
      {"eventTime":1795334400000,"version":"2026-12","effectiveFrom":1795334400000,\
      "settings":{"trip":{"maxAccuracyM":80.0},"rules":{"no-show":{"enabled":true,"fineCents":100}}}}""";

  static final String UNDO =
      """
      {"eventTime":1795334400000,"receivedAt":1795334400350,"eventId":"e-9","undoId":"u-1",\
      "version":"2026-12","ruleId":"no-show","from":1795330800000,"until":1795334400000,\
      "state":"UNDONE","decidedBy":"qc-1","note":"wrong radius"}""";

  static final Map<Topic, List<String>> OF_TOPIC = new EnumMap<>(Topic.class);

  static {
    OF_TOPIC.put(Topic.ORDERS, List.of(PLACED, ACCEPTED, REASSIGNED, CHANGED, CANCELLED, SETTLED));
    OF_TOPIC.put(Topic.GPS, List.of(PHONE_FIX, VEHICLE_FIX));
    OF_TOPIC.put(Topic.BUTTONS, List.of(PRESS));
    OF_TOPIC.put(Topic.CALLS, List.of(CALL, TEXT));
    OF_TOPIC.put(Topic.LOGINS, List.of(LOGIN));
    OF_TOPIC.put(Topic.FLIGHTS, List.of(FLIGHT));
    OF_TOPIC.put(Topic.FLEET, List.of(FLEET));
    OF_TOPIC.put(Topic.RATINGS, List.of(RATING));
    OF_TOPIC.put(Topic.COMPLAINTS, List.of(COMPLAINT));
    OF_TOPIC.put(Topic.VERDICTS, List.of(VERDICT));
    OF_TOPIC.put(Topic.RULES, List.of(RULES));
    OF_TOPIC.put(Topic.UNDO, List.of(UNDO));
  }

  private Records() {}

  /** The record that the constant of this name holds. */
  static String named(String name) {
    return switch (name) {
      case "PLACED" -> PLACED;
      case "ACCEPTED" -> ACCEPTED;
      case "REASSIGNED" -> REASSIGNED;
      case "CHANGED" -> CHANGED;
      case "CANCELLED" -> CANCELLED;
      case "SETTLED" -> SETTLED;
      case "PHONE_FIX" -> PHONE_FIX;
      case "VEHICLE_FIX" -> VEHICLE_FIX;
      case "PRESS" -> PRESS;
      case "CALL" -> CALL;
      case "TEXT" -> TEXT;
      case "LOGIN" -> LOGIN;
      case "FLIGHT" -> FLIGHT;
      case "FLEET" -> FLEET;
      case "RATING" -> RATING;
      case "COMPLAINT" -> COMPLAINT;
      case "VERDICT" -> VERDICT;
      case "RULES" -> RULES;
      case "UNDO" -> UNDO;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The record with one field set to another JSON text, or left out where that is null. */
  static String with(String record, String field, String value) {
    Map<String, String> fields = fields(record);
    fields.remove(field);
    if (value != null) {
      fields.put(field, value);
    }
    return joined(fields);
  }

  /** The record with its fields in the opposite order. */
  static String reversed(String record) {
    Map<String, String> reversed = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(fields(record).keySet());
    Collections.reverse(names);
    names.forEach(name -> reversed.put(name, fields(record).get(name)));
    return joined(reversed);
  }

  private static Map<String, String> fields(String record) {
    Map<String, String> fields = new LinkedHashMap<>();
    SlowModel.tree(record.getBytes(StandardCharsets.UTF_8))
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
    return fields;
  }

  private static String joined(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> '"' + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String order(String type, String fields) {
    return "{\"eventTime\":1795334400000,\"receivedAt\":1795334400350,\"type\":\""
        + type
        + "\",\"orderId\":\"o-1\","
        + fields
        + "}";
  }
}
