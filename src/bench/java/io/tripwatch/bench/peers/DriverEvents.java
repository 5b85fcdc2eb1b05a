package io.tripwatch.bench.peers;

import io.tripwatch.bench.peers.DriverEvent.Kind;
import io.tripwatch.event.Booking;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Fix.Datum;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Scenario;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The platform's events as the peers take them. All but the fixes of phones, the presses and the
 * events that give an order to a driver are dropped here, before anything is keyed: the three rules
 * need no more of the generated input.
 */
public final class DriverEvents {
  /** The margin of {@code margin-missed}. */
  public static final long MARGIN_MS = Duration.ofMinutes(10).toMillis();

  /** A fix this near in time to a press tells where it was pressed. */
  public static final long PRESS_WINDOW_MS = Duration.ofSeconds(60).toMillis();

  /** A ride that is over within this and went no farther than {@link #MOVED_M} was none. */
  public static final long SHORT_RIDE_MS = Duration.ofMinutes(2).toMillis();

  public static final double MOVED_M = 300;

  private static final double PICKUP_RADIUS_M = 500;
  private static final double AIRPORT_PICKUP_RADIUS_M = 1_000;
  private static final long OUT_OF_ORDERNESS_MS = 5_000;

  private DriverEvents() {}

  /** Makes of an accepted event what the rules need of it, if anything. */
  public static void of(Event event, Consumer<DriverEvent> out) {
    if (event instanceof Fix fix) {
      if (!fix.vehicle()) {
        out.accept(
            new DriverEvent(
                Kind.FIX,
                fix.time(),
                fix.owner(),
                null,
                fix.lat(),
                fix.lon(),
                fix.datum(),
                accuracyM(fix)));
      }
    } else if (event instanceof Press press) {
      out.accept(
          DriverEvent.of(kindOf(press.button()), press.time(), press.driverId(), press.orderId()));
    } else if (event instanceof OrderEvent order && order.type().assigns()) {
      Booking booking = order.booking();
      out.accept(
          new DriverEvent(
              Kind.ACCEPTED,
              order.time(),
              order.driverId(),
              order.orderId(),
              booking.pickup().lat(),
              booking.pickup().lon(),
              Datum.WGS84,
              radiusM(booking.scenario())));
      // "By the margin" includes it, so the first millisecond after it.
      long due = booking.pickupAt() - MARGIN_MS + 1;
      if (due > order.time()) {
        out.accept(DriverEvent.of(Kind.DUE, due, order.driverId(), order.orderId()));
      }
    }
  }

  static double accuracyM(Fix fix) {
    return Double.isNaN(fix.accuracyM()) ? 0 : fix.accuracyM();
  }

  static double radiusM(Scenario scenario) {
    return scenario == Scenario.AIRPORT_PICKUP ? AIRPORT_PICKUP_RADIUS_M : PICKUP_RADIUS_M;
  }

  private static Kind kindOf(Press.Button button) {
    return switch (button) {
      case ON_SITE -> Kind.ON_SITE;
      case START -> Kind.START;
      case END -> Kind.END;
    };
  }

  /** The events of a stream, with the watermarks of the shipped job. */
  public static DataStream<DriverEvent> from(DataStream<Incoming> incoming) {
    return incoming
        .<DriverEvent>flatMap(
            (one, out) -> {
              if (one.event() != null) {
                of(one.event(), out::collect);
              }
            })
        .returns(DriverEventType.INSTANCE)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<DriverEvent>forGenerator(context -> new ByRecords())
                .withTimestampAssigner((event, before) -> event.time()))
        .name("driver events");
  }

  /** Five seconds behind the greatest time of a record; what is stamped ahead moves no time. */
  private static final class ByRecords implements WatermarkGenerator<DriverEvent> {
    private long watermark = Long.MIN_VALUE;

    @Override
    public void onEvent(DriverEvent event, long time, WatermarkOutput output) {
      if (event.kind() != Kind.DUE) {
        watermark = Math.max(watermark, time - OUT_OF_ORDERNESS_MS);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(watermark));
    }
  }
}
