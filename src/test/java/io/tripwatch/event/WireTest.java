package io.tripwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.OrderEvent.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static final Stamp FULL = new Stamp(5, 6, "e-1", "{\"川\":1}");
  private static final Stamp BARE = new Stamp(-5, Stamp.ABSENT, null, null);
  private static final FlightKey FLIGHT = new FlightKey("CA1", "2026-11-22", "CTU");
  private static final Booking FULL_BOOKING = booking("pd-1", FLIGHT);
  private static final Booking BARE_BOOKING = booking(null, null);

  private static Booking booking(String device, FlightKey flight) {
    return new Booking(
        Scenario.STATION_DROPOFF,
        "成都",
        "p-1",
        device,
        7,
        new Place(30.5, -104.25),
        new Place(-89.5, 179.75),
        21_000.5,
        1_200.25,
        VehicleClass.LUXURY,
        6_800,
        500,
        flight);
  }

  /** At least one with all there is and one with as little as there may be, of every kind. */
  static Stream<Event> events() {
    double none = Double.NaN;
    return Stream.of(
        new Fix(FULL, false, "d-7", "ph-7", 30.5, 104.25, 8, 41.5, 270, true, Fix.Datum.BD09),
        new Fix(BARE, true, "川A·D12345", "vt", -0.0, 0, none, none, none, false, Fix.Datum.WGS84),
        new Fix(BARE, false, "d", "p", 1, 2, 0, 0, 0, false, Fix.Datum.GCJ02),
        new OrderEvent(FULL, Type.PLACED, "o", FULL_BOOKING, null, null, null, null, null, 0),
        new OrderEvent(
            FULL, Type.ACCEPTED, "o", BARE_BOOKING, "d", "川A", VehicleClass.ECONOMY, null, null, 0),
        new OrderEvent(
            BARE, Type.REASSIGNED, "o", FULL_BOOKING, "d", "p", VehicleClass.LUXURY, null, null, 0),
        new OrderEvent(BARE, Type.CHANGED, "o", FULL_BOOKING, null, null, null, null, null, 0),
        new OrderEvent(
            FULL, Type.CANCELLED, "o", null, null, null, null, CancelledBy.PLATFORM, "x", 0),
        new OrderEvent(
            BARE, Type.CANCELLED, "o", null, null, null, null, CancelledBy.PASSENGER, null, 0),
        new OrderEvent(FULL, Type.SETTLED, "o", null, null, null, null, null, null, 6_800),
        new Press(FULL, "o", "d", "ph", Press.Button.START, 30.5, 104.25),
        new Press(BARE, "o", "d", "ph", Press.Button.END, none, none),
        new Call(
            FULL, "o", "d", "p", Call.Channel.SMS, Call.Caller.PASSENGER, Call.Outcome.SENT, -1),
        new Call(
            BARE, "o", "d", "p", Call.Channel.CALL, Call.Caller.DRIVER, Call.Outcome.FAILED, 82.5),
        new Login(FULL, "d", "ph", Login.Action.LOGOUT, "7.1.0", "10.1.2.3"),
        new Login(BARE, "d", "ph", Login.Action.LOGIN, null, null),
        new FlightStatus(
            FULL, FLIGHT, FlightStatus.Mode.TRAIN, FlightStatus.Status.RETURNED, 1, 2, 3),
        new FlightStatus(
            BARE,
            new FlightKey("G 1", null, null),
            FlightStatus.Mode.FLIGHT,
            FlightStatus.Status.SCHEDULED,
            1,
            Stamp.ABSENT,
            Stamp.ABSENT),
        new FleetRecord(FULL, "d", List.of("a", "b"), "川A", VehicleClass.BUSINESS, "vt", "SFO"),
        new FleetRecord(BARE, "d", List.of(), "p", VehicleClass.ECONOMY, null, "c"),
        new Rating(FULL, "o", "d", "p", Rating.By.DRIVER, 5, List.of("late", "迟到")),
        new Rating(BARE, "o", "d", "p", Rating.By.PASSENGER, 1, List.of()),
        new Complaint(FULL, "c", "o", "d", "p", Complaint.Type.RESOLVED, "LATE"),
        new Complaint(BARE, "c", "o", "d", "p", Complaint.Type.OPENED, null),
        new HumanVerdict(
            FULL,
            HumanVerdict.Subject.COMPLAINT,
            "s",
            "d",
            HumanVerdict.Decision.REJECTED,
            "qc",
            "note"),
        new HumanVerdict(
            BARE, HumanVerdict.Subject.ALERT, "s", "d", HumanVerdict.Decision.UPHELD, "qc", null),
        new RulesRecord(FULL, "v", 9, "{\"trip\":{}}"),
        new Undo(FULL, "u", "v", "no-show", 7, 8, Undo.State.RESTORED, "qc", "note"),
        new Undo(BARE, "u", "v", null, Stamp.ABSENT, Stamp.ABSENT, Undo.State.UNDONE, "qc", null));
  }

  @ParameterizedTest
  @MethodSource("events")
  void bringsEveryEventBackAsItWas(Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.write(event, new DataOutputStream(bytes));
    DataInputStream in = in(bytes);
    assertEquals(event, Wire.read(in));
    assertEquals(-1, in.read(), "nothing is left over");
  }

  @Test
  void isTriedOnEveryTopicAndEveryTypeOfOrderEvent() {
    assertEquals(
        EnumSet.allOf(Topic.class), events().map(Event::topic).collect(Collectors.toSet()));
    assertEquals(
        Arrays.asList(Type.values()),
        events()
            .filter(OrderEvent.class::isInstance)
            .map(event -> ((OrderEvent) event).type())
            .distinct()
            .sorted()
            .toList());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "a", "川A·D12345", "\u007f", "\u0080", "\0", "𝄞"})
  void bringsEveryStringBackAsItWas(String text) throws IOException {
    assertEquals(text, through(text));
  }

  @Test
  void bringsStringsOfEveryLengthBack() throws IOException {
    for (int length : new int[] {254, 255, 256, 257, 32_767, 65_535, 65_536, 200_000}) {
      assertEquals("x".repeat(length), through("x".repeat(length)));
      assertEquals("川".repeat(length), through("川".repeat(length)));
    }
  }

  private static String through(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.writeString(text, new DataOutputStream(bytes));
    return Wire.readString(in(bytes));
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
