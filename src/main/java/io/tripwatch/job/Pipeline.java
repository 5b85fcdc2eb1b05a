package io.tripwatch.job;

import io.tripwatch.event.Call;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.InvalidSettingsException;
import io.tripwatch.settings.Settings;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.TripClaim;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The job from streams to streams: what reads and what writes is handed in, so that Kafka, files
 * and tests run the same graph.
 */
public final class Pipeline {
  /** Fixed for ever: state is divided by it. */
  public static final int MAX_PARALLELISM = 128;

  /** As many drivers' files are held on the heap as fit half of it. */
  public static final int AS_HEAP_ALLOWS = 0;

  private Pipeline() {}

  /** What the job says. */
  public record Outputs(DataStream<Output> said, DataStream<DeadLetter> deadLetters) {}

  /**
   * Defines the graph.
   *
   * @param incoming what was read, with event times and watermarks
   * @param settingsTree the rule settings, as read from {@code rules.yaml}; empty for the defaults
   * @param epoch raised by hand when the job is started without its state
   * @param maxHeld how many drivers' files one task holds on the heap, or {@link #AS_HEAP_ALLOWS}
   * @throws InvalidSettingsException with every error of the settings
   */
  public static Outputs define(
      DataStream<Incoming> incoming, Map<String, Object> settingsTree, int epoch, int maxHeld) {
    Settings.of(settingsTree, Rules.catalogue());
    SingleOutputStreamOperator<ForDriver> routed =
        incoming.process(new Route()).returns(Wires.FOR_DRIVER).name("route").uid("route");
    SingleOutputStreamOperator<ForDriver> ofOrders =
        routed
            .getSideOutput(Route.OF_ORDERS)
            .keyBy(received -> orderOf(received.event()), Types.STRING)
            .transform("orders", Wires.FOR_DRIVER, new OrderStage())
            .uid("orders");
    SingleOutputStreamOperator<ForDriver> ofFlights =
        ofOrders
            .getSideOutput(OrderStage.SUBSCRIPTIONS)
            .keyBy(subscription -> subscription.flight().asKey(), Types.STRING)
            .connect(
                routed
                    .getSideOutput(Route.OF_FLIGHTS)
                    .keyBy(received -> flightOf(received.event()), Types.STRING))
            .transform("flights", Wires.FOR_DRIVER, new FlightStage())
            .uid("flights");
    SingleOutputStreamOperator<ForDevice> ofRegistry =
        routed
            .getSideOutput(Route.OF_REGISTRY)
            .keyBy(received -> Route.driverOf(received.event()), Types.STRING)
            .transform("registry", Wires.FOR_DEVICE, new RegistryStage())
            .uid("registry");
    SingleOutputStreamOperator<ForDriver> ofDevices = ofDevices(routed, ofOrders, ofRegistry);
    SingleOutputStreamOperator<Output> said =
        routed
            .union(
                ofOrders,
                ofFlights,
                ofVehicles(routed, ofOrders, maxHeld),
                ofRegistry.getSideOutput(RegistryStage.TO_DRIVER),
                ofDevices)
            .keyBy(ForDriver::driverId, Types.STRING)
            .connect(
                routed
                    .getSideOutput(Route.RULES)
                    .union(routed.getSideOutput(Route.UNDO))
                    .broadcast())
            .transform(
                "drivers",
                Wires.OUTPUT,
                new DriverOperator(new LinkedHashMap<>(settingsTree), epoch, maxHeld))
            .uid("drivers");
    return new Outputs(
        said.union(followUp(said.getSideOutput(Announcer.CLAIMS), epoch)),
        routed
            .getSideOutput(Route.DEAD_LETTERS)
            .union(
                ofOrders.getSideOutput(Route.DEAD_LETTERS),
                ofFlights.getSideOutput(Route.DEAD_LETTERS),
                ofRegistry.getSideOutput(Route.DEAD_LETTERS),
                ofDevices.getSideOutput(Route.DEAD_LETTERS),
                said.getSideOutput(Route.DEAD_LETTERS)));
  }

  /**
   * What follows from what was found of drivers: what is owed for orders, and what days add up to.
   */
  private static DataStream<Output> followUp(DataStream<TripClaim> claims, int epoch) {
    SingleOutputStreamOperator<Output> owed =
        claims
            .keyBy(TripClaim::orderId, Types.STRING)
            .process(new ClaimStage(epoch), Wires.OUTPUT)
            .name("claims")
            .uid("claims");
    SingleOutputStreamOperator<Output> cities =
        owed.getSideOutput(ClaimStage.DAYS)
            .keyBy(DayStage::cityDay, Types.STRING)
            .process(new DayStage(false, epoch), Wires.OUTPUT)
            .name("cities")
            .uid("cities");
    SingleOutputStreamOperator<Output> nation =
        cities
            .getSideOutput(DayStage.NATION)
            .keyBy(DayStage::cityDay, Types.STRING)
            .process(new DayStage(true, epoch), Wires.OUTPUT)
            .name("nation")
            .uid("nation");
    return owed.union(cities, nation);
  }

  private static DataStream<ForDriver> ofVehicles(
      SingleOutputStreamOperator<ForDriver> routed,
      SingleOutputStreamOperator<ForDriver> ofOrders,
      int maxHeld) {
    return routed
        .getSideOutput(Route.OF_VEHICLES)
        .keyBy(Fix::owner, Types.STRING)
        .connect(
            ofOrders
                .getSideOutput(OrderStage.PLATE_INTERESTS)
                .keyBy(PlateInterest::plate, Types.STRING))
        .transform("plates", Wires.FOR_DRIVER, new PlateOperator(maxHeld))
        .uid("plates");
  }

  private static SingleOutputStreamOperator<ForDriver> ofDevices(
      SingleOutputStreamOperator<ForDriver> routed,
      SingleOutputStreamOperator<ForDriver> ofOrders,
      DataStream<ForDevice> registered) {
    return ofOrders
        .getSideOutput(OrderStage.DEVICE_QUESTIONS)
        .keyBy(DeviceQuestion::deviceId, Types.STRING)
        .connect(
            routed
                .getSideOutput(Route.OF_DEVICES)
                .union(registered)
                .keyBy(ForDevice::deviceId, Types.STRING))
        .transform("devices", Wires.FOR_DRIVER, new DeviceStage())
        .uid("devices");
  }

  static String flightOf(Event event) {
    return ((FlightStatus) event).flight().asKey();
  }

  static String orderOf(Event event) {
    if (event instanceof OrderEvent order) {
      return order.orderId();
    } else if (event instanceof Press press) {
      return press.orderId();
    }
    return ((Call) event).orderId();
  }
}
