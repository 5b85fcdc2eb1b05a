package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.event.Topic;
import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import io.tripwatch.trip.Bound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client in a loop: of each key all that is beyond its bound becomes dead letters. */
class HotKeysIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  /** So many of each key are beyond its bound. */
  private static final int BEYOND = 30;

  @TempDir private Path folder;

  private final Map<Topic, List<String>> lines = new EnumMap<>(Topic.class);
  private final Map<String, List<String>> refused = new TreeMap<>();
  private long records;

  @Test
  void whatIsBeyondABoundBecomesDeadLettersAndAllElseIsJudged() throws Exception {
    for (String order : List.of("o-presses", "o-calls", "o-changes", "o-said")) {
      add(Topic.ORDERS, START, order(order, "ACCEPTED", "d-of-" + order, "A1"));
    }
    beyond(Topic.ORDERS, Bound.EVENTS_OF_AN_ORDER, t -> order("o-changes", "CHANGED", "d", "A"));
    beyond(
        Topic.BUTTONS,
        Bound.EVENTS_OF_AN_ORDER,
        t ->
            "'orderId':'o-presses','driverId':'d-of-o-presses','deviceId':'ph-1',"
                + "'button':'ON_SITE'");
    beyond(
        Topic.CALLS,
        Bound.EVENTS_OF_AN_ORDER,
        t ->
            "'orderId':'o-calls','driverId':'d-of-o-calls','passengerId':'p-1',"
                + "'channel':'CALL','caller':'DRIVER','outcome':'NO_ANSWER'");
    beyond(
        Topic.FLIGHTS,
        Bound.STATUSES_OF_A_FLIGHT,
        t ->
            "'flightNo':'CA1','serviceDate':'2026-11-22','status':'DELAYED','scheduledArrival':"
                + START);
    beyond(Topic.FLEET, Bound.RECORDS_OF_A_DRIVER, t -> fleet("d-registered", "ph-2"));
    beyond(Topic.LOGINS, Bound.LOGINS_OF_A_DEVICE, t -> login("d-at-" + t, "ph-shared"));
    beyond(Topic.LOGINS, Bound.LOGINS_OF_A_DRIVER, t -> login("d-logs-in", "ph-at-" + t));
    beyond(Topic.RATINGS, Bound.RATINGS_OF_AN_ORDER, t -> said("'by':'PASSENGER','stars':5"));
    beyond(
        Topic.COMPLAINTS,
        Bound.COMPLAINTS_OF_AN_ORDER,
        t -> said("'complaintId':'c-" + t + "','type':'REPLIED'"));
    beyond(
        Topic.VERDICTS,
        Bound.VERDICTS_ON_AN_ORDER,
        t ->
            "'subject':'ALERT','subjectId':'o-said/d-of-o-said/no-show',"
                + "'driverId':'d-of-o-said','verdict':'UPHELD','decidedBy':'qc-1'");
    beyond(
        Topic.ORDERS,
        Bound.OPEN_ORDERS_OF_A_DRIVER,
        t -> order("o-at-" + t, "ACCEPTED", "d-holds-all", "A2"));
    shareBetween(Bound.DRIVERS_OF_A_DEVICE, Bound.DRIVERS_OF_A_VEHICLE);
    ReplayCounts counts = replay();
    assertEquals(records, counts.read());
    assertEquals(records, counts.accepted() + counts.repeated() + counts.deadLettered());
    assertEquals(refused, letters());
    assertEquals(11L * BEYOND, counts.tooMany());
    assertEquals(counts.deadLettered(), counts.tooMany());
    assertEquals(2L * BEYOND, counts.leftOut());
    String alerts = Files.readString(folder.resolve("out/alerts.ndjson"));
    assertTrue(alerts.contains("\"o-changes/d-of-o-changes/no-show\""), "a hot key is judged");
    assertTrue(alerts.contains("\"o-shared-0/d-shared-0/no-contact-after-accept\""), alerts);
  }

  /** Too many drivers with one device in the registry, who ride with one vehicle at a time. */
  private void shareBetween(Bound device, Bound vehicle) {
    assertEquals(device.most(), vehicle.most());
    for (int i = 0; i < device.most() + BEYOND; i++) {
      String driver = "d-shared-" + i;
      String order = "o-shared-" + i;
      add(Topic.FLEET, START + i, fleet(driver, "unknown"));
      add(Topic.ORDERS, START + HOUR + i, order(order, "ACCEPTED", driver, "B1"));
      String press =
          "'orderId':'%s','driverId':'%s','deviceId':'unknown','button':'START'"
              .formatted(order, driver);
      add(Topic.BUTTONS, START + 2 * HOUR + i, press);
    }
    for (int i = 0; i < 10; i++) {
      String fix = "'source':'VEHICLE','plate':'B1','deviceId':'t-1','lat':30.6,'lon':104.0";
      add(Topic.GPS, START + 3 * HOUR + i, fix);
    }
  }

  private static String order(String orderId, String type, String driver, String plate) {
    String assigned =
        type.equals("ACCEPTED")
            ? ",'driverId':'%s','plate':'%s','vehicleClass':'COMFORT'".formatted(driver, plate)
            : "";
    return "'orderId':'%s','type':'%s','scenario':'AIRPORT_DROPOFF','city':'chengdu'"
            .formatted(orderId, type)
        + ",'passengerId':'p-1','pickupAt':"
        + (START + 6 * HOUR)
        + ",'pickup':{'lat':30.6,'lon':104.0},'dropoff':{'lat':30.7,'lon':104.1}"
        + ",'estimatedMeters':15000,'estimatedSeconds':1800,'orderedClass':'COMFORT'"
        + ",'fixedPriceCents':9000"
        + assigned;
  }

  private static String fleet(String driver, String phone) {
    return "'driverId':'%s','phones':['%s'],'plate':'A1','vehicleClass':'COMFORT','city':'chengdu'"
        .formatted(driver, phone);
  }

  private static String login(String driver, String device) {
    return "'driverId':'%s','deviceId':'%s','action':'LOGIN'".formatted(driver, device);
  }

  private static String said(String what) {
    return "'orderId':'o-said','driverId':'d-of-o-said','passengerId':'p-1'," + what;
  }

  private void beyond(Topic topic, Bound bound, LongFunction<String> fields) {
    for (int i = 0; i < bound.most() + BEYOND; i++) {
      String line = add(topic, START + HOUR + i, fields.apply(i));
      if (i >= bound.most()) {
        refused.computeIfAbsent(topic.fileStem() + ".ndjson", any -> new ArrayList<>()).add(line);
      }
    }
  }

  private String add(Topic topic, long time, String fields) {
    String line =
        ("{'eventTime':" + time + ",'receivedAt':" + (time + 500) + "," + fields + "}")
            .replace('\'', '"');
    lines.computeIfAbsent(topic, any -> new ArrayList<>()).add(line);
    records++;
    return line;
  }

  private ReplayCounts replay() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
      Files.write(input.resolve(file.getKey().fileStem() + ".ndjson"), file.getValue());
    }
    Instant until = Instant.ofEpochMilli(START + 12 * HOUR);
    return Replay.run(new ReplayRun.Request(input, until, 1, ReplayRun.Backend.HEAP))
        .writeTo(folder.resolve("out"), true, new ReplayGraph(Map.of(), 1));
  }

  private Map<String, List<String>> letters() throws IOException {
    Map<String, List<String>> letters = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("out/dead-letters.ndjson"))) {
      JsonNode letter = JSON.readTree(line);
      assertEquals("TOO_MANY", letter.get("reason").asText());
      byte[] bytes = Base64.getDecoder().decode(letter.get("valueBase64").asText());
      letters
          .computeIfAbsent(letter.get("source").asText(), any -> new ArrayList<>())
          .add(new String(bytes, StandardCharsets.UTF_8));
    }
    return letters;
  }
}
