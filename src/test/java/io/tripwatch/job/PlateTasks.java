package io.tripwatch.job;

import io.tripwatch.event.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
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

/** The operator's tasks, each with its share of the plates. */
final class PlateTasks implements AutoCloseable {
  /** A savepoint: the state of all tasks. */
  record Saved(int parallelism, OperatorSubtaskState state) {}

  private final List<KeyedTwoInputStreamOperatorTestHarness<String, Fix, PlateInterest, ForDriver>>
      tasks = new ArrayList<>();

  PlateTasks(Supplier<StateBackend> backend, int maxHeld, int parallelism, Saved saved)
      throws Exception {
    for (int index = 0; index < parallelism; index++) {
      KeyedTwoInputStreamOperatorTestHarness<String, Fix, PlateInterest, ForDriver> task =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new PlateOperator(maxHeld),
              Fix::owner,
              PlateInterest::plate,
              Types.STRING,
              Pipeline.MAX_PARALLELISM,
              parallelism,
              index);
      tasks.add(task);
      task.setStateBackend(backend.get());
      task.setup();
      if (saved != null) {
        task.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                saved.state(), Pipeline.MAX_PARALLELISM, saved.parallelism(), parallelism, index));
      }
      task.open();
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, Fix, PlateInterest, ForDriver> taskOf(
      String plate) {
    return tasks.get(
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            plate, Pipeline.MAX_PARALLELISM, tasks.size()));
  }

  void send(Object message, long timestamp) throws Exception {
    if (message instanceof Fix fix) {
      taskOf(fix.owner()).processElement1(new StreamRecord<>(fix, timestamp));
    } else {
      PlateInterest interest = (PlateInterest) message;
      taskOf(interest.plate()).processElement2(new StreamRecord<>(interest, timestamp));
    }
  }

  void advanceTo(long time) throws Exception {
    for (var task : tasks) {
      task.processBothWatermarks(new Watermark(time));
    }
  }

  Saved save() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (var task : tasks) {
      task.getOperator().prepareSnapshotPreBarrier(1);
      states.add(task.snapshot(1, 0));
    }
    return new Saved(
        tasks.size(),
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new)));
  }

  List<ForDriver> told() {
    List<ForDriver> told = new ArrayList<>();
    tasks.forEach(task -> told.addAll(task.extractOutputValues()));
    return told;
  }

  /** All that came out of the first task. */
  Iterable<Object> outputOfFirst() {
    return tasks.get(0).getOutput();
  }

  /** Keys with state, and timers; the state must be on the heap. */
  int left() {
    return tasks.stream()
        .mapToInt(task -> task.numKeyedStateEntries() + task.numEventTimeTimers())
        .sum();
  }

  int timers() {
    return tasks.stream().mapToInt(task -> task.numEventTimeTimers()).sum();
  }

  long repeated() {
    return tasks.stream()
        .mapToLong(
            task ->
                (long)
                    task.getOperator()
                        .getRuntimeContext()
                        .getAccumulator(Desks.REPEATED)
                        .getLocalValue())
        .sum();
  }

  Set<Long> pieces(String plate) throws Exception {
    KeyedStateBackend<String> state = taskOf(plate).getOperator().getKeyedStateBackend();
    state.setCurrentKey(plate);
    Set<Long> pieces = new TreeSet<>();
    state
        .getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new MapStateDescriptor<>(
                "fixes", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
        .keys()
        .forEach(pieces::add);
    return pieces;
  }

  @Override
  public void close() {
    for (var task : tasks) {
      try {
        task.close();
      } catch (Exception e) {
        throw new IllegalStateException("a task does not close", e);
      }
    }
  }
}
