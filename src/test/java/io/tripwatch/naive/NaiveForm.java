package io.tripwatch.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a record has its topic's form. */
final class NaiveForm {
  private static final long DAY_MS = 86_400_000;
  private static final long FIRST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli() - 1;
  private static final List<String> CLASSES = List.of("ECONOMY", "COMFORT", "BUSINESS", "LUXURY");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final long SOON_MS = 10 * 60_000;
  private static final long LATE_MS = 120 * 60_000;

  /** Says why a record is refused. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private interface Test {
    boolean passes(JsonNode node);
  }

  private final String topic;
  private final ObjectNode body;

  NaiveForm(String topic, ObjectNode body) {
    this.topic = topic;
    this.body = body;
  }

  static int classRank(String name) {
    return CLASSES.indexOf(name);
  }

  /** eventTime, mended. */
  long time() {
    return Math.min(body.get("eventTime").longValue(), received());
  }

  /** receivedAt; where absent, eventTime. */
  long received() {
    return body.hasNonNull("receivedAt")
        ? body.get("receivedAt").longValue()
        : body.get("eventTime").longValue();
  }

  void check() throws Refused {
    must("eventTime", NaiveForm::whole);
    boolean timed = Set.of("gps", "buttons", "calls", "logins").contains(topic);
    field("receivedAt", timed, NaiveForm::whole);
    may("eventId", NaiveForm::id);
    if (time() < FIRST || time() > LAST) {
      throw new Refused("eventTime before 2000 or after 2099");
    }
    switch (topic) {
      case "orders" -> order();
      case "gps" -> gps();
      case "buttons" -> button();
      case "calls" -> call();
      case "logins" -> login();
      case "flights" -> flight();
      case "fleet" -> fleet();
      case "ratings" -> rating();
      case "complaints" -> complaint();
      case "verdicts" -> verdict();
      case "rules" -> rules();
      default -> undo();
    }
    if (body.hasNonNull("receivedAt") && received() - time() > lateEvidence()) {
      throw new Refused("TOO_LATE");
    }
  }

  private long lateEvidence() {
    return switch (topic) {
      case "gps", "buttons", "calls", "logins", "flights" -> LATE_MS;
      case "fleet", "rules" -> SOON_MS;
      case "orders" -> body.get("type").textValue().equals("SETTLED") ? Long.MAX_VALUE : SOON_MS;
      default -> Long.MAX_VALUE;
    };
  }

  private void order() throws Refused {
    must("orderId", NaiveForm::id);
    String type =
        oneOf("type", true, "PLACED", "ACCEPTED", "REASSIGNED", "CHANGED", "CANCELLED", "SETTLED");
    boolean whole = !type.equals("CANCELLED") && !type.equals("SETTLED");
    oneOf(
        "scenario",
        whole,
        "AIRPORT_PICKUP",
        "AIRPORT_DROPOFF",
        "STATION_PICKUP",
        "STATION_DROPOFF");
    field("city", whole, NaiveForm::city);
    field("passengerId", whole, NaiveForm::id);
    may("passengerDeviceId", NaiveForm::id);
    field("pickupAt", whole, NaiveForm::whole);
    field("pickup", whole, NaiveForm::place);
    field("dropoff", whole, NaiveForm::place);
    field("estimatedMeters", whole, NaiveForm::amount);
    field("estimatedSeconds", whole, NaiveForm::amount);
    oneOf("orderedClass", whole, CLASSES.toArray(String[]::new));
    field("fixedPriceCents", whole, NaiveForm::money);
    may("couponCents", NaiveForm::money);
    may("flightNo", NaiveForm::text);
    may("serviceDate", NaiveForm::date);
    may("arrivesAt", NaiveForm::text);
    boolean assigned = type.equals("ACCEPTED") || type.equals("REASSIGNED");
    field("driverId", assigned, NaiveForm::id);
    field("plate", assigned, NaiveForm::plate);
    oneOf("vehicleClass", assigned, CLASSES.toArray(String[]::new));
    oneOf("cancelledBy", type.equals("CANCELLED"), "PASSENGER", "DRIVER", "PLATFORM");
    may("reason", NaiveForm::text);
    field("chargedCents", type.equals("SETTLED"), NaiveForm::money);
    within("pickupAt", time(), 400);
  }

  private void gps() throws Refused {
    String source = oneOf("source", true, "PHONE", "VEHICLE");
    field("driverId", source.equals("PHONE"), NaiveForm::id);
    field("plate", source.equals("VEHICLE"), NaiveForm::plate);
    must("deviceId", NaiveForm::id);
    must("lat", n -> degrees(n, 90));
    must("lon", n -> degrees(n, 180));
    may("accuracyM", JsonNode::isNumber);
    may("speedKmh", JsonNode::isNumber);
    may("headingDeg", JsonNode::isNumber);
    may("mock", JsonNode::isBoolean);
    oneOf("datum", false, "WGS84", "GCJ02", "BD09");
  }

  private void button() throws Refused {
    must("orderId", NaiveForm::id);
    must("driverId", NaiveForm::id);
    must("deviceId", NaiveForm::id);
    oneOf("button", true, "ON_SITE", "START", "END");
    may("lat", n -> degrees(n, 90));
    may("lon", n -> degrees(n, 180));
  }

  private void call() throws Refused {
    must("orderId", NaiveForm::id);
    must("driverId", NaiveForm::id);
    must("passengerId", NaiveForm::id);
    boolean call = oneOf("channel", true, "CALL", "SMS").equals("CALL");
    oneOf("caller", true, "DRIVER", "PASSENGER");
    if (call) {
      oneOf("outcome", true, "CONNECTED", "NO_ANSWER", "FAILED");
    } else {
      oneOf("outcome", true, "SENT", "FAILED");
    }
    may("durationS", JsonNode::isNumber);
  }

  private void login() throws Refused {
    must("driverId", NaiveForm::id);
    must("deviceId", NaiveForm::id);
    oneOf("action", true, "LOGIN", "LOGOUT");
    may("appVersion", JsonNode::isTextual);
    may("ip", JsonNode::isTextual);
  }

  private void flight() throws Refused {
    must("flightNo", NaiveForm::text);
    must("serviceDate", NaiveForm::date);
    may("arrivesAt", NaiveForm::text);
    oneOf("mode", false, "FLIGHT", "TRAIN");
    oneOf(
        "status",
        true,
        "SCHEDULED",
        "DELAYED",
        "DEPARTED",
        "ARRIVED",
        "CANCELLED",
        "DIVERTED",
        "RETURNED");
    must("scheduledArrival", NaiveForm::whole);
    may("estimatedArrival", NaiveForm::whole);
    may("actualArrival", NaiveForm::whole);
    long scheduled = body.get("scheduledArrival").longValue();
    within("scheduledArrival", time(), 400);
    for (String arrival : List.of("estimatedArrival", "actualArrival")) {
      within(arrival, time(), 400);
      within(arrival, scheduled, 30);
    }
  }

  private void fleet() throws Refused {
    must("driverId", NaiveForm::id);
    must("phones", NaiveForm::ids);
    must("plate", NaiveForm::plate);
    oneOf("vehicleClass", true, CLASSES.toArray(String[]::new));
    may("vehicleDeviceId", NaiveForm::id);
    must("city", NaiveForm::city);
  }

  private void rating() throws Refused {
    must("orderId", NaiveForm::id);
    must("driverId", NaiveForm::id);
    must("passengerId", NaiveForm::id);
    oneOf("by", true, "PASSENGER", "DRIVER");
    must("stars", n -> whole(n) && n.longValue() >= 1 && n.longValue() <= 5);
    may("tags", n -> n.isArray() && all(n, JsonNode::isTextual));
  }

  private void complaint() throws Refused {
    must("complaintId", NaiveForm::id);
    must("orderId", NaiveForm::id);
    must("driverId", NaiveForm::id);
    must("passengerId", NaiveForm::id);
    oneOf("type", true, "OPENED", "REPLIED", "RESOLVED");
    may("category", JsonNode::isTextual);
  }

  private void verdict() throws Refused {
    oneOf("subject", true, "ALERT", "RATING", "COMPLAINT");
    must("subjectId", n -> sized(n, 512));
    must("driverId", NaiveForm::id);
    oneOf("verdict", true, "UPHELD", "REJECTED");
    must("decidedBy", JsonNode::isTextual);
    may("note", JsonNode::isTextual);
  }

  private void rules() throws Refused {
    must("version", NaiveForm::id);
    must("effectiveFrom", n -> whole(n) && n.longValue() >= time());
    must("settings", JsonNode::isObject);
    List<String> errors = NaiveSettings.errors(body.get("settings"));
    if (!errors.isEmpty()) {
      throw new Refused(String.join("; ", errors));
    }
  }

  private void undo() throws Refused {
    must("undoId", NaiveForm::id);
    must("version", NaiveForm::id);
    may("ruleId", JsonNode::isTextual);
    may("from", NaiveForm::whole);
    may("until", NaiveForm::whole);
    oneOf("state", true, "UNDONE", "RESTORED");
    must("decidedBy", JsonNode::isTextual);
    may("note", JsonNode::isTextual);
  }

  private void within(String field, long of, int days) throws Refused {
    if (body.hasNonNull(field)
        && Math.abs(Math.subtractExact(body.get(field).longValue(), of)) > days * DAY_MS) {
      throw new Refused(field + " is implausible");
    }
  }

  private void must(String field, Test test) throws Refused {
    field(field, true, test);
  }

  private void may(String field, Test test) throws Refused {
    field(field, false, test);
  }

  private void field(String field, boolean required, Test test) throws Refused {
    JsonNode node = body.get(field);
    if (node == null || node.isNull()) {
      if (required) {
        throw new Refused(field + " is missing");
      }
    } else if (!test.passes(node)) {
      throw new Refused(field + " is mistyped: " + node);
    }
  }

  private String oneOf(String field, boolean required, String... values) throws Refused {
    field(field, required, n -> n.isTextual() && List.of(values).contains(n.textValue()));
    return body.path(field).textValue();
  }

  private static boolean whole(JsonNode node) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && Math.abs(node.longValue()) < Long.MAX_VALUE / 4;
  }

  private static boolean money(JsonNode node) {
    return whole(node) && node.longValue() >= 0;
  }

  private static boolean amount(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue()) && node.doubleValue() >= 0;
  }

  private static boolean degrees(JsonNode node, double greatest) {
    return node.isNumber() && Math.abs(node.doubleValue()) <= greatest;
  }

  private static boolean place(JsonNode node) {
    return node.isObject()
        && node.has("lat")
        && node.has("lon")
        && degrees(node.get("lat"), 90)
        && degrees(node.get("lon"), 180);
  }

  private static boolean id(JsonNode node) {
    return node.isTextual()
        && ID.matcher(node.textValue()).matches()
        && !node.textValue().equals("-");
  }

  private static boolean ids(JsonNode node) {
    return node.isArray() && all(node, NaiveForm::id);
  }

  private static boolean all(JsonNode array, Test test) {
    for (JsonNode node : array) {
      if (!test.passes(node)) {
        return false;
      }
    }
    return true;
  }

  private static boolean text(JsonNode node) {
    return sized(node, 64);
  }

  private static boolean sized(JsonNode node, int most) {
    return node.isTextual() && !node.textValue().isEmpty() && length(node) <= most;
  }

  private static int length(JsonNode node) {
    String text = node.textValue();
    return text.codePointCount(0, text.length());
  }

  private static boolean city(JsonNode node) {
    return text(node)
        && node.textValue().codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL);
  }

  private static boolean plate(JsonNode node) {
    return sized(node, 16) && !NaiveFix.plateKey(node.textValue()).isEmpty();
  }

  private static boolean date(JsonNode node) {
    try {
      return node.isTextual()
          && node.textValue().matches("\\d{4}-\\d{2}-\\d{2}")
          && LocalDate.parse(node.textValue()) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
