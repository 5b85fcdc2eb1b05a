package io.tripwatch.bench.pieces;

import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import io.tripwatch.job.Wires;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.FixStore;
import io.tripwatch.trip.Speeds;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.DossierWire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What crosses the network, and what goes into state: to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class SerializerPiece {
  private static final int EVENTS = 3_000;
  private static final int FIRST_BYTES = 4_096;

  private final TypeSerializer<Incoming> incoming =
      Wires.INCOMING.createSerializer(new SerializerConfigImpl());
  private final DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
  private final DataInputDeserializer in = new DataInputDeserializer();
  private final HeapArchive archive = new HeapArchive();
  private Incoming fix;
  private byte[] fixBytes;
  private Dossier dossier;
  private byte[] dossierBytes;

  /** A fix, and the file of a driver in the middle of a trip. */
  @Setup
  public void fill(Blackhole nothing) throws IOException {
    List<Event> events = OneDriver.events(EVENTS);
    RuleBook book = RuleBook.of(Settings.defaults(Rules.catalogue()));
    dossier = new Dossier(new Driver(OneDriver.ID), archive);
    for (Event event : events) {
      long now = event.time() - OneDriver.BEHIND_MS;
      fix = event instanceof Fix ? Incoming.accepted(event) : fix;
      dossier.learn(event, now);
      dossier.judge(book, 1, now, new Heard(nothing));
    }
    fixBytes = writeFix().getCopyOfBuffer();
    dossierBytes = writeDriver().getCopyOfBuffer();
  }

  /** A fix to bytes. */
  @Benchmark
  public DataOutputSerializer writeFix() throws IOException {
    out.clear();
    incoming.serialize(fix, out);
    return out;
  }

  /** A fix from bytes. */
  @Benchmark
  public Incoming readFix() throws IOException {
    in.setBuffer(fixBytes);
    return incoming.deserialize(in);
  }

  /** A driver's file, without his fixes, to bytes. */
  @Benchmark
  public DataOutputSerializer writeDriver() throws IOException {
    out.clear();
    DossierWire.write(dossier, out);
    return out;
  }

  /** A driver's file, without his fixes, from bytes. */
  @Benchmark
  public Dossier readDriver() throws IOException {
    in.setBuffer(dossierBytes);
    return DossierWire.read(OneDriver.ID, archive, Speeds.NONE, FixStore.NONE, in);
  }
}
