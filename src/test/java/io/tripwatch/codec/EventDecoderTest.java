package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.DeadLetter.Reason;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Incoming;
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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final long TIME = 1_795_334_400_000L;

  private final EventDecoder decoder = new EventDecoder();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Event accepted(Topic topic, String json) {
    Decoded decoded = decoder.decode(topic, utf8(json));
    assertTrue(decoded.isAccepted(), () -> decoded + " of " + json);
    assertNull(decoded.reason());
    assertNull(decoded.detail());
    return decoded.event();
  }

  private String refused(Reason reason, Topic topic, byte[] value) {
    Decoded decoded = decoder.decode(topic, value);
    assertEquals(reason, decoded.reason(), decoded.toString());
    assertNull(decoded.event());
    assertNotNull(decoded.detail());
    return decoded.detail();
  }

  private String refused(Reason reason, Topic topic, String json) {
    return refused(reason, topic, utf8(json));
  }

  /** The sample with one field set to another JSON value. */
  private static String with(String sample, String field, String value) {
    return Records.with(sample, field, value);
  }

  private static String without(String sample, String field) {
    return Records.with(sample, field, null);
  }

  private static Stamp withoutCanonical(Event event) {
    Stamp stamp = event.stamp();
    return new Stamp(stamp.eventTime(), stamp.receivedAt(), stamp.eventId(), null);
  }

  private static final Booking BOOKING =
      new Booking(
          Scenario.AIRPORT_PICKUP,
          "SFO",
          "p-1",
          "pd-1",
          1_795_338_000_000L,
          new Place(37.6163, -122.3861),
          new Place(37.7793, -122.4193),
          21500.5,
          1500,
          VehicleClass.COMFORT,
          6800,
          500,
          new FlightKey("UA 857", "2026-11-22", "SFO"));

  @Test
  void readsEveryFieldOfAnOrder() {
    Event placed = accepted(Topic.ORDERS, Records.PLACED);
    assertEquals(new Stamp(TIME, TIME + 350, null, null), withoutCanonical(placed));
    Stamp stamp = placed.stamp();
    assertEquals(
        new OrderEvent(
            stamp, OrderEvent.Type.PLACED, "o-1", BOOKING, null, null, null, null, null, 0),
        placed);

    OrderEvent accepted = (OrderEvent) accepted(Topic.ORDERS, Records.ACCEPTED);
    assertEquals(
        new OrderEvent(
            accepted.stamp(),
            OrderEvent.Type.ACCEPTED,
            "o-1",
            BOOKING,
            "d-7",
            "7ABC123",
            VehicleClass.COMFORT,
            null,
            null,
            0),
        accepted);

    OrderEvent cancelled = (OrderEvent) accepted(Topic.ORDERS, Records.CANCELLED);
    assertEquals(OrderEvent.CancelledBy.DRIVER, cancelled.cancelledBy());
    assertEquals(OrderEvent.OVER_CAPACITY, cancelled.reason());
    assertNull(cancelled.booking());

    assertEquals(6800, ((OrderEvent) accepted(Topic.ORDERS, Records.SETTLED)).chargedCents());
  }

  @Test
  void readsEveryFieldOfAFix() {
    assertEquals(
        new Fix(
            new Stamp(TIME, TIME + 350, "e-1", null),
            false,
            "d-7",
            "ph-7",
            37.6163512,
            -122.3861004,
            8,
            41.5,
            270,
            false,
            Fix.Datum.GCJ02),
        accepted(Topic.GPS, Records.PHONE_FIX));
    assertEquals(
        new Fix(
            new Stamp(TIME, TIME + 350, null, null),
            true,
            "川AD12345",
            "vt-7",
            30.5785,
            103.9471,
            Double.NaN,
            0,
            Double.NaN,
            false,
            Fix.Datum.WGS84),
        accepted(Topic.GPS, Records.VEHICLE_FIX));
  }

  @Test
  void readsEveryFieldOfTheSmallTopics() {
    Event event = accepted(Topic.BUTTONS, Records.PRESS);
    Stamp stamp = event.stamp();
    assertEquals(
        new Press(stamp, "o-1", "d-7", "ph-7", Press.Button.ON_SITE, 37.6163, -122.3861), event);

    event = accepted(Topic.CALLS, Records.CALL);
    assertEquals(
        new Call(
            event.stamp(),
            "o-1",
            "d-7",
            "p-1",
            Call.Channel.CALL,
            Call.Caller.DRIVER,
            Call.Outcome.CONNECTED,
            82),
        event);
    assertEquals(-1, ((Call) accepted(Topic.CALLS, Records.TEXT)).durationS());

    event = accepted(Topic.LOGINS, Records.LOGIN);
    assertEquals(
        new Login(event.stamp(), "d-7", "ph-7", Login.Action.LOGIN, "7.1.0", "10.1.2.3"), event);

    event = accepted(Topic.FLIGHTS, Records.FLIGHT);
    assertEquals(
        new FlightStatus(
            event.stamp(),
            new FlightKey("UA 857", "2026-11-22", "SFO"),
            FlightStatus.Mode.FLIGHT,
            FlightStatus.Status.ARRIVED,
            1_795_333_800_000L,
            1_795_334_300_000L,
            1_795_334_390_000L),
        event);
    assertEquals(Stamp.ABSENT, event.stamp().receivedAt());

    event = accepted(Topic.FLEET, Records.FLEET);
    assertEquals(
        new FleetRecord(
            event.stamp(),
            "d-7",
            List.of("ph-7", "ph-7b"),
            "川A·D12345",
            VehicleClass.BUSINESS,
            "vt-7",
            "chengdu"),
        event);

    event = accepted(Topic.RATINGS, Records.RATING);
    assertEquals(
        new Rating(
            event.stamp(), "o-1", "d-7", "p-1", Rating.By.PASSENGER, 2, List.of("late", "迟到")),
        event);

    event = accepted(Topic.COMPLAINTS, Records.COMPLAINT);
    assertEquals(
        new Complaint(event.stamp(), "c-1", "o-1", "d-7", "p-1", Complaint.Type.OPENED, "LATE"),
        event);

    event = accepted(Topic.VERDICTS, Records.VERDICT);
    assertEquals(
        new HumanVerdict(
            event.stamp(),
            HumanVerdict.Subject.ALERT,
            "o-1/d-7/no-show",
            "d-7",
            HumanVerdict.Decision.UPHELD,
            "qc-1",
            "seen on camera"),
        event);

    event = accepted(Topic.RULES, Records.RULES);
    assertEquals(
        new RulesRecord(
            event.stamp(),
            "2026-12",
            TIME,
            "{\"rules\":{\"no-show\":{\"enabled\":true,\"fineCents\":100}},"
                + "\"trip\":{\"maxAccuracyM\":80}}"),
        event);

    event = accepted(Topic.UNDO, Records.UNDO);
    assertEquals(
        new Undo(
            event.stamp(),
            "u-1",
            "2026-12",
            "no-show",
            TIME - 3_600_000,
            TIME,
            Undo.State.UNDONE,
            "qc-1",
            "wrong radius"),
        event);
    String bare = Records.UNDO;
    for (String field : List.of("ruleId", "from", "until", "note")) {
      bare = without(bare, field);
    }
    event = accepted(Topic.UNDO, bare);
    assertEquals(
        new Undo(
            event.stamp(),
            "u-1",
            "2026-12",
            null,
            Stamp.ABSENT,
            Stamp.ABSENT,
            Undo.State.UNDONE,
            "qc-1",
            null),
        event);
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void canonicalJsonIsTheSameForEqualContentAndOnlyFixesHaveNone(Topic topic) {
    for (String sample : Records.OF_TOPIC.get(topic)) {
      Event event = accepted(topic, sample);
      if (topic == Topic.GPS) {
        assertNull(event.canonicalJson());
        continue;
      }
      String later = with(sample, "receivedAt", Long.toString(TIME + 9000));
      String shuffled = " " + Records.reversed(later) + " \r\n";
      assertTrue(event.sameEventAs(accepted(topic, shuffled)), shuffled);
      String canonical = event.canonicalJson();
      assertEquals(Records.with(canonical, "receivedAt", null), canonical);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS,PLACED,passengerDeviceId couponCents flightNo serviceDate arrivesAt receivedAt eventId",
    "ORDERS,CANCELLED,reason",
    "GPS,PHONE_FIX,eventId accuracyM speedKmh headingDeg mock datum plate",
    "GPS,VEHICLE_FIX,speedKmh driverId",
    "BUTTONS,PRESS,lat lon",
    "CALLS,CALL,durationS",
    "LOGINS,LOGIN,appVersion ip",
    "FLIGHTS,FLIGHT,arrivesAt mode estimatedArrival actualArrival",
    "FLEET,FLEET,vehicleDeviceId receivedAt",
    "RATINGS,RATING,tags",
    "COMPLAINTS,COMPLAINT,category",
    "VERDICTS,VERDICT,note",
    "RULES,RULES,eventId receivedAt"
  })
  void optionalFieldsMayBeAbsentOrNull(Topic topic, String sample, String fields) {
    for (String field : fields.split(" ")) {
      String json = Records.named(sample);
      Event absent = accepted(topic, without(json, field));
      Event isNull = accepted(topic, with(json, field, "null"));
      assertEquals(
          absent.toString().replace(String.valueOf(absent.stamp()), ""),
          isNull.toString().replace(String.valueOf(isNull.stamp()), ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS,PLACED,eventTime type orderId scenario city passengerId pickupAt pickup dropoff"
        + " estimatedMeters estimatedSeconds orderedClass fixedPriceCents",
    "ORDERS,CHANGED,eventTime type orderId scenario city passengerId pickupAt pickup dropoff"
        + " estimatedMeters estimatedSeconds orderedClass fixedPriceCents",
    "ORDERS,ACCEPTED,pickupAt driverId plate vehicleClass",
    "ORDERS,REASSIGNED,pickupAt driverId plate vehicleClass",
    "ORDERS,CANCELLED,eventTime type orderId cancelledBy",
    "ORDERS,SETTLED,eventTime type orderId chargedCents",
    "GPS,PHONE_FIX,eventTime receivedAt source driverId deviceId lat lon",
    "GPS,VEHICLE_FIX,eventTime receivedAt source plate deviceId lat lon",
    "BUTTONS,PRESS,eventTime receivedAt orderId driverId deviceId button",
    "CALLS,CALL,eventTime receivedAt orderId driverId passengerId channel caller outcome",
    "LOGINS,LOGIN,eventTime receivedAt driverId deviceId action",
    "FLIGHTS,FLIGHT,eventTime flightNo serviceDate status scheduledArrival",
    "FLEET,FLEET,eventTime driverId phones plate vehicleClass city",
    "RATINGS,RATING,eventTime orderId driverId passengerId by stars",
    "COMPLAINTS,COMPLAINT,eventTime complaintId orderId driverId passengerId type",
    "VERDICTS,VERDICT,eventTime subject subjectId driverId verdict decidedBy",
    "RULES,RULES,eventTime version effectiveFrom settings"
  })
  void refusesAMissingOrNullRequiredField(Topic topic, String sample, String fields) {
    for (String field : fields.split(" ")) {
      String json = Records.named(sample);
      String detail = refused(Reason.MISSING_FIELD, topic, without(json, field));
      assertTrue(detail.startsWith(field + " is absent or null; it must be "), detail);
      refused(Reason.MISSING_FIELD, topic, with(json, field, "null"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORDERS|PLACED|eventTime|'\"1795334400000\"'",
        "ORDERS|PLACED|eventTime|1795334400000.0",
        "ORDERS|PLACED|eventTime|1.7953344e12",
        "ORDERS|PLACED|eventTime|253402300800000",
        "ORDERS|PLACED|eventTime|-62167219200001",
        "ORDERS|PLACED|eventTime|99999999999999999999",
        "RATINGS|RATING|eventTime|946684799999",
        "RATINGS|RATING|eventTime|4102444800000",
        "RATINGS|RATING|eventTime|1795334400",
        "GPS|PHONE_FIX|receivedAt|1795334400",
        "GPS|PHONE_FIX|receivedAt|946684799999",
        "ORDERS|PLACED|pickupAt|1795338000",
        "ORDERS|PLACED|pickupAt|1760774399999",
        "ORDERS|ACCEPTED|pickupAt|1829894400001",
        "FLIGHTS|FLIGHT|scheduledArrival|1795333800",
        "FLIGHTS|FLIGHT|estimatedArrival|1792741799999",
        "FLIGHTS|FLIGHT|estimatedArrival|1797925800001",
        "FLIGHTS|FLIGHT|actualArrival|1792741799999",
        "FLIGHTS|FLIGHT|actualArrival|1797925800001",
        "ORDERS|PLACED|receivedAt|true",
        "ORDERS|PLACED|eventId|''",
        "ORDERS|PLACED|eventId|17",
        "ORDERS|PLACED|type|'\"placed\"'",
        "ORDERS|PLACED|orderId|'\"\"'",
        "ORDERS|PLACED|orderId|'\"o 1\"'",
        "ORDERS|PLACED|orderId|'\"o/1\"'",
        "ORDERS|PLACED|orderId|'\"ö\"'",
        "ORDERS|PLACED|orderId|'\"-\"'",
        "GPS|PHONE_FIX|driverId|'\"-\"'",
        "ORDERS|PLACED|passengerDeviceId|'\"-\"'",
        "FLEET|FLEET|phones|'[\"-\"]'",
        "ORDERS|PLACED|city|7",
        "ORDERS|PLACED|city|'\"\"'",
        "ORDERS|PLACED|city|'\"a\\nb\"'",
        "ORDERS|PLACED|city|'\"\\u0000\"'",
        "ORDERS|PLACED|city|'\"a\u007f\"'",
        "FLEET|FLEET|city|'\"\u0085\"'",
        "ORDERS|PLACED|city|'\"\\ud83d\"'",
        "ORDERS|PLACED|pickup|'[37.6,-122.3]'",
        "ORDERS|PLACED|pickup|'{\"lat\":90.0000001,\"lon\":0}'",
        "ORDERS|PLACED|pickup|'{\"lat\":0,\"lon\":\"0\"}'",
        "ORDERS|PLACED|dropoff|'{\"lat\":0,\"lon\":-180.0000001}'",
        "ORDERS|PLACED|dropoff|'{\"lat\":0,\"lon\":1e999}'",
        "ORDERS|PLACED|estimatedMeters|1e309",
        "ORDERS|PLACED|estimatedSeconds|3153600000.1",
        "ORDERS|PLACED|fixedPriceCents|-1",
        "ORDERS|PLACED|fixedPriceCents|1.9",
        "ORDERS|PLACED|fixedPriceCents|1.0",
        "ORDERS|PLACED|fixedPriceCents|1e3",
        "ORDERS|PLACED|fixedPriceCents|'\"12\"'",
        "ORDERS|PLACED|fixedPriceCents|1000000000000001",
        "ORDERS|PLACED|couponCents|-1",
        "ORDERS|PLACED|serviceDate|'\"20261122\"'",
        "ORDERS|PLACED|serviceDate|'\"2026-02-29\"'",
        "ORDERS|PLACED|flightNo|857",
        "ORDERS|ACCEPTED|plate|'\"\"'",
        "ORDERS|ACCEPTED|plate|'\"12345678901234567\"'",
        "ORDERS|ACCEPTED|plate|'\"·-· \"'",
        "FLEET|FLEET|plate|'\"😀\"'",
        "GPS|VEHICLE_FIX|plate|'\"\"'",
        "GPS|VEHICLE_FIX|plate|'\"- \"'",
        "ORDERS|ACCEPTED|vehicleClass|'\"ECO\"'",
        "ORDERS|CANCELLED|cancelledBy|'\"NOBODY\"'",
        "ORDERS|CANCELLED|reason|1",
        "ORDERS|SETTLED|chargedCents|-1",
        "GPS|PHONE_FIX|source|'\"phone\"'",
        "GPS|PHONE_FIX|driverId|7",
        "GPS|PHONE_FIX|lat|'\"37.6\"'",
        "GPS|PHONE_FIX|lat|-90.00001",
        "GPS|PHONE_FIX|lon|180.00001",
        "GPS|PHONE_FIX|lon|1e999",
        "GPS|PHONE_FIX|accuracyM|'\"8\"'",
        "GPS|PHONE_FIX|mock|0",
        "GPS|PHONE_FIX|mock|'\"true\"'",
        "GPS|PHONE_FIX|datum|'\"wgs84\"'",
        "GPS|VEHICLE_FIX|plate|'\"川A123456789012345\"'",
        "BUTTONS|PRESS|button|'\"STOP\"'",
        "BUTTONS|PRESS|lat|91",
        "CALLS|CALL|outcome|'\"SENT\"'",
        "CALLS|TEXT|outcome|'\"CONNECTED\"'",
        "CALLS|TEXT|outcome|'\"NO_ANSWER\"'",
        "LOGINS|LOGIN|action|'[]'",
        "FLIGHTS|FLIGHT|status|'\"LANDED\"'",
        "FLIGHTS|FLIGHT|serviceDate|'\"2026-11-22T00:00\"'",
        "FLEET|FLEET|phones|'\"ph-7\"'",
        "FLEET|FLEET|phones|'[\"ph-7\",null]'",
        "FLEET|FLEET|phones|'[\"ph 7\"]'",
        "RATINGS|RATING|stars|0",
        "RATINGS|RATING|stars|6",
        "RATINGS|RATING|stars|4.5",
        "RATINGS|RATING|tags|'[1]'",
        "VERDICTS|VERDICT|subjectId|'\"\"'",
        "VERDICTS|VERDICT|note|'{}'",
        "UNDO|UNDO|undoId|'\"a/b\"'",
        "UNDO|UNDO|version|7",
        "UNDO|UNDO|ruleId|'\"no show\"'",
        "UNDO|UNDO|from|'\"2026\"'",
        "UNDO|UNDO|until|1.5",
        "UNDO|UNDO|state|'\"DONE\"'",
        "RULES|RULES|effectiveFrom|1795334399999",
        "RULES|RULES|settings|'[]'",
        "RULES|RULES|settings|'\"trip: {}\"'",
        "RULES|RULES|settings|7"
      })
  void refusesABadField(Topic topic, String sample, String field, String value) {
    String json = with(Records.named(sample), field, value.isEmpty() ? "\"\"" : value);
    String detail = refused(Reason.BAD_FIELD, topic, json);
    assertTrue(detail.startsWith(field), detail);
    assertTrue(detail.contains("; it must be "), detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ORDERS|PLACED|eventTime|1795334400350",
        "RATINGS|RATING|eventTime|946684800000",
        "RATINGS|RATING|eventTime|4102444799999",
        "COMPLAINTS|COMPLAINT|receivedAt|253402300799999",
        "ORDERS|PLACED|pickupAt|1760774400000",
        "ORDERS|PLACED|pickupAt|1829894400000",
        "ORDERS|CANCELLED|pickupAt|0",
        "FLIGHTS|FLIGHT|estimatedArrival|1792741800000",
        "FLIGHTS|FLIGHT|estimatedArrival|1797925800000",
        "FLIGHTS|FLIGHT|actualArrival|1792741800000",
        "FLIGHTS|FLIGHT|actualArrival|1797925800000",
        "ORDERS|PLACED|orderId|'\"AZaz09._:-\"'",
        "ORDERS|PLACED|orderId|'\"--\"'",
        "ORDERS|PLACED|orderId|'\"-1\"'",
        "ORDERS|PLACED|city|'\"Domat/Ems\"'",
        "ORDERS|PLACED|city|'\" \"'",
        "ORDERS|PLACED|city|'\"\u00a0\u202eß\u200d\"'",
        "ORDERS|PLACED|city|'\"\\ud83d\\ude00\"'",
        "ORDERS|PLACED|flightNo|'\"高铁|G1\"'",
        "ORDERS|PLACED|pickup|'{\"lat\":90,\"lon\":-180,\"name\":\"pole\"}'",
        "ORDERS|PLACED|estimatedMeters|-1e-3",
        "ORDERS|PLACED|estimatedSeconds|3153600000",
        "ORDERS|PLACED|fixedPriceCents|0",
        "ORDERS|PLACED|fixedPriceCents|1000000000000000",
        "ORDERS|PLACED|serviceDate|'\"2024-02-29\"'",
        "ORDERS|PLACED|driverId|'\"what a placed order does not have is ignored\"'",
        "ORDERS|ACCEPTED|plate|'\"1234567890123456\"'",
        "ORDERS|ACCEPTED|plate|'\"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀川\"'",
        "ORDERS|ACCEPTED|plate|'\"...............7\"'",
        "FLEET|FLEET|plate|'\"①\"'",
        "ORDERS|CANCELLED|fixedPriceCents|'\"ignored\"'",
        "GPS|PHONE_FIX|lat|-90.0",
        "GPS|PHONE_FIX|lon|1.8e2",
        "GPS|PHONE_FIX|accuracyM|-1",
        "GPS|PHONE_FIX|plate|''",
        "GPS|PHONE_FIX|plate|[]",
        "GPS|VEHICLE_FIX|driverId|'\"not an id\"'",
        "GPS|VEHICLE_FIX|plate|'\"\\u5dddA\"'",
        "BUTTONS|PRESS|lon|180",
        "CALLS|TEXT|outcome|'\"FAILED\"'",
        "CALLS|CALL|outcome|'\"NO_ANSWER\"'",
        "FLEET|FLEET|phones|[]",
        "RATINGS|RATING|stars|1",
        "RATINGS|RATING|stars|5",
        "UNDO|UNDO|version|'\"默认 / any\"'",
        "UNDO|UNDO|ruleId|'\"no-such-rule\"'",
        "UNDO|UNDO|from|1795334400001",
        "UNDO|UNDO|until|-62167219200000",
        "UNDO|UNDO|state|'\"RESTORED\"'",
        "RULES|RULES|effectiveFrom|1795334400001",
        "RULES|RULES|settings|{}"
      })
  void acceptsWhatIsJustWithin(Topic topic, String sample, String field, String value) {
    accepted(topic, with(Records.named(sample), field, value.isEmpty() ? "\"\"" : value));
  }

  @Test
  void holdsCitiesTo64CharactersOfAnyScript() {
    for (Topic topic : List.of(Topic.ORDERS, Topic.FLEET)) {
      String sample = Records.OF_TOPIC.get(topic).get(0);
      for (String character : List.of("x", "市", "😀")) {
        accepted(topic, with(sample, "city", '"' + character.repeat(64) + '"'));
        refused(Reason.BAD_FIELD, topic, with(sample, "city", '"' + character.repeat(65) + '"'));
      }
    }
  }

  @Test
  void holdsIdsTo64CharactersAndSubjectsTo512() {
    for (Topic topic : List.of(Topic.GPS, Topic.BUTTONS)) {
      String sample = Records.OF_TOPIC.get(topic).get(0);
      accepted(topic, with(sample, "deviceId", '"' + "x".repeat(64) + '"'));
      refused(Reason.BAD_FIELD, topic, with(sample, "deviceId", '"' + "x".repeat(65) + '"'));
    }
    String subject = "川😀".repeat(256);
    accepted(Topic.VERDICTS, with(Records.VERDICT, "subjectId", '"' + subject + '"'));
    for (String odd : List.of("-", "/", "\\u0000", "\\n", " ", "o-1/d-1~2/", "\\\"")) {
      accepted(Topic.VERDICTS, with(Records.VERDICT, "subjectId", '"' + odd + '"'));
    }
    refused(
        Reason.BAD_FIELD,
        Topic.VERDICTS,
        with(Records.VERDICT, "subjectId", '"' + subject + '.' + '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS,PLACED,600000",
    "ORDERS,ACCEPTED,600000",
    "ORDERS,REASSIGNED,600000",
    "ORDERS,CHANGED,600000",
    "ORDERS,CANCELLED,600000",
    "GPS,PHONE_FIX,7200000",
    "GPS,VEHICLE_FIX,7200000",
    "BUTTONS,PRESS,7200000",
    "CALLS,CALL,7200000",
    "LOGINS,LOGIN,7200000",
    "FLIGHTS,FLIGHT,7200000",
    "FLEET,FLEET,600000",
    "RULES,RULES,600000"
  })
  void refusesWhatWasReceivedLaterThanTheLimitAndNotAtIt(Topic topic, String sample, long limitMs) {
    String json = Records.named(sample);
    accepted(topic, with(json, "receivedAt", Long.toString(TIME + limitMs)));
    String late = with(json, "receivedAt", Long.toString(TIME + limitMs + 1));
    assertEquals(
        "received " + (limitMs + 1) + " ms after it happened; the limit is " + limitMs + " ms",
        refused(Reason.TOO_LATE, topic, late));
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS,SETTLED",
    "RATINGS,RATING",
    "COMPLAINTS,COMPLAINT",
    "VERDICTS,VERDICT",
    "UNDO,UNDO"
  })
  void takesSettlementsRatingsComplaintsVerdictsAndUndosHoweverLate(Topic topic, String sample) {
    accepted(topic, with(Records.named(sample), "receivedAt", "253402300799999"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduledArrival", "estimatedArrival", "actualArrival"})
  void holdsArrivalsTo400DaysFromEventTime(String field) {
    long most = Duration.ofDays(400).toMillis();
    for (long at : new long[] {TIME - most, TIME + most}) {
      String far = Records.FLIGHT;
      for (String each : List.of("scheduledArrival", "estimatedArrival", "actualArrival")) {
        far = with(far, each, Long.toString(at));
      }
      accepted(Topic.FLIGHTS, far);
      String farther = with(far, field, Long.toString(at < TIME ? at - 1 : at + 1));
      String detail = refused(Reason.BAD_FIELD, Topic.FLIGHTS, farther);
      assertTrue(detail.endsWith("; it must be at most 400 d from eventTime, which is " + TIME));
    }
  }

  @Test
  void measuresPickupAtAgainstTheMendedTime() {
    String ahead = with(Records.PLACED, "receivedAt", Long.toString(TIME - 5000));
    long most = TIME - 5000 + Duration.ofDays(400).toMillis();
    accepted(Topic.ORDERS, with(ahead, "pickupAt", Long.toString(most)));
    assertEquals(
        "pickupAt is %d; it must be at most 400 d from eventTime, which is %d"
            .formatted(most + 1, TIME - 5000),
        refused(Reason.BAD_FIELD, Topic.ORDERS, with(ahead, "pickupAt", Long.toString(most + 1))));
  }

  @Test
  void namesTheClockThatTellsATimeOutsideThisCentury() {
    assertEquals(
        "eventTime is 1795334400; it must be milliseconds since 1970, within the years 2000 to 2099",
        refused(Reason.BAD_FIELD, Topic.RATINGS, with(Records.RATING, "eventTime", "1795334400")));
    assertEquals(
        "receivedAt is 1795334400; it must be milliseconds since 1970, within the years 2000 to 2099",
        refused(Reason.BAD_FIELD, Topic.LOGINS, with(Records.LOGIN, "receivedAt", "1795334400")));
    String mended = with(Records.LOGIN, "eventTime", "253402300799999");
    accepted(Topic.LOGINS, mended);
  }

  @Test
  void keepsTheReportedTimeOfAClockThatRunsAhead() {
    Stamp stamp =
        accepted(Topic.GPS, with(Records.PHONE_FIX, "receivedAt", Long.toString(TIME - 20_000)))
            .stamp();
    assertEquals(TIME, stamp.eventTime());
    assertEquals(TIME - 20_000, stamp.time());
  }

  @Test
  void measuresEffectiveFromAgainstTheMendedTime() {
    String ahead = with(Records.RULES, "receivedAt", Long.toString(TIME - 5000));
    accepted(Topic.RULES, with(ahead, "effectiveFrom", Long.toString(TIME - 5000)));
    refused(
        Reason.BAD_FIELD, Topic.RULES, with(ahead, "effectiveFrom", Long.toString(TIME - 5001)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "}",
        "{}}",
        "{} {}",
        "{}x",
        "{},",
        "{}\0",
        "\uFEFF{}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":0x1}",
        "{\"a\":'x'}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{/* */}",
        "{} // end",
        "{\"a\" 1}",
        "{\"a\":truE}"
      })
  void refusesWhatIsNotOneJsonObject(String text) {
    for (Topic topic : Topic.values()) {
      refused(Reason.BAD_JSON, topic, text);
    }
    // The same inside an otherwise good fix, where the fast way reads it first.
    if (text.startsWith("{\"a\":")) {
      String fix = Records.PHONE_FIX.replaceFirst("\\{", "");
      refused(Reason.BAD_JSON, Topic.GPS, text.substring(0, text.length() - 1) + "," + fix);
    }
  }

  @Test
  void refusesOtherEncodingsOfUnicode() {
    for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE")) {
      byte[] value = Records.LOGIN.getBytes(Charset.forName(charset));
      Decoded decoded = decoder.decode(Topic.LOGINS, value);
      assertTrue(
          decoded.reason() == Reason.BAD_JSON || decoded.reason() == Reason.BAD_UTF8, charset);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C080", "C1BF", "E080AF", "EDA080", "F0808080", "F4908080", "E5B7", "80"})
  void refusesBadUtf8(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    for (Topic topic : Topic.values()) {
      for (String field : List.of("plate", "unknown")) {
        String json = with(Records.OF_TOPIC.get(topic).get(0), field, "\"#\"");
        int at = json.indexOf("\"#\"") + 1;
        byte[] value = new byte[json.length() * 3 + 4];
        byte[] head = utf8(json.substring(0, at));
        byte[] tail = utf8(json.substring(at + 1));
        System.arraycopy(head, 0, value, 0, head.length);
        System.arraycopy(bad, 0, value, head.length, bad.length);
        System.arraycopy(tail, 0, value, head.length + bad.length, tail.length);
        value = Arrays.copyOf(value, head.length + bad.length + tail.length);
        assertEquals(
            "the bytes from " + head.length + " are not UTF-8",
            refused(Reason.BAD_UTF8, topic, value));
      }
    }
  }

  @Test
  void refusesAKeyThatOccursTwiceAtAnyDepth() {
    for (String twice :
        List.of(
            "\"x\":1,\"x\":1",
            "\"x\":{\"y\":1,\"y\":2}",
            "\"x\":[{\"y\":null,\"z\":0,\"y\":null}]",
            "\"x\":1,\"\\u0078\":1")) {
      String json = Records.PHONE_FIX.replaceFirst("\\{", "{" + twice.replace("\\", "\\\\") + ",");
      String detail = refused(Reason.DUPLICATE_KEY, Topic.GPS, json);
      assertTrue(detail.endsWith("occurs twice in one object"), detail);
    }
    String again = Records.PHONE_FIX.replaceFirst("\\{", "{\"lat\":null,");
    refused(Reason.DUPLICATE_KEY, Topic.GPS, again);
  }

  @Test
  void tellsBadJsonBeforeADuplicateKeyAndThatBeforeABadField() {
    refused(Reason.BAD_JSON, Topic.GPS, "{\"a\":1,\"a\":2,\"b\":}");
    refused(Reason.DUPLICATE_KEY, Topic.GPS, "{\"lat\":\"x\",\"a\":1,\"a\":2}");
  }

  @Test
  void holdsRecordsTo64KiB() {
    for (Topic topic : List.of(Topic.GPS, Topic.LOGINS)) {
      String sample = Records.OF_TOPIC.get(topic).get(0);
      String full = sample + " ".repeat(65_536 - utf8(sample).length);
      accepted(topic, full);
      assertEquals(
          "the record has 65537 bytes; the limit is 65536",
          refused(Reason.TOO_LARGE, topic, full + " "));
    }
  }

  @Test
  void acceptsOneUnknownFieldThatFillsTheRecord() {
    for (String value :
        List.of(
            '"' + "x".repeat(60_000) + '"',
            "1".repeat(60_000),
            "0." + "1".repeat(60_000),
            "1e" + "1".repeat(60_000),
            "[" + "1,".repeat(30_000) + "1]")) {
      accepted(Topic.GPS, with(Records.PHONE_FIX, "x", value));
      accepted(Topic.LOGINS, with(Records.LOGIN, "x", value));
    }
    accepted(Topic.LOGINS, with(Records.LOGIN, "x".repeat(60_000), "1"));
  }

  @Test
  void holdsRecordsToDepth16() {
    for (Topic topic : List.of(Topic.GPS, Topic.LOGINS)) {
      String sample = Records.OF_TOPIC.get(topic).get(0);
      accepted(topic, with(sample, "x", "[".repeat(15) + "]".repeat(15)));
      String deep = with(sample, "x", "[".repeat(16) + "]".repeat(16));
      assertEquals("nested deeper than 16", refused(Reason.BAD_JSON, topic, deep));
      String bottomless = "{\"a\":" + "[{\"a\":".repeat(10_000);
      refused(Reason.BAD_JSON, topic, bottomless);
    }
  }

  @Test
  void saysWhereARefusedRecordCameFromAndKeepsItsBytes() {
    byte[] value = utf8("{\"stars\":6}");
    Incoming incoming = decoder.decode(Topic.RATINGS, "trip.ratings.v1", 3, 42, value);
    assertNull(incoming.event());
    DeadLetter letter = incoming.deadLetter();
    assertEquals("trip.ratings.v1", letter.source());
    assertEquals(3, letter.partition());
    assertEquals(42, letter.position());
    assertEquals(Reason.MISSING_FIELD, letter.reason());
    assertArrayEquals(value, letter.value());

    Incoming good = decoder.decode(Topic.RATINGS, "ratings.ndjson", -1, 1, utf8(Records.RATING));
    assertNull(good.deadLetter());
    assertEquals(accepted(Topic.RATINGS, Records.RATING), good.event());
  }

  @Test
  void takesATombstoneForBadJson() {
    DeadLetter letter = decoder.decode(Topic.GPS, "trip.gps.v1", 0, 7, null).deadLetter();
    assertEquals(Reason.BAD_JSON, letter.reason());
    assertEquals(0, letter.value().length);
  }

  @Test
  void refusesSettingsThatCannotBeUsedAndTellsEveryError() {
    String settings =
        """
        {"trip":{"pickupRadiusM":999999,"stay":"soon"},\
        "rules":{"no-show":{"fineCents":100.0,"noShowAfter":"-1 min"},"no-shw":{}},\
        "cities":{"a\\nb":{"zone":"Mars"}},"version":7,"extra":[]}""";
    assertEquals(
        "settings cannot be used: cities.a\uFFFDb.zone is \"Mars\"; set it to a time zone such as"
            + " Asia/Shanghai; extra is not a section; use one of version, trip, rules,"
            + " penalties, scenarios, cities; rules.no-show.fineCents is 100.0; set it to a whole"
            + " number from 0 to 100000000; rules.no-show.noShowAfter is \"-1 min\"; set it to a"
            + " duration from 0 s to 12 h, such as 30 min; rules.no-shw is not a rule; did you mean"
            + " no-show?; trip.pickupRadiusM is 999999; set it to a number from 1 to 20000;"
            + " trip.stay is \"soon\"; set it to a duration from 0 s to 30 min, such as 1 min; version is 7; set it to a text of 1 to 64 characters; put quotes"
            + " round a number",
        refused(Reason.BAD_FIELD, Topic.RULES, with(Records.RULES, "settings", settings)));
    String infinite = "{\"trip\":{\"maxAccuracyM\":1e999}}";
    assertEquals(
        "settings cannot be used: trip.maxAccuracyM is Infinity; set it to a number from 0 to 10000",
        refused(Reason.BAD_FIELD, Topic.RULES, with(Records.RULES, "settings", infinite)));
  }

  @Test
  void tellsNoMoreErrorsThanADeadLetterHasRoomFor() {
    StringBuilder settings = new StringBuilder("{\"cities\":{\"").append("x".repeat(30_000));
    settings.append("\":{\"rules\":{\"a\":1");
    for (int i = 0; i < 3_000; i++) {
      settings.append(",\"r").append(i).append("\":1");
    }
    settings.append("}}}}");
    String record = with(Records.RULES, "settings", settings.toString());
    String detail = refused(Reason.BAD_FIELD, Topic.RULES, record);
    assertTrue(detail.length() <= 128 * 1024 + 40, "length " + detail.length());
    assertTrue(detail.endsWith(" more errors"), detail.substring(detail.length() - 40));
  }

  @Test
  void takesSettingsAsRulesCheckDoes() {
    for (String settings :
        List.of(
            "{\"version\":\"2026-12\",\"rules\":{}}",
            "{\"trip\":{\"maxAccuracyM\":80}}",
            "{\"cities\":{\"Domat/Ems\":{\"zone\":\"Europe/Zurich\",\"scenarios\":"
                + "{\"STATION_PICKUP\":{\"rules\":{\"no-show\":{\"enabled\":false}}}}}}}")) {
      accepted(Topic.RULES, with(Records.RULES, "settings", settings));
    }
  }

  @Test
  void quotesRefusedValuesShortAndOnOneLine() {
    String long1 = "\"" + "a\\n\\ud800".repeat(30) + "\"";
    String detail = refused(Reason.BAD_FIELD, Topic.LOGINS, with(Records.LOGIN, "driverId", long1));
    assertTrue(detail.length() < 150, detail);
    assertEquals(detail, new String(utf8(detail), StandardCharsets.UTF_8));
    assertTrue(detail.lines().count() == 1, detail);
  }

  @Test
  void writesADeadLetterOfWhateverTheParserQuotes() {
    for (String json : List.of("{\"a\":😀}", "{\"a\":t😀}", "{\"a\":1😀}", "😀", "{\"a😀")) {
      DeadLetter letter = decoder.decode(Topic.GPS, "f", -1, 1, utf8(json)).deadLetter();
      assertEquals(Reason.BAD_JSON, letter.reason());
      assertTrue(DeadLetterJson.write(letter).length > 0);
    }
    String longToken = "{\"a\":" + "t".repeat(60_000);
    assertTrue(refused(Reason.BAD_JSON, Topic.GPS, longToken).length() < 400);
  }

  @Test
  void isNotTouchedByWhatCameBefore() {
    EventDecoder fresh = new EventDecoder();
    for (String before : List.of("{\"eventId\":\"e-9\",\"mock\":true", "{\"accuracyM\":3,", "\"")) {
      decoder.decode(Topic.GPS, utf8(before));
      assertEquals(
          fresh.decode(Topic.GPS, utf8(Records.VEHICLE_FIX)),
          decoder.decode(Topic.GPS, utf8(Records.VEHICLE_FIX)));
    }
  }
}
