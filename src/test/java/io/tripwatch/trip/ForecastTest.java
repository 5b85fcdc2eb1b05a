package io.tripwatch.trip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Event;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When forecasts go on, and what they cost. */
class ForecastTest {
  private static final RuleBook SETTINGS = RuleBook.of(Settings.defaults(Rules.catalogue()));
  private static final long TOLERANCE = 5 * 60_000L;

  private final List<Long> judged = new ArrayList<>();
  private final List<Double> samples = new ArrayList<>();

  /** Judges up to a time, as it goes on; how often the driver was looked at. */
  private int goOn(Driver driver, long to) {
    int looks = 0;
    while (driver.wake() <= to) {
      long now = driver.wake();
      driver.visit(
          SETTINGS,
          now,
          (order, trips, settling, last) -> {
            trips.forEach(trip -> trip.latenessPredicted(TOLERANCE));
            judged.add(now);
            return PickupTime.NEVER;
          });
      looks++;
    }
    return looks;
  }

  private static Driver told(Story story, Speeds speeds) {
    Driver driver = new Driver(Story.DRIVER, speeds, FixStore.NONE);
    for (Event event : story.events()) {
      driver.learn(event, event instanceof OrderEvent ? event.time() : event.time() - 1);
    }
    return driver;
  }

  @Test
  void costsNothingWhileTheDriverIsClearlyInTime() {
    Driver driver = told(Story.trip(), Speeds.NONE);
    goOn(driver, Story.ms("8:35"));
    Story.trip().fix("8:36", 400).events().stream()
        .filter(event -> !(event instanceof OrderEvent))
        .forEach(fix -> driver.learn(fix, Story.ms("8:35")));
    int orders = judged.size();
    int looks = goOn(driver, Story.ms("9:30"));
    assertTrue(looks <= 3, () -> looks + " looks");
    assertEquals(orders, judged.size());
  }

  @Test
  void judgesTheTripOnlyWhenThePredictionChanges() {
    Driver driver = told(Story.trip(), Speeds.NONE);
    goOn(driver, Story.ms("8:31"));
    int orders = judged.size();
    Story story = Story.trip();
    for (int minute = 10; minute < 45; minute++) {
      story.away("9:" + minute);
    }
    for (Event event : story.events()) {
      if (!(event instanceof OrderEvent)) {
        goOn(driver, event.time() - 1);
        driver.learn(event, event.time() - 1);
      }
    }
    goOn(driver, Story.ms("9:44:59"));
    int before = judged.size();
    goOn(driver, Story.ms("9:59"));
    assertTrue(before - orders <= 1, () -> before - orders + " judgements before");
    assertTrue(judged.size() > before, "predicted");
  }

  @Test
  void isTheSameWhenWrittenAndRead() throws IOException {
    Forecast forecast = new Forecast();
    byte[] fresh = written(forecast);
    assertEquals(List.of(bytes(fresh)), List.of(bytes(written(read(fresh)))));
    Driver driver = told(Story.trip().away("9:40"), Speeds.NONE);
    goOn(driver, Story.ms("9:58"));
    Forecast raised = driver.orders().get(Story.ORDER).forecasts().get(0);
    Forecast.Raising raising = raised.raisingAt(Story.ms("9:58"));
    byte[] known = written(raised);
    assertEquals(raising, read(known).raisingAt(Story.ms("9:58")));
    assertEquals(bytes(known), bytes(written(read(known))));
  }

  @Test
  void learnsFromOneWhoDrivesButNotFromOneWhoStandsOrJumps() {
    Story story = Story.trip();
    for (int minute = 10; minute < 20; minute++) {
      story.fix("8:" + minute, minute * 600);
    }
    story.fix("8:20", 19 * 600 + 30).fix("8:21", 19 * 600 + 6_000).fix("8:21:30", 100);
    told(story, learning());
    assertEquals(9, samples.size());
    samples.forEach(speed -> assertEquals(10, speed, 0.2));
  }

  private Speeds learning() {
    return new Speeds() {
      @Override
      public boolean learns() {
        return true;
      }

      @Override
      public void learn(double lat, double lon, long time, double metres, double seconds) {
        samples.add(metres / seconds);
      }

      @Override
      public double at(double lat, double lon, long time, double ownMetresPerSecond) {
        return ownMetresPerSecond;
      }
    };
  }

  private static byte[] written(Forecast forecast) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    forecast.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Forecast read(byte[] bytes) throws IOException {
    return Forecast.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static List<Byte> bytes(byte[] array) {
    List<Byte> bytes = new ArrayList<>();
    for (byte one : array) {
      bytes.add(one);
    }
    return bytes;
  }
}
