package io.tripwatch.job;

import static io.tripwatch.job.Given.DAY;
import static io.tripwatch.job.Given.HOUR;
import static io.tripwatch.job.Given.MINUTE;
import static io.tripwatch.job.Given.vehicle;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Fix;
import io.tripwatch.event.Stamp;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.trip.FixLog;
import io.tripwatch.trip.Horizons;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlateDeskTest {
  private static final long T = 1_000 * DAY;
  private static final long NOTHING = Desks.NOTHING_KNOWN;

  private final PlateDesk desk = new PlateDesk("A1");
  private final List<ForDriver> told = new ArrayList<>();

  @Test
  void aRideIsToldOfTheFixesInIt() {
    follow("d-1", "o-1", T, T + HOUR);
    for (long time : new long[] {T - 1, T, T + HOUR, T + HOUR + 1}) {
      learn(vehicle(time, "A1"));
    }
    assertEquals(List.of("d-1 " + T, "d-1 " + (T + HOUR)), toldAt());
  }

  @Test
  void aRideHeardOfLateIsToldOfTheFixesThatWereThere() {
    for (long time : new long[] {T - 1, T, T + HOUR, T + HOUR + 1}) {
      learn(vehicle(time, "A1"));
    }
    follow("d-1", "o-1", T, T + HOUR);
    assertEquals(List.of("d-1 " + T, "d-1 " + (T + HOUR)), toldAt());
  }

  @Test
  void aRideThatGrowsIsToldOfWhatIsNewInIt() {
    follow("d-1", "o-1", T + 10, T + 20);
    for (int i = 0; i < 40; i += 5) {
      learn(vehicle(T + i, "A1"));
    }
    follow("d-1", "o-1", T + 5, T + 25);
    assertEquals(
        List.of(10L, 15L, 20L, 5L, 25L),
        told.stream().map(message -> message.event().time() - T).toList());
  }

  @Test
  void withoutARideNobodyIsTold() {
    follow("d-1", "o-1", NEVER, NEVER);
    learn(vehicle(T, "A1"));
    assertEquals(List.of(), told);
  }

  @Test
  void twoDriversWithOneVehicleAreBothToldAndADriverWithTwoOrdersOnce() {
    follow("d-1", "o-1", T, NEVER);
    follow("d-1", "o-2", T, NEVER);
    follow("d-2", "o-1", T, NEVER);
    learn(vehicle(T, "A1"));
    assertEquals(List.of("d-1 " + T, "d-2 " + T), toldAt());
  }

  @Test
  void aRepeatedFixIsKnown() {
    follow("d-1", "o-1", T, NEVER);
    assertTrue(learn(vehicle(T, "A1")));
    assertFalse(learn(vehicle(T, "A1")));
    assertEquals(1, told.size());
  }

  @Test
  void aFixThatTakesAnothersPlaceIsToldToWhoeverHeardOfThat() {
    follow("d-1", "o-1", T, T + HOUR);
    learn(vehicle(new Stamp(T, T + 900, "e-1", null), "A1", 30));
    learn(vehicle(new Stamp(T + 2 * HOUR, T + 800, "e-1", null), "A1", 31));
    FixLog log = new FixLog();
    told.forEach(message -> log.learn((Fix) message.event()));
    assertEquals(1, log.size());
    assertEquals(31, log.lat(0));
  }

  @Test
  void whatIsToldAtOnceAndWhatIsToldLaterIsOneFixToTheDriver() {
    learn(vehicle(new Stamp(T + 1, T, "an-eventId", null), "A1", 30));
    learn(vehicle(new Stamp(T + 20_000, T + 2, null, null), "A1", 30));
    follow("d-1", "o-1", T, NEVER);
    PlateDesk other = new PlateDesk("A1");
    other.follow(interest("d-1", "o-2", T, NEVER), NOTHING, told::add);
    other.learn(vehicle(new Stamp(T + 1, T, "an-eventId", null), "A1", 30), NOTHING, told::add);
    other.learn(vehicle(new Stamp(T + 20_000, T + 2, null, null), "A1", 30), NOTHING, told::add);
    FixLog log = new FixLog();
    told.forEach(message -> log.learn((Fix) message.event()));
    assertEquals(4, told.size());
    assertEquals(2, log.size());
    assertEquals(1, log.mendedMs(0));
    assertEquals(19_998, log.mendedMs(1));
  }

  @Test
  void withoutAnInterestFixesAreKeptAsLongAsAnAcceptanceMayTake() {
    learn(vehicle(T, "A1"));
    desk.letGo(T + Horizons.IDLE_FIXES_MS);
    assertEquals(1, desk.fixes().size());
    desk.letGo(T + Horizons.IDLE_FIXES_MS + 1);
    assertTrue(desk.isForgotten());
  }

  @Test
  void withAnInterestTheyAreKeptAsLongAsSTARTMayTake() {
    follow("d-1", "o-1", NEVER, NEVER);
    learn(vehicle(T - 10 * MINUTE, "A1"));
    learn(vehicle(T, "A1"));
    desk.letGo(T + Horizons.VEHICLE_FIXES_MS);
    assertEquals(1, desk.fixes().size());
    assertEquals(T, desk.fixes().time(0));
    desk.letGo(T + Horizons.VEHICLE_FIXES_MS + 1);
    assertEquals(0, desk.fixes().size());
    assertFalse(desk.isForgotten());
  }

  @Test
  void anInterestEndsWithItsOrderOrWhenNothingMayComeOfItsRide() {
    follow("d-1", "o-1", NEVER, NEVER);
    desk.letGo(T + 4 * DAY - 1);
    assertFalse(desk.isForgotten());
    desk.letGo(desk.endsAt());
    assertTrue(desk.isForgotten());

    follow("d-1", "o-1", T, T + HOUR);
    desk.letGo(T + HOUR + Horizons.VEHICLE_FIXES_MS);
    assertFalse(desk.isForgotten());
    desk.letGo(T + HOUR + Horizons.VEHICLE_FIXES_MS + 1);
    assertTrue(desk.isForgotten());
  }

  @Test
  void whatIsHeldStaysBoundedWithoutAnybodyAskingForIt() {
    for (long time = T; time < T + 7 * DAY; time += 10_000) {
      desk.learn(vehicle(time, "A1"), time - 5_000, told::add);
    }
    assertTrue(desk.fixes().size() <= 2 * Horizons.IDLE_FIXES_MS / 10_000 + 1);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Whatever comes first, a driver knows in the end what he must of his final rides. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whichComesFirstMakesNoDifference(long seed) throws IOException {
    Random random = new Random(seed);
    List<Object> heard = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      long time = T + random.nextInt(100) * 10_000L;
      String eventId = random.nextInt(3) == 0 ? "e-" + random.nextInt(5) : null;
      long receivedAt = time + random.nextInt(1_000) - 200;
      heard.add(vehicle(new Stamp(time, receivedAt, eventId, null), "A1", random.nextInt(3)));
      if (random.nextInt(4) == 0) {
        heard.add(heard.get(random.nextInt(heard.size())));
      }
    }
    List<PlateInterest> last = new ArrayList<>();
    for (int order = 0; order < 3; order++) {
      long from = T + random.nextInt(100) * 10_000L;
      last.add(
          interest(
              "d-" + random.nextInt(2),
              "o-" + order,
              random.nextInt(4) == 0 ? NEVER : from,
              random.nextInt(3) == 0 ? NEVER : from + random.nextInt(50) * 10_000L));
    }
    Map<String, List<String>> expected = null;
    for (int permutation = 0; permutation < 6; permutation++) {
      Map<String, FixLog> drivers = hear(shuffled(heard, last, random), random);
      Map<String, List<String>> known = inRides(drivers, last);
      expected = expected == null ? known : expected;
      assertEquals(expected, known);
    }
    assertEquals(expected, inRides(allTold(heard, last), last));
  }

  /** Of each order, what is said last comes last; what was said before is anything. */
  private static List<Object> shuffled(
      List<Object> fixes, List<PlateInterest> last, Random random) {
    List<Object> all = new ArrayList<>(fixes);
    Collections.shuffle(all, random);
    for (PlateInterest one : last) {
      int at = random.nextInt(all.size() + 1);
      all.add(at, one);
      while (random.nextBoolean()) {
        long from = T + random.nextInt(100) * 10_000L;
        PlateInterest before =
            interest(one.driverId(), one.orderId(), from, from + random.nextInt(50) * 10_000L);
        at = random.nextInt(at + 1);
        all.add(at, before);
      }
    }
    return all;
  }

  private static Map<String, FixLog> hear(List<Object> heard, Random random) throws IOException {
    Map<String, FixLog> drivers = new TreeMap<>();
    PlateDesk desk = new PlateDesk("A1");
    for (Object one : heard) {
      if (one instanceof Fix fix) {
        desk.learn(fix, NOTHING, message -> tell(message, drivers));
      } else {
        desk.follow((PlateInterest) one, NOTHING, message -> tell(message, drivers));
      }
      if (random.nextInt(5) == 0) {
        desk = reread(desk);
      }
    }
    return drivers;
  }

  private static Map<String, FixLog> allTold(List<Object> heard, List<PlateInterest> last) {
    Map<String, FixLog> drivers = new TreeMap<>();
    for (PlateInterest one : last) {
      heard.forEach(fix -> tell(new ForDriver(one.driverId(), (Fix) fix), drivers));
    }
    return drivers;
  }

  private static void tell(ForDriver message, Map<String, FixLog> drivers) {
    drivers
        .computeIfAbsent(message.driverId(), any -> new FixLog())
        .learn(FixLog.asKept((Fix) message.event()));
  }

  private static Map<String, List<String>> inRides(
      Map<String, FixLog> drivers, List<PlateInterest> rides) {
    Map<String, List<String>> known = new TreeMap<>();
    for (PlateInterest ride : rides) {
      FixLog log = drivers.getOrDefault(ride.driverId(), new FixLog());
      List<String> inRide = new ArrayList<>();
      for (int i = 0; i < log.size(); i++) {
        if (ride.rides(log.time(i))) {
          inRide.add(log.time(i) + " " + log.lat(i) + " " + log.mendedMs(i));
        }
      }
      known.put(ride.driverId() + "/" + ride.orderId(), inRide);
    }
    return known;
  }

  private static PlateDesk reread(PlateDesk desk) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    desk.write(new DataOutputStream(head));
    PlateDesk read = PlateDesk.read("A1", in(head));
    TreeSet<Long> pieces = new TreeSet<>();
    for (int i = 0; i < desk.fixes().size(); i++) {
      pieces.add(DriverWire.pieceOf(desk.fixes().time(i)));
    }
    for (long piece : pieces) {
      ByteArrayOutputStream fixes = new ByteArrayOutputStream();
      assertTrue(desk.fixes().writePiece(piece, new DataOutputStream(fixes)));
      read.fixes().readPiece(in(fixes));
    }
    return read;
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private boolean learn(Fix fix) {
    return desk.learn(fix, NOTHING, told::add);
  }

  private void follow(String driverId, String orderId, long rideFrom, long rideUntil) {
    desk.follow(interest(driverId, orderId, rideFrom, rideUntil), NOTHING, told::add);
  }

  private static PlateInterest interest(
      String driverId, String orderId, long rideFrom, long rideUntil) {
    return new PlateInterest("A1", driverId, orderId, T - DAY, rideFrom, rideUntil, T + 4 * DAY);
  }

  private List<String> toldAt() {
    return told.stream().map(one -> one.driverId() + " " + one.event().time()).toList();
  }
}
