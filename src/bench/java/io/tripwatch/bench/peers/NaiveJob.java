package io.tripwatch.bench.peers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.bench.Fleet;
import io.tripwatch.event.Fix.Datum;
import io.tripwatch.event.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The three rules as most would first write them in Flink: Jackson into POJOs, Flink's serializer
 * of POJOs between the tasks, one POJO of state per driver, and timers: one for the margin, and one
 * that is moved with every event and forgets a driver who was silent for an hour.
 */
public final class NaiveJob {
  private NaiveJob() {}

  /** A fix, as it is in the topic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Gps {
    public long eventTime;
    public long receivedAt;
    public String eventId;
    public String source;
    public String driverId;
    public String plate;
    public String deviceId;
    public double lat;
    public double lon;
    public double accuracyM;
    public double speedKmh;
    public double headingDeg;
    public boolean mock;
    public String datum;
  }

  /** A press, as it is in the topic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Button {
    public long eventTime;
    public long receivedAt;
    public String eventId;
    public String orderId;
    public String driverId;
    public String deviceId;
    public String button;
    public double lat;
    public double lon;
  }

  /** A place of an order. */
  public static final class Point {
    public double lat;
    public double lon;
  }

  /** A change of an order, as it is in the topic, without what the rules do not ask for. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Order {
    public long eventTime;
    public String eventId;
    public String type;
    public String orderId;
    public String driverId;
    public String plate;
    public String scenario;
    public String city;
    public String passengerId;
    public long pickupAt;
    public Point pickup;
    public Point dropoff;
    public double estimatedMeters;
    public double estimatedSeconds;
  }

  /** One of the three, by driver. */
  public static final class Message {
    public String driverId;
    public long eventTime;
    public Gps gps;
    public Button button;
    public Order order;
  }

  /** Reads a record with Jackson; without a driver where the rules do not ask for it. */
  static Message read(ObjectMapper json, Fleet record) {
    Message message = new Message();
    message.eventTime = record.time();
    try {
      switch (record.topic()) {
        case GPS -> {
          message.gps = json.readValue(record.value(), Gps.class);
          message.eventTime = message.gps.eventTime;
          message.driverId = message.gps.driverId;
        }
        case BUTTONS -> {
          message.button = json.readValue(record.value(), Button.class);
          message.eventTime = message.button.eventTime;
          message.driverId = message.button.driverId;
        }
        case ORDERS -> {
          message.order = json.readValue(record.value(), Order.class);
          message.eventTime = message.order.eventTime;
          message.driverId = message.order.driverId;
        }
        default -> {
          // Nobody would subscribe to the other topics for these rules.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return message;
  }

  /** The alerts, as {@link Found} writes them, of messages with event times and watermarks. */
  static DataStream<String> define(DataStream<Message> messages) {
    return messages
        .keyBy(message -> message.driverId, Types.STRING)
        .process(new ThreeRules(), Types.STRING)
        .name("three rules");
  }

  /** What is remembered of a driver, and when he is to be forgotten. */
  public static final class Memory {
    public DriverState driver = new DriverState();
    public long forgetAt = Long.MIN_VALUE;
  }

  private static final class ThreeRules extends KeyedProcessFunction<String, Message, String> {
    private static final long serialVersionUID = 1L;
    private static final long FORGET_AFTER_MS = Duration.ofHours(1).toMillis();

    private transient ValueState<Memory> state;

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("driver", Types.POJO(Memory.class)));
    }

    @Override
    public void processElement(Message message, Context context, Collector<String> out)
        throws Exception {
      Memory memory = state.value();
      if (memory == null) {
        memory = new Memory();
      }
      TimerService timers = context.timerService();
      DriverState driver = memory.driver;
      if (message.gps != null) {
        seen(driver, message.gps, out);
      } else if (message.button != null) {
        pressed(driver, message.button, timers, out);
      } else {
        ordered(driver, message.order, timers);
      }
      if (memory.forgetAt != Long.MIN_VALUE) {
        timers.deleteEventTimeTimer(memory.forgetAt);
      }
      memory.forgetAt = message.eventTime + FORGET_AFTER_MS;
      timers.registerEventTimeTimer(memory.forgetAt);
      state.update(memory);
    }

    private static void seen(DriverState driver, Gps gps, Collector<String> out) {
      Datum datum = gps.datum == null ? Datum.WGS84 : Datum.valueOf(gps.datum);
      if (driver.showsPressElsewhere(gps.eventTime, gps.lat, gps.lon, datum, gps.accuracyM)) {
        out.collect(Found.of(Found.ON_SITE_PRESSED_ELSEWHERE, driver.orderId));
      }
    }

    private static void pressed(
        DriverState driver, Button button, TimerService timers, Collector<String> out) {
      switch (button.button) {
        case "ON_SITE" -> {
          if (driver.isDueAfter(button.eventTime)) {
            timers.deleteEventTimeTimer(driver.dueAt);
          }
          driver.onSite(button.eventTime);
        }
        case "START" -> driver.start(button.eventTime);
        default -> {
          if (driver.endsFakeOrder(button.eventTime)) {
            out.collect(Found.of(Found.FAKE_ORDER, driver.orderId));
          }
        }
      }
    }

    private static void ordered(DriverState driver, Order order, TimerService timers) {
      if (!order.type.equals("ACCEPTED") && !order.type.equals("REASSIGNED")) {
        return;
      }
      driver.accepted(
          order.orderId,
          order.pickup.lat,
          order.pickup.lon,
          DriverEvents.radiusM(Scenario.valueOf(order.scenario)));
      long dueAt = order.pickupAt - DriverEvents.MARGIN_MS + 1;
      if (dueAt > order.eventTime) {
        driver.dueAt = dueAt;
        timers.registerEventTimeTimer(dueAt);
      }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
      Memory memory = state.value();
      if (memory == null) {
        return;
      }
      if (memory.driver.missedMarginBy(time)) {
        out.collect(Found.of(Found.MARGIN_MISSED, memory.driver.orderId));
        state.update(memory);
      }
      if (memory.forgetAt == time && !memory.driver.isDueAfter(time)) {
        state.clear();
      }
    }
  }
}
