package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Fix;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
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
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by plate: brings the fixes of vehicles to the drivers who ride with them. Nearly half of
 * all events may come this way, and few of them go on: so the desks lately heard of are held on the
 * heap, and state is touched once per plate and checkpoint.
 */
final class PlateOperator extends AbstractStreamOperator<ForDriver>
    implements TwoInputStreamOperator<Fix, PlateInterest, ForDriver>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final int FIRST_BUFFER_BYTES = 4096;

  /** Of a vehicle with orders: two hours of fixes every ten seconds, and room for more of them. */
  private static final long BYTES_PER_DESK = 20_000;

  /** The drivers' files take half; of vehicles less is known. */
  private static final long HEAP_SHARE = 8;

  private final int maxHeld;

  private transient ValueState<byte[]> heads;
  private transient MapState<Long, byte[]> pieces;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient LongCounter repeated;
  private transient TooMany tooMany;
  private transient WriteBack<Held> held;
  private transient TimestampedCollector<ForDriver> toDriver;
  private transient DataOutputSerializer buffer;
  private transient long now;

  /** A desk on the heap, and what of it is in state. */
  private static final class Held extends WriteBack.Held {
    private final PlateDesk desk;
    private long timerAt = NEVER;
    private long firstPiece = NEVER;

    Held(PlateDesk desk, String plate) {
      super(plate);
      this.desk = desk;
    }
  }

  /**
   * The operator.
   *
   * @param maxHeld how many plates' desks one task holds on the heap; {@link
   *     Pipeline#AS_HEAP_ALLOWS}
   */
  PlateOperator(int maxHeld) {
    this.maxHeld = maxHeld;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    heads =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "plate", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    pieces =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "fixes", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("plates", VoidNamespaceSerializer.INSTANCE, this);
    repeated = new LongCounter();
    getRuntimeContext().addAccumulator(Desks.REPEATED, repeated);
    tooMany = new TooMany(getRuntimeContext(), output);
    toDriver = new TimestampedCollector<>(output);
    buffer = new DataOutputSerializer(FIRST_BUFFER_BYTES);
    now = Desks.NOTHING_KNOWN;
    int limit =
        maxHeld == Pipeline.AS_HEAP_ALLOWS
            ? WriteBack.asHeapAllows(HEAP_SHARE, BYTES_PER_DESK)
            : maxHeld;
    held = new WriteBack<>(limit, new State());
    getMetricGroup().gauge("platesHeld", () -> held.size());
  }

  @Override
  public void processElement1(StreamRecord<Fix> element) throws Exception {
    Fix fix = element.getValue();
    Held one = held.hold(fix.owner());
    toDriver.setTimestamp(element);
    if (one.desk.learn(fix, now, toDriver::collect)) {
      held.change(one);
    } else {
      repeated.add(1);
    }
  }

  @Override
  public void processElement2(StreamRecord<PlateInterest> element) throws Exception {
    PlateInterest interest = element.getValue();
    Held one = held.hold(interest.plate());
    toDriver.setTimestamp(element);
    if (!one.desk.follow(interest, now, toDriver::collect)) {
      tooMany.leaveOut();
    }
    held.change(one);
  }

  /** The key is set where state is touched, not for every fix. */
  @Override
  public boolean hasKeyContext1() {
    return false;
  }

  @Override
  public boolean hasKeyContext2() {
    return false;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
      // The end of the input says nothing about time: nothing is let go of by it.
      output.emitWatermark(mark);
      return;
    }
    now = mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Held one = held.hold(timer.getKey());
    if (one.timerAt == timer.getTimestamp()) {
      one.timerAt = NEVER;
      one.desk.letGo(now);
      held.change(one);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("nothing here waits for the clock");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    held.write();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  /** The desks in keyed state: fixes in pieces, of which only the changed ones are written. */
  private final class State implements WriteBack.Store<Held> {
    @Override
    public void write(Held one) throws Exception {
      setCurrentKey(one.key());
      one.desk.letGo(now);
      if (one.desk.isForgotten()) {
        setTimer(one, NEVER);
        heads.clear();
        pieces.clear();
        one.firstPiece = NEVER;
        return;
      }
      if (one.timerAt == NEVER) {
        setTimer(one, one.desk.endsAt());
      }
      writePieces(one);
      buffer.clear();
      buffer.writeLong(one.timerAt);
      buffer.writeLong(one.firstPiece);
      one.desk.write(buffer);
      heads.update(buffer.getCopyOfBuffer());
    }

    private void setTimer(Held one, long at) {
      if (one.timerAt != NEVER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, one.timerAt);
      }
      if (at != NEVER) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
      }
      one.timerAt = at;
    }

    private void writePieces(Held one) throws Exception {
      for (long piece : one.desk.fixes().takeChangedPieces()) {
        buffer.clear();
        if (one.desk.fixes().writePiece(piece, buffer)) {
          pieces.put(piece, buffer.getCopyOfBuffer());
        } else {
          pieces.remove(piece);
        }
      }
      long first = one.desk.fixes().firstPiece();
      if (one.firstPiece < first) {
        forgetPiecesBefore(first);
      }
      one.firstPiece = first;
    }

    private void forgetPiecesBefore(long first) throws Exception {
      Iterator<Long> known = pieces.keys().iterator();
      while (known.hasNext()) {
        if (known.next() < first) {
          known.remove();
        }
      }
    }

    @Override
    public Held read(String plate) throws Exception {
      setCurrentKey(plate);
      byte[] head = heads.value();
      if (head == null) {
        return new Held(new PlateDesk(plate), plate);
      }
      DataInputDeserializer in = new DataInputDeserializer(head);
      long timerAt = in.readLong();
      long firstPiece = in.readLong();
      Held one = new Held(PlateDesk.read(plate, in), plate);
      one.timerAt = timerAt;
      one.firstPiece = firstPiece;
      TreeMap<Long, byte[]> inOrder = new TreeMap<>();
      for (Map.Entry<Long, byte[]> piece : pieces.entries()) {
        inOrder.put(piece.getKey(), piece.getValue());
      }
      for (byte[] piece : inOrder.values()) {
        one.desk.fixes().readPiece(new DataInputDeserializer(piece));
      }
      return one;
    }
  }
}
