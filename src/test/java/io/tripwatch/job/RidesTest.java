package io.tripwatch.job;

import static io.tripwatch.job.Given.HOUR;
import static io.tripwatch.job.Given.MINUTE;
import static io.tripwatch.job.Given.accepted;
import static io.tripwatch.job.Given.cancelled;
import static io.tripwatch.job.Given.press;
import static io.tripwatch.job.Given.reassigned;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.trip.EventLog;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RidesTest {
  private static final long T = 1_000 * HOUR;
  private static final long UNTIL = T + 96 * HOUR;
  private static final long BEFORE = 30_000;
  private static final long AFTER = 90_000;

  private final EventLog<OrderEvent> events =
      EventLog.byTimeThen(Comparator.comparing(OrderEvent::type));
  private final EventLog<Press> presses = EventLog.byTime();

  @Test
  void beforeSTARTFixesAreKeptButNotPassedOn() {
    events.learn(accepted(T, "d-1", "A1"));
    assertRides(interest("d-1", "A1", T, NEVER, NEVER));
  }

  @Test
  void anOrderNobodyHasIsNoRide() {
    events.learn(cancelled(T));
    presses.learn(press(T, "d-1", Button.START));
    assertRides();
  }

  @Test
  void aRideGoesOnFromTheFirstSTARTWhileThereIsNoEND() {
    events.learn(accepted(T, "d-1", "A1"));
    presses.learn(press(T + 40 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 30 * MINUTE, "d-1", Button.START));
    assertRides(interest("d-1", "A1", T, T + 30 * MINUTE - BEFORE, NEVER));
  }

  @Test
  void theLastENDEndsIt() {
    events.learn(accepted(T, "d-1", "A1"));
    presses.learn(press(T + 30 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 50 * MINUTE, "d-1", Button.END));
    presses.learn(press(T + 60 * MINUTE, "d-1", Button.END));
    assertRides(interest("d-1", "A1", T, T + 30 * MINUTE - BEFORE, T + 60 * MINUTE + AFTER));
  }

  @Test
  void anENDThatMayOnlyRepeatOneBeforeSTARTDoesNot() {
    events.learn(accepted(T, "d-1", "A1"));
    presses.learn(press(T + 30 * MINUTE - 1_000, "d-1", Button.END));
    presses.learn(press(T + 30 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 30 * MINUTE + 1_000, "d-1", Button.END));
    assertRides(interest("d-1", "A1", T, T + 30 * MINUTE - BEFORE, NEVER));
  }

  @Test
  void pressesBeforeTheAcceptanceAndByOthersAreNotOfTheRide() {
    events.learn(accepted(T, "d-1", "A1"));
    presses.learn(press(T - 1, "d-1", Button.START));
    presses.learn(press(T + 30 * MINUTE, "d-2", Button.START));
    assertRides(interest("d-1", "A1", T, NEVER, NEVER));
    presses.learn(press(T, "d-1", Button.START));
    assertRides(interest("d-1", "A1", T, T - BEFORE, NEVER));
  }

  @Test
  void aCancellationEndsIt() {
    events.learn(accepted(T, "d-1", "A1"));
    events.learn(cancelled(T + 40 * MINUTE));
    presses.learn(press(T + 30 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 60 * MINUTE, "d-1", Button.END));
    assertRides(interest("d-1", "A1", T, T + 30 * MINUTE - BEFORE, T + 40 * MINUTE + AFTER));
  }

  @Test
  void aSTARTAfterTheCancellationBeginsNone() {
    events.learn(accepted(T, "d-1", "A1"));
    events.learn(cancelled(T + 40 * MINUTE));
    presses.learn(press(T + 40 * MINUTE + 1, "d-1", Button.START));
    assertRides(interest("d-1", "A1", T, NEVER, T + 40 * MINUTE + AFTER));
  }

  @Test
  void theSameDriverHasAnotherTurnAfterACancellation() {
    events.learn(accepted(T, "d-1", "A1"));
    events.learn(cancelled(T + 10 * MINUTE));
    events.learn(accepted(T + 15 * MINUTE, "d-1", "A2"));
    presses.learn(press(T + 12 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 30 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 50 * MINUTE, "d-1", Button.END));
    assertRides(
        interest("d-1", "A1", T, NEVER, T + 10 * MINUTE + AFTER),
        interest("d-1", "A2", T + 15 * MINUTE, T + 30 * MINUTE - BEFORE, T + 50 * MINUTE + AFTER));
  }

  @Test
  void aCancellationBeforeTheAcceptanceEndsNone() {
    events.learn(cancelled(T - 1));
    events.learn(accepted(T, "d-1", "A1"));
    assertRides(interest("d-1", "A1", T, NEVER, NEVER));
  }

  @Test
  void theNextDriversTurnEndsItAndIsOneOfItsOwn() {
    events.learn(accepted(T, "d-1", "A1"));
    events.learn(reassigned(T + 20 * MINUTE, "d-2", "A2"));
    presses.learn(press(T + 10 * MINUTE, "d-1", Button.START));
    presses.learn(press(T + 30 * MINUTE, "d-2", Button.START));
    assertRides(
        interest("d-1", "A1", T, T + 10 * MINUTE - BEFORE, T + 20 * MINUTE + AFTER),
        interest("d-2", "A2", T + 20 * MINUTE, T + 30 * MINUTE - BEFORE, NEVER));
  }

  @Test
  void twoTurnsWithOnePlateAreTwoInterestsTheFirstLongOver() {
    events.learn(accepted(T, "d-1", "A1"));
    events.learn(reassigned(T + 20 * MINUTE, "d-2", "A2"));
    events.learn(reassigned(T + 40 * MINUTE, "d-1", "A1"));
    presses.learn(press(T + 10 * MINUTE, "d-1", Button.START));
    assertRides(
        interest("d-1", "A1", T, T + 10 * MINUTE - BEFORE, T + 20 * MINUTE + AFTER),
        interest("d-2", "A2", T + 20 * MINUTE, NEVER, T + 40 * MINUTE + AFTER),
        interest("d-1", "A1", T + 40 * MINUTE, NEVER, NEVER));
  }

  @Test
  void twoWaysToWriteAPlateAreOnePlate() {
    events.learn(accepted(T, "d-1", "川A·1"));
    events.learn(reassigned(T + 20 * MINUTE, "d-2", "A2"));
    events.learn(reassigned(T + 40 * MINUTE, "d-1", "川ａ１"));
    assertRides(
        interest("d-1", "川A1", T, NEVER, T + 20 * MINUTE + AFTER),
        interest("d-2", "A2", T + 20 * MINUTE, NEVER, T + 40 * MINUTE + AFTER),
        interest("d-1", "川A1", T + 40 * MINUTE, NEVER, NEVER));
  }

  @Test
  void theSameDriverNamedAgainOpensNoTurn() {
    events.learn(accepted(T, "d-1", "A1"));
    events.learn(reassigned(T + 20 * MINUTE, "d-1", "A2"));
    presses.learn(press(T + 30 * MINUTE, "d-1", Button.START));
    assertRides(interest("d-1", "A1", T, T + 30 * MINUTE - BEFORE, NEVER));
  }

  private void assertRides(PlateInterest... expected) {
    assertEquals(List.of(expected), Rides.of(events, presses, UNTIL));
  }

  private static PlateInterest interest(
      String driverId, String plate, long acceptedAt, long rideFrom, long rideUntil) {
    return new PlateInterest(
        plate, driverId, "o-1", acceptedAt - BEFORE, rideFrom, rideUntil, UNTIL);
  }
}
