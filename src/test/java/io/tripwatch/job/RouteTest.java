package io.tripwatch.job;

import static io.tripwatch.job.Given.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Login;
import io.tripwatch.event.Rating;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Undo;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  private static final Stamp STAMP = new Stamp(MINUTE, MINUTE, null, "{}");

  private OneInputStreamOperatorTestHarness<Incoming, ForDriver> route;

  @BeforeEach
  void open() throws Exception {
    route = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new Route()));
    route.open();
  }

  @AfterEach
  void close() throws Exception {
    route.close();
  }

  @ParameterizedTest
  @CsvSource({
    "o-1/d-1/no-show, d-1",
    "o-1/d-1~2/no-show, d-1",
    "o-1/d-1~13/complaint-upheld/c-1, d-1",
    "-/d-1/device-shared/ph-1/2026-11-22, d-1",
    "o:1/d.1_-:x/no-show, d.1_-:x",
  })
  void aVerdictOnAnAlertGoesToTheDriverInItsId(String alertId, String driverId) throws Exception {
    HumanVerdict verdict = verdict(HumanVerdict.Subject.ALERT, alertId);
    send(verdict);
    assertEquals(List.of(new ForDriver(driverId, verdict)), route.extractOutputValues());
    assertEquals(0, namesNothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o-1",
        "o-1/d-1",
        "o-1/d-1/",
        "/d-1/no-show",
        "o-1//no-show",
        "o-1/~2/no-show",
        "o-1/d-1~/no-show",
        "o-1/d-1~x/no-show",
        "o-1/d-1~2~3/no-show"
      })
  void aVerdictOnWhatNoAlertIsCalledIsDroppedAndCounted(String alertId) throws Exception {
    send(verdict(HumanVerdict.Subject.ALERT, alertId));
    assertEquals(List.of(), route.extractOutputValues());
    assertEquals(1, namesNothing());
  }

  @Test
  void whatNamesADriverGoesToHim() throws Exception {
    List<Event> events =
        List.of(
            verdict(HumanVerdict.Subject.RATING, "o-1"),
            verdict(HumanVerdict.Subject.COMPLAINT, "o-1/d-1/any string"),
            new Rating(STAMP, "o-1", "d-9", "pa-1", Rating.By.DRIVER, 5, List.of()),
            new Complaint(STAMP, "c-1", "o-1", "d-9", "pa-1", Complaint.Type.OPENED, null),
            Given.login(STAMP, "d-9", "p-1", Login.Action.LOGOUT));
    List<ForDriver> expected = new ArrayList<>();
    for (Event event : events) {
      send(event);
      expected.add(new ForDriver("d-9", event));
    }
    assertEquals(expected, route.extractOutputValues());
  }

  @Test
  void aDeviceHearsOfLoginsOnly() throws Exception {
    Login login = Given.login(MINUTE, "d-9", "p-1");
    send(login);
    send(Given.login(STAMP, "d-9", "p-1", Login.Action.LOGOUT));
    assertEquals(List.of(new ForDevice("p-1", login)), side(Route.OF_DEVICES));
    assertEquals(1, route.extractOutputValues().size());
  }

  @Test
  void theRegistryHearsOfItsRecordsAndHandsThemOn() throws Exception {
    FleetRecord fleet = Given.registered(MINUTE, "d-9", "p-1");
    send(fleet);
    assertEquals(List.of(new Received(fleet, null)), side(Route.OF_REGISTRY));
    assertEquals(List.of(), route.extractOutputValues());
  }

  @Test
  void vehiclesFixesGoToTheirPlate() throws Exception {
    send(Given.vehicle(MINUTE, "A1"));
    assertEquals(List.of(Given.vehicle(MINUTE, "A1")), side(Route.OF_VEHICLES));
    assertEquals(List.of(), route.extractOutputValues());
  }

  @Test
  void newRulesGoTheirOwnWay() throws Exception {
    RulesRecord rules = new RulesRecord(STAMP, "v2", MINUTE, "{}");
    send(rules);
    assertEquals(List.of(rules), side(Route.RULES));
    assertEquals(List.of(), route.extractOutputValues());
    assertNull(route.getSideOutput(Route.DEAD_LETTERS));
  }

  @Test
  void undosGoTheirOwnWay() throws Exception {
    Undo undo =
        new Undo(STAMP, "u-1", "v2", null, MINUTE, Stamp.ABSENT, Undo.State.UNDONE, "qc-1", null);
    send(undo);
    assertEquals(List.of(undo), side(Route.UNDO));
    assertEquals(List.of(), route.extractOutputValues());
  }

  private void send(Event event) throws Exception {
    route.processElement(Incoming.accepted(event), event.time());
  }

  private <T> List<T> side(OutputTag<T> tag) {
    return route.getSideOutput(tag).stream().map(element -> element.getValue()).toList();
  }

  private long namesNothing() {
    return (long)
        route.getOperator().getRuntimeContext().getAccumulator(Route.NAMES_NOTHING).getLocalValue();
  }

  private static HumanVerdict verdict(HumanVerdict.Subject subject, String subjectId) {
    return new HumanVerdict(
        STAMP, subject, subjectId, "d-9", HumanVerdict.Decision.UPHELD, "qc-1", null);
  }
}
