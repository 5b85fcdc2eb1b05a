package io.tripwatch.rule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Call;
import io.tripwatch.event.FlightStatus.Status;
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
        broken.addAll(story(random).judgedAt("13:" + (10 + random.nextInt(49))).rules());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    Set<String> all = new TreeSet<>();
    Rules.OF_TRIPS.forEach(rule -> all.add(rule.spec().id()));
    all.removeAll(broken);
    assertTrue(all.size() <= 1, () -> "rules nobody broke: " + all);
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
    story.acceptedAt(time(random, 8, 9.9));
    List<Runnable> happenings = happenings(story, random);
    int events = 3 + random.nextInt(25);
    for (int i = 0; i < events; i++) {
      happenings.get(random.nextInt(happenings.size())).run();
    }
    ride(story, random);
    return story;
  }

  /** A track that makes some sense, so that stays and rides come about. */
  private static void ride(Story story, Random random) {
    double hour = 9.2 + random.nextDouble();
    for (int i = 0; i < 40; i++) {
      hour += random.nextDouble() * 0.04;
      boolean there = i < 12;
      boolean arrived = i > 30;
      double metres = there ? 0 : arrived ? Story.DROPOFF_M : 5_000;
      if (random.nextInt(5) > 0) {
        story.fix(Fixed.at(text(hour)).metres(metres));
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
    all.add(
        () -> story.cancelledBy(CancelledBy.values()[random.nextInt(3)], time(random, 9, 12.5)));
    all.add(() -> story.reassignedTo(random.nextBoolean() ? "d-7" : "d-8", time(random, 8, 11)));
    all.add(() -> story.registered(time(random, 7, 12), DEVICES[random.nextInt(4)]));
    all.add(() -> story.pressedBy("d-8", Button.START, time(random, 9, 11)));
    all.add(
        () ->
            story.changedAt(
                time(random, 8, 12), it -> it.pickupAt(text(9.5 + random.nextInt(4) * 0.25))));
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
