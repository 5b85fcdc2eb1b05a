package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.TripClaim;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The job's stages as {@link Pipeline} connects them, one task each, with their state on heap. */
final class StagesOnHeap implements AutoCloseable {
  private static final int MAX_STATE_BYTES = 1 << 28;

  /** Few groups of keys, for each adds a few bytes though it is empty. */
  private static final int KEY_GROUPS = 1;

  private final OneInputStreamOperatorTestHarness<Incoming, ForDriver> route;
  private final KeyedOneInputStreamOperatorTestHarness<String, Received, ForDriver> orders;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Subscription, Received, ForDriver>
      flights;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Fix, PlateInterest, ForDriver>
      plates;
  private final KeyedOneInputStreamOperatorTestHarness<String, Received, ForDevice> registry;
  private final KeyedTwoInputStreamOperatorTestHarness<String, DeviceQuestion, ForDevice, ForDriver>
      devices;
  private final KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> drivers;
  private final KeyedOneInputStreamOperatorTestHarness<String, TripClaim, Output> claims;
  private final KeyedOneInputStreamOperatorTestHarness<String, DayFigures, Output> cities;
  private final KeyedOneInputStreamOperatorTestHarness<String, DayFigures, Output> nation;
  private final Map<String, AbstractStreamOperatorTestHarness<?>> stages = new LinkedHashMap<>();
  private final Consumer<Output> said;
  private long checkpointId = 1;

  /**
   * What there is in state.
   *
   * @param keys how many entries the tables have; a map is one
   * @param bytes as a checkpoint writes them, timers included; an empty stage takes some, too
   */
  record Level(int keys, int timers, long bytes) {
    boolean isEmpty() {
      return keys == 0 && timers == 0;
    }
  }

  /** Something that may fail as harnesses do. */
  private interface Hearer<M> {
    void hear(StreamRecord<M> message) throws Exception;
  }

  /**
   * Starts them.
   *
   * @param maxHeld how many drivers' files, and vehicles, are held on the heap
   * @param said hears what is published
   */
  StagesOnHeap(int maxHeld, Consumer<Output> said) throws Exception {
    this.said = said;
    route = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new Route()), 1, 1, 0);
    start("route", route, Wires.FOR_DRIVER);
    orders =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new OrderStage(),
            received -> Pipeline.orderOf(received.event()),
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("orders", orders, Wires.FOR_DRIVER);
    flights =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new FlightStage(),
            subscription -> subscription.flight().asKey(),
            received -> Pipeline.flightOf(received.event()),
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("flights", flights, Wires.FOR_DRIVER);
    plates =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new PlateOperator(maxHeld),
            Fix::owner,
            PlateInterest::plate,
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("plates", plates, Wires.FOR_DRIVER);
    registry =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new RegistryStage(),
            received -> Route.driverOf(received.event()),
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("registry", registry, Wires.FOR_DEVICE);
    devices =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new DeviceStage(),
            DeviceQuestion::deviceId,
            ForDevice::deviceId,
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("devices", devices, Wires.FOR_DRIVER);
    drivers =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new DriverOperator(Map.of(), 1, maxHeld),
            ForDriver::driverId,
            null,
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("drivers", drivers, Wires.OUTPUT);
    claims =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ClaimStage(1)),
            TripClaim::orderId,
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start("claims", claims, Wires.OUTPUT);
    cities = days("cities", false);
    nation = days("nation", true);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, DayFigures, Output> days(
      String name, boolean isNation) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, DayFigures, Output> days =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new DayStage(isNation, 1)),
            DayStage::cityDay,
            Types.STRING,
            KEY_GROUPS,
            1,
            0);
    start(name, days, Wires.OUTPUT);
    return days;
  }

  private <T> void start(
      String name, AbstractStreamOperatorTestHarness<T> stage, TypeInformation<T> type)
      throws Exception {
    stage.setStateBackend(new HashMapStateBackend());
    stage.setCheckpointStorage(new JobManagerCheckpointStorage(MAX_STATE_BYTES));
    stage.setup(type.createSerializer(new SerializerConfigImpl()));
    stage.open();
    stages.put(name, stage);
  }

  /** Takes in an event, and brings about all that follows from it before the next watermark. */
  void take(Event event) throws Exception {
    StreamRecord<Incoming> incoming = new StreamRecord<>(Incoming.accepted(event), event.time());
    if (event instanceof Fix fix) {
      // The harness copies what leaves by a side, as slowly as can be: nearly all are fixes.
      if (fix.vehicle()) {
        plates.processElement1(new StreamRecord<>(fix, event.time()));
        pass(plates, drivers::processElement1);
      } else {
        drivers.processElement1(new StreamRecord<>(new ForDriver(fix.owner(), fix), event.time()));
      }
      return;
    }
    route.processElement(incoming);
    settle();
  }

  /** Event time has come so far for every stage, in their order. */
  void advanceTo(long time) throws Exception {
    Watermark mark = new Watermark(time);
    settle();
    orders.processWatermark(mark);
    registry.processWatermark(mark);
    settle();
    flights.processBothWatermarks(mark);
    plates.processBothWatermarks(mark);
    devices.processBothWatermarks(mark);
    settle();
    drivers.processBothWatermarks(mark);
    settle();
    claims.processWatermark(mark);
    settle();
    cities.processWatermark(mark);
    settle();
    nation.processWatermark(mark);
    settle();
  }

  private void settle() throws Exception {
    pass(route, drivers::processElement1);
    side(route, Route.OF_ORDERS, orders::processElement);
    side(route, Route.OF_FLIGHTS, flights::processElement2);
    side(route, Route.OF_REGISTRY, registry::processElement);
    side(route, Route.OF_DEVICES, devices::processElement2);
    side(route, Route.RULES, drivers::processElement2);
    side(route, Route.UNDO, drivers::processElement2);
    pass(orders, drivers::processElement1);
    pass(registry, devices::processElement2);
    side(registry, RegistryStage.TO_DRIVER, drivers::processElement1);
    side(orders, OrderStage.SUBSCRIPTIONS, flights::processElement1);
    side(orders, OrderStage.PLATE_INTERESTS, plates::processElement2);
    side(orders, OrderStage.DEVICE_QUESTIONS, devices::processElement1);
    pass(flights, drivers::processElement1);
    pass(plates, drivers::processElement1);
    pass(devices, drivers::processElement1);
    side(drivers, Announcer.CLAIMS, claims::processElement);
    side(claims, ClaimStage.DAYS, cities::processElement);
    side(cities, DayStage.NATION, nation::processElement);
    for (AbstractStreamOperatorTestHarness<Output> says :
        List.of(drivers, claims, cities, nation)) {
      says.extractOutputValues().forEach(said);
      says.getOutput().clear();
    }
  }

  private static <M> void side(
      AbstractStreamOperatorTestHarness<?> from, OutputTag<M> tag, Hearer<M> to) throws Exception {
    Queue<StreamRecord<M>> left = from.getSideOutput(tag);
    if (left != null) {
      for (StreamRecord<M> one = left.poll(); one != null; one = left.poll()) {
        to.hear(one);
      }
    }
  }

  private static <M> void pass(AbstractStreamOperatorTestHarness<M> from, Hearer<M> to)
      throws Exception {
    Queue<Object> output = from.getOutput();
    for (Object one = output.poll(); one != null; one = output.poll()) {
      if (one instanceof StreamRecord) {
        @SuppressWarnings("unchecked")
        StreamRecord<M> message = (StreamRecord<M>) one;
        to.hear(message);
      }
    }
  }

  /** What each stage has in state, as a checkpoint would write it. */
  Map<String, Level> levels() throws Exception {
    for (AbstractStreamOperatorTestHarness<?> stage :
        List.of(orders, flights, plates, registry, devices, drivers)) {
      operator(stage).prepareSnapshotPreBarrier(checkpointId);
    }
    Map<String, Level> levels = new LinkedHashMap<>();
    for (Map.Entry<String, AbstractStreamOperatorTestHarness<?>> stage : stages.entrySet()) {
      if (stage.getValue() == route) {
        continue;
      }
      long bytes = bytes(stage.getValue().snapshot(checkpointId, 0).getManagedKeyedState());
      levels.put(
          stage.getKey(), new Level(keys(stage.getValue()), timers(stage.getValue()), bytes));
    }
    checkpointId++;
    return levels;
  }

  private static AbstractStreamOperator<?> operator(AbstractStreamOperatorTestHarness<?> stage) {
    return stage instanceof KeyedOneInputStreamOperatorTestHarness<?, ?, ?> one
        ? one.getOperator()
        : ((KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?>) stage).getOperator();
  }

  private static long bytes(Collection<? extends StateObject> states) {
    return states.stream().mapToLong(StateObject::getStateSize).sum();
  }

  private static int keys(AbstractStreamOperatorTestHarness<?> stage) {
    return stage instanceof KeyedOneInputStreamOperatorTestHarness<?, ?, ?> one
        ? one.numKeyedStateEntries()
        : ((KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?>) stage).numKeyedStateEntries();
  }

  private static int timers(AbstractStreamOperatorTestHarness<?> stage) {
    return stage.numEventTimeTimers();
  }

  /** What the drivers' stage has in one of its tables: values, and the bytes they take. */
  Level driversTable(String name) throws Exception {
    KeyedStateBackend<String> state = drivers.getOperator().getKeyedStateBackend();
    List<String> keys;
    try (Stream<String> known = state.getKeys(name, VoidNamespace.INSTANCE)) {
      keys = known.toList();
    }
    int values = 0;
    long bytes = 0;
    for (String key : keys) {
      state.setCurrentKey(key);
      for (byte[] value : values(state, name)) {
        values++;
        bytes += value.length;
      }
    }
    return new Level(values, 0, bytes);
  }

  private static Iterable<byte[]> values(KeyedStateBackend<String> state, String table)
      throws Exception {
    TypeInformation<byte[]> bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    if (table.equals("driver")) {
      ValueStateDescriptor<byte[]> one = new ValueStateDescriptor<>(table, bytes);
      return List.of(partitioned(state, one).value());
    }
    return partitioned(state, new MapStateDescriptor<>(table, Types.STRING, bytes)).values();
  }

  private static <S extends State> S partitioned(
      KeyedStateBackend<String> state, StateDescriptor<S, ?> table) throws Exception {
    return state.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, table);
  }

  @Override
  public void close() {
    for (AbstractStreamOperatorTestHarness<?> stage : stages.values()) {
      try {
        stage.close();
      } catch (Exception e) {
        throw new IllegalStateException("a stage does not close", e);
      }
    }
  }
}
