package io.tripwatch.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.DeadLetter.Reason;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import io.tripwatch.event.Undo;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.InvalidSettingsException;
import io.tripwatch.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The contract's inputs written a second time: by databind's tree, straight from the table of
 * fields, with no thought of speed. Its canonical JSON is the decoder's own and is checked apart.
 */
final class SlowModel {
  static final JsonMapper LENIENT = mapper(false);
  private static final JsonMapper STRICT = mapper(true);
  private static final JsonMapper LONGS =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
  private static final Pattern ID = Pattern.compile("(?!-$)[A-Za-z0-9._:-]{1,64}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** What the model makes of a record: an event, or a reason. */
  record Result(Event event, Reason reason) {}

  private static final class No extends RuntimeException {
    private static final long serialVersionUID = 1;
    final Reason reason;

    No(Reason reason) {
      super(null, null, false, false);
      this.reason = reason;
    }
  }

  private static JsonMapper mapper(boolean strictKeys) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strictKeys)
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNumberLength(100_000)
                        .maxNameLength(100_000)
                        .maxNestingDepth(100_000)
                        .build())
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  Result decode(Topic topic, byte[] value, String canonical) {
    try {
      Event event = event(topic, tree(value), canonical);
      long limit = limitMs(event);
      Stamp stamp = event.stamp();
      if (stamp.receivedAt() != Stamp.ABSENT && stamp.receivedAt() - stamp.eventTime() > limit) {
        throw new No(Reason.TOO_LATE);
      }
      return new Result(event, null);
    } catch (No e) {
      return new Result(null, e.reason);
    }
  }

  private static long limitMs(Event event) {
    long minute = 60_000;
    return switch (event.topic()) {
      case GPS, BUTTONS, CALLS, LOGINS, FLIGHTS -> 120 * minute;
      case FLEET, RULES -> 10 * minute;
      case RATINGS, COMPLAINTS, VERDICTS, UNDO -> Long.MAX_VALUE;
      case ORDERS -> event.toString().contains("type=SETTLED") ? Long.MAX_VALUE : 10 * minute;
    };
  }

  static JsonNode tree(byte[] value) {
    if (value.length > 65536) {
      throw new No(Reason.TOO_LARGE);
    }
    String text = new String(value, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value)) {
      throw new No(Reason.BAD_UTF8);
    }
    // What would make databind guess at another encoding is no JSON anyway.
    if (text.startsWith("\uFEFF") || text.indexOf('\0') >= 0) {
      throw new No(Reason.BAD_JSON);
    }
    JsonNode tree = parse(LENIENT, value, Reason.BAD_JSON);
    if (tree == null || !tree.isObject() || depth(text) > 16) {
      throw new No(Reason.BAD_JSON);
    }
    return parse(STRICT, value, Reason.DUPLICATE_KEY);
  }

  private static JsonNode parse(JsonMapper mapper, byte[] value, Reason otherwise) {
    try {
      return mapper.readTree(value);
    } catch (JsonProcessingException e) {
      throw new No(otherwise);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By counting brackets: the tree forgets what stood under a key that came twice. */
  private static int depth(String json) {
    String bare = json.replaceAll("\"([^\"\\\\]|\\\\.)*+\"", "");
    int depth = 0;
    int deepest = 0;
    for (char c : bare.toCharArray()) {
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  private static Event event(Topic topic, JsonNode r, String canonical) {
    boolean received = List.of(Topic.GPS, Topic.BUTTONS, Topic.CALLS, Topic.LOGINS).contains(topic);
    Stamp s =
        new Stamp(
            time(need(r, "eventTime")),
            received ? time(need(r, "receivedAt")) : timeOrAbsent(r, "receivedAt"),
            idOrNull(r, "eventId"),
            topic == Topic.GPS ? null : canonical);
    check(s.time() >= 946_684_800_000L && s.time() < 4_102_444_800_000L);
    return switch (topic) {
      case ORDERS -> order(s, r);
      case GPS -> fix(s, r);
      case BUTTONS ->
          new Press(
              s,
              id(r, "orderId"),
              id(r, "driverId"),
              id(r, "deviceId"),
              oneOf(Press.Button.class, r, "button"),
              any(r, "lat") ? degrees(r, "lat", 90) : Double.NaN,
              any(r, "lon") ? degrees(r, "lon", 180) : Double.NaN);
      case CALLS -> call(s, r);
      case LOGINS ->
          new Login(
              s,
              id(r, "driverId"),
              id(r, "deviceId"),
              oneOf(Login.Action.class, r, "action"),
              textOrNull(r, "appVersion"),
              textOrNull(r, "ip"));
      case FLIGHTS -> flight(s, r);
      case FLEET ->
          new FleetRecord(
              s,
              id(r, "driverId"),
              strings(need(r, "phones"), true),
              plate(r),
              oneOf(VehicleClass.class, r, "vehicleClass"),
              idOrNull(r, "vehicleDeviceId"),
              city(r));
      case RATINGS ->
          new Rating(
              s,
              id(r, "orderId"),
              id(r, "driverId"),
              id(r, "passengerId"),
              oneOf(Rating.By.class, r, "by"),
              (int) whole(need(r, "stars"), 1, 5),
              any(r, "tags") ? strings(r.get("tags"), false) : List.of());
      case COMPLAINTS ->
          new Complaint(
              s,
              id(r, "complaintId"),
              id(r, "orderId"),
              id(r, "driverId"),
              id(r, "passengerId"),
              oneOf(Complaint.Type.class, r, "type"),
              textOrNull(r, "category"));
      case VERDICTS ->
          new HumanVerdict(
              s,
              oneOf(HumanVerdict.Subject.class, r, "subject"),
              sized(text(r, "subjectId"), 512),
              id(r, "driverId"),
              oneOf(HumanVerdict.Decision.class, r, "verdict"),
              text(r, "decidedBy"),
              textOrNull(r, "note"));
      case RULES -> rules(s, r);
      case UNDO ->
          new Undo(
              s,
              id(r, "undoId"),
              text(r, "version"),
              idOrNull(r, "ruleId"),
              timeOrAbsent(r, "from"),
              timeOrAbsent(r, "until"),
              oneOf(Undo.State.class, r, "state"),
              text(r, "decidedBy"),
              textOrNull(r, "note"));
    };
  }

  private static Event flight(Stamp s, JsonNode r) {
    long scheduled = time(need(r, "scheduledArrival"));
    check(within(scheduled, s.time(), 400));
    for (String name : List.of("estimatedArrival", "actualArrival")) {
      if (any(r, name)) {
        check(within(time(r.get(name)), s.time(), 400));
        check(within(time(r.get(name)), scheduled, 30));
      }
    }
    return new FlightStatus(
        s,
        new FlightKey(text(r, "flightNo"), date(r), textOrNull(r, "arrivesAt")),
        any(r, "mode") ? oneOf(FlightStatus.Mode.class, r, "mode") : FlightStatus.Mode.FLIGHT,
        oneOf(FlightStatus.Status.class, r, "status"),
        scheduled,
        timeOrAbsent(r, "estimatedArrival"),
        timeOrAbsent(r, "actualArrival"));
  }

  private static boolean within(long one, long other, int days) {
    return one - other <= days * 86_400_000L && other - one <= days * 86_400_000L;
  }

  private static Event order(Stamp s, JsonNode r) {
    OrderEvent.Type type = oneOf(OrderEvent.Type.class, r, "type");
    Booking booking = null;
    switch (type) {
      case PLACED, ACCEPTED, REASSIGNED, CHANGED -> {
        booking = booking(r);
        check(within(booking.pickupAt(), s.time(), 400));
      }
      case CANCELLED, SETTLED -> {}
    }
    boolean who = type == OrderEvent.Type.ACCEPTED || type == OrderEvent.Type.REASSIGNED;
    boolean off = type == OrderEvent.Type.CANCELLED;
    return new OrderEvent(
        s,
        type,
        id(r, "orderId"),
        booking,
        who ? id(r, "driverId") : null,
        who ? plate(r) : null,
        who ? oneOf(VehicleClass.class, r, "vehicleClass") : null,
        off ? oneOf(OrderEvent.CancelledBy.class, r, "cancelledBy") : null,
        off ? textOrNull(r, "reason") : null,
        type == OrderEvent.Type.SETTLED ? cents(need(r, "chargedCents")) : 0);
  }

  private static Booking booking(JsonNode r) {
    String flightNo = textOrNull(r, "flightNo");
    String date = any(r, "serviceDate") ? date(r) : null;
    String arrivesAt = textOrNull(r, "arrivesAt");
    double seconds = number(need(r, "estimatedSeconds"));
    check(Math.abs(seconds) <= 3_153_600_000.0);
    return new Booking(
        oneOf(Scenario.class, r, "scenario"),
        city(r),
        id(r, "passengerId"),
        idOrNull(r, "passengerDeviceId"),
        time(need(r, "pickupAt")),
        place(need(r, "pickup")),
        place(need(r, "dropoff")),
        number(need(r, "estimatedMeters")),
        seconds,
        oneOf(VehicleClass.class, r, "orderedClass"),
        cents(need(r, "fixedPriceCents")),
        any(r, "couponCents") ? cents(r.get("couponCents")) : 0,
        flightNo == null ? null : new FlightKey(flightNo, date, arrivesAt));
  }

  private static Event fix(Stamp s, JsonNode r) {
    String source = text(r, "source");
    check(source.equals("PHONE") || source.equals("VEHICLE"));
    boolean vehicle = source.equals("VEHICLE");
    if (any(r, "mock")) {
      check(r.get("mock").isBoolean());
    }
    return new Fix(
        s,
        vehicle,
        vehicle ? plateKey(plate(r)) : id(r, "driverId"),
        id(r, "deviceId"),
        degrees(r, "lat", 90),
        degrees(r, "lon", 180),
        any(r, "accuracyM") ? number(r.get("accuracyM")) : Double.NaN,
        any(r, "speedKmh") ? number(r.get("speedKmh")) : Double.NaN,
        any(r, "headingDeg") ? number(r.get("headingDeg")) : Double.NaN,
        any(r, "mock") && r.get("mock").booleanValue(),
        any(r, "datum") ? oneOf(Fix.Datum.class, r, "datum") : Fix.Datum.WGS84);
  }

  private static Event call(Stamp s, JsonNode r) {
    String pair = text(r, "channel") + " " + text(r, "outcome");
    check(
        List.of("CALL CONNECTED", "CALL NO_ANSWER", "CALL FAILED", "SMS SENT", "SMS FAILED")
            .contains(pair));
    return new Call(
        s,
        id(r, "orderId"),
        id(r, "driverId"),
        id(r, "passengerId"),
        oneOf(Call.Channel.class, r, "channel"),
        oneOf(Call.Caller.class, r, "caller"),
        oneOf(Call.Outcome.class, r, "outcome"),
        any(r, "durationS") ? number(r.get("durationS")) : -1);
  }

  private static Event rules(Stamp s, JsonNode r) {
    long from = time(need(r, "effectiveFrom"));
    check(
        s.receivedAt() == Stamp.ABSENT
            ? from >= s.eventTime()
            : from >= s.eventTime() || from >= s.receivedAt());
    check(need(r, "settings").isObject());
    try {
      Settings.of(plain(r.get("settings")), Rules.catalogue());
    } catch (InvalidSettingsException e) {
      throw new No(Reason.BAD_FIELD);
    }
    return new RulesRecord(s, text(r, "version"), from, null);
  }

  private static Map<String, Object> plain(JsonNode object) {
    return LONGS.convertValue(object, new TypeReference<Map<String, Object>>() {});
  }

  private static void check(boolean fine) {
    if (!fine) {
      throw new No(Reason.BAD_FIELD);
    }
  }

  private static boolean any(JsonNode r, String name) {
    return r.hasNonNull(name);
  }

  private static JsonNode need(JsonNode r, String name) {
    if (!any(r, name)) {
      throw new No(Reason.MISSING_FIELD);
    }
    return r.get(name);
  }

  private static String string(JsonNode node) {
    check(node.isTextual());
    String text = node.textValue();
    check(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text));
    return text;
  }

  private static String text(JsonNode r, String name) {
    return string(need(r, name));
  }

  private static String textOrNull(JsonNode r, String name) {
    return any(r, name) ? text(r, name) : null;
  }

  private static String id(JsonNode r, String name) {
    String id = text(r, name);
    check(ID.matcher(id).matches());
    return id;
  }

  private static String idOrNull(JsonNode r, String name) {
    return any(r, name) ? id(r, name) : null;
  }

  private static String sized(String text, int max) {
    int chars = (int) text.codePoints().count();
    check(chars >= 1 && chars <= max);
    return text;
  }

  private static String city(JsonNode r) {
    String city = sized(text(r, "city"), 64);
    check(!city.matches("(?s).*\\p{Cc}.*"));
    return city;
  }

  private static String plate(JsonNode r) {
    String plate = sized(text(r, "plate"), 16);
    check(!plateKey(plate).isEmpty());
    return plate;
  }

  private static String plateKey(String plate) {
    return Normalizer.normalize(plate, Normalizer.Form.NFKC)
        .replaceAll("[^\\p{L}\\p{Nd}]", "")
        .toUpperCase(Locale.ROOT);
  }

  private static String date(JsonNode r) {
    String date = text(r, "serviceDate");
    check(DATE.matcher(date).matches());
    int month = Integer.parseInt(date.substring(5, 7));
    int day = Integer.parseInt(date.substring(8));
    check(month >= 1 && month <= 12);
    int year = Integer.parseInt(date.substring(0, 4));
    check(day >= 1 && day <= java.time.YearMonth.of(year, month).lengthOfMonth());
    return date;
  }

  private static List<String> strings(JsonNode array, boolean ids) {
    check(array.isArray());
    List<String> strings = new ArrayList<>();
    for (JsonNode element : array) {
      strings.add(string(element));
      check(!ids || ID.matcher(element.textValue()).matches());
    }
    return strings;
  }

  private static long whole(JsonNode node, long min, long max) {
    check(node.isIntegralNumber() && node.canConvertToLong());
    long value = node.longValue();
    check(value >= min && value <= max);
    return value;
  }

  private static long time(JsonNode node) {
    return whole(node, -62167219200000L, 253402300799999L);
  }

  private static long timeOrAbsent(JsonNode r, String name) {
    return any(r, name) ? time(r.get(name)) : Long.MIN_VALUE;
  }

  private static long cents(JsonNode node) {
    return whole(node, 0, 1_000_000_000_000_000L);
  }

  private static double number(JsonNode node) {
    check(node.isNumber());
    double value = node.doubleValue();
    check(Double.isFinite(value));
    return value == 0 ? 0.0 : value;
  }

  private static double degrees(JsonNode r, String name, double max) {
    double value = number(need(r, name));
    check(value >= -max && value <= max);
    return value;
  }

  private static Place place(JsonNode node) {
    check(node.isObject());
    return new Place(degrees(node, "lat", 90), degrees(node, "lon", 180));
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, JsonNode r, String name) {
    String text = text(r, name);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw new No(Reason.BAD_FIELD);
    }
  }
}
