package io.tripwatch.rule.cheating;

import static io.tripwatch.rule.Story.at;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static io.tripwatch.verdict.Alert.Status.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Login;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.settings.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeOrderTest implements RuleContract {
  private static final String FAKE = "fake-order";

  @Override
  public String rule() {
    return FAKE;
  }

  @Override
  public Story broken() {
    return ride().passengerDevice(Story.PHONE).registered("7:00", Story.PHONE);
  }

  @Override
  public String judgedAt() {
    return "11:00";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.CRITICAL, 50_000, 100, true, false);
  }

  /** A ride nothing speaks against: 21 km in half an hour, after a call. */
  private static Story ride() {
    return trip()
        .calledAt("8:05")
        .startAt("10:00")
        .endAt("10:30")
        .fix("10:01", 0)
        .fix("10:29", 20_000);
  }

  /** What fires at a low threshold. */
  private static List<?> signals(Story story) {
    return (List<?>)
        story.with("rules.fake-order.threshold", 1L).judgedAt("11:00").evidence(FAKE, "signals");
  }

  private static void isQuiet(Story story) {
    story.with("rules.fake-order.threshold", 1L).judgedAt("11:00").isSilentOn(FAKE);
  }

  /** Judged a minute after its moment. */
  @Override
  @Test
  public void isRaisedAtItsMomentAndNotAMillisecondBefore() {
    assertTrue(broken().judgedAt("10:31").raises(FAKE, "10:30").holds(FAKE));
    assertFalse(broken().judgedAt("10:30:59.999").holds(FAKE));
  }

  @Override
  @Test
  public void isNotRaisedAheadOfItsMomentThoughAllIsKnown() {
    assertNull(foreseen("10:30:59.999"));
    assertNotNull(foreseen("10:31"));
  }

  private Object foreseen(String time) {
    return broken().foreseenAt(time).get(FAKE);
  }

  @Test
  void listsTheSignalsInOrderWithTheirWeights() {
    Story everything =
        trip()
            .acceptedAt("9:58")
            .passengerDevice(Story.PHONE)
            .registered("7:00", Story.PHONE)
            .coupon(6_800)
            .startAt("10:00")
            .endAt("10:01")
            .fix(Fixed.at("10:00:10").mock())
            .inside("10:00:20", "10:00:30");
    others(everything, "9:00", "9:30");
    Outcome outcome = everything.judgedAt("11:00").raises(FAKE, "10:01");
    assertEquals(
        List.of(
            "no-movement",
            "too-fast",
            "same-device",
            "repeat-pair",
            "coupon",
            "no-contact",
            "spoofed",
            "instant"),
        outcome.evidence(FAKE, "signals"));
    assertEquals(
        Map.of(
            "no-movement",
            80L,
            "too-fast",
            80L,
            "same-device",
            100L,
            "repeat-pair",
            40L,
            "coupon",
            30L,
            "no-contact",
            10L,
            "spoofed",
            50L,
            "instant",
            20L),
        outcome.evidence(FAKE, "weights"));
    assertEquals(410L, outcome.evidence(FAKE, "sum"));
  }

  @Test
  void countsTheThresholdItself() {
    broken().judgedAt("11:00").raises(FAKE, "10:30");
    broken().with("rules.fake-order.threshold", 101L).judgedAt("11:00").isSilentOn(FAKE);
  }

  @Test
  void needsARideThatEnded() {
    Story open = trip().passengerDevice(Story.PHONE).registered("7:00", Story.PHONE);
    open.startAt("10:00").judgedAt("11:00").isSilentOn(FAKE);
    Story notStarted = trip().passengerDevice(Story.PHONE).registered("7:00", Story.PHONE);
    notStarted.endAt("10:00").judgedAt("11:00").isSilentOn(FAKE);
  }

  @Test
  void noticesThatTheCarDidNotMove() {
    Story stood = trip().calledAt("8:05").startAt("10:00").endAt("10:30").inside("10:01");
    isQuiet(stood);
    assertEquals(List.of("no-movement"), signals(stood.fix("10:29", 299)));
    isQuiet(ride().fix("10:15", 0));
    Story back = trip().calledAt("8:05").startAt("10:00").endAt("10:30");
    isQuiet(back.inside("10:01").fix("10:15", 301).inside("10:29"));
  }

  @Test
  void looksAtTheMovementDuringTheRideOnly() {
    Story stood = trip().calledAt("8:05").startAt("10:00").endAt("10:30");
    stood.away("9:59:59.999", "10:30:00.001").inside("10:00", "10:30");
    assertEquals(List.of("no-movement"), signals(stood));
  }

  @Test
  void expectsNoMovementOfAShortRide() {
    Story far = trip().calledAt("8:05").startAt("10:00").endAt("10:30").inside("10:01", "10:29");
    assertEquals(List.of("no-movement"), signals(far.estimatedMeters(2_000)));
    Story near = trip().calledAt("8:05").startAt("10:00").endAt("10:30").inside("10:01", "10:29");
    isQuiet(near.estimatedMeters(1_999.9));
  }

  /** 21 km at 150 km/h are 504 s. */
  @Test
  void noticesThatTheRideWasTooFast() {
    Story at = trip().calledAt("8:05").startAt("10:00").endAt("10:08:24");
    isQuiet(at);
    Story faster = trip().calledAt("8:05").startAt("10:00").endAt("10:08:23.999");
    assertEquals(List.of("too-fast"), signals(faster));
    Story atOnce = trip().calledAt("8:05").startAt("10:00").endAt("10:00");
    assertEquals(List.of("too-fast"), signals(atOnce));
    Story near = trip().calledAt("8:05").estimatedMeters(1_999.9).startAt("10:00").endAt("10:00");
    isQuiet(near);
  }

  @Test
  void noticesThatThePassengersDeviceIsTheDrivers() {
    assertEquals(List.of("same-device"), signals(broken()));
    isQuiet(ride().passengerDevice("ph-8").registered("7:00", Story.PHONE));
    isQuiet(ride().passengerDevice(Story.PHONE).registered("10:00:00.001", Story.PHONE));
    isQuiet(ride().registered("7:00", Story.PHONE));
  }

  @Test
  void noticesThatHeLoggedInOnThePassengersDevice() {
    assertEquals(
        List.of("same-device"), signals(ride().passengerDevice("ph-8").loggedIn("ph-8", "10:00")));
    isQuiet(ride().passengerDevice("ph-8").loggedIn("ph-8", "10:00:00.001"));
    isQuiet(ride().passengerDevice("ph-8").loggedIn("ph-9", "10:00"));
    assertEquals(
        List.of("same-device"),
        signals(ride().passengerDevice("ph-8").loggedIn("ph-8", "-158:00")));
    isQuiet(ride().passengerDevice("ph-8").loggedIn("ph-8", "-159:59:59.999"));
    Story logout = ride().passengerDevice("ph-8");
    isQuiet(logout.login(Story.DRIVER, "ph-8", Login.Action.LOGOUT, "9:00"));
    isQuiet(ride().passengerDevice("ph-8").login("d-8", "ph-8", Login.Action.LOGIN, "9:00"));
  }

  private static Story others(Story story, String... starts) {
    int number = 2;
    for (String start : starts) {
      story.inOrder(
          "o-" + number++, it -> it.acceptedBy(Story.DRIVER, start).startAt(start).endAt(start));
    }
    return story;
  }

  @Test
  void noticesThatTheTwoMeetAgainAndAgain() {
    isQuiet(others(ride(), "9:00"));
    assertEquals(List.of("repeat-pair"), signals(others(ride(), "9:00", "9:30")));
    assertEquals(List.of("repeat-pair"), signals(others(ride(), "9:00", "10:00")));
    isQuiet(others(ride(), "9:00", "10:00:00.001"));
  }

  /** Told at once the orders are settled in one go: each must know of the others before. */
  @Test
  void knowsOfTheOtherTripsThoughEventTimeLeaps() {
    Story story = others(ride(), "9:00", "9:30").with("rules.fake-order.threshold", 1L);
    Outcome outcome = story.judgedAt("60:00");
    assertEquals(List.of("repeat-pair"), outcome.evidence(FAKE, "signals"));
  }

  @Test
  void countsOtherTripsOfADayBack() {
    Story within = ride().acceptedAt("-16:00");
    assertEquals(List.of("repeat-pair"), signals(others(within, "9:00", "-14:00")));
    Story beyond = ride().acceptedAt("-16:00");
    isQuiet(others(beyond, "9:00", "-15:59:59.999"));
  }

  @Test
  void noticesThatACouponPays() {
    assertEquals(List.of("coupon"), signals(ride().coupon(5_440)));
    isQuiet(ride().coupon(5_439));
    assertEquals(List.of("coupon"), signals(ride().price(0)));
  }

  @Test
  void noticesThatTheTwoWereNeverInTouch() {
    Story silent = trip().startAt("10:00").endAt("10:30").fix("10:01", 0).fix("10:29", 20_000);
    assertEquals(List.of("no-contact"), signals(silent));
    Story late = trip().startAt("10:00").endAt("10:30").fix("10:01", 0).fix("10:29", 20_000);
    assertEquals(List.of("no-contact"), signals(late.calledAt("10:30:00.001")));
    Story justSo = trip().startAt("10:00").endAt("10:30").fix("10:01", 0).fix("10:29", 20_000);
    isQuiet(justSo.calledAt("10:30"));
  }

  @Test
  void noticesThatThePositionsAreMocked() {
    assertEquals(List.of("spoofed"), signals(mocked()));
    isQuiet(mocked().with("rules.gps-spoofed.enabled", false));
    isQuiet(mocked().with("rules.gps-spoofed.shadow", true));
  }

  private static Story mocked() {
    return ride().fix(Fixed.at("10:10").mock());
  }

  @Test
  void noticesThatTheRideBeganAtOnce() {
    Story instant = trip().acceptedAt("9:58").calledAt("9:59").startAt("10:00").endAt("10:30");
    assertEquals(List.of("instant"), signals(instant));
    Story later = trip().acceptedAt("9:57:59.999").calledAt("9:59").startAt("10:00").endAt("10:30");
    isQuiet(later);
  }

  @Test
  void isRetractedWhenALateFixShowsThatTheCarMoved() {
    Story stood = trip().acceptedAt("9:59").startAt("10:00").endAt("10:30");
    Outcome outcome =
        stood.inside("10:01", "10:29").learnedAt("11:30", it -> it.away("10:15")).judgedAt("11:31");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(FAKE).revisions(FAKE));
  }

  @Test
  void isUpdatedWhenALateCallTakesASignalAway() {
    Story silent = trip().startAt("10:00").endAt("10:30").fix("10:01", 0).fix("10:29", 20_000);
    silent.passengerDevice(Story.PHONE).registered("7:00", Story.PHONE);
    Outcome outcome =
        silent.learnedAt("10:40", it -> it.calledAt("8:45")).judgedAt("11:00").raises(FAKE);
    assertEquals(List.of(RAISED, UPDATED), outcome.revisions(FAKE));
    assertEquals(List.of("same-device"), outcome.evidence(FAKE, "signals"));
  }

  @Test
  void isRaisedWhenALateLoginTellsOfTheSameDevice() {
    Outcome outcome =
        ride()
            .passengerDevice("ph-8")
            .learnedAt("11:30", it -> it.loggedIn("ph-8", "9:45"))
            .judgedAt("11:31")
            .raises(FAKE, "10:30");
    assertEquals(at("9:45"), outcome.evidence(FAKE, "loginAt"));
  }
}
