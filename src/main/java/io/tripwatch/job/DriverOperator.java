package io.tripwatch.job;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Login;
import io.tripwatch.event.Rating;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.ShortInput;
import io.tripwatch.event.ShortOutput;
import io.tripwatch.event.Undo;
import io.tripwatch.event.Wire;
import io.tripwatch.rule.punctuality.LatenessPredicted;
import io.tripwatch.speed.SpeedMap;
import io.tripwatch.trip.Bound;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Driver.Learned;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.trip.FixStore;
import io.tripwatch.trip.Horizons;
import io.tripwatch.verdict.Archive;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.DossierWire;
import io.tripwatch.verdict.OrderFile;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Publisher;
import io.tripwatch.verdict.Undos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Keyed by driver: holds the files of the drivers lately heard of on the heap, judges them as event
 * time goes on, and writes those that changed into keyed state at each checkpoint, so that state is
 * touched once per driver and checkpoint and not once per event. A file that is not held is read
 * when the driver is heard of again, or when its timer says that a deadline has come.
 */
final class DriverOperator extends AbstractStreamOperator<Output>
    implements TwoInputStreamOperator<ForDriver, Event, Output>, Triggerable<String, String> {
  private static final long serialVersionUID = 1L;

  /** Stands for the driver's own file among the orders that timers are for. */
  private static final String HEAD = "";

  private static final int FIRST_BUFFER_BYTES = 4096;

  /**
   * A file takes so much besides its fixes and orders, and what comes until it is weighed again.
   */
  private static final long BARE_FILE_BYTES = 2_500;

  /** All tasks of a process together hold half of the heap. */
  private static final long HEAP_SHARE = 2;

  /** However small the heap is. */
  private static final int MIN_HELD = 1_000;

  /**
   * So often one is asked to make room for another. A driver sends a fix every few seconds: were
   * room made for all who are not held, each would be let go of just before he is heard of again.
   */
  private static final int MAKES_ROOM_EVERY = 8;

  /** So many events are heard together; their files' first lines fit a core's own cache. */
  private static final int BATCH = 64;

  private final Map<String, Object> settingsTree;
  private final int epoch;
  private final int maxHeld;

  private transient RuleVersions versions;
  private transient Undos undos;
  private transient BroadcastLog storedUndos;
  private transient ValueState<byte[]> heads;
  private transient MapState<String, byte[]> pieces;
  private transient MapState<String, byte[]> archived;

  /** Files nothing but a new turn, a late word or a late undo bears on: never searched through. */
  private transient MapState<String, byte[]> old;

  /** By passenger, the orders ever archived and when their last trip with him was opened. */
  private transient MapState<String, byte[]> passengers;

  private transient InternalTimerService<String> timers;
  private transient Publisher publisher;
  private transient DataOutputSerializer archiveBuffer;
  private transient LongCounter repeated;
  private transient TooMany tooMany;

  /** Learned from all drivers of this task; in no checkpoint, see {@link SpeedMap}. */
  private transient SpeedMap speeds;

  /** Those passed over when some were let go of come behind the others. */
  private transient LinkedHashMap<String, Held> held;

  private transient Set<Held> changed;

  /** Those held who wait for a time, each once: none is kept from being let go of. */
  private transient TreeSet<Held> awaiting;

  private transient DataOutputSerializer buffer;
  private transient long now;

  /** When event time last moved, by the machine's clock; others read it. */
  private transient volatile long movedAtMs;

  /** Events received and not yet learned, and up to when all is known for each. */
  private transient ForDriver[] waiting;

  private transient long[] waitingNow;
  private transient Held[] waitingFor;
  private transient int waitingCount;

  /** Keeps what is read in advance from being found superfluous. */
  private transient long broughtNear;

  /** How many drivers were not held when they were heard of while there was no room. */
  private transient long guests;

  /** What those held take on the heap, about, and may take. */
  private transient long heldBytes;

  private transient long allowedBytes;

  /** A driver's file on the heap, and how it differs from the one in state. */
  private static final class Held implements Comparable<Held> {
    private final Dossier dossier;
    private final Driver driver;
    private boolean isChanged;

    /** Whether it is held no longer: what was learned of it would be lost. */
    private boolean isLetGo;

    /** Whether more than fixes came that bear on nothing: most drivers' at most checkpoints. */
    private boolean isHeadChanged;

    private boolean isUsed;
    private long queuedAt = NEVER;
    private long timerAt = NEVER;
    private long bytes;

    /** The pieces in state, by log. */
    private Map<String, Span> written = new TreeMap<>();

    Held(Dossier dossier) {
      this.dossier = dossier;
      driver = dossier.driver();
    }

    /** By when they wake. */
    @Override
    public int compareTo(Held other) {
      int byTime = Long.compare(queuedAt, other.queuedAt);
      return byTime != 0 ? byTime : driver.driverId().compareTo(other.driver.driverId());
    }
  }

  /** The pieces of a log that hold fixes: numbers of the first and the last. */
  private record Span(long first, long last) {
    Span with(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    static Span of(Driver driver, String log) {
      long first = DriverWire.firstPiece(driver, log);
      return first == NEVER ? null : new Span(first, DriverWire.lastPiece(driver, log));
    }
  }

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
                    "fixes", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    archived =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "archive",
                    Types.STRING,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    old =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "old", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    passengers =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "passengers",
                    Types.STRING,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    versions = new RuleVersions(settingsTree, context.getOperatorStateStore());
    storedUndos = new BroadcastLog("undos", context.getOperatorStateStore());
    undos = new Undos();
    storedUndos.read().forEach(one -> undos.learn((Undo) one));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("drivers", StringSerializer.INSTANCE, this);
    publisher = new Announcer(output);
    archiveBuffer = new DataOutputSerializer(FIRST_BUFFER_BYTES);
    repeated = new LongCounter();
    getRuntimeContext().addAccumulator(Desks.REPEATED, repeated);
    tooMany = new TooMany(getRuntimeContext(), output);
    speeds = new SpeedMap();
    learnSpeedsIfAsked();
    allowedBytes = Runtime.getRuntime().maxMemory() / HEAP_SHARE / tasksOfProcess();
    held = new LinkedHashMap<>(1024);
    changed = new LinkedHashSet<>();
    awaiting = new TreeSet<>();
    buffer = new DataOutputSerializer(FIRST_BUFFER_BYTES);
    waiting = new ForDriver[BATCH];
    waitingNow = new long[BATCH];
    waitingFor = new Held[BATCH];
    now = Long.MIN_VALUE / 2;
    getMetricGroup().gauge("driversHeld", () -> held.size());
    getMetricGroup().gauge("driversFoundNoRoom", () -> guests);
    movedAtMs = getProcessingTimeService().getCurrentProcessingTime();
    getMetricGroup().gauge("eventTimeStillMs", this::stillMs);
  }

  private void learnSpeedsIfAsked() {
    speeds.learnIf(versions.book().enablesAnywhere(LatenessPredicted.SPEC));
  }

  /** One in each slot at most. */
  private int tasksOfProcess() {
    return getContainingTask()
        .getEnvironment()
        .getTaskManagerInfo()
        .getConfiguration()
        .get(TaskManagerOptions.NUM_TASK_SLOTS);
  }

  private boolean isTooMuchHeld() {
    return maxHeld == Pipeline.AS_HEAP_ALLOWS
        ? heldBytes > allowedBytes && held.size() > MIN_HELD
        : held.size() > maxHeld;
  }

  private boolean hasRoom() {
    return maxHeld == Pipeline.AS_HEAP_ALLOWS ? !isTooMuchHeld() : held.size() < maxHeld;
  }

  private void weigh(Held one) {
    long bytes = BARE_FILE_BYTES + one.driver.heapBytes();
    heldBytes += bytes - one.bytes;
    one.bytes = bytes;
  }

  /** The key is set where state is touched, not for each record. */
  @Override
  public boolean hasKeyContext1() {
    return false;
  }

  /**
   * Nothing is said before event time goes on: until then events may wait for each other, so that
   * the memory of many drivers is fetched at once and not of one after the other.
   */
  @Override
  public void processElement1(StreamRecord<ForDriver> element) throws Exception {
    waiting[waitingCount] = element.getValue();
    waitingNow[waitingCount++] = knownUpTo(element);
    if (waitingCount == BATCH) {
      learnThoseWaiting();
    }
  }

  private void learnThoseWaiting() throws Exception {
    for (int i = 0; i < waitingCount; i++) {
      waitingFor[i] = held.get(waiting[i].driverId());
    }
    long near = 0;
    for (int i = 0; i < waitingCount; i++) {
      near += waitingFor[i] == null ? 0 : waitingFor[i].driver.fixCount();
    }
    for (int i = 0; i < waitingCount; i++) {
      near += waitingFor[i] == null ? 0 : waitingFor[i].driver.bringNear();
    }
    broughtNear = near;
    for (int i = 0; i < waitingCount; i++) {
      Held known = waitingFor[i];
      boolean isHeld = known != null && !known.isLetGo;
      Held one = isHeld ? known : hold(waiting[i].driverId());
      learn(one, waiting[i], waitingNow[i]);
      release(one);
      waiting[i] = null;
      waitingFor[i] = null;
    }
    waitingCount = 0;
  }

  private void learn(Held one, ForDriver message, long knownUpTo) {
    one.isUsed = true;
    Learned learned = one.dossier.learn(message.event(), knownUpTo);
    if (learned == Learned.TOO_MANY) {
      Event event = message.event();
      tooMany.refuse(message.origin(), Bound.ofDriver(event), one.driver.driverId(), event.time());
      return;
    }
    if (learned == Learned.REPEATED) {
      repeated.add(isHeardHereFirst(message) ? 1 : 0);
      return;
    }
    // A fix that bears on nothing moves no more than the housekeeping.
    boolean isSlight = learned == Learned.NOTED && message.event() instanceof Fix;
    if (isSlight && one.driver.wake() >= one.queuedAt) {
      changePieces(one);
      return;
    }
    change(one);
    queue(one);
  }

  /** What other stages pass on was counted there, and is passed on more than once. */
  private static boolean isHeardHereFirst(ForDriver message) {
    Event event = message.event();
    if (event instanceof Fix fix) {
      return !fix.vehicle();
    } else if (event instanceof FleetRecord fleet) {
      return fleet.driverId().equals(message.driverId());
    } else if (event instanceof Login login) {
      return login.driverId().equals(message.driverId());
    }
    return event instanceof Rating || event instanceof Complaint || event instanceof HumanVerdict;
  }

  /** What concerns all drivers: a new version of the rules, or the undoing of one. */
  @Override
  public void processElement2(StreamRecord<Event> element) throws Exception {
    learnThoseWaiting();
    if (element.getValue() instanceof Undo undo) {
      if (undos.learn(undo)) {
        storedUndos.write(undos.records());
        tellAll(List.of("driver", "archive", "old"), dossier -> dossier.undone(undo, now));
        return;
      }
    } else if (versions.learn((RulesRecord) element.getValue())) {
      long effectiveFrom = ((RulesRecord) element.getValue()).effectiveFrom();
      learnSpeedsIfAsked();
      tellAll(List.of("driver"), dossier -> dossier.rulesChanged(effectiveFrom, now));
      return;
    }
    repeated.add(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0 ? 1 : 0);
  }

  /** Tells all drivers held on the heap or with anything in some of the tables of state. */
  private void tellAll(List<String> tables, Consumer<Dossier> news) throws Exception {
    Set<String> all = new LinkedHashSet<>(held.keySet());
    for (String table : tables) {
      try (Stream<String> keys =
          this.<String>getKeyedStateBackend().getKeys(table, VoidNamespace.INSTANCE)) {
        keys.forEach(all::add);
      }
    }
    for (String driverId : all) {
      Held one = hold(driverId);
      news.accept(one.dossier);
      change(one);
      queue(one);
      release(one);
    }
  }

  /**
   * A status, and a record of whose a device is, are handed on when an order asks for them, however
   * old they are by then. They bear the time of what asked, which may lie days after the present:
   * the order comes by another way, with event time behind it.
   */
  private long knownUpTo(StreamRecord<ForDriver> element) {
    Event event = element.getValue().event();
    boolean isAskedFor = event instanceof FlightStatus || event instanceof FleetRecord;
    return isAskedFor && element.hasTimestamp() ? Math.max(now, element.getTimestamp()) : now;
  }

  /** Whoever calls it lets go of a guest with {@link #release}. */
  private Held hold(String driverId) throws Exception {
    Held one = held.get(driverId);
    if (one == null) {
      one = read(driverId);
      one.isLetGo = !hasRoom() && !makesRoom();
      if (!one.isLetGo) {
        held.put(driverId, one);
        weigh(one);
        queue(one);
      }
    }
    one.isUsed = true;
    return one;
  }

  /** Whether one of those held was let go of, who was not heard of since he was asked last. */
  private boolean makesRoom() throws Exception {
    guests++;
    if (guests % MAKES_ROOM_EVERY != 0) {
      return false;
    }
    Held first = held.values().iterator().next();
    if (first.isUsed) {
      passOver(first);
      return false;
    }
    held.remove(first.driver.driverId());
    letGo(first);
    return true;
  }

  private void passOver(Held one) {
    one.isUsed = false;
    held.remove(one.driver.driverId());
    held.put(one.driver.driverId(), one);
  }

  private void dropWhatIsTooMuch() throws Exception {
    while (isTooMuchHeld()) {
      Held first = held.values().iterator().next();
      if (first.isUsed) {
        passOver(first);
      } else {
        held.remove(first.driver.driverId());
        letGo(first);
      }
    }
  }

  /** A guest is written at once: nobody holds him until he is heard of again. */
  private void release(Held one) throws Exception {
    if (one.isLetGo) {
      letGo(one);
    }
  }

  private void letGo(Held one) throws Exception {
    if (one.isChanged) {
      write(one);
      changed.remove(one);
    }
    unqueue(one);
    one.isLetGo = true;
    heldBytes -= one.bytes;
    one.bytes = 0;
  }

  private void change(Held one) {
    one.isHeadChanged = true;
    changePieces(one);
  }

  private void changePieces(Held one) {
    if (!one.isChanged) {
      one.isChanged = true;
      changed.add(one);
    }
  }

  private void queue(Held one) {
    long at = one.dossier.wake();
    if (at < one.queuedAt) {
      unqueue(one);
      one.queuedAt = at;
      awaiting.add(one);
    }
  }

  private void unqueue(Held one) {
    if (one.queuedAt != NEVER) {
      awaiting.remove(one);
      one.queuedAt = NEVER;
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    learnThoseWaiting();
    if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
      // The end of the input says nothing about time: no deadline comes by it.
      output.emitWatermark(mark);
      return;
    }
    now = mark.getTimestamp();
    movedAtMs = getProcessingTimeService().getCurrentProcessingTime();
    judgeThoseDue();
    if (getTimeServiceManager().isPresent()) {
      getTimeServiceManager().get().advanceWatermark(mark);
    }
    // What comes out of the archive may bear on what is open.
    judgeThoseDue();
    super.processWatermark(mark);
  }

  /** For how long event time has not moved. */
  private long stillMs() {
    return getProcessingTimeService().getCurrentProcessingTime() - movedAtMs;
  }

  private void judgeThoseDue() {
    while (!awaiting.isEmpty() && awaiting.first().queuedAt <= now) {
      judge(awaiting.first());
    }
  }

  private void judge(Held one) {
    unqueue(one);
    if (one.dossier.wake() <= now) {
      one.dossier.judge(versions.book(), undos, epoch, now, publisher);
      change(one);
      weigh(one);
    }
    queue(one);
  }

  /** How many of those held wait for a time. */
  int awaiting() {
    return awaiting.size();
  }

  /** A timer speaks for a file that is not held; one that is held is awake by itself. */
  @Override
  public void onEventTime(InternalTimer<String, String> timer) throws Exception {
    Held one = hold(timer.getKey());
    if (timer.getNamespace().equals(HEAD)) {
      wake(one, timer.getTimestamp());
    } else {
      review(one, timer);
    }
    release(one);
  }

  private void wake(Held one, long time) {
    if (one.timerAt == time) {
      one.timerAt = NEVER;
      change(one);
    }
    if (one.dossier.wake() <= now) {
      judge(one);
    }
  }

  /** The time of an archived file has come, unless it was put in anew since. */
  private void review(Held one, InternalTimer<String, String> timer) throws Exception {
    setCurrentKey(timer.getKey());
    byte[] file = archived.get(timer.getNamespace());
    if (file == null) {
      file = old.get(timer.getNamespace());
    } else if (isNoLongerRecent(timer.getNamespace(), file)) {
      archived.remove(timer.getNamespace());
      old.put(timer.getNamespace(), file);
      // Until now there was a timer for the move alone.
      long wake = new DataInputDeserializer(file).readLong();
      if (wake > now && wake != NEVER) {
        timers.registerEventTimeTimer(timer.getNamespace(), wake);
      }
    }
    if (file != null && new DataInputDeserializer(file).readLong() <= now) {
      one.dossier.review(timer.getNamespace(), versions.book(), undos, epoch, now, publisher);
      change(one);
      queue(one);
    }
  }

  private boolean isNoLongerRecent(String orderId, byte[] file) throws IOException {
    return StateArchive.recentUntil(readArchived(orderId, file)) <= now;
  }

  @Override
  public void onProcessingTime(InternalTimer<String, String> timer) {
    throw new IllegalStateException("nothing here waits for the clock");
  }

  @Override
  public void finish() throws Exception {
    learnThoseWaiting();
    super.finish();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    learnThoseWaiting();
    for (Held one : changed) {
      write(one);
    }
    changed.clear();
    dropWhatIsTooMuch();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  private void write(Held one) throws Exception {
    Driver driver = one.driver;
    setCurrentKey(driver.driverId());
    // What is let go of need not be written.
    driver.trim(now);
    one.isChanged = false;
    weigh(one);
    boolean isForgotten = one.dossier.isForgotten();
    setTimer(one, isForgotten ? NEVER : one.dossier.wake());
    if (isForgotten) {
      heads.clear();
      pieces.clear();
      one.written = new TreeMap<>();
      one.isHeadChanged = true;
      return;
    }
    writePieces(one);
    if (one.isHeadChanged) {
      writeHead(one);
      one.isHeadChanged = false;
    }
  }

  private void writeHead(Held one) throws Exception {
    buffer.clear();
    ShortOutput out = new ShortOutput(buffer);
    out.writeLong(one.timerAt);
    out.writeInt(one.written.size());
    for (Map.Entry<String, Span> log : one.written.entrySet()) {
      Wire.writeString(log.getKey(), out);
      out.writeLong(log.getValue().first());
      out.writeLong(log.getValue().last());
    }
    DossierWire.write(one.dossier, buffer);
    heads.update(buffer.getCopyOfBuffer());
  }

  private void setTimer(Held one, long at) {
    if (one.timerAt != at) {
      if (one.timerAt != NEVER) {
        timers.deleteEventTimeTimer(HEAD, one.timerAt);
      }
      if (at != NEVER) {
        timers.registerEventTimeTimer(HEAD, at);
      }
      one.timerAt = at;
      one.isHeadChanged = true;
    }
  }

  private void writePieces(Held one) throws Exception {
    for (DriverWire.Piece piece : DriverWire.takeChangedPieces(one.driver)) {
      buffer.clear();
      if (DriverWire.writePiece(one.driver, piece, buffer)) {
        pieces.put(key(piece), buffer.getCopyOfBuffer());
      } else {
        pieces.remove(key(piece));
      }
    }
    Map<String, Span> spans = new TreeMap<>();
    for (String log : DriverWire.logs(one.driver)) {
      Span span = Span.of(one.driver, log);
      if (span != null) {
        spans.put(log, span);
      }
    }
    withPutAway(one, spans);
    for (Map.Entry<String, Span> written : one.written.entrySet()) {
      forgetPieces(written.getKey(), written.getValue(), spans.get(written.getKey()));
    }
    // The first piece may have lost fixes since it was written; they come back with it, and bear
    // on nothing.
    one.isHeadChanged |= !spans.equals(one.written);
    one.written = spans;
  }

  /** Of the driver's own fixes older ones are in state than in memory. */
  private static void withPutAway(Held one, Map<String, Span> spans) {
    Span written = one.written.get(DriverWire.OWN);
    long first = DriverWire.pieceOf(one.driver.storedFrom());
    if (written != null && written.last() >= first) {
      Span held = spans.get(DriverWire.OWN);
      Span stored = new Span(Math.max(first, written.first()), written.last());
      spans.put(DriverWire.OWN, held == null ? stored : stored.with(held));
    }
  }

  private void forgetPieces(String log, Span written, Span left) throws Exception {
    long end = left == null ? written.last() + 1 : Math.min(left.first(), written.last() + 1);
    for (long number = written.first(); number < end; number++) {
      pieces.remove(key(new DriverWire.Piece(log, number)));
    }
  }

  private static String key(DriverWire.Piece piece) {
    return piece.number() + "/" + piece.log();
  }

  private Held read(String driverId) throws Exception {
    setCurrentKey(driverId);
    byte[] head = heads.value();
    StateArchive archive = new StateArchive(driverId);
    StateFixes fixes = new StateFixes(driverId);
    if (head == null) {
      Held one = new Held(new Dossier(new Driver(driverId, speeds, fixes), archive));
      fixes.of = one;
      return one;
    }
    DataInputDeserializer source = new DataInputDeserializer(head);
    ShortInput in = new ShortInput(source);
    long timerAt = in.readLong();
    Map<String, Span> written = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      written.put(Wire.readString(in), new Span(in.readLong(), in.readLong()));
    }
    Held one = new Held(DossierWire.read(driverId, archive, speeds, fixes, source));
    fixes.of = one;
    one.timerAt = timerAt;
    one.written = written;
    for (Map.Entry<String, Span> log : written.entrySet()) {
      readPieces(one, log.getKey(), log.getValue());
    }
    return one;
  }

  private void readPieces(Held one, String log, Span span) throws Exception {
    long first = span.first();
    if (log.equals(DriverWire.OWN)) {
      first = Math.max(first, DriverWire.pieceOf(one.driver.heldFrom()));
    }
    for (long number = first; number <= span.last(); number++) {
      byte[] piece = pieces.get(key(new DriverWire.Piece(log, number)));
      if (piece != null) {
        DriverWire.readPiece(one.driver, log, new DataInputDeserializer(piece));
      }
    }
  }

  /** The fixes of one driver that are not held in memory. */
  private final class StateFixes implements FixStore {
    private final String driverId;
    private Held of;

    StateFixes(String driverId) {
      this.driverId = driverId;
    }

    @Override
    public void put(long piece, byte[] fixes) {
      setCurrentKey(driverId);
      unchecked(
          () -> {
            pieces.put(key(new DriverWire.Piece(DriverWire.OWN, piece)), fixes);
            return null;
          });
      of.written.merge(DriverWire.OWN, new Span(piece, piece), Span::with);
      change(of);
    }

    @Override
    public byte[] get(long piece) {
      setCurrentKey(driverId);
      return unchecked(() -> pieces.get(key(new DriverWire.Piece(DriverWire.OWN, piece))));
    }
  }

  /** The archive of one driver, in keyed state, with a timer for each file. */
  private final class StateArchive implements Archive {
    private final String driverId;

    StateArchive(String driverId) {
      this.driverId = driverId;
    }

    @Override
    public OrderFile get(String orderId) {
      setCurrentKey(driverId);
      return unchecked(() -> readArchived(orderId, bytes(orderId)));
    }

    private byte[] bytes(String orderId) throws Exception {
      byte[] recent = archived.get(orderId);
      return recent == null ? old.get(orderId) : recent;
    }

    @Override
    public void put(OrderFile file, long wake) {
      setCurrentKey(driverId);
      unchecked(
          () -> {
            for (Map.Entry<String, Long> opened : file.openedAt().entrySet()) {
              noteOpened(opened.getKey(), file.orderId(), opened.getValue());
            }
            archiveBuffer.clear();
            archiveBuffer.writeLong(wake);
            DossierWire.writeArchived(file, archiveBuffer);
            long recentUntil = recentUntil(file);
            boolean isRecent = recentUntil > now;
            (isRecent ? old : archived).remove(file.orderId());
            (isRecent ? archived : old).put(file.orderId(), archiveBuffer.getCopyOfBuffer());
            long next = isRecent ? Math.min(wake, recentUntil) : wake;
            if (next != NEVER) {
              // One that was set before fires in vain.
              timers.registerEventTimeTimer(file.orderId(), next);
            }
            return null;
          });
    }

    private void noteOpened(String passengerId, String orderId, long openedAt) throws Exception {
      Map<String, Long> orders = openedWith(passengerId);
      if (!Long.valueOf(openedAt).equals(orders.put(orderId, openedAt))) {
        archiveBuffer.clear();
        Desks.writeTimes(orders, Desks.brief(archiveBuffer));
        passengers.put(passengerId, archiveBuffer.getCopyOfBuffer());
      }
    }

    private Map<String, Long> openedWith(String passengerId) throws Exception {
      Map<String, Long> orders = new TreeMap<>();
      byte[] bytes = passengers.get(passengerId);
      if (bytes != null) {
        Desks.readTimes(Desks.brief(new DataInputDeserializer(bytes)), orders);
      }
      return orders;
    }

    @Override
    public Iterable<OrderFile> of(String passengerId, long openedFrom) {
      setCurrentKey(driverId);
      return unchecked(
          () -> {
            List<OrderFile> files = new ArrayList<>();
            for (Map.Entry<String, Long> order : openedWith(passengerId).entrySet()) {
              byte[] file = order.getValue() < openedFrom ? null : bytes(order.getKey());
              if (file != null) {
                files.add(readArchived(order.getKey(), file));
              }
            }
            return files;
          });
    }

    /** What is said of an order without a trip waits for one, and is no use to an undo. */
    private static long recentUntil(OrderFile file) {
      return file.endedAt() == NEVER ? Long.MIN_VALUE : file.endedAt() + Horizons.UNDOABLE_MS;
    }

    @Override
    public long wakeOf(String orderId) {
      setCurrentKey(driverId);
      return unchecked(
          () -> {
            byte[] file = bytes(orderId);
            return file == null ? NEVER : new DataInputDeserializer(file).readLong();
          });
    }

    @Override
    public void remove(String orderId) {
      setCurrentKey(driverId);
      unchecked(
          () -> {
            archived.remove(orderId);
            old.remove(orderId);
            return null;
          });
    }

    @Override
    public Iterable<OrderFile> recent() {
      return filesOf(List.of(archived));
    }

    @Override
    public Iterable<OrderFile> all() {
      return filesOf(List.of(archived, old));
    }

    private List<OrderFile> filesOf(List<MapState<String, byte[]>> tables) {
      setCurrentKey(driverId);
      return unchecked(
          () -> {
            List<OrderFile> files = new ArrayList<>();
            for (MapState<String, byte[]> table : tables) {
              for (Map.Entry<String, byte[]> one : table.entries()) {
                files.add(readArchived(one.getKey(), one.getValue()));
              }
            }
            return files;
          });
    }
  }

  private static OrderFile readArchived(String orderId, byte[] bytes) throws IOException {
    if (bytes == null) {
      return null;
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    in.readLong();
    return DossierWire.readArchived(orderId, in);
  }

  /** Access to state. */
  private interface Access<T> {
    T run() throws Exception;
  }

  private static <T> T unchecked(Access<T> access) {
    try {
      return access.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new FlinkRuntimeException("the archive of a driver cannot be reached", e);
    }
  }
}
