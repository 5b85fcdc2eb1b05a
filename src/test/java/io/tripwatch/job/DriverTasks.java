package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Heard;
import io.tripwatch.verdict.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The tasks of the drivers' operator, each with its share of the drivers. */
final class DriverTasks implements AutoCloseable {
  private final Supplier<StateBackend> backend;
  private final int maxHeld;
  private final List<KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output>>
      tasks = new ArrayList<>();
  private long checkpointId = 1;

  /** The harness would guess another from the first output. */
  static final TypeSerializer<Output> OUTPUTS =
      Wires.OUTPUT.createSerializer(new SerializerConfigImpl());

  /** A savepoint: the state of all tasks. */
  record Saved(int parallelism, OperatorSubtaskState state) {}

  private DriverTasks(Supplier<StateBackend> backend, int maxHeld) {
    this.backend = backend;
    this.maxHeld = maxHeld;
  }

  static DriverTasks start(Supplier<StateBackend> backend, int maxHeld, int parallelism)
      throws Exception {
    return restore(backend, maxHeld, parallelism, null);
  }

  static DriverTasks restore(
      Supplier<StateBackend> backend, int maxHeld, int parallelism, Saved saved) throws Exception {
    DriverTasks started = new DriverTasks(backend, maxHeld);
    for (int index = 0; index < parallelism; index++) {
      started.startTask(parallelism, index, saved);
    }
    return started;
  }

  private void startTask(int parallelism, int index, Saved saved) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> task =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new DriverOperator(Map.of(), 1, maxHeld),
            ForDriver::driverId,
            null,
            Types.STRING,
            Pipeline.MAX_PARALLELISM,
            parallelism,
            index);
    tasks.add(task);
    task.setStateBackend(backend.get());
    task.setup(OUTPUTS);
    if (saved != null) {
      task.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              saved.state(), Pipeline.MAX_PARALLELISM, saved.parallelism(), parallelism, index));
    }
    task.open();
  }

  void send(ForDriver message) throws Exception {
    int index =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            message.driverId(), Pipeline.MAX_PARALLELISM, tasks.size());
    tasks.get(index).processElement1(new StreamRecord<>(message, message.event().time()));
  }

  /** A version of the rules, which reaches all tasks. */
  void broadcast(RulesRecord version) throws Exception {
    for (KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> task : tasks) {
      task.processElement2(new StreamRecord<>(version, version.time()));
    }
  }

  void advanceTo(long time) throws Exception {
    for (KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> task : tasks) {
      task.processWatermark1(new Watermark(time));
      task.processWatermark2(new Watermark(time));
    }
  }

  /** The alerts since the start. */
  List<Alert> said() {
    return Heard.alertsOf(outputs());
  }

  /** All that was said since the start. */
  List<Output> outputs() {
    List<Output> said = new ArrayList<>();
    tasks.forEach(task -> said.addAll(task.extractOutputValues()));
    return said;
  }

  Saved save() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> task : tasks) {
      task.prepareSnapshotPreBarrier(checkpointId);
      states.add(task.snapshot(checkpointId, 0));
    }
    checkpointId++;
    return new Saved(
        tasks.size(),
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new)));
  }

  /** Keys with state, and timers; the state must be on the heap. */
  int left() {
    return tasks.stream()
        .mapToInt(task -> task.numKeyedStateEntries() + task.numEventTimeTimers())
        .sum();
  }

  /** How many files on the heap wait for a time. */
  int awaiting() {
    return tasks.stream().mapToInt(task -> ((DriverOperator) task.getOperator()).awaiting()).sum();
  }

  /** The pieces of a driver's fixes in state; there must be one task. */
  TreeSet<String> pieces(String driverId) throws Exception {
    KeyedStateBackend<String> state = tasks.get(0).getOperator().getKeyedStateBackend();
    state.setCurrentKey(driverId);
    TreeSet<String> pieces = new TreeSet<>();
    state
        .getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new MapStateDescriptor<>(
                "fixes", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
        .keys()
        .forEach(pieces::add);
    return pieces;
  }

  @Override
  public void close() {
    for (KeyedTwoInputStreamOperatorTestHarness<String, ForDriver, Event, Output> task : tasks) {
      try {
        task.close();
      } catch (Exception e) {
        throw new IllegalStateException("a task does not close", e);
      }
    }
  }
}
