package io.tripwatch.trip;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.north;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Fix.Datum;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.geo.Datums;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.trip.Trip.Nearness;
import io.tripwatch.trip.Trip.Spot;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TripTest {
  private static Trip of(Story story) {
    return story.judgedAt("10:40").trip();
  }

  private static List<Trip> turns(Story story) {
    return story.judgedAt("11:00").trips();
  }

  private static List<Long> all(String... times) {
    return LongStream.of(List.of(times).stream().mapToLong(Story::ms).toArray()).boxed().toList();
  }

  private static List<Long> presses(Story story) {
    return of(story).presses().stream().map(Press::time).toList();
  }

  @Nested
  class Opens {
    @Test
    void withTheAcceptance() {
      Trip trip = of(trip());
      assertEquals("o-1/d-7", trip.tripId());
      assertEquals(ms("8:00"), trip.openedAt());
    }

    @Test
    void withAReassignmentToTheDriver() {
      Story story = trip().notAccepted().acceptedBy("d-8", "8:00").reassignedTo("d-7", "8:30");
      assertEquals(ms("8:30"), of(story).openedAt());
    }

    @Test
    void notAgainForTheDriverWhoHasTheOrder() {
      Story story = trip().reassignedTo("d-7", "8:30").acceptedBy("d-7", "8:40");
      assertEquals(ms("8:00"), of(story).openedAt());
    }

    @Test
    void anotherTimeWhenTheOrderComesBack() {
      Story story = trip().reassignedTo("d-8", "8:30").acceptedBy("d-7", "9:00");
      List<Trip> turns = turns(story.acceptedBy("d-8", "9:10").reassignedTo("d-7", "9:20"));
      assertEquals(
          List.of("o-1/d-7", "o-1/d-7~2", "o-1/d-7~3"), turns.stream().map(Trip::tripId).toList());
      assertEquals(all("8:30", "9:10", "34:00"), turns.stream().map(Trip::end).toList());
      assertEquals(all("8:00", "9:00", "9:20"), turns.stream().map(Trip::openedAt).toList());
    }

    @Test
    void anotherTimeForTheSameDriverAfterACancellation() {
      Story story = trip().cancelledBy(CancelledBy.DRIVER, "8:10").acceptedBy("d-7", "8:15");
      List<Trip> turns = turns(story.cancelledBy(CancelledBy.PASSENGER, "9:00"));
      assertEquals(List.of("o-1/d-7", "o-1/d-7~2"), turns.stream().map(Trip::tripId).toList());
      assertEquals(all("8:00", "8:15"), turns.stream().map(Trip::openedAt).toList());
      assertEquals(all("8:10", "9:00"), turns.stream().map(Trip::end).toList());
      assertEquals(CancelledBy.DRIVER, turns.get(0).cancellation().cancelledBy());
      assertEquals(CancelledBy.PASSENGER, turns.get(1).cancellation().cancelledBy());
    }

    @Test
    void anotherTimeThoughTheTripWasOverWhenItWasCancelled() {
      Story story = trip().startAt("9:00").endAt("9:20").cancelledBy(CancelledBy.PLATFORM, "9:30");
      List<Trip> turns = turns(story.reassignedTo("d-7", "9:40"));
      assertEquals(all("9:20", "34:00"), turns.stream().map(Trip::end).toList());
      assertEquals(null, turns.get(0).cancellation());
      assertEquals(all("8:00", "9:40"), turns.stream().map(Trip::openedAt).toList());
    }

    @Test
    void notAgainAfterTheEndWhileTheOrderIsHis() {
      Story story = trip().startAt("9:00").endAt("9:20").acceptedBy("d-7", "9:40");
      assertEquals(ms("9:20"), of(story).end());
    }

    @Test
    void notAtTheInstantOfTheCancellationWhichFollows() {
      Story story = trip().cancelledBy(CancelledBy.DRIVER, "8:10").acceptedBy("d-7", "8:10");
      assertEquals(ms("8:10"), of(story).end());
    }

    @Test
    void forEachDriverInTurnAfterACancellation() {
      Story story = trip().cancelledBy(CancelledBy.DRIVER, "8:10").acceptedBy("d-8", "8:15");
      List<Trip> turns =
          turns(story.cancelledBy(CancelledBy.DRIVER, "8:20").acceptedBy("d-7", "9:00"));
      assertEquals(all("8:00", "9:00"), turns.stream().map(Trip::openedAt).toList());
      assertEquals(all("8:10", "34:00"), turns.stream().map(Trip::end).toList());
    }

    @Test
    void notForWhatAnotherDrives() {
      assertEquals(List.of(), turns(trip().notAccepted().acceptedBy("d-8", "8:00")));
    }
  }

  @Nested
  class Ends {
    @Test
    void withTheFirstCancellation() {
      Story story = trip().cancelledBy(CancelledBy.PASSENGER, "9:00");
      assertEquals(ms("9:00"), of(story.cancelledBy(CancelledBy.DRIVER, "9:10")).end());
    }

    @Test
    void withACancellationAtTheAcceptance() {
      assertEquals(ms("8:00"), of(trip().cancelledBy(CancelledBy.PLATFORM, "8:00")).end());
    }

    @Test
    void withAnAcceptanceByAnother() {
      assertEquals(ms("9:00"), turns(trip().acceptedBy("d-8", "9:00")).get(0).end());
    }

    @Test
    void withTheEndPress() {
      Trip trip = of(trip().startAt("9:55").endAt("10:20"));
      assertEquals(ms("10:20"), trip.end());
      assertEquals(ms("10:21"), trip.evidenceEnd());
    }

    @Test
    void aDayAfterThePickupTimeAtTheLatest() {
      assertEquals(ms("34:00"), of(trip()).end());
      Story delayed = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
      assertEquals(ms("34:40"), of(delayed.status(Status.DELAYED, "9:00", "PT40M")).end());
    }

    @Test
    void withNoCancellationThatComesLater() {
      Story story = trip().startAt("9:55").endAt("10:20");
      Trip trip = of(story.cancelledBy(CancelledBy.DRIVER, "10:20:00.001"));
      assertEquals(ms("10:20"), trip.end());
      assertEquals(null, trip.cancellation());
    }
  }

  @Nested
  class CountsPresses {
    @Test
    void butNoneWithinFiveSecondsOfACountedOne() {
      assertEquals(all("9:50"), presses(trip().onSiteAt("9:50").onSiteAt("9:50:05")));
      assertEquals(
          all("9:50", "9:50:05.001"), presses(trip().onSiteAt("9:50").onSiteAt("9:50:05.001")));
    }

    @Test
    void measuringFromTheCountedOne() {
      Story story = trip().onSiteAt("9:50").onSiteAt("9:50:04").onSiteAt("9:50:08");
      assertEquals(all("9:50", "9:50:08"), presses(story));
    }

    @Test
    void ofEachButtonByItself() {
      assertEquals(all("9:50", "9:50:01"), presses(trip().onSiteAt("9:50").startAt("9:50:01")));
    }

    @Test
    void fromTheAcceptanceToTheCancellation() {
      Story story = trip().onSiteAt("7:59:59.999").onSiteAt("8:00").onSiteAt("9:00");
      story.onSiteAt("9:00:00.001").cancelledBy(CancelledBy.PASSENGER, "9:00");
      assertEquals(all("8:00", "9:00"), presses(story));
    }

    @Test
    void ofEachTurnByItself() {
      Story story = trip().reassignedTo("d-8", "9:00").reassignedTo("d-7", "9:30");
      List<Trip> turns =
          turns(story.onSiteAt("9:00").onSiteAt("9:10").onSiteAt("9:30").onSiteAt("9:40"));
      assertEquals(
          List.of(all("9:00"), all("9:30", "9:40")),
          turns.stream().map(t -> t.presses().stream().map(Press::time).toList()).toList());
    }

    @Test
    void ofNeitherTurnWhileNobodyHasTheOrder() {
      Story story = trip().cancelledBy(CancelledBy.DRIVER, "9:00").acceptedBy("d-7", "9:30");
      story.onSiteAt("9:00").onSiteAt("9:00:10").onSiteAt("9:29:59.999").onSiteAt("9:30");
      assertEquals(
          List.of(all("9:00"), all("9:30")),
          turns(story).stream().map(t -> t.presses().stream().map(Press::time).toList()).toList());
    }

    @Test
    void ofTheDriverOnly() {
      assertEquals(all(), presses(trip().pressedBy("d-8", Button.START, "9:50")));
    }

    @Test
    void takingTheFirstStart() {
      assertEquals(ms("9:55"), of(trip().startAt("9:55").startAt("9:58")).start());
    }

    @Test
    void takingTheFirstEndAtOrAfterTheStart() {
      Trip atOnce = of(trip().startAt("9:40").endAt("9:40"));
      assertEquals(ms("9:40"), atOnce.endPress());
      assertEquals(ms("9:40"), atOnce.start());
      Story early = trip().endAt("9:40").startAt("9:45").endAt("9:49").endAt("10:20");
      assertEquals(ms("9:49"), of(early).endPress());
      assertEquals(ms("9:45"), of(early).start());
    }

    @Test
    void takingAnEndWithoutStartFromTenMinutesBeforeThePickupTime() {
      assertEquals(NEVER, of(trip().endAt("9:49:59.999")).endPress());
      assertEquals(ms("9:50"), of(trip().endAt("9:49").endAt("9:50")).endPress());
    }

    @Test
    void takingNoStartAfterTheEnd() {
      Trip trip = of(trip().endAt("9:50").startAt("9:50:00.001"));
      assertEquals(NEVER, trip.start());
      assertEquals(1, trip.presses().size());
    }

    @Test
    void movingWithADelayedTrain() {
      Story delayed = trip().scenario(Scenario.STATION_PICKUP).flight("G1");
      delayed.status(Status.DELAYED, "9:00", "PT20M").endAt("10:00").endAt("10:10");
      assertEquals(ms("10:10"), of(delayed).endPress());
    }
  }

  @Nested
  class KnowsTheBooking {
    @Test
    void asItWasChangedLast() {
      Story story = trip().changedAt("9:00", it -> it.dropoff(north(7_000)));
      assertEquals(north(7_000), of(story).booking().dropoff());
    }

    @Test
    void asLongAsEvidenceCounts() {
      Story story = trip().endAt("10:00");
      story.changedAt("10:01", it -> it.dropoff(north(7_000)));
      story.changedAt("10:01:00.001", it -> it.dropoff(north(8_000)));
      assertEquals(north(7_000), of(story).booking().dropoff());
    }

    @Test
    void ofItsOwnTurn() {
      Story story = trip().reassignedTo("d-8", "9:00");
      story.changedAt("9:00:30", it -> it.dropoff(north(7_000)));
      assertEquals(north(Story.DROPOFF_M), of(story).booking().dropoff());
    }

    @Test
    void notAsItIsChangedWhileNobodyHasTheOrder() {
      Story story = trip().endAt("9:50").cancelledBy(CancelledBy.PLATFORM, "9:50");
      story.changedAt("9:50:30", it -> it.dropoff(north(7_000)));
      story.acceptedBy("d-7", "9:51").changedAt("9:52", it -> it.dropoff(north(8_000)));
      List<Trip> turns = turns(story);
      assertEquals(north(Story.DROPOFF_M), turns.get(0).booking().dropoff());
      assertEquals(north(8_000), turns.get(1).booking().dropoff());
    }

    @Test
    void notAsItIsPlacedAfterwards() {
      Story story = trip().reassignedTo("d-7", "8:01").dropoff(north(7_000)).placedAt("8:02");
      assertEquals(north(Story.DROPOFF_M), of(story).booking().dropoff());
    }
  }

  @Nested
  class FindsTheStay {
    @Test
    void thatLastsAMinute() {
      assertEquals(ms("9:50"), of(trip().inside("9:50", "9:51")).firstStay());
      assertEquals(NEVER, of(trip().inside("9:50", "9:50:59.999")).firstStay());
    }

    @Test
    void whoseFixesAreFiveMinutesApartAtMost() {
      assertEquals(ms("9:50"), of(trip().inside("9:50", "9:55")).firstStay());
      assertEquals(NEVER, of(trip().inside("9:50", "9:55:00.001")).firstStay());
    }

    @Test
    void thatNoFixOutsideInterrupts() {
      Story interrupted = trip().inside("9:50", "9:51:10").away("9:50:30");
      assertEquals(NEVER, of(interrupted).firstStay());
      Story unusable =
          trip().inside("9:50", "9:51:10").fix(Fixed.at("9:50:30").mock().metres(9_000));
      assertEquals(ms("9:50"), of(unusable).firstStay());
    }

    @Test
    void thatEndsNotEarlierThanFiveMinutesBeforeTheMargin() {
      assertEquals(ms("9:43"), of(trip().inside("9:43", "9:45")).firstStay());
      assertEquals(NEVER, of(trip().inside("9:43", "9:44:59.999")).firstStay());
    }

    @Test
    void thatIsTheFirstToDoSo() {
      Story story = trip().inside("9:00", "9:02", "9:46", "9:48", "9:57", "9:59");
      assertEquals(ms("9:46"), of(story).firstStay());
    }

    @Test
    void laterThanNinetyMinutesBeforeTheAgreedTime() {
      Story story = trip().acceptedAt("7:00").insideFrom("8:25", "9:50");
      assertEquals(ms("8:30:30"), of(story).firstStay());
      Story justAfter = trip().acceptedAt("7:00").inside("8:30:00.001").insideFrom("8:31", "9:50");
      assertEquals(ms("8:30:00.001"), of(justAfter).firstStay());
    }

    @Test
    void laterThanTheAcceptance() {
      Story story = trip().acceptedAt("9:50").inside("9:50", "9:50:00.001", "9:51:30");
      assertEquals(ms("9:50:00.001"), of(story).firstStay());
    }

    @Test
    void earlierThanTheEnd() {
      Story atTheEnd = trip().inside("9:50", "9:51").cancelledBy(CancelledBy.PLATFORM, "9:51");
      assertEquals(NEVER, of(atTheEnd).firstStay());
      Story before = trip().inside("9:50", "9:51").cancelledBy(CancelledBy.PLATFORM, "9:51:00.001");
      assertEquals(ms("9:50"), of(before).firstStay());
    }

    @Test
    void asLongAsIsSet() {
      Story story = trip().with("trip.stay", "3 min").inside("9:50", "9:52:59.999");
      assertEquals(NEVER, of(story).firstStay());
    }

    @Test
    void thoughThePickupTimeMoves() {
      Story delayed = trip().scenario(Scenario.STATION_PICKUP).flight("G1").inside("9:43", "9:45");
      assertEquals(NEVER, of(delayed.status(Status.DELAYED, "9:00", "PT20M")).firstStay());
    }
  }

  @Nested
  class FindsPresence {
    @Test
    void asTheEarliestOfPressStartAndStay() {
      assertEquals(ms("9:50"), of(trip().onSiteAt("9:50").startAt("9:55")).presence());
      assertEquals(ms("9:55"), of(trip().onSiteAt("9:58").startAt("9:55")).presence());
      assertEquals(ms("9:53"), of(trip().onSiteAt("9:58").inside("9:53", "9:54")).presence());
      assertEquals(NEVER, of(trip()).presence());
    }

    @Test
    void byNoPressThatWasMadeAway() {
      Story story = trip().away("9:50").onSiteAt("9:50").onSiteAt("9:58");
      assertEquals(ms("9:58"), of(story).presence());
      assertEquals(NEVER, of(trip().away("9:50").startAt("9:50")).presence());
    }

    @Test
    void byNoPressAfterTheEnd() {
      Story story = trip().endAt("9:55").onSiteAt("9:55:30");
      assertEquals(NEVER, of(story).presence());
      assertEquals(ms("9:55"), of(trip().endAt("9:55").onSiteAt("9:55")).presence());
    }
  }

  @Nested
  class SumsUpWhetherItWasCalledOff {
    private boolean isOff(Story story) {
      return of(story.cancelledBy(CancelledBy.PASSENGER, "9:30")).summary(0).calledOff();
    }

    private Story train() {
      return trip().scenario(Scenario.STATION_PICKUP).flight("G1");
    }

    @Test
    void byTheCancellationThoughItWasReinstatedAfterwards() {
      Story after = train().status(Status.CANCELLED, "9:30").status(Status.DELAYED, "9:30:00.001");
      assertTrue(isOff(after));
      Story before = train().status(Status.CANCELLED, "9:10").status(Status.DELAYED, "9:30");
      assertFalse(isOff(before));
    }

    @Test
    void byThePickupTimeAsItStoodThen() {
      assertTrue(isOff(train().status(Status.CANCELLED, "10:00")));
      assertFalse(isOff(train().status(Status.CANCELLED, "10:00:00.001")));
      Story delayed = train().status(Status.DELAYED, "9:00", "PT20M");
      assertTrue(isOff(delayed.status(Status.CANCELLED, "10:20")));
      Story delayedAfterwards = train().status(Status.DELAYED, "9:40", "PT20M");
      assertFalse(isOff(delayedAfterwards.status(Status.CANCELLED, "10:20")));
    }

    @Test
    void notWhereItWasReinstatedByThePickupTime() {
      Story story = train().status(Status.CANCELLED, "9:40").status(Status.DELAYED, "10:00");
      assertFalse(isOff(story));
      Story later = train().status(Status.CANCELLED, "9:40").status(Status.DELAYED, "10:00:00.001");
      assertTrue(isOff(later));
    }
  }

  @Nested
  class TellsWhereTheDriverWas {
    private Nearness at(String time, Story story) {
      return of(story).nearness(ms(time), Spot.PICKUP);
    }

    @Test
    void byFixesWithinAMinute() {
      assertEquals(Nearness.NEAR, at("9:51", trip().inside("9:50")));
      assertEquals(Nearness.NEAR, at("9:49", trip().inside("9:50")));
      assertEquals(Nearness.UNKNOWN, at("9:51:00.001", trip().inside("9:50")));
      assertEquals(Nearness.UNKNOWN, at("9:48:59.999", trip().inside("9:50")));
      assertEquals(Nearness.AWAY, at("9:51", trip().away("9:50")));
      assertEquals(Nearness.NEAR, at("9:50", trip().away("9:50").inside("9:51")));
    }

    @Test
    void fromThePlaceThatStoodThen() {
      Story moved = trip().inside("9:52");
      Trip trip = of(moved.changedAt("9:52:30", it -> it.pickup(north(3_000)).dropoff(north(0))));
      assertEquals(Nearness.NEAR, trip.nearness(ms("9:52:29.999"), Spot.PICKUP));
      assertEquals(Nearness.AWAY, trip.nearness(ms("9:52:29.999"), Spot.DROPOFF));
      assertEquals(Nearness.AWAY, trip.nearness(ms("9:52:30"), Spot.PICKUP));
      assertEquals(Nearness.NEAR, trip.nearness(ms("9:52:30"), Spot.DROPOFF));
    }

    @Test
    void untilAMinuteAfterTheEnd() {
      Story within = trip().with("trip.pressWindow", "5 min").endAt("9:55").inside("9:56");
      assertEquals(Nearness.NEAR, at("9:55", within));
      Story after = trip().with("trip.pressWindow", "5 min").endAt("9:55").inside("9:56:00.001");
      assertEquals(Nearness.UNKNOWN, at("9:55", after));
    }
  }

  @Nested
  class UsesFixes {
    private Nearness by(Story story) {
      return of(story).nearness(ms("9:50"), Spot.PICKUP);
    }

    @Test
    void thatAreAccurateEnough() {
      assertEquals(Nearness.NEAR, by(trip().fix(Fixed.at("9:50").accuracyM(100))));
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").accuracyM(100.001))));
      Story set = trip().with("cities.chengdu.trip.maxAccuracyM", 200L);
      assertEquals(Nearness.NEAR, by(set.fix(Fixed.at("9:50").accuracyM(150))));
    }

    @Test
    void thatAreNoMocks() {
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").mock())));
    }

    @Test
    void whoseAccuracyIsNotNegative() {
      assertEquals(Nearness.NEAR, by(trip().fix(Fixed.at("9:50").accuracyM(0))));
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").accuracyM(-0.001))));
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").accuracyM(-1))));
    }

    @Test
    void thatAreNotNearZero() {
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").place(0, 0))));
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").place(5e-324, 5e-324))));
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50").place(-0.001, 0.001))));
      assertEquals(Nearness.AWAY, by(trip().fix(Fixed.at("9:50").place(0.001001, 0))));
      assertEquals(Nearness.AWAY, by(trip().fix(Fixed.at("9:50").place(0, -0.001001))));
    }

    @Test
    void thatAreNotNearZeroAsReported() {
      // BD-09 lies 0.006 degrees away from WGS-84 there.
      Fixed failed = Fixed.at("9:50").place(0.001, 0.001).datum(Datum.BD09);
      assertEquals(Nearness.UNKNOWN, by(trip().fix(failed)));
      Fixed nearZeroConverted = Fixed.at("9:50").place(0.006, 0.0065).datum(Datum.BD09);
      assertEquals(Nearness.AWAY, by(trip().fix(nearZeroConverted)));
    }

    @Test
    void whoseClockWasMendedByTenSecondsAtMost() {
      assertEquals(Nearness.NEAR, by(trip().fix(Fixed.at("9:50:10").receivedAt("9:50"))));
      assertEquals(Nearness.UNKNOWN, by(trip().fix(Fixed.at("9:50:10.001").receivedAt("9:50"))));
    }

    @Test
    void atTheTimeTheyWereReceivedWhereTheClockRanAhead() {
      Story story = trip().fix(Fixed.at("9:51:05").receivedAt("9:51"));
      assertEquals(Nearness.NEAR, by(story));
      Story later = trip().fix(Fixed.at("9:51:05").receivedAt("9:51:00.001"));
      assertEquals(Nearness.UNKNOWN, by(later));
    }

    @Test
    void ofAnyPhoneWhileTheRegistryDoesNotKnowTheDriver() {
      assertEquals(Nearness.NEAR, by(trip().fix(Fixed.at("9:50").device("any"))));
      Story later = trip().registered("9:50:00.001", "ph-7").fix(Fixed.at("9:50").device("any"));
      assertEquals(Nearness.NEAR, by(later));
    }

    @Test
    void ofPhonesRegisteredAtThatTime() {
      Story story = trip().registered("7:00", "ph-7", "ph-8");
      assertEquals(Nearness.NEAR, by(story.fix(Fixed.at("9:50").device("ph-8"))));
      Story other = trip().registered("7:00", "ph-7", "ph-8");
      assertEquals(Nearness.UNKNOWN, by(other.fix(Fixed.at("9:50").device("ph-9"))));
      Story dropped = trip().registered("7:00", "ph-8").registered("9:50", "ph-7");
      assertEquals(Nearness.UNKNOWN, by(dropped.fix(Fixed.at("9:50").device("ph-8"))));
      Story notYet = trip().registered("7:00", "ph-8").registered("9:50:00.001", "ph-7");
      assertEquals(Nearness.NEAR, by(notYet.fix(Fixed.at("9:50").device("ph-8"))));
    }

    @Test
    void theFirstOfOneTimeOnly() {
      Fixed vague = Fixed.at("9:50").accuracyM(20);
      Fixed exact = Fixed.at("9:50").accuracyM(10).metres(5_000);
      assertEquals(Nearness.AWAY, by(trip().fix(vague).fix(exact)));
      Fixed untold = Fixed.at("9:50");
      assertEquals(Nearness.AWAY, by(trip().fix(untold).fix(exact)));
      Fixed unusable = Fixed.at("9:50").accuracyM(5).metres(5_000).mock();
      assertEquals(Nearness.NEAR, by(trip().fix(vague).fix(unusable)));
      Fixed earlierDevice = Fixed.at("9:50").accuracyM(20).device("a").metres(5_000);
      assertEquals(Nearness.AWAY, by(trip().fix(vague).fix(earlierDevice)));
    }

    @Test
    void inWhateverDatumTheyAreReported() {
      double[] gcj = Datums.wgs84ToGcj02(30.0, 104.0);
      Story story = trip().with("trip.pickupRadiusM", 1L);
      story.fix(Fixed.at("9:50").place(gcj[0], gcj[1]).datum(Datum.GCJ02));
      assertEquals(Nearness.NEAR, by(story));
      Story untold = trip().with("trip.pickupRadiusM", 100L);
      assertEquals(Nearness.AWAY, by(untold.fix(Fixed.at("9:50").place(gcj[0], gcj[1]))));
    }
  }
}
