package io.tripwatch.trip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.VehicleClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private final Registration registration = new Registration();

  private static FleetRecord named(long time, String... phones) {
    Stamp stamp = new Stamp(time, Stamp.ABSENT, null, String.join(",", phones));
    return new FleetRecord(
        stamp, "d-7", List.of(phones), "川A", VehicleClass.COMFORT, null, "chengdu");
  }

  private boolean isHis(String phone, long time) {
    return Registration.isPhoneOf(registration.at(time), phone);
  }

  @Test
  void takesAnyPhoneForHisWhileItKnowsNone() {
    registration.learn(named(10, "a"));
    assertNull(registration.at(9));
    assertTrue(isHis("any", 9));
    assertFalse(isHis("any", 10));
    assertTrue(isHis("a", 10));
  }

  @Test
  void goesByTheRecordThatHeldThenHoweverLateItCame() {
    registration.learn(named(20, "b"));
    registration.learn(named(10, "a"));
    assertTrue(isHis("a", 19));
    assertFalse(isHis("a", 20));
    assertTrue(isHis("b", 20));
  }

  @Test
  void knowsNoPhoneOfADriverRegisteredWithoutAny() {
    registration.learn(named(10));
    assertFalse(isHis("a", 10));
  }

  @Test
  void tellsARepeatedRecord() {
    assertTrue(registration.learn(named(10, "a")));
    int revision = registration.revision();
    assertFalse(registration.learn(named(10, "a")));
    assertEquals(revision, registration.revision());
  }

  @Test
  void neverForgetsTheRecordThatHolds() {
    registration.learn(named(10, "a"));
    registration.learn(named(20, "b"));
    registration.forgetBefore(100);
    assertNull(registration.at(19));
    assertTrue(isHis("b", 100));
  }
}
