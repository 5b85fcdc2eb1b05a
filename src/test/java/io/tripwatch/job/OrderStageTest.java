package io.tripwatch.job;

import static io.tripwatch.job.Given.DAY;
import static io.tripwatch.job.Given.HOUR;
import static io.tripwatch.job.Given.MINUTE;
import static io.tripwatch.job.Given.accepted;
import static io.tripwatch.job.Given.cancelled;
import static io.tripwatch.job.Given.press;
import static io.tripwatch.job.Given.reassigned;
import static io.tripwatch.job.Given.settled;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Stamp;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.Horizons;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderStageTest {
  private static final long T = 1_000 * DAY;

  /** Pickup is half an hour after the acceptance, and the trip is surely over by then. */
  private static final long OVER_AT =
      T + 30 * MINUTE + Horizons.OVER_AFTER_PICKUP_MS + Horizons.LATE_EVIDENCE_MS;

  private KeyedOneInputStreamOperatorTestHarness<String, Received, ForDriver> orders;

  @BeforeEach
  void open() throws Exception {
    orders =
        new KeyedOneInputStreamOperatorTestHarness<>(new OrderStage(), any -> "o-1", Types.STRING);
    orders.open();
  }

  @AfterEach
  void close() throws Exception {
    orders.close();
  }

  @Test
  void aVehicleIsFollowedFromTheAcceptanceOnAndAgainWhenTheRideChanges() throws Exception {
    learn(accepted(T, "d-1", "A1"));
    learn(press(T + 30 * MINUTE, "d-1", Button.ON_SITE));
    learn(press(T + 40 * MINUTE, "d-1", Button.START));
    learn(press(T + 40 * MINUTE, "d-1", Button.START));
    List<PlateInterest> said = side(OrderStage.PLATE_INTERESTS);
    long until = OVER_AT;
    long rideFrom = T + 40 * MINUTE - 30_000;
    assertEquals(
        List.of(
            new PlateInterest("A1", "d-1", "o-1", T - 30_000, NEVER, NEVER, until),
            new PlateInterest("A1", "d-1", "o-1", T - 30_000, rideFrom, NEVER, until)),
        said);
  }

  @Test
  void everyDriverAsksOnceForEveryDeviceWhoeverPressedAndWhicheverCameFirst() throws Exception {
    List<Event> events =
        List.of(
            accepted(T, "d-1", "A1"),
            press(T + MINUTE, "d-9", "p-9", Button.START),
            press(T + 2 * MINUTE, "d-1", "p-1", Button.START),
            press(T + 3 * MINUTE, "d-1", "p-1", Button.END),
            reassigned(T + 4 * MINUTE, "d-2", "A2"));
    for (Event event : events) {
      learn(event);
    }
    List<String> asked = new ArrayList<>();
    for (DeviceQuestion question : side(OrderStage.DEVICE_QUESTIONS)) {
      asked.add(question.driverId() + " " + question.deviceId());
      assertEquals(true, question.until() >= OVER_AT);
    }
    assertEquals(List.of("d-1 p-9", "d-1 p-1", "d-2 p-9", "d-2 p-1"), asked);
  }

  @Test
  void aSettlementAMonthLaterReachesAllWhoHadTheOrder() throws Exception {
    learn(accepted(T, "d-1", "A1"));
    learn(press(T + HOUR, "d-1", Button.START));
    learn(reassigned(T + HOUR, "d-2", "A2"));
    orders.processWatermark(T + 8 * DAY);
    int known = orders.extractOutputValues().size();
    learn(settled(T + 34 * DAY));
    List<ForDriver> told = orders.extractOutputValues();
    assertEquals(
        Set.of(
            new ForDriver("d-1", settled(T + 34 * DAY)),
            new ForDriver("d-2", settled(T + 34 * DAY))),
        new HashSet<>(told.subList(known, told.size())));
    assertEquals(known + 2, told.size());
  }

  @Test
  void aRepeatedSettlementIsKnownAMonthLater() throws Exception {
    learn(accepted(T, "d-1", "A1"));
    learn(settled(T + HOUR));
    orders.processWatermark(T + 8 * DAY);
    learn(settled(T + HOUR));
    assertEquals(2, orders.extractOutputValues().size());
    assertEquals(1L, repeated());
  }

  @Test
  void onlyTheOrderEventsStayWhenTheLastTripIsSurelyOver() throws Exception {
    learn(accepted(T, "d-1", "A1"));
    learn(settled(T + HOUR));
    for (int i = 0; i < Bound.EVENTS_OF_AN_ORDER.most(); i++) {
      for (Button button : Button.values()) {
        learn(press(T + i * 1_000L, "d-1", button));
      }
      learn(called(T + i * 1_000L));
    }
    int whole = bytes();
    assertEquals(1, orders.numEventTimeTimers());
    orders.processWatermark(OVER_AT - 1);
    assertEquals(whole, bytes());
    orders.processWatermark(OVER_AT);
    assertTrue(bytes() * 20 < whole, bytes() + " of " + whole + " bytes");
    assertEquals(0, orders.numEventTimeTimers());
    orders.processWatermark(OVER_AT + 1_000 * DAY);
    assertEquals(1, orders.numKeyedStateEntries());
  }

  @Test
  void whoeverGetsItMonthsLaterHearsItsWholeHistory() throws Exception {
    learn(accepted(T, "d-1", "A1"));
    learn(cancelled(T + HOUR));
    orders.processWatermark(T + 100 * DAY);
    Event again = accepted(T + 100 * DAY, "d-1", "A1");
    int known = orders.extractOutputValues().size();
    learn(again);
    List<ForDriver> told = orders.extractOutputValues();
    told = told.subList(known, told.size());
    assertEquals(new ForDriver("d-1", again), told.get(0));
    assertEquals(
        Set.of(
            new ForDriver("d-1", accepted(T, "d-1", "A1")),
            new ForDriver("d-1", cancelled(T + HOUR)),
            new ForDriver("d-1", again)),
        new HashSet<>(told));
  }

  @Test
  void pressesForAnOrderNobodyHadAreDropped() throws Exception {
    learn(press(T, "d-9", Button.START));
    bytes();
    assertEquals(1, orders.numEventTimeTimers());
    orders.processWatermark(T + Horizons.LATE_EVIDENCE_MS);
    bytes();
    assertEquals(0, orders.numKeyedStateEntries());
    assertEquals(0, orders.numEventTimeTimers());
  }

  private void learn(Event event) throws Exception {
    orders.processElement(new Received(event, null), event.time());
  }

  private <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> side = orders.getSideOutput(tag);
    return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
  }

  private int bytes() throws Exception {
    ((OrderStage) orders.getOperator()).prepareSnapshotPreBarrier(1);
    return (int) orders.snapshot(1, 0).getManagedKeyedState().iterator().next().getStateSize();
  }

  private long repeated() {
    return (long)
        orders.getOperator().getRuntimeContext().getAccumulator(Desks.REPEATED).getLocalValue();
  }

  private static Call called(long time) {
    return new Call(
        new Stamp(time, time, null, "{\"call\":" + time + "}"),
        "o-1",
        "d-1",
        "pa-1",
        Call.Channel.SMS,
        Call.Caller.DRIVER,
        Call.Outcome.SENT,
        0);
  }
}
