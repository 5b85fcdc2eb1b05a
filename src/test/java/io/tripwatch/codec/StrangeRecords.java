package io.tripwatch.codec;

import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Topic;
import io.tripwatch.event.Undo;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleSpec;
import io.tripwatch.settings.Setting;
import io.tripwatch.settings.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Records of all topics that the contract allows and nobody expects: odd characters wherever there
 * may be any, numbers at their bounds, events in any order, things that never were. Few ids, so
 * that they meet. The same seed gives the same records.
 */
public final class StrangeRecords {
  /** When they happen. */
  public enum When {
    /** All at one instant. */
    AT_ONCE,
    /** Within three days, many at the same instants. */
    WITHIN_DAYS,
    /** One after the other, as records come in. */
    IN_TURN
  }

  /**
   * One of them.
   *
   * @param key of Kafka
   */
  public record Strange(Topic topic, String key, byte[] json) {}

  /** When the first of them happen, milliseconds since 1970. */
  public static final long START = 1_780_000_000_000L;

  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final long LAST_INSTANT = 253_402_300_799_999L;

  /** After so many records come new orders, drivers and the like. */
  private static final int RECORDS_PER_CAST = 1_500;

  private static final Topic[] TOPICS = Topic.values();

  private static final String[] TEXTS = {
    "",
    " ",
    "/",
    "//",
    "-",
    "-/",
    "~",
    "~2",
    "a/b",
    "a|b",
    "3:a|",
    "null",
    "|",
    ":",
    ".",
    "..",
    "../x",
    "\"",
    "\\",
    "\\u0000",
    "\u0000",
    "\n",
    "\r\n",
    "\t",
    "\u0085",
    "\u2028",
    "\u202eabc",
    "אבג",
    "e\u0301",
    "\u0301",
    "\uFEFF",
    "\uFFFD",
    "\uFFFF",
    "😀",
    "👩‍👩‍👧‍👦",
    "𐐀",
    "川",
    "ﬁ",
    "ß",
    "İ",
    "%s%n",
    "{}",
    "[]",
    "<b>",
    "' OR 1=1",
    "2026-05-28",
    "ALL",
    "default",
    "true",
    "1e999",
    "x".repeat(900)
  };

  private static final String[] CITIES = {
    "SFO",
    "chengdu",
    "Domat/Ems",
    "ALL",
    "-",
    " ",
    "~",
    "a|b",
    "/",
    "//",
    "..",
    "\"",
    "\\",
    "%s",
    "/2026-05-28",
    "ALL/2026-05-28",
    "2026-05-28",
    "null",
    "\u202eOFS",
    "e\u0301",
    "😀".repeat(64),
    "\u2028",
    "\uFFFF",
    "x".repeat(64)
  };

  private static final String[] PLATES = {
    "川A·12345",
    "川Ａ12345",
    "川a 12345",
    "7ABC123",
    "7abc-123",
    "😀7",
    "ß",
    "①",
    "/7",
    "~7",
    "\"7\\",
    "7\u0000",
    "א1",
    "e\u0301",
    "𐐀".repeat(16),
    "ﬁ",
    "İ",
    "null",
    " ".repeat(15) + "7"
  };

  private static final String[] ZONES = {
    "Z",
    "+18:00",
    "-18:00",
    "Asia/Shanghai",
    "America/Los_Angeles",
    "Europe/Zurich",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC"
  };

  private static final String[] NUMBERS = {
    "0",
    "-0.0",
    "5e-324",
    "-5e-324",
    "1",
    "-1",
    "0.1",
    "100",
    "1e308",
    "-1e308",
    "1.7976931348623157e308",
    "123456789.123456789",
    "1e-7",
    "100.00000000000001"
  };

  private static final String[] PERIODS = {"0001-01-01", "2026-05-28", "2026-05-29", "9999-12-31"};

  private final SplittableRandom random;
  private final When when;
  private long made;
  private Strange last;

  /** Those of a seed. */
  public StrangeRecords(long seed, When when) {
    random = new SplittableRandom(seed);
    this.when = when;
  }

  /** The next one; now and then one that was there already. */
  public Strange next() {
    made++;
    if (last != null && one(20)) {
      return last;
    }
    Topic topic = one(2) ? any(Topic.ORDERS, Topic.GPS, Topic.BUTTONS) : any(TOPICS);
    // Each version and each undo has all trips judged again.
    boolean isForAll = topic == Topic.RULES || topic == Topic.UNDO;
    topic = isForAll && !one(40) ? Topic.GPS : topic;
    last =
        switch (topic) {
          case ORDERS -> order();
          case GPS -> fix();
          case BUTTONS -> press();
          case CALLS -> call();
          case LOGINS -> login();
          case FLIGHTS -> flight();
          case FLEET -> fleet();
          case RATINGS -> rating();
          case COMPLAINTS -> complaint();
          case VERDICTS -> verdict();
          case RULES -> rules();
          case UNDO -> undo();
        };
    return last;
  }

  private final class Made {
    private final StringBuilder json = new StringBuilder("{");
    private final long time;

    /** The times; what is received must be so within a limit, or never, of which 0 tells. */
    Made(boolean mustBeReceived, long latestMs) {
      long happened = time();
      number("eventTime", happened);
      long received = happened;
      if (mustBeReceived || one(3)) {
        received = happened + pick(0, 1, 350, -1, -5_000, -10_000, -10_001, -DAY, latestMs);
        number("receivedAt", received);
      }
      time = Math.min(happened, received);
      if (one(4)) {
        text("eventId", "e-" + random.nextInt(50));
      }
      if (one(10)) {
        text("unknown", any(TEXTS));
      }
    }

    Made raw(String name, String value) {
      json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value);
      return this;
    }

    Made text(String name, String value) {
      return raw(name, quoted(value));
    }

    Made number(String name, long value) {
      return raw(name, Long.toString(value));
    }

    Made oneOf(String name, Enum<?>[] constants) {
      return text(name, any(constants).name());
    }

    /** Absent, null or this. */
    Made maybe(String name, String value) {
      return one(3) ? this : raw(name, one(6) ? "null" : value);
    }

    Made maybeText(String name) {
      return maybe(name, quoted(any(TEXTS)));
    }

    Strange of(Topic topic, String key) {
      byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
      return new Strange(topic, key, bytes);
    }
  }

  private long time() {
    return switch (when) {
      case AT_ONCE -> START;
      case WITHIN_DAYS ->
          START
              + (one(3)
                  ? random.nextLong(3 * DAY)
                  : random.nextInt(3 * 24 * 6) * 10 * MINUTE + pick(-1, 0, 0, 0, 1, MINUTE));
      case IN_TURN -> START + made * 500 + pick(0, 0, -MINUTE, 500);
    };
  }

  private Strange order() {
    OrderEvent.Type type = any(OrderEvent.Type.values());
    Made made = new Made(false, 10 * MINUTE);
    String orderId = orderId();
    made.text("type", type.name()).text("orderId", orderId);
    if (type == OrderEvent.Type.CANCELLED) {
      made.oneOf("cancelledBy", OrderEvent.CancelledBy.values());
      made.maybe("reason", quoted(one(2) ? "OVER_CAPACITY" : any(TEXTS)));
    } else if (type == OrderEvent.Type.SETTLED) {
      made.raw("chargedCents", cents());
    } else {
      book(made);
    }
    if (type.assigns()) {
      made.text("driverId", driver()).text("plate", any(PLATES));
      made.oneOf("vehicleClass", VehicleClass.values());
    }
    return made.of(Topic.ORDERS, orderId);
  }

  private void book(Made made) {
    long pickupIn =
        pick(
            0,
            1,
            -1,
            400 * DAY,
            -400 * DAY,
            10 * MINUTE,
            30 * MINUTE,
            59 * MINUTE,
            60 * MINUTE,
            DAY);
    made.oneOf("scenario", Scenario.values()).text("city", any(CITIES));
    made.text("passengerId", passenger()).maybe("passengerDeviceId", quoted(device()));
    made.number("pickupAt", made.time + pickupIn);
    made.raw("pickup", place()).raw("dropoff", place());
    made.raw("estimatedMeters", any("0", "499.9", "500", "2000", "21500.5", any(NUMBERS)));
    made.raw("estimatedSeconds", any("0", "-1", "600", "1e-300", "3153600000", "-3153600000"));
    made.oneOf("orderedClass", VehicleClass.values()).raw("fixedPriceCents", cents());
    made.maybe("couponCents", cents()).maybe("flightNo", quoted(flightNo()));
    made.maybe("serviceDate", quoted(any(PERIODS))).maybe("arrivesAt", quoted(any("SFO", "|", "")));
  }

  private Strange fix() {
    Made made = new Made(true, 120 * MINUTE);
    boolean vehicle = one(3);
    String plate = any(PLATES);
    String driverId = driver();
    made.text("source", vehicle ? "VEHICLE" : "PHONE");
    made.text(vehicle ? "plate" : "driverId", vehicle ? plate : driverId);
    made.text("deviceId", device()).raw("lat", lat()).raw("lon", lon());
    made.maybe("accuracyM", any("5", "99.9", "100", "100.1", any(NUMBERS)));
    made.maybe("speedKmh", any("0", "20", "21", "121", any(NUMBERS)));
    made.maybe("headingDeg", any("0", "359", "-720", any(NUMBERS)));
    made.maybe("mock", any("true", "false", "false"));
    made.maybe("datum", quoted(any(Fix.Datum.values()).name()));
    return made.of(Topic.GPS, vehicle ? plate : driverId);
  }

  private Strange press() {
    Made made = new Made(true, 120 * MINUTE);
    String orderId = orderId();
    made.text("orderId", orderId).text("driverId", driver()).text("deviceId", device());
    made.oneOf("button", Press.Button.values()).maybe("lat", lat()).maybe("lon", lon());
    return made.of(Topic.BUTTONS, orderId);
  }

  private Strange call() {
    Made made = new Made(true, 120 * MINUTE);
    boolean voice = one(2);
    String orderId = orderId();
    made.text("orderId", orderId).text("driverId", driver()).text("passengerId", passenger());
    made.text("channel", voice ? "CALL" : "SMS").oneOf("caller", Call.Caller.values());
    made.text("outcome", voice ? any("CONNECTED", "NO_ANSWER", "FAILED") : any("SENT", "FAILED"));
    made.maybe("durationS", any(NUMBERS));
    return made.of(Topic.CALLS, orderId);
  }

  private Strange login() {
    Made made = new Made(true, 120 * MINUTE);
    String driverId = driver();
    made.text("driverId", driverId).text("deviceId", device());
    made.oneOf("action", Login.Action.values()).maybeText("appVersion").maybeText("ip");
    return made.of(Topic.LOGINS, driverId);
  }

  private Strange flight() {
    Made made = new Made(false, 120 * MINUTE);
    String flightNo = flightNo();
    long scheduled = made.time + pick(0, 370 * DAY, -370 * DAY, 60 * MINUTE, -60 * MINUTE);
    made.text("flightNo", flightNo).text("serviceDate", any(PERIODS));
    made.maybe("arrivesAt", quoted(any("SFO", "|", "")));
    made.maybe("mode", quoted(any(FlightStatus.Mode.values()).name()));
    made.oneOf("status", FlightStatus.Status.values()).number("scheduledArrival", scheduled);
    for (String arrival : List.of("estimatedArrival", "actualArrival")) {
      long off = pick(0, 1, -1, 30 * DAY, -30 * DAY, 20 * MINUTE, 120 * MINUTE);
      made.maybe(arrival, Long.toString(scheduled + off));
    }
    return made.of(Topic.FLIGHTS, flightNo);
  }

  private Strange fleet() {
    Made made = new Made(false, 10 * MINUTE);
    String driverId = driver();
    List<String> phones =
        IntStream.range(0, random.nextInt(4)).mapToObj(any -> quoted(device())).toList();
    made.text("driverId", driverId).raw("phones", phones.toString()).text("plate", any(PLATES));
    made.oneOf("vehicleClass", VehicleClass.values()).maybe("vehicleDeviceId", quoted(device()));
    return made.text("city", any(CITIES)).of(Topic.FLEET, driverId);
  }

  private Strange rating() {
    Made made = new Made(false, LAST_INSTANT - 2 * START);
    String orderId = orderId();
    List<String> tags =
        IntStream.range(0, random.nextInt(3)).mapToObj(any -> quoted(any(TEXTS))).toList();
    made.text("orderId", orderId).text("driverId", driver()).text("passengerId", passenger());
    made.oneOf("by", Rating.By.values()).number("stars", random.nextInt(1, 6));
    return made.maybe("tags", tags.toString()).of(Topic.RATINGS, orderId);
  }

  private Strange complaint() {
    Made made = new Made(false, DAY);
    String complaintId = complaintId();
    made.text("complaintId", complaintId).text("orderId", orderId()).text("driverId", driver());
    made.text("passengerId", passenger()).oneOf("type", Complaint.Type.values());
    return made.maybeText("category").of(Topic.COMPLAINTS, complaintId);
  }

  private Strange verdict() {
    Made made = new Made(false, DAY);
    String subject =
        switch (random.nextInt(8)) {
          case 0 -> orderId();
          case 1 -> complaintId();
          case 2 -> any(CITIES) + "/" + any(PLATES) + "/" + any(CITIES);
          case 3 -> "-/" + driver() + "/device-shared/" + device() + "@" + any(PERIODS);
          case 4 ->
              "-/" + driver() + "/" + ruleId() + "/" + any("", "2026-05-28", "soon", "@", "a/b");
          case 5 -> orderId() + "/" + driver() + "/complaint-upheld/" + complaintId();
          default ->
              orderId()
                  + "/"
                  + driver()
                  + any("", "", "~2", "~99999999999", "~0", "~")
                  + "/"
                  + ruleId();
        };
    made.oneOf("subject", HumanVerdict.Subject.values()).text("subjectId", subject);
    made.text("driverId", driver()).oneOf("verdict", HumanVerdict.Decision.values());
    return made.text("decidedBy", any(TEXTS)).maybeText("note").of(Topic.VERDICTS, subject);
  }

  private Strange rules() {
    Made made = new Made(false, 10 * MINUTE);
    String version = version();
    made.text("version", version);
    made.number("effectiveFrom", pick(made.time, made.time + 60 * MINUTE, LAST_INSTANT));
    List<String> sections = new ArrayList<>(level());
    sections.add("\"scenarios\":{\"" + any(Scenario.values()) + "\":" + object(level()) + "}");
    List<String> ofCity = new ArrayList<>(level());
    ofCity.add("\"zone\":" + quoted(any(ZONES)));
    sections.add("\"cities\":{" + quoted(any(CITIES)) + ":" + object(ofCity) + "}");
    return made.raw("settings", object(sections)).of(Topic.RULES, version);
  }

  private List<String> level() {
    List<String> rules = new ArrayList<>();
    for (RuleSpec rule : Rules.catalogue()) {
      List<String> settings = new ArrayList<>();
      for (Setting setting : rule.settings()) {
        if (one(6)) {
          settings.add(quoted(setting.name()) + ":" + value(setting));
        }
      }
      rules.add(quoted(rule.id()) + ":" + object(settings));
    }
    List<String> trip = new ArrayList<>();
    trip.add("\"pickupRadiusM\":" + any("1", "500", "20000"));
    trip.add("\"dropoffRadiusM\":" + any("1", "1000", "20000"));
    trip.add("\"maxAccuracyM\":" + any("0", "100", "10000"));
    trip.add("\"stay\":" + quoted(any("0 s", "1 min", "30 min")));
    return List.of(
        "\"rules\":" + object(rules),
        "\"trip\":" + object(trip),
        "\"penalties\":{\"settleAfter\":" + quoted(any("0 s", "24 h", "30 d")) + "}");
  }

  private String value(Setting setting) {
    return switch (setting.kind()) {
      case FLAG -> any("true", "false");
      case SEVERITY -> quoted(any(Severity.values()).name());
      case DURATION ->
          quoted(Duration.ofMillis(pick((long) setting.min(), (long) setting.max())).toString());
      case INTEGER -> Long.toString(pick((long) setting.min(), (long) setting.max()));
      case NUMBER -> any(Double.toString(setting.min()), Double.toString(setting.max()));
    };
  }

  private Strange undo() {
    Made made = new Made(false, DAY);
    String undoId = "u-" + random.nextInt(9);
    made.text("undoId", undoId).text("version", version()).maybe("ruleId", quoted(ruleId()));
    made.maybe("from", Long.toString(pick(0, START, START + DAY, LAST_INSTANT)));
    made.maybe("until", Long.toString(pick(0, START, START + DAY, LAST_INSTANT)));
    made.oneOf("state", Undo.State.values()).text("decidedBy", any(TEXTS)).maybeText("note");
    return made.of(Topic.UNDO, undoId);
  }

  private static String object(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }

  private String place() {
    return "{\"lat\":" + lat() + ",\"lon\":" + lon() + "}";
  }

  private String lat() {
    return one(8)
        ? any("90", "-90", "0", "5e-324", "-0.0", "0.001", "89.999999999", "30.57")
        : Double.toString(30.57 + random.nextInt(4) * 0.004);
  }

  private String lon() {
    return one(8)
        ? any("180", "-180", "0", "5e-324", "-0.0", "-0.001", "179.999999999", "103.94")
        : Double.toString(103.94 + random.nextInt(4) * 0.004);
  }

  private String cents() {
    return any("0", "1", "6800", "1000000000000000");
  }

  private String cast(String one) {
    return one + ":" + made / RECORDS_PER_CAST;
  }

  /** Ids of all kinds are taken from one stock, so that an order may be called as its driver is. */
  private String orderId() {
    return cast(any(".", "_", ":", "--", "a", "-1", "..", "x".repeat(50), "o", "b"));
  }

  private String driver() {
    return cast(any(".", ":", "--", "a", "x".repeat(50)));
  }

  private String passenger() {
    return cast(any(".", "a", "p", "x".repeat(50)));
  }

  private String device() {
    return cast(any(".", "a", "_", "ph", "x".repeat(50)));
  }

  private String complaintId() {
    return cast(any(".", "c", "x".repeat(50)));
  }

  private String flightNo() {
    return any("", "UA 857", "1:|", "G1");
  }

  private String version() {
    return any("default", "", "v1", "v/2", "😀", "v\u0000", "v".repeat(500));
  }

  private String ruleId() {
    return any(Rules.catalogue()).id();
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  @SafeVarargs
  private <T> T any(T... from) {
    return from[random.nextInt(from.length)];
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private long pick(long... from) {
    return from[random.nextInt(from.length)];
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
