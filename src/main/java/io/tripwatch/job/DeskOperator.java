package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * A stage that knows something of each key. Desks lately heard of are held on the heap and written
 * into keyed state before each barrier, so that an event costs no more the more is known of its
 * key.
 */
abstract class DeskOperator<D extends Desk, O> extends AbstractStreamOperator<O>
    implements Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final int FIRST_BUFFER_BYTES = 4096;

  /** What the desks of one stage may take of the heap; the drivers' files take half of it. */
  private static final long HEAP_SHARE = 32;

  private static final long BYTES_PER_DESK = 8_000;

  private final String stateName;

  private transient ValueState<byte[]> desks;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient WriteBack<Held<D>> held;
  private transient DataOutputSerializer buffer;
  private transient long now;
  private transient LongCounter repeated;
  private transient TooMany tooMany;
  private transient TimestampedCollector<O> collector;

  /** A desk on the heap. */
  static final class Held<D extends Desk> extends WriteBack.Held {
    private final D desk;
    private long timerAt;

    private Held(String key, D desk, long timerAt) {
      super(key);
      this.desk = desk;
      this.timerAt = timerAt;
    }

    D desk() {
      return desk;
    }
  }

  /**
   * The stage.
   *
   * @param stateName the name its desks have in keyed state
   */
  DeskOperator(String stateName) {
    this.stateName = stateName;
  }

  /** A desk that knows nothing. */
  abstract D emptyDesk(String key);

  /** Reads what {@link Desk#write} wrote. */
  abstract D readDesk(String key, DataInput in) throws IOException;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    desks =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    stateName, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService(stateName, VoidNamespaceSerializer.INSTANCE, this);
    held = new WriteBack<>(WriteBack.asHeapAllows(HEAP_SHARE, BYTES_PER_DESK), new State());
    buffer = new DataOutputSerializer(FIRST_BUFFER_BYTES);
    now = Desks.NOTHING_KNOWN;
    repeated = new LongCounter();
    getRuntimeContext().addAccumulator(Desks.REPEATED, repeated);
    tooMany = new TooMany(getRuntimeContext(), output);
    collector = new TimestampedCollector<>(output);
    getMetricGroup().gauge("desksHeld", () -> held.size());
  }

  /** The key is set where state is touched, not for each record. */
  @Override
  public final boolean hasKeyContext1() {
    return false;
  }

  @Override
  public final boolean hasKeyContext2() {
    return false;
  }

  /** The desk of a key. */
  final Held<D> hold(String key) throws Exception {
    return held.hold(key);
  }

  /** A desk differs from what is in state. */
  final void changed(Held<D> one) {
    held.change(one);
  }

  /** An event was known. */
  final void countRepeated() {
    repeated.add(1);
  }

  /** Refuses what is beyond a bound, and counts what it keeps from others. */
  final TooMany tooMany() {
    return tooMany;
  }

  /** Where the stage's main output goes. */
  final TimestampedCollector<O> collector() {
    return collector;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
      // The end of the input says nothing about time: nothing expires by it.
      output.emitWatermark(mark);
      return;
    }
    now = mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Held<D> one = held.hold(timer.getKey());
    if (one.timerAt == timer.getTimestamp()) {
      one.timerAt = NEVER;
      one.desk.dropExpired(now);
      held.change(one);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of processing time is ever set");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    held.write();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  /** The desks in keyed state. */
  private final class State implements WriteBack.Store<Held<D>> {
    @Override
    public Held<D> read(String key) throws Exception {
      setCurrentKey(key);
      byte[] bytes = desks.value();
      if (bytes == null) {
        return new Held<>(key, emptyDesk(key), NEVER);
      }
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      long timerAt = in.readLong();
      return new Held<>(key, readDesk(key, in), timerAt);
    }

    @Override
    public void write(Held<D> one) throws Exception {
      setCurrentKey(one.key());
      one.desk.dropExpired(now);
      if (one.desk.isEmpty()) {
        setTimer(one, NEVER);
        desks.clear();
        return;
      }
      // A timer that comes too early finds out when the next one is due.
      if (one.timerAt == NEVER) {
        setTimer(one, one.desk.expiresAt());
      }
      buffer.clear();
      buffer.writeLong(one.timerAt);
      one.desk.write(buffer);
      desks.update(buffer.getCopyOfBuffer());
    }

    private void setTimer(Held<D> one, long at) {
      if (one.timerAt != NEVER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, one.timerAt);
      }
      if (at != NEVER) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
      }
      one.timerAt = at;
    }
  }
}
