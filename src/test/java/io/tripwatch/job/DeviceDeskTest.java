package io.tripwatch.job;

import static io.tripwatch.job.Given.DAY;
import static io.tripwatch.job.Given.HOUR;
import static io.tripwatch.job.Given.MINUTE;
import static io.tripwatch.job.Given.login;
import static io.tripwatch.job.Given.registered;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import io.tripwatch.event.Stamp;
import io.tripwatch.trip.EventLog;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What drivers hear of a device, by way of the registry and its own desk. */
class DeviceDeskTest {
  private static final long T = 1_000 * DAY;
  private static final List<String> DRIVERS = List.of("d-0", "d-1", "d-2");
  private static final String[] DEVICES = {"p-1", "p-2"};

  private final DeviceDesk desk = new DeviceDesk("p-1");
  private final List<ForDriver> told = new ArrayList<>();

  @Test
  void whoLogsInIsToldWhoseTheDeviceIsAndBecomes() {
    FleetRecord before = registered(T, "d-2", "p-1");
    FleetRecord own = registered(T, "d-1", "p-1");
    FleetRecord after = registered(T + DAY, "d-2");
    desk.learn(before, told::add);
    desk.learn(own, told::add);
    desk.learn(login(T + HOUR, "d-1", "p-1"), told::add);
    desk.learn(after, told::add);
    assertEquals(List.of(new ForDriver("d-1", before), new ForDriver("d-1", after)), told);
  }

  @Test
  void aQuestionIsAnsweredAgain() {
    FleetRecord fleet = registered(T, "d-2", "p-1");
    desk.learn(fleet, told::add);
    desk.answer(question("d-1", T + DAY), told::add);
    desk.answer(question("d-1", T + DAY), told::add);
    desk.answer(question("d-2", T + DAY), told::add);
    assertEquals(List.of(new ForDriver("d-1", fleet), new ForDriver("d-1", fleet)), told);
  }

  @Test
  void interestEndsWhenNoRecordOfTheLastLoginsTimeMayStillArrive() {
    desk.learn(login(T, "d-1", "p-1"), told::add);
    desk.dropExpired(T + Horizons.LATE_EVIDENCE_MS - 1);
    desk.learn(registered(T, "d-2", "p-1"), told::add);
    assertEquals(1, told.size());
    desk.dropExpired(T + Horizons.LATE_EVIDENCE_MS);
    desk.learn(registered(T + 1, "d-2", "p-1"), told::add);
    assertEquals(1, told.size());
  }

  @Test
  void loginsOfTwoDriversADayApartAreToldToBothWhicheverComesFirst() {
    Login first = login(T, "d-1", "p-1");
    Login second = login(T + DAY, "d-2", "p-1");
    Set<ForDriver> both = Set.of(new ForDriver("d-1", second), new ForDriver("d-2", first));
    desk.learn(first, told::add);
    desk.learn(second, told::add);
    assertEquals(both, Set.copyOf(told));
    DeviceDesk other = new DeviceDesk("p-1");
    List<ForDriver> toldByOther = new ArrayList<>();
    other.learn(second, toldByOther::add);
    other.learn(first, toldByOther::add);
    assertEquals(both, Set.copyOf(toldByOther));
  }

  @Test
  void loginsFartherApartOrOfOneDriverAreNot() {
    desk.learn(login(T, "d-1", "p-1"), told::add);
    desk.learn(login(T + DAY + 1, "d-2", "p-1"), told::add);
    desk.learn(login(T + 1, "d-1", "p-1"), told::add);
    assertEquals(List.of(), told.stream().filter(one -> one.event().time() == T).toList());
    assertEquals(2, told.size());
  }

  @Test
  void aRepeatedLoginIsToldNobodyAgain() {
    desk.learn(login(T, "d-1", "p-1"), told::add);
    desk.learn(login(T, "d-2", "p-1"), told::add);
    told.clear();
    desk.learn(login(T, "d-1", "p-1"), told::add);
    assertEquals(List.of(), told);
  }

  @Test
  void aLoginIsKeptAsLongAsAnotherADayLaterMayTake() {
    desk.learn(login(T, "d-1", "p-1"), told::add);
    desk.dropExpired(T + DAY + Horizons.LATE_EVIDENCE_MS);
    desk.learn(login(T + DAY, "d-2", "p-1"), told::add);
    assertEquals(2, told.size());
    desk.dropExpired(T + DAY + Horizons.LATE_EVIDENCE_MS + 1);
    desk.learn(login(T + DAY, "d-3", "p-1"), told::add);
    assertFalse(
        told.stream().anyMatch(one -> one.event().time() == T && one.driverId().equals("d-3")));
  }

  @Test
  void whoIsRegisteredStaysAndAllElseEnds() {
    desk.learn(registered(T, "d-2", "p-1"), told::add);
    desk.learn(registered(T, "d-3", "p-1"), told::add);
    desk.learn(registered(T + DAY, "d-3"), told::add);
    desk.learn(login(T + DAY, "d-1", "p-1"), told::add);
    long ends = desk.expiresAt();
    assertEquals(T + DAY + DAY + Horizons.LATE_EVIDENCE_MS + 1, ends);
    desk.dropExpired(ends);
    assertEquals(NEVER, desk.expiresAt());
    assertFalse(desk.isEmpty());
    told.clear();
    desk.answer(question("d-1", T + 100 * DAY), told::add);
    assertEquals(List.of(new ForDriver("d-1", registered(T, "d-2", "p-1"))), told);
    desk.learn(registered(T + 6 * DAY, "d-2"), told::add);
    desk.dropExpired(T + 9 * DAY);
    desk.dropExpired(desk.expiresAt());
    assertTrue(desk.isEmpty());
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Whatever comes first, each driver knows the same in the end of those who bear on him. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whichComesFirstMakesNoDifference(long seed) throws IOException {
    Random random = new Random(seed);
    List<Object> heard = new ArrayList<>();
    int number = 0;
    for (int i = 0; i < 8; i++) {
      String driver = "d-" + random.nextInt(3);
      Stamp stamp = stamp(random, 3 * DAY, number++);
      heard.add(registered(stamp, driver, any(random), any(random)));
      if (stamp.eventId() != null && random.nextBoolean()) {
        heard.add(registered(copy(stamp, random), driver, any(random)));
      }
    }
    for (int i = 0; i < 8; i++) {
      String driver = "d-" + random.nextInt(3);
      String device = any(random);
      Stamp stamp = stamp(random, 3 * DAY, number++);
      heard.add(login(stamp, driver, device, Login.Action.LOGIN));
      if (random.nextInt(3) == 0) {
        heard.add(login(copy(stamp, random), driver, device, Login.Action.LOGIN));
      }
    }
    heard.add(new DeviceQuestion("p-1", "d-2", T + 9 * DAY));
    heard.add(heard.get(random.nextInt(heard.size())));
    Map<String, Set<String>> expected = toldAll(heard);
    for (int permutation = 0; permutation < 8; permutation++) {
      Collections.shuffle(heard, random);
      assertEquals(expected, known(heard, random));
    }
  }

  /** What they would know if everybody were told everything. */
  private static Map<String, Set<String>> toldAll(List<Object> heard) {
    Map<String, Set<String>> known = new TreeMap<>();
    for (String driver : DRIVERS) {
      List<ForDriver> told = new ArrayList<>();
      for (Object one : heard) {
        boolean own = one instanceof FleetRecord fleet && fleet.driverId().equals(driver);
        if (one instanceof Event event && !own) {
          told.add(new ForDriver(driver, event));
        }
      }
      known.put(driver, knownTo(driver, told));
    }
    return known;
  }

  private static String any(Random random) {
    return DEVICES[random.nextInt(DEVICES.length)];
  }

  private static Stamp stamp(Random random, long span, int number) {
    long time = T + random.nextInt((int) (span / MINUTE)) * MINUTE;
    String eventId = random.nextInt(3) == 0 ? "e-" + number : null;
    return new Stamp(time, time + 100, eventId, "{\"n\":" + number + "}");
  }

  /** A record of the same event: by its eventId with other content, without one a mere copy. */
  private static Stamp copy(Stamp stamp, Random random) {
    long receivedAt = stamp.receivedAt() + random.nextInt(1_000) - 500;
    return stamp.eventId() == null
        ? new Stamp(stamp.eventTime(), receivedAt, null, stamp.canonical())
        : new Stamp(
            stamp.eventTime() + (random.nextInt(3) - 1) * 20 * HOUR,
            receivedAt,
            stamp.eventId(),
            stamp.canonical() + " ");
  }

  /**
   * What the drivers know in the end, of it what matters: whose devices, and logins near theirs.
   */
  private static Map<String, Set<String>> known(List<Object> heard, Random random)
      throws IOException {
    Map<String, RegistryDesk> registries = new TreeMap<>();
    Map<String, DeviceDesk> devices = new TreeMap<>();
    List<ForDriver> told = new ArrayList<>();
    for (Object one : heard) {
      List<ForDevice> toDevices = new ArrayList<>();
      if (one instanceof FleetRecord fleet) {
        registries
            .computeIfAbsent(fleet.driverId(), any -> new RegistryDesk())
            .learn(fleet, toDevices::add);
        registries.replace(fleet.driverId(), reread(registries.get(fleet.driverId())));
      } else if (one instanceof Login login) {
        toDevices.add(new ForDevice(login.deviceId(), login));
        told.add(new ForDriver(login.driverId(), login));
      } else if (one instanceof DeviceQuestion question) {
        devices
            .computeIfAbsent(question.deviceId(), any -> new DeviceDesk("p-1"))
            .answer(question, told::add);
      }
      for (ForDevice message : toDevices) {
        DeviceDesk desk = devices.computeIfAbsent(message.deviceId(), any -> new DeviceDesk("p-1"));
        if (message.event() instanceof Login login) {
          desk.learn(login, told::add);
        } else {
          desk.learn((FleetRecord) message.event(), told::add);
        }
      }
      if (random.nextInt(4) == 0) {
        devices.replaceAll((id, desk) -> reread(desk));
      }
    }
    Collections.shuffle(told, random);
    Map<String, Set<String>> known = new TreeMap<>();
    for (String driver : DRIVERS) {
      known.put(driver, knownTo(driver, told));
    }
    return known;
  }

  private static Set<String> knownTo(String driver, List<ForDriver> told) {
    EventLog<Login> logins = EventLog.byTime();
    Map<String, EventLog<FleetRecord>> records = new TreeMap<>();
    for (ForDriver message : told) {
      Event event = message.event();
      if (message.driverId().equals(driver) && event instanceof Login login) {
        logins.learn(login);
      } else if (message.driverId().equals(driver) && event instanceof FleetRecord fleet) {
        records.computeIfAbsent(fleet.driverId(), any -> EventLog.byTime()).learn(fleet);
      }
    }
    Set<String> devices = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    for (Login own : logins) {
      if (own.driverId().equals(driver)) {
        devices.add(own.deviceId());
        for (Login other : logins) {
          boolean near = Math.abs(other.time() - own.time()) <= DAY;
          if (!other.driverId().equals(driver) && near && other.deviceId().equals(own.deviceId())) {
            known.add(own.time() + " " + other.driverId() + " " + other.time());
          }
        }
      }
    }
    if (driver.equals("d-2")) {
      devices.add("p-1");
    }
    records.forEach(
        (other, log) -> {
          for (long time = T - DAY; time < T + 5 * DAY; time += 30 * MINUTE) {
            FleetRecord held = log.inForceAt(time);
            for (String device : devices) {
              if (held != null && held.phones().contains(device)) {
                known.add(other + " holds " + device + " at " + time);
              }
            }
          }
        });
    return known;
  }

  private static RegistryDesk reread(RegistryDesk desk) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    desk.write(new DataOutputStream(bytes));
    return RegistryDesk.read(in(bytes));
  }

  private static DeviceDesk reread(DeviceDesk desk) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      desk.write(new DataOutputStream(bytes));
      return DeviceDesk.read("p-1", in(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static DeviceQuestion question(String driverId, long until) {
    return new DeviceQuestion("p-1", driverId, until);
  }
}
