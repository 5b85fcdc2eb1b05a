package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Booking;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Place;
import io.tripwatch.event.Press;
import io.tripwatch.event.Scenario;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.VehicleClass;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What drivers are told, by ways of different length. */
class OvertakingTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long MORNING = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
  private static final FlightKey FLIGHT = new FlightKey("CA1405", "2026-11-22", "CTU");

  private KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> job;

  @BeforeEach
  void open() throws Exception {
    job =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new DriverOperator(Map.of(), 1, 10), ForDriver::driverId, null, Types.STRING);
    job.setup(DriverTasks.OUTPUTS);
    job.open();
  }

  @AfterEach
  void close() throws Exception {
    job.close();
  }

  @Test
  void aStatusThatOvertakesItsOrderAndTheHoursBeforeItIsNotForgotten() throws Exception {
    long acceptedAt = MORNING + 9 * HOUR_MS;
    tell(fix(MORNING), MORNING);
    advanceTo(MORNING);
    // Handed on for the order; the watermark of the hours before it, and the order, are slower.
    tell(delayed(MORNING), acceptedAt);
    advanceTo(acceptedAt - 1);
    tell(accepted(acceptedAt, FLIGHT), acceptedAt);
    advanceTo(acceptedAt);
    assertEquals(List.of("flight-delayed"), rulesSaid());
  }

  @Test
  void aRideEndedElsewhereWithoutStartIsSaidThoughTheOrderWasChanged() throws Exception {
    long pickupAt = MORNING + 10 * HOUR_MS;
    tell(accepted(MORNING + 9 * HOUR_MS, null), MORNING + 9 * HOUR_MS);
    tell(changed(pickupAt - 1), pickupAt - 1);
    tell(end(pickupAt), pickupAt);
    tell(fix(pickupAt), pickupAt);
    advanceTo(pickupAt);
    assertEquals(
        List.of(
            "button-out-of-order", "ended-elsewhere", "late-at-pickup", "no-contact-after-accept"),
        rulesSaid());
  }

  private void tell(Event event, long timestamp) throws Exception {
    job.processElement1(new StreamRecord<>(new ForDriver("d-7", event), timestamp));
  }

  private List<String> rulesSaid() {
    TreeSet<String> rules = new TreeSet<>();
    Heard.alertsOf(job.extractOutputValues()).forEach(alert -> rules.add(alert.ruleId()));
    return List.copyOf(rules);
  }

  private static OrderEvent accepted(long time, FlightKey flight) {
    return order(OrderEvent.Type.ACCEPTED, time, flight, "d-7");
  }

  private static OrderEvent changed(long time) {
    return order(OrderEvent.Type.CHANGED, time, null, null);
  }

  private static OrderEvent order(
      OrderEvent.Type type, long time, FlightKey flight, String driverId) {
    Booking booking =
        new Booking(
            flight == null ? Scenario.STATION_DROPOFF : Scenario.AIRPORT_PICKUP,
            "chengdu",
            "p-1",
            null,
            MORNING + 10 * HOUR_MS,
            new Place(30.0, 104.0),
            new Place(30.2, 104.0),
            24_000,
            1_200,
            VehicleClass.COMFORT,
            6_800,
            0,
            flight);
    return new OrderEvent(
        stamp(time, type.name()),
        type,
        "o-1",
        booking,
        driverId,
        driverId == null ? null : "A1",
        driverId == null ? null : VehicleClass.COMFORT,
        null,
        null,
        0);
  }

  private static FlightStatus delayed(long time) {
    return new FlightStatus(
        stamp(time, "delayed"),
        FLIGHT,
        FlightStatus.Mode.FLIGHT,
        FlightStatus.Status.DELAYED,
        MORNING + 10 * HOUR_MS,
        MORNING + 11 * HOUR_MS,
        Stamp.ABSENT);
  }

  private static Press end(long time) {
    return new Press(
        stamp(time, "end"), "o-1", "d-7", "ph-7", Press.Button.END, Double.NaN, Double.NaN);
  }

  private static Fix fix(long time) {
    return new Fix(
        new Stamp(time, Stamp.ABSENT, null, null),
        false,
        "d-7",
        "ph-7",
        31.0,
        104.0,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        false,
        Fix.Datum.WGS84);
  }

  private static Stamp stamp(long time, String content) {
    return new Stamp(time, Stamp.ABSENT, null, time + content);
  }

  private void advanceTo(long time) throws Exception {
    job.processWatermark1(new Watermark(time));
    job.processWatermark2(new Watermark(time));
  }
}
