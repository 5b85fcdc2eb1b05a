package io.tripwatch.job;

import static io.tripwatch.job.Given.DAY;
import static io.tripwatch.job.Given.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.trip.Horizons;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryDeskTest {
  private static final long T = 1_000 * DAY;

  private final RegistryDesk desk = new RegistryDesk();
  private final List<String> told = new ArrayList<>();

  @Test
  void aDeviceHearsOfItsRegistrationAndOfItsEnd() {
    learn(T, "p-1");
    learn(T + DAY, "p-2");
    assertEquals(List.of("p-1 0", "p-1 1", "p-2 0", "p-2 1"), told);
  }

  @Test
  void aDeviceNamedLateHearsOfTheEndThatIsKnown() {
    learn(T + DAY, "p-2");
    learn(T, "p-1");
    assertEquals(List.of("p-2 1", "p-2 0", "p-1 0", "p-1 1"), told);
  }

  @Test
  void aRepeatedRecordIsToldNobody() {
    learn(T, "p-1");
    assertEquals(
        Desk.Outcome.REPEATED,
        desk.learn(registered(T, "d-1", "p-1"), message -> told.add("again")));
    assertEquals(List.of("p-1 0"), told);
  }

  @Test
  void aDeviceOfLongAgoHearsNoMore() {
    learn(T, "p-1");
    learn(T + DAY, "p-2");
    told.clear();
    desk.dropExpired(T + DAY + Horizons.LATE_EVIDENCE_MS - 1);
    learn(T + 2 * DAY, "p-2");
    assertEquals(List.of("p-1 2", "p-2 2"), told);
    told.clear();
    desk.dropExpired(T + DAY + Horizons.LATE_EVIDENCE_MS);
    learn(T + 3 * DAY, "p-2");
    assertEquals(List.of("p-2 3"), told);
  }

  private void learn(long time, String phone) {
    desk.learn(
        registered(time, "d-1", phone),
        message -> told.add(message.deviceId() + " " + (message.event().time() - T) / DAY));
  }
}
