package io.tripwatch.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny stories of one day, judged by the contract's words. Times are of 2026-11-22, UTC. */
class NaiveJudgeTest {
  private static final String PLACE = "{\"lat\":30.6,\"lon\":104.0}";
  private static final String FARTHER = "{\"lat\":30.65,\"lon\":104.0}";

  @TempDir Path folder;
  private final Map<String, StringBuilder> files = new LinkedHashMap<>();

  @Test
  void holdsNoShowHalfAnHourAfterTheStatusThatReinstatedTheFlightMovedThePickup()
      throws IOException {
    order(
        "ACCEPTED", "08:00", "10:00", PLACE, ",\"flightNo\":\"F1\",\"serviceDate\":\"2026-11-22\"");
    flight("07:00", "CANCELLED", "");
    flight("07:20", "DELAYED", ",\"estimatedArrival\":" + at("10:15"));
    call("08:30");
    until("11:00");
    assertEquals("{flight-delayed=08:00, no-show=10:45 UNVERIFIED}", alerts());
    assertEquals("{no-show=REVIEW 20000 12}", penalties());
    assertEquals("{FULL_REFUND=DUE 9000, TAXI_REIMBURSEMENT=DUE null}", compensations());
  }

  @Test
  void awaitsADeadlineThatEventTimeHasNotReached() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    until("09:49:59.999");
    assertEquals("{}", alerts());
    until("09:50");
    assertEquals("{margin-missed=09:50 UNVERIFIED}", alerts());
  }

  @Test
  void takesAPressForPresenceThatWasRightWhereThePassengerStoodThen() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    fix("09:40", 30.6, "");
    press("09:40", "ON_SITE");
    call("09:41");
    order("CHANGED", "09:45", "10:00", FARTHER, "");
    until("10:00");
    assertEquals("{}", alerts());
  }

  @Test
  void leavesOutFixesThatReportAFailure() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    fix("09:40", 30.7, ",\"accuracyM\":-1");
    press("09:40", "ON_SITE");
    call("09:41");
    until("10:00");
    assertEquals("{}", alerts());
    fix("09:40:01", 30.7, ",\"accuracyM\":0");
    assertEquals("{late-at-pickup=10:00 UNVERIFIED, on-site-pressed-elsewhere=09:40}", alerts());
  }

  @Test
  void confirmsNoLatenessThatAChangeAtShortNoticeMade() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    order("CHANGED", "09:00", "09:30", PLACE, "");
    fix("09:29", 30.7, "");
    until("09:30");
    assertEquals("{late-at-pickup=09:30 UNVERIFIED}", alerts());
  }

  @Test
  void confirmsLatenessThatAChangeAnHourAheadMade() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:20");
    order("CHANGED", "08:30", "09:30", PLACE, "");
    fix("09:29", 30.7, "");
    until("09:30");
    assertEquals("{late-at-pickup=09:30}", alerts());
  }

  @Test
  void opensASecondTurnAfterTheSameDriverCancelled() throws IOException {
    order("ACCEPTED", "07:00", "10:00", PLACE, "");
    cancelled("07:10", "DRIVER");
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    until("10:30");
    assertEquals("{driver-cancelled=07:10, o-1/d-7~2/no-show=10:30 UNVERIFIED}", alerts());
  }

  @Test
  void waivesWhatIsLessGraveInOneFamily() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    fix("09:59:30", 30.7, "");
    press("10:00:00.001", "START");
    until("10:01");
    assertEquals(
        "{button-out-of-order=10:00:00.001, late-at-pickup=10:00, "
            + "started-elsewhere=10:00:00.001}",
        alerts());
    assertEquals(
        "{button-out-of-order=WAIVED 0 1, late-at-pickup=PENDING 5000 3, "
            + "started-elsewhere=PENDING 5000 3}",
        penalties());
  }

  @Test
  void takesBackWhatAnUndoCoversUntilItIsRestored() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    press("09:20", "START");
    undo("12:00", "UNDONE");
    assertEquals("{}", alerts());
    undo("13:00", "RESTORED");
    assertEquals("{button-out-of-order=09:20, end-not-pressed=11:50}", alerts());
  }

  @Test
  void refusesSettingsOutOfBoundsAndTakesTheOthersOnce() throws IOException {
    rules("06:00", "v1", "{\"trip\":{\"pickupRadiusM\":999999}}");
    rules("06:10", "v1", "{\"rules\":{\"no-show\":{\"noShowAfter\":\"10 min\"}}}");
    rules("06:20", "v1", "{\"rules\":{\"no-show\":{\"noShowAfter\":\"20 min\"}}}");
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    until("10:10");
    assertEquals("{no-show=10:10 UNVERIFIED}", alerts());
    assertEquals(1, judge().refused().size());
  }

  @Test
  void refusesWhatComesTooLateAndCountsARepeatedEventOnce() throws IOException {
    order("ACCEPTED", "08:00", "10:00", PLACE, "");
    call("08:30");
    call("08:30");
    line(
        "buttons",
        event("09:30", "o-1")
            + ",\"receivedAt\":"
            + (at("11:30") + 1)
            + ",\"deviceId\":\"ph-7\",\"button\":\"ON_SITE\"");
    until("10:00");
    assertEquals("{late-at-pickup=10:00 UNVERIFIED}", alerts());
    assertEquals(1, judge().refused().size());
  }

  @Test
  void comparesPlatesByTheirLettersAndDigits() {
    assertEquals("川A12345", NaiveFix.plateKey("川Ａ·１２３ 45"));
    assertEquals("川A12345", NaiveFix.plateKey("川a-12345"));
    assertEquals("", NaiveFix.plateKey("·—· -"));
  }

  @Test
  void bringsChineseDatumsBackToWgs84() {
    NaiveGeo.Place place = new NaiveGeo.Place(30.6, 104.0);
    NaiveGeo.Place gcj = NaiveGeo.toGcj(place);
    NaiveGeo.Place back = NaiveGeo.toWgs84("GCJ02", gcj.lat(), gcj.lon());
    assertEquals(30.6, back.lat(), 1e-9);
    assertEquals(104.0, back.lon(), 1e-9);
    assertEquals(true, NaiveGeo.metres(place, gcj) > 300);
  }

  private void order(String type, String time, String pickupAt, String pickup, String more) {
    line(
        "orders",
        event(time, "o-1")
            + ",\"type\":\""
            + type
            + "\",\"scenario\":\"AIRPORT_PICKUP\",\"city\":\"chengdu\",\"passengerId\":\"p-1\""
            + ",\"pickupAt\":"
            + at(pickupAt)
            + ",\"pickup\":"
            + pickup
            + ",\"dropoff\":{\"lat\":30.8,\"lon\":104.0},\"estimatedMeters\":22000"
            + ",\"estimatedSeconds\":1800,\"orderedClass\":\"COMFORT\",\"fixedPriceCents\":9000"
            + ",\"plate\":\"川A12345\",\"vehicleClass\":\"COMFORT\""
            + more);
  }

  private void cancelled(String time, String by) {
    line("orders", event(time, "o-1") + ",\"type\":\"CANCELLED\",\"cancelledBy\":\"" + by + "\"");
  }

  private void flight(String time, String status, String more) {
    line(
        "flights",
        "\"eventTime\":"
            + at(time)
            + ",\"flightNo\":\"F1\",\"serviceDate\":\"2026-11-22\",\"scheduledArrival\":"
            + at("10:00")
            + ",\"status\":\""
            + status
            + "\""
            + more);
  }

  private void call(String time) {
    line(
        "calls",
        event(time, "o-1")
            + received(time)
            + ",\"passengerId\":\"p-1\",\"channel\":\"CALL\",\"caller\":\"DRIVER\""
            + ",\"outcome\":\"CONNECTED\"");
  }

  private void press(String time, String button) {
    line(
        "buttons",
        event(time, "o-1")
            + received(time)
            + ",\"deviceId\":\"ph-7\",\"button\":\""
            + button
            + "\"");
  }

  private void fix(String time, double lat, String more) {
    line(
        "gps",
        event(time, "o-1")
            + received(time)
            + ",\"source\":\"PHONE\",\"deviceId\":\"ph-7\",\"lon\":104.0,\"lat\":"
            + lat
            + more);
  }

  private void undo(String time, String state) {
    line(
        "undo",
        "\"eventTime\":"
            + at(time)
            + ",\"undoId\":\"u-1\",\"version\":\"default\",\"decidedBy\":\"head\",\"state\":\""
            + state
            + "\"");
  }

  private void rules(String time, String version, String settings) {
    line(
        "rules",
        "\"eventTime\":"
            + at(time)
            + ",\"version\":\""
            + version
            + "\",\"effectiveFrom\":"
            + at(time)
            + ",\"settings\":"
            + settings);
  }

  /** Lets event time pass: a fix of a vehicle of no order. */
  private void until(String time) {
    line(
        "gps",
        event(time, "o-1")
            + received(time)
            + ",\"source\":\"VEHICLE\",\"plate\":\"X1\",\"deviceId\":\"vt\",\"lat\":1,\"lon\":1");
  }

  private static String event(String time, String orderId) {
    return "\"eventTime\":" + at(time) + ",\"orderId\":\"" + orderId + "\",\"driverId\":\"d-7\"";
  }

  private static String received(String time) {
    return ",\"receivedAt\":" + at(time);
  }

  private static long at(String time) {
    String full = time.length() == 5 ? time + ":00" : time;
    return Instant.parse("2026-11-22T" + full + "Z").toEpochMilli();
  }

  private void line(String topic, String fields) {
    files.computeIfAbsent(topic, t -> new StringBuilder()).append('{' + fields + "}\n");
  }

  private NaiveJudge.Verdicts judge() throws IOException {
    for (Map.Entry<String, StringBuilder> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey() + ".ndjson"), file.getValue());
    }
    return NaiveJudge.judge(folder, null);
  }

  private static String id(String id) {
    return id.replace("o-1/d-7/", "").replace("o-1/", id.contains("~") ? "o-1/" : "");
  }

  private String alerts() throws IOException {
    Map<String, String> brief = new TreeMap<>();
    judge()
        .alerts()
        .forEach(
            (alertId, row) ->
                brief.put(
                    id(alertId),
                    row.get("occurredAt")
                            .toString()
                            .replaceAll("^2026-11-22T|(:00)?\\.000Z$|Z$", "")
                        + (row.get("confidence").equals("UNVERIFIED") ? " UNVERIFIED" : "")));
    return brief.toString();
  }

  private String penalties() throws IOException {
    return rows(judge().penalties(), List.of("status", "fineCents", "points"));
  }

  private String compensations() throws IOException {
    return rows(judge().compensations(), List.of("status", "amountCents"));
  }

  private static String rows(Map<String, Map<String, Object>> rows, List<String> fields) {
    return new TreeSet<>(rows.keySet())
        .stream()
            .map(
                k ->
                    id(k)
                        + "="
                        + fields.stream()
                            .map(f -> String.valueOf(rows.get(k).get(f)))
                            .collect(Collectors.joining(" ")))
            .collect(Collectors.joining(", ", "{", "}"));
  }
}
