package io.tripwatch.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tripwatch.event.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeederTest {
  private static final Instant START = Instant.ofEpochMilli(1_000_000);

  private long nanos;
  private final SimulatedClock clock =
      new SimulatedClock(START, 60, () -> nanos, wait -> nanos += wait);
  private final List<String> told = new ArrayList<>();

  @Test
  void handsOnEachRecordWhenItsTimeHasCome() {
    feeder(1_000_000, 1_060_000, 1_090_000).run();
    assertEquals(List.of("1000000 at 0 ms", "1060000 at 1000 ms", "1090000 at 1500 ms"), told);
  }

  @Test
  void handsOnAtOnceWhatIsPast() {
    feeder(5, 999_999).run();
    assertEquals(List.of("5 at 0 ms", "999999 at 0 ms"), told);
  }

  @Test
  void endsWhenStopped() {
    Feeder[] feeder = new Feeder[1];
    feeder[0] =
        new Feeder(deliveries(1, 2, 3), clock, delivery -> tellAndStop(delivery, feeder[0]));
    feeder[0].run();
    assertEquals(List.of("1 at 0 ms"), told);
    assertEquals(1, feeder[0].sent());
  }

  @Test
  void endsWithWhatItsOutletThrows() {
    Feeder feeder =
        new Feeder(
            deliveries(1, 2),
            clock,
            delivery -> {
              throw new IllegalStateException("no broker");
            });
    assertEquals("no broker", assertThrows(IllegalStateException.class, feeder::run).getMessage());
    assertEquals(0, feeder.sent());
  }

  @Test
  void refusesAClockThatStandsStill() {
    assertEquals(
        "the speed is 0.0; set it above 0, e.g. 60",
        assertThrows(IllegalArgumentException.class, () -> new SimulatedClock(START, 0))
            .getMessage());
  }

  private Feeder feeder(long... arrivalsMs) {
    return new Feeder(deliveries(arrivalsMs), clock, this::tell);
  }

  private void tellAndStop(Delivery delivery, Feeder feeder) {
    tell(delivery);
    feeder.stop();
  }

  private void tell(Delivery delivery) {
    told.add(delivery.arrivalMs() + " at " + nanos / 1_000_000 + " ms");
  }

  private static Iterator<Delivery> deliveries(long... arrivalsMs) {
    List<Delivery> deliveries = new ArrayList<>();
    for (long arrivalMs : arrivalsMs) {
      deliveries.add(new Delivery(Topic.GPS, "d-1", arrivalMs, new byte[0]));
    }
    return deliveries.iterator();
  }
}
