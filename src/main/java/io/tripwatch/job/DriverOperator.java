package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Driver.Learned;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.DossierWire;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
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
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by driver: holds the files of the drivers lately heard of on the heap, judges them as event
 * time goes on, and writes those that changed into keyed state at each checkpoint, so that state is
 * touched once per driver and checkpoint and not once per event. A file that is not held is read
 * when the driver is heard of again, or when its timer says that a deadline has come.
 */
final class DriverOperator extends AbstractStreamOperator<Alert>
    implements OneInputStreamOperator<ForDriver, Alert>, Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final int FIRST_BUFFER_BYTES = 4096;

  /** Of a driver with trips ahead of him: two hours of fixes every three seconds, 45 bytes each. */
  private static final long BYTES_PER_FILE = 100_000;

  /** A quarter of the heap for each task: two tasks leave half for everything else. */
  private static final long HEAP_SHARE = 4;

  private static final int MIN_HELD = 1_000;
  private static final int MAX_HELD = 1_000_000;

  private final Map<String, Object> settingsTree;
  private final int epoch;
  private final int maxHeld;

  private transient Settings settings;
  private transient ValueState<byte[]> heads;
  private transient MapState<Long, byte[]> pieces;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient LongCounter repeated;

  /** In order of use, the longest unused first. */
  private transient LinkedHashMap<String, Held> held;

  private transient Set<Held> changed;
  private transient PriorityQueue<Wake> wakes;
  private transient DataOutputSerializer buffer;
  private transient long now;
  private transient int limit;

  /** A driver's file on the heap, and how it differs from the one in state. */
  private static final class Held {
    private final Dossier dossier;
    private boolean isChanged;
    private boolean isDropped;
    private long queuedAt = NEVER;
    private long timerAt = NEVER;
    private long firstPiece = NEVER;

    Held(Dossier dossier) {
      this.dossier = dossier;
    }

    Driver driver() {
      return dossier.driver();
    }
  }

  private record Wake(long at, Held who) {}

  /**
   * The operator.
   *
   * @param settingsTree as read from {@code rules.yaml}; checked where the job is defined
   * @param maxHeld how many drivers' files one task holds on the heap; {@link
   *     Pipeline#AS_HEAP_ALLOWS}
   */
  DriverOperator(Map<String, Object> settingsTree, int epoch, int maxHeld) {
    this.settingsTree = settingsTree;
    this.epoch = epoch;
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
                    "driver", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
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
    settings = Settings.of(settingsTree, Rules.catalogue());
    timers = getInternalTimerService("drivers", VoidNamespaceSerializer.INSTANCE, this);
    repeated = new LongCounter();
    getRuntimeContext().addAccumulator(Desks.REPEATED, repeated);
    limit = maxHeld == Pipeline.AS_HEAP_ALLOWS ? asHeapAllows() : maxHeld;
    held = new LinkedHashMap<>(1024, 0.75f, true);
    changed = new LinkedHashSet<>();
    wakes = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    buffer = new DataOutputSerializer(FIRST_BUFFER_BYTES);
    now = Long.MIN_VALUE / 2;
    getMetricGroup().gauge("driversHeld", () -> held.size());
  }

  private static int asHeapAllows() {
    long files = Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_PER_FILE;
    return (int) Math.max(MIN_HELD, Math.min(files, MAX_HELD));
  }

  @Override
  public void processElement(StreamRecord<ForDriver> element) throws Exception {
    ForDriver message = element.getValue();
    Held one = hold(message.driverId());
    Learned learned = one.dossier.learn(message.event(), knownUpTo(element));
    if (learned == Learned.REPEATED) {
      // What other stages pass on was counted there, and is passed on more than once.
      boolean direct = message.event() instanceof Fix || message.event() instanceof FleetRecord;
      repeated.add(direct ? 1 : 0);
      return;
    }
    change(one);
    queue(one);
  }

  /**
   * A status is handed on when an order begins to await it, however old it is by then. It bears
   * that order's time, which may lie hours after the present: the order is on another way, with
   * event time behind it.
   */
  private long knownUpTo(StreamRecord<ForDriver> element) {
    boolean isStatus = element.getValue().event() instanceof FlightStatus;
    return isStatus && element.hasTimestamp() ? Math.max(now, element.getTimestamp()) : now;
  }

  private Held hold(String driverId) throws Exception {
    Held one = held.get(driverId);
    if (one == null) {
      one = read(driverId);
      held.put(driverId, one);
      queue(one);
      if (held.size() > limit) {
        drop(held.values().iterator());
        setCurrentKey(driverId);
      }
    }
    return one;
  }

  private void change(Held one) {
    if (!one.isChanged) {
      one.isChanged = true;
      changed.add(one);
    }
  }

  private void queue(Held one) {
    long at = one.driver().wake();
    if (at < one.queuedAt) {
      one.queuedAt = at;
      wakes.add(new Wake(at, one));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
      // The end of the input says nothing about time: no deadline comes by it.
      output.emitWatermark(mark);
      return;
    }
    now = mark.getTimestamp();
    while (!wakes.isEmpty() && wakes.peek().at() <= now) {
      Wake wake = wakes.poll();
      if (!wake.who().isDropped && wake.who().queuedAt == wake.at()) {
        judge(wake.who());
      }
    }
    super.processWatermark(mark);
  }

  private void judge(Held one) {
    one.queuedAt = NEVER;
    if (one.driver().wake() <= now) {
      one.dossier.judge(settings, epoch, now, alert -> output.collect(new StreamRecord<>(alert)));
      change(one);
    }
    queue(one);
  }

  /** A timer speaks for a file that is not held; one that is held is awake by itself. */
  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Held one = hold(timer.getKey());
    if (one.timerAt == timer.getTimestamp()) {
      one.timerAt = NEVER;
      change(one);
    }
    if (one.driver().wake() <= now) {
      judge(one);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("nothing here waits for the clock");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    for (Held one : changed) {
      write(one);
    }
    changed.clear();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  private void drop(Iterator<Held> longestUnusedFirst) throws Exception {
    Held one = longestUnusedFirst.next();
    longestUnusedFirst.remove();
    if (one.isChanged) {
      write(one);
      changed.remove(one);
    }
    one.isDropped = true;
  }

  private void write(Held one) throws Exception {
    Driver driver = one.driver();
    setCurrentKey(driver.driverId());
    one.isChanged = false;
    setTimer(one, driver.isForgotten() ? NEVER : driver.wake());
    if (driver.isForgotten()) {
      heads.clear();
      pieces.clear();
      one.firstPiece = NEVER;
      return;
    }
    writePieces(one);
    buffer.clear();
    buffer.writeLong(one.timerAt);
    buffer.writeLong(one.firstPiece);
    DossierWire.write(one.dossier, buffer);
    heads.update(buffer.getCopyOfBuffer());
  }

  private void setTimer(Held one, long at) {
    if (one.timerAt != at) {
      if (one.timerAt != NEVER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, one.timerAt);
      }
      if (at != NEVER) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
      }
      one.timerAt = at;
    }
  }

  private void writePieces(Held one) throws Exception {
    for (long piece : DriverWire.takeChangedPieces(one.driver())) {
      buffer.clear();
      if (DriverWire.writePiece(one.driver(), piece, buffer)) {
        pieces.put(piece, buffer.getCopyOfBuffer());
      } else {
        pieces.remove(piece);
      }
    }
    long first = DriverWire.firstPiece(one.driver());
    if (one.firstPiece < first) {
      forgetPiecesBefore(first);
    }
    // The first piece may have lost fixes since it was written; they come back with it, and bear
    // on nothing.
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

  private Held read(String driverId) throws Exception {
    setCurrentKey(driverId);
    byte[] head = heads.value();
    if (head == null) {
      return new Held(new Dossier(new Driver(driverId)));
    }
    DataInputDeserializer in = new DataInputDeserializer(head);
    long timerAt = in.readLong();
    long firstPiece = in.readLong();
    Held one = new Held(DossierWire.read(driverId, in));
    one.timerAt = timerAt;
    one.firstPiece = firstPiece;
    for (byte[] piece : piecesInOrder()) {
      readPiece(one, piece);
    }
    return one;
  }

  private Iterable<byte[]> piecesInOrder() throws Exception {
    TreeMap<Long, byte[]> inOrder = new TreeMap<>();
    for (Map.Entry<Long, byte[]> piece : pieces.entries()) {
      inOrder.put(piece.getKey(), piece.getValue());
    }
    return inOrder.values();
  }

  private static void readPiece(Held one, byte[] piece) throws IOException {
    DriverWire.readPiece(one.driver(), new DataInputDeserializer(piece));
  }
}
