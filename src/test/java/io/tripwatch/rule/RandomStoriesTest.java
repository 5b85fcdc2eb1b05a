package io.tripwatch.rule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Call;
import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Story.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Stories nobody would tell, each played in all the ways of {@link Outcome}: whatever happens, the
 * verdicts do not depend on how it was learned.
 */
class RandomStoriesTest {
  private static final int STORIES = 400;
  private static final String[] DEVICES = {Story.PHONE, Story.PHONE, Story.PHONE, "ph-8"};
  private static final double[] METRES = {
    0, 0, 100, 499, 501, 999, 1_001, 1_999, 2_001, 5_000, 19_001, Story.DROPOFF_M
  };

  @Test
  void endInTheSameVerdictsHoweverTheyAreLearned() {
    Set<String> broken = new TreeSet<>();
    for (int seed = 0; seed < STORIES; seed++) {
      Random random = new Random(seed);
      try {
        broken.addAll(story(random).judgedAt(end(random)).rules());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    Set<String> all = new TreeSet<>();
    // What is said of trips afterwards has stories of its own.
    Rules.ALL.stream()
        .filter(rule -> !(rule instanceof FeedbackRule))
        .forEach(rule -> all.add(rule.spec().id()));
    all.removeAll(broken);
    assertTrue(all.size() <= 1, () -> "rules nobody broke: " + all);
  }

  /** Mostly while all is open, now and then when all is over: event time may go on in one leap. */
  private static String end(Random random) {
    int hour = random.nextInt(8) == 0 ? 40 + random.nextInt(400) : 13;
    return hour + ":" + (10 + random.nextInt(49));
  }

  private static Story story(Random random) {
    Story story = Story.trip().scenario(Scenario.values()[random.nextInt(4)]);
    story.pickupAt(random.nextInt(4) == 0 ? "11:30" : "10:00");
    story.ordered(io.tripwatch.event.VehicleClass.values()[random.nextInt(4)]);
    if (random.nextBoolean()) {
      story.flight("G1");
    }
    if (random.nextInt(3) == 0) {
      story.placedAt("7:30");
    }
    if (random.nextInt(3) == 0) {
      story.with("rules.pickup-abandoned.leftM", 300L);
    }
    if (random.nextInt(4) == 0) {
      story.with("trip.pressWindow", "4 min");
    }
    booked(story, random);
    story.acceptedAt(time(random, 8, 9.9));
    List<Runnable> happenings = happenings(story, random);
    int events = 3 + random.nextInt(25);
    for (int i = 0; i < events; i++) {
      happenings.get(random.nextInt(happenings.size())).run();
    }
    ride(story, random);
    return story;
  }

  /** What makes the rules about the ride likely to hold. */
  private static void booked(Story story, Random random) {
    if (random.nextInt(3) == 0) {
      story.estimatedMeters(1_000).with("rules.track-silent.gap", "40 min");
    }
    if (random.nextInt(3) == 0) {
      story.with("rules.vehicle-swapped.for", "1 min").with("rules.fake-order.threshold", 40L);
    }
    if (random.nextInt(4) == 0) {
      story.passengerDevice("ph-8").coupon(random.nextBoolean() ? 6_000 : 0);
    }
  }

  /** A track that makes some sense, so that stays and rides come about. */
  private static void ride(Story story, Random random) {
    boolean fast = random.nextInt(3) == 0;
    boolean terminal = random.nextBoolean();
    boolean swapped = random.nextBoolean();
    double hour = 9.2 + random.nextDouble();
    for (int i = 0; i < 40; i++) {
      hour += random.nextDouble() * 0.04;
      boolean there = i < 12;
      boolean arrived = i > 30;
      double metres = there ? 0 : arrived ? Story.DROPOFF_M : 5_000;
      double kmh = fast && random.nextInt(6) > 0 ? 130 : random.nextInt(60);
      if (random.nextInt(5) > 0) {
        story.fix(Fixed.at(text(hour)).metres(metres).speedKmh(kmh));
      }
      if (terminal && random.nextInt(4) > 0) {
        double apart = swapped && random.nextInt(9) > 0 ? 3_000 : random.nextInt(700);
        double seconds = (random.nextInt(80) - 40) / 3_600.0;
        story.vehicle(text(hour + seconds), metres + apart);
      }
    }
  }

  private static List<Runnable> happenings(Story story, Random random) {
    List<Runnable> all = new ArrayList<>();
    Runnable press = () -> story.pressed(Button.values()[random.nextInt(3)], time(random, 9, 12.5));
    Runnable fix =
        () ->
            story.fix(
                Fixed.at(time(random, 8.5, 12.5))
                    .metres(METRES[random.nextInt(METRES.length)])
                    .device(DEVICES[random.nextInt(DEVICES.length)])
                    .accuracyM(random.nextInt(4) == 0 ? 90 + random.nextInt(20) : 10));
    Runnable call =
        () ->
            story.called(
                Call.Channel.CALL,
                Call.Caller.values()[random.nextInt(2)],
                Call.Outcome.CONNECTED,
                time(random, 8, 12.5));
    for (int i = 0; i < 4; i++) {
      all.addAll(List.of(press, fix, fix, call));
    }
    all.add(() -> story.fix(mended(random)));
    all.add(() -> story.fix(Fixed.at(time(random, 8.5, 12.5)).place(5e-324, 0.001)));
    all.add(() -> story.fix(Fixed.at(time(random, 8.5, 12.5)).accuracyM(-1)));
    all.addAll(ofDevices(story, random));
    all.addAll(ofCheats(story, random));
    all.add(
        () -> story.cancelledBy(CancelledBy.values()[random.nextInt(3)], time(random, 9, 12.5)));
    all.add(() -> story.reassignedTo(random.nextBoolean() ? "d-7" : "d-8", time(random, 8, 11)));
    all.add(() -> story.registered(time(random, 7, 12), DEVICES[random.nextInt(4)]));
    all.add(() -> story.pressedBy("d-8", Button.START, time(random, 9, 11)));
    all.add(
        () ->
            story.changedAt(
                time(random, 8, 10), it -> it.pickupAt(text(9.5 + random.nextInt(4) * 0.25))));
    all.add(
        () ->
            story.changedAt(
                time(random, 8, 11.5),
                it -> it.pickup(Story.north(METRES[random.nextInt(METRES.length)]))));
    all.add(
        () ->
            story
                .flight("G1")
                .status(
                    Status.values()[random.nextInt(3)],
                    time(random, 7, 12),
                    "PT" + random.nextInt(60) + "M"));
    all.add(
        () ->
            story
                .flight("G1")
                .status(Status.values()[3 + random.nextInt(4)], time(random, 9, 12.5)));
    return all;
  }

  private static List<Runnable> ofDevices(Story story, Random random) {
    Runnable login =
        () ->
            story.login(
                random.nextInt(3) == 0 ? "d-8" : Story.DRIVER,
                "ph-" + (7 + random.nextInt(3)),
                Login.Action.values()[random.nextInt(4) / 3],
                time(random, 7, 12.5));
    Runnable record =
        () ->
            story.registeredFor(
                random.nextBoolean() ? "d-8" : "d-9",
                time(random, 7, 12),
                "ph-" + (7 + random.nextInt(3)));
    Runnable press =
        () ->
            story.pressedBy(
                random.nextInt(3) == 0 ? "d-9" : Story.DRIVER,
                "ph-" + (7 + random.nextInt(3)),
                Button.values()[random.nextInt(3)],
                time(random, 9, 12));
    Runnable terminal = () -> story.registeredWithTerminal(time(random, 7, 10), "vt-7");
    return List.of(login, login, record, press, terminal);
  }

  private static List<Runnable> ofCheats(Story story, Random random) {
    Runnable mock = () -> story.fix(Fixed.at(time(random, 8.8, 12)).mock());
    Runnable jumps =
        () -> {
          double hour = 9 + 2 * random.nextDouble();
          for (int i = 0; i < 5; i++) {
            story.fix(text(hour + i / 900.0), i % 2 * 3_000);
          }
        };
    Runnable stands =
        () -> {
          double hour = 9 + 2 * random.nextDouble();
          for (int i = 0; i < 22; i++) {
            story.fix(
                Fixed.at(text(hour + i / 200.0)).metres(700).speedKmh(20 + random.nextInt(9)));
          }
        };
    Runnable again =
        () ->
            story.inOrder(
                "o-" + (2 + random.nextInt(3)),
                it -> {
                  String time = time(random, 8, 11);
                  return it.acceptedBy(Story.DRIVER, time).startAt(time).endAt(time);
                });
    return List.of(mock, jumps, stands, again, () -> slow(story, random));
  }

  /** A phone's clock is behind, most of the time; now and then it is offline, too. */
  private static void slow(Story story, Random random) {
    double hour = 8.9 + 2 * random.nextDouble();
    double behind = random.nextInt(3) == 0 ? 1 : 0.09;
    double uploaded = random.nextInt(3) == 0 ? hour + 1 : 0;
    for (int i = 0; i < 30; i++) {
      double at = hour + i / 200.0;
      double received = at + behind + random.nextInt(31) / 3_600.0;
      received = random.nextInt(40) == 0 ? at : Math.max(received, uploaded);
      String device = random.nextInt(20) == 0 ? "ph-8" : Story.PHONE;
      story.fix(Fixed.at(text(at)).metres(700).receivedAt(text(received)).device(device));
    }
  }

  private static Fixed mended(Random random) {
    double hour = 9 + 3 * random.nextDouble();
    return Fixed.at(text(hour)).receivedAt(text(hour - random.nextInt(20) / 3_600.0));
  }

  private static String time(Random random, double from, double to) {
    return text(from + (to - from) * random.nextDouble());
  }

  private static String text(double hours) {
    int seconds = (int) (hours * 3_600);
    return seconds / 3_600 + ":" + seconds % 3_600 / 60 + ":" + seconds % 60;
  }
}
