package io.tripwatch.trip;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.trip.PickupTime.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.Event;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.rule.Story.Fixed;
import io.tripwatch.rule.TripRule;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.Values;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside a driver of whom each fix is looked at, for nothing is quiet after other news. */
class QuietTest {
  private static final Story REGISTERED = trip().notAccepted().registered("7:00", Story.PHONE);

  private final RuleBook settings = RuleBook.of(Settings.defaults(Rules.catalogue()));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void isOnlyWhatWouldNotHaveBorne(int seed) {
    Random random = new Random(seed);
    Driver quick = new Driver(Story.DRIVER);
    Driver careful = new Driver(Story.DRIVER);
    Story story = trip().registered("7:00", Story.PHONE);
    story = seed % 3 == 0 ? story : story.onSiteAt("9:48");
    story = seed % 4 == 0 ? story : story.startAt("9:58").endAt("10:30");
    for (Event event : story.events()) {
      quick.learn(event, ms("8:00"));
      careful.learn(event, ms("8:00"));
    }
    double metres = 8_000;
    for (long at = ms("8:40"); at < ms("10:40"); at += 1_000 + random.nextInt(9_000)) {
      metres =
          Math.max(0, metres + (random.nextInt(5) == 0 ? 400 : 60) * (random.nextDouble() - 0.6));
      String time = time(at);
      // For some minutes of each half hour the phone's clock is behind.
      long delayMs = at / 600_000 % 3 == seed % 4 ? 400_000 + random.nextInt(20_000) : 300;
      Fixed reported = reported(random, at, metres).receivedAt(time(at + delayMs));
      for (Event fix : trip().notAccepted().fix(reported).events()) {
        judge(quick, fix.time() - 5_000);
        judge(careful, fix.time() - 5_000);
        for (Event known : REGISTERED.events()) {
          careful.learn(known, fix.time() - 5_000);
        }
        assertEquals(
            careful.learn(fix, fix.time() - 5_000),
            quick.learn(fix, fix.time() - 5_000),
            () -> "at " + time);
        assertEquals(careful.wake(), quick.wake(), () -> "wake at " + time);
      }
    }
  }

  /** Now and then positioning fails, in the ways phones say so. */
  private static Fixed reported(Random random, long at, double metres) {
    Fixed fix = Fixed.at(time(at)).metres(metres).speedKmh(random.nextInt(60));
    return switch (random.nextInt(24)) {
      case 0 -> fix.place(5e-324, 5e-324);
      case 1 -> fix.accuracyM(-1);
      case 2 -> fix.accuracyM(101);
      default -> fix;
    };
  }

  private static String time(long at) {
    long ms = at - ms("0:00");
    long s = ms / 1_000;
    return s / 3_600 + String.format(":%02d:%02d.%03d", s / 60 % 60, s % 60, ms % 1_000);
  }

  private void judge(Driver driver, long now) {
    if (driver.wake() <= now) {
      driver.visit(
          settings,
          now,
          (order, trips, settling, last) -> {
            for (Trip trip : trips) {
              for (TripRule rule : Rules.OF_TRIPS) {
                Values values = trip.rules().of(rule.spec());
                rule.judge(trip, values);
              }
            }
            return NEVER;
          });
    }
  }
}
